"""The sources that the configuration names: folders that are looked into, and accounts on a mail server."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from store.errors import UsageError
from store.settings import Paths, Settings
from store.sources.imap.account import Account


class Folder(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A folder, or a file, of which is read whatever is new."""

    name: str
    path: Annotated[str, msgspec.Meta(pattern=r"\A[^\0]+\Z")]
    kind: Literal["folder"] = "folder"
    take: Literal["outreach", "everything"] = "outreach"
    """Whether messages are judged, or all of them are taken as outreach."""

    @property
    def folder(self) -> Path:
        """The path, with the home folder for `~`."""
        return Path(self.path).expanduser()

    @property
    def place(self) -> str:
        """The path in words."""
        return self.path


def from_home(text: str, place: str = "") -> Path:
    """Return the path that a user named, with the home folder for `~`; raises UsageError where there is none.

    `place` is the entry that names it, with a colon.
    """
    try:
        return Path(text).expanduser()
    except RuntimeError as error:
        raise UsageError(f"{place}{text} names a home folder that is not there.", "Name it whole.") from error


Configured = Folder | Account
_KINDS: Mapping[str, type[Configured]] = {"folder": Folder, "imap": Account}


def configured(settings: Settings, paths: Paths) -> list[Configured]:
    """Return the sources in the order of the file; raises UsageError that names the entry that is wrong."""
    return [_read(name, table, paths) for name, table in settings.sources.items()]


def _read(name: str, table: Any, paths: Paths) -> Configured:
    place = f"{paths.config}: sources.{name}"
    if not isinstance(table, dict):
        raise UsageError(f"{place} is no table.", f"Write [sources.{name}] on a line of its own.")
    kind = _KINDS.get(str(table.get("kind")))
    if kind is None:
        known = " or ".join(f'"{each}"' for each in _KINDS)
        raise UsageError(f"{place} needs a kind.", f"kind = {known}")
    try:
        found = msgspec.convert({**table, "name": name}, kind)
        if isinstance(found, Account) and found.since:
            date.fromisoformat(found.since)
    except ValueError as error:
        if not isinstance(error, msgspec.ValidationError):
            raise UsageError(
                f"{place}: since is no day: {table['since']}.", 'since = "2025-01-31"'
            ) from error
        raise _unfit(place, error) from error
    from_home(found.path if isinstance(found, Folder) else found.ca_file, f"{place}: ")
    return found


def _unfit(place: str, error: Exception) -> UsageError:
    return UsageError(f"{place}: {error}.", "docs/sources.md lists what each kind of source takes.")
