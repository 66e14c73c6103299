"""Adding a source to the configuration: a table at its end, everything else stays as it is written."""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from store.errors import UsageError
from store.file import disk
from store.intake.configured import configured
from store.settings import Paths, Settings, load


def add(paths: Paths, name: str, values: Mapping[str, Any]) -> None:
    """Add `[sources.NAME]`; raises UsageError where the name is taken or a value does not fit."""
    if not name or not all(letter.isalnum() or letter in "-_" for letter in name) or not name.isascii():
        raise UsageError(f"{name!r} cannot name a source.", "Use letters, digits and -.")
    settings = load(paths)
    if name in settings.sources:
        raise UsageError(
            f"There is a source {name} already.", f"Edit {paths.config}, or choose another name."
        )
    configured(Settings(sources={name: dict(values)}), paths)
    text = paths.config.read_text(encoding="utf-8") if paths.config.exists() else ""
    table = "\n".join(f"{key} = {_toml(value)}" for key, value in values.items())
    gap = "\n" if text and not text.endswith("\n\n") else ""
    whole = f"{text}{gap}[sources.{name}]\n{table}\n"
    _check(whole, name, values, paths)
    place = Path(os.path.realpath(paths.config))  # it may be a link into a folder that is kept elsewhere
    try:
        disk.private_folder(place.parent)
        disk.write_whole(place, [whole.encode()])
    except OSError as error:
        raise UsageError(
            f"{paths.config} cannot be written: {disk.reason(error)}.", disk.remedy(error)
        ) from error


def _check(whole: str, name: str, values: Mapping[str, Any], paths: Paths) -> None:
    """Raise UsageError where the configuration could not be read any more with its new end."""
    import tomllib

    try:
        whole.encode()
        fits = tomllib.loads(whole)["sources"][name] == values
    except ValueError:
        fits = False
    if not fits:
        raise UsageError(
            f"The source {name} cannot be written at the end of {paths.config}.",
            f"Write [sources.{name}] into it by hand; docs/sources.md says how.",
        )


def as_toml(settings: Settings) -> str:
    """Return what the configuration says, but for its sources, as a configuration of its own."""
    told = {
        name: value for name, value, origin in settings.items() if origin != "default" and name != "sources"
    }
    tables = {name: value for name, value in told.items() if isinstance(value, Mapping)}
    lines = [f"{name} = {_toml(value)}" for name, value in told.items() if name not in tables]
    for name, table in tables.items():
        lines += [f"[{name}]", *(f"{json.dumps(key)} = {_toml(value)}" for key, value in table.items())]
    return "\n".join([*lines, ""])


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
