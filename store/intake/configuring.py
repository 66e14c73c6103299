"""Adding a source to the configuration and taking one out: everything else stays as it is written."""

import json
import os
import re
import stat
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
    text = _text(paths) if paths.config.exists() else ""
    end = _line_end(text)
    gap = end if text and not text.endswith((end * 2, "\n\n")) else ""
    table = [f"[sources.{name}]", *(f"{key} = {_toml(value)}" for key, value in values.items()), ""]
    whole = f"{text}{gap}{end.join(table)}"
    if (_parsed(whole) or {}).get("sources", {}).get(name) != values:
        raise UsageError(
            f"The source {name} cannot be written at the end of {paths.config}.",
            f"Write [sources.{name}] into it by hand; docs/sources.md says how.",
        )
    _write(whole, paths)


def remove(paths: Paths, name: str) -> None:
    """Take `[sources.NAME]` out; raises UsageError where there is none, or it is written another way."""
    sources = load(paths).sources
    if name not in sources:
        known = ", ".join(sources) or "none"
        raise UsageError(f"There is no source {name!r} in {paths.config}.", f"Known are: {known}.")
    text = _text(paths)
    left, taken = _parted(text, name)
    found, alone = _parsed(left), _parsed(taken)
    expected = {**(_parsed(text) or {}), "sources": {each: sources[each] for each in sources if each != name}}
    if alone != {"sources": {name: sources[name]}} or found is None or {"sources": {}, **found} != expected:
        raise UsageError(
            f"The source {name} cannot be told from the rest of {paths.config}.", "Take it out by hand."
        )
    _write(left, paths)


def _parted(text: str, name: str) -> tuple[str, str]:
    """Return a configuration without a source, and its table; comments around that stay."""
    key = re.escape(name)
    heading = re.compile(rf"\s*\[\s*sources\s*\.\s*(?:{key}|\"{key}\"|'{key}')\s*\]")
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    first = next((place for place, line in enumerate(lines) if heading.match(line)), None)
    if first is None:
        return text, ""
    behind = range(first + 1, len(lines))
    last = next((place for place in behind if lines[place].lstrip().startswith("[")), len(lines))
    while not lines[last - 1].strip() or lines[last - 1].lstrip().startswith("#"):
        last -= 1
    before, table, after = ("".join(part) for part in (lines[:first], lines[first:last], lines[last:]))
    if not before.strip():
        return after.lstrip(), table
    if not after.strip():
        return before.rstrip() + _line_end(text), table
    return before + after, table


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _text(paths: Paths) -> str:
    """Return the configuration with its line ends as they are."""
    return paths.config.read_bytes().decode()


def _parsed(text: str) -> dict[str, Any] | None:
    """Return what a configuration says, None where it cannot be read, or not be written."""
    import tomllib

    try:
        text.encode()
        return tomllib.loads(text)
    except ValueError:
        return None


def _write(text: str, paths: Paths) -> None:
    place = Path(os.path.realpath(paths.config))  # it may be a link into a folder that is kept elsewhere
    try:
        disk.private_folder(place.parent)
        # What all may read stays so. Nobody but its owner may write, as it names commands that are run.
        is_public = place.exists() and bool(place.stat().st_mode & stat.S_IROTH)
        disk.write_whole(place, [text.encode()], is_public=is_public)
    except OSError as error:
        raise UsageError(
            f"{paths.config} cannot be written: {disk.reason(error)}.", disk.remedy(error)
        ) from error


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
