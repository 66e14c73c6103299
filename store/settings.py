"""Where things lie, and the TOML configuration with the origin of each value."""

import os
import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from store.errors import FileError, UsageError

PRESETS = ("default", "vim", "gmail")


class Paths(msgspec.Struct, frozen=True):
    """The data file, the configuration and this machine's own state, each with where its path comes from."""

    file: Path
    config: Path
    state: Path
    origins: Mapping[str, str]


def locate(file: Path | None = None) -> Paths:
    """Find the three places: by argument, by environment, or the platform's folders; raises FileError."""
    found: dict[str, Path] = {}
    origins: dict[str, str] = {}
    for name in ("file", "config", "state"):
        variable = f"RINGBACK_{name.upper()}"
        if name == "file" and file is not None:
            found[name], origins[name] = file, "--file"
        elif os.environ.get(variable):
            found[name], origins[name] = Path(os.environ[variable]), variable
        else:
            found[name], origins[name] = _platform_place(name), "platform"
        try:
            found[name] = found[name].expanduser().absolute()
        except RuntimeError as error:
            raise FileError(
                f"{origins[name]} names {found[name]}, but there is no such home folder.",
                "Name the whole path.",
            ) from error
    return Paths(found["file"], found["config"], found["state"], origins)


def _platform_place(name: str) -> Path:
    """Ask platformdirs, but for Linux, where the answer is a variable each: the import costs 20 ms."""
    if sys.platform.startswith("linux"):
        variable, default = {
            "file": ("XDG_DATA_HOME", ".local/share"),
            "config": ("XDG_CONFIG_HOME", ".config"),
            "state": ("XDG_STATE_HOME", ".local/state"),
        }[name]
        base = os.environ.get(variable, "")
        folder = (Path(base) if base.startswith("/") else Path.home() / default) / "ringback"
    else:
        import platformdirs

        folder = {
            "file": platformdirs.user_data_path,
            "config": platformdirs.user_config_path,
            "state": platformdirs.user_state_path,
        }[name]("ringback", appauthor=False)
    return folder / {"file": "ringback.json", "config": "config.toml", "state": "."}[name]


class Settings(msgspec.Struct, frozen=True):
    """What the user may set; each field is a key of the TOML file."""

    theme: str = "ringback-dark"
    keymap_preset: str = "default"
    keymap: Mapping[str, str] = {}
    ascii: bool = False
    snooze_hour: int = 8
    silent_days: int = 14
    preview: bool = True
    own_addresses: tuple[str, ...] = ()
    """In lower case."""
    sources: Mapping[str, Any] = {}
    """What is read by name (`store.intake.configured`): a table each."""
    origins: Mapping[str, str] = {}

    def items(self) -> list[tuple[str, Any, str]]:
        """Return (name, value, origin) of every setting."""
        return [
            (name, getattr(self, name), self.origins.get(name, "default"))
            for name in self.__struct_fields__
            if name != "origins"
        ]


def load(paths: Paths) -> Settings:
    """Read the configuration; raises UsageError naming the file and the entry that cannot be used."""
    try:
        text = paths.config.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UsageError(
            f"The configuration {paths.config} cannot be read: {reason}.",
            "Check its permissions, or move the file away.",
        ) from error
    import tomllib

    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(
            f"The configuration {paths.config} is not TOML: {error}.",
            "Mend it there, or move the file away.",
        ) from error
    known = set(Settings.__struct_fields__) - {"origins"}
    checked = {name: _checked(name, value, paths, known) for name, value in values.items()}
    return Settings(**checked, origins=dict.fromkeys(checked, str(paths.config)))


def with_sources(held: Settings, paths: Paths) -> Settings:
    """Return settings that are held for long with the sources as the configuration names them by now.

    Raises UsageError where it cannot be read.
    """
    if not paths.config.exists() and "sources" not in held.origins:
        return held
    now = load(paths)
    return replace(held, sources=now.sources, origins=now.origins)


def _checked(name: str, value: Any, paths: Paths, known: Collection[str]) -> Any:
    if name not in known:
        names = ", ".join(sorted(known))
        raise UsageError(f"{paths.config}: there is no setting {name!r}.", f"Known are: {names}.")
    default = getattr(Settings(), name)
    wanted: Any = (
        dict if isinstance(default, Mapping) else list if isinstance(default, tuple) else type(default)
    )
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        raise UsageError(f"{paths.config}: {name} takes {_KINDS[wanted]}, not {value!r}.", _MEND)
    if wanted is list and not all(isinstance(each, str) for each in value):
        raise UsageError(f"{paths.config}: {name} takes a list of texts, not {value!r}.", _MEND)
    if name == "snooze_hour" and not 0 <= value <= 23:
        raise UsageError(f"{paths.config}: snooze_hour takes an hour from 0 to 23, not {value}.", _MEND)
    if name == "silent_days" and value < 1:
        raise UsageError(f"{paths.config}: silent_days takes a number of days from 1, not {value}.", _MEND)
    if name == "keymap_preset" and value not in PRESETS:
        raise UsageError(
            f"{paths.config}: there is no keymap preset {value!r}.", f"Known are: {', '.join(PRESETS)}."
        )
    return tuple(str(each).lower() for each in value) if wanted is list else value


_MEND = "Mend that entry in the file; ringback config shows what holds."
_KINDS: dict[type, str] = {
    str: "a text",
    bool: "true or false",
    int: "a number",
    dict: "a table",
    list: "a list",
}
