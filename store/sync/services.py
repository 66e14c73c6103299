"""How syncers name the copy that they put beside a file of which both sides changed."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple


class Service(NamedTuple):
    """A syncer, by the names of its conflict copies."""

    name: str
    pattern: str
    """Of the whole file name; STEM and EXT stand for the two parts of the data file's name."""
    removes: bool = False
    """Whether a copy may be removed by itself once it is merged: its removal reaches only copies of it."""
    keep: bool = False
    """Whether removing a copy would remove the file itself on the peers."""


_DAY = r"\d{4}-\d\d-\d\d"
SERVICES: Final = (
    Service("Syncthing", r"STEM\.sync-conflict-\d{8}-\d{6}(-[A-Z2-7]{7})?EXT", removes=True),
    Service("Nextcloud", rf"STEM \((conflicted copy|.+) (.+ )?{_DAY} \d{{6}}\)EXT"),
    Service("Nextcloud", r"STEM_conflict-.*EXT"),
    Service("Seafile", r"STEM \(SFConflict .+\)EXT"),
    Service("Unison", rf"STEM \(.*conflict.*_on_{_DAY}.*\)EXT"),
    Service("Dropbox", rf"STEM \(.+ {_DAY}( \(\d+\))?\)EXT", removes=True),
    Service("pCloud", r"STEM ?\[conflicted\]( ?\(?\d+\)?)?EXT"),
    Service("Resilio Sync", r"STEM\.Conflict.*EXT", keep=True),
    Service("rclone", r"STEM(EXT)?\.(conflict|path)\d*(EXT)?"),
    Service("OneDrive", r"STEM-.+-safeBackup-\d{4}EXT"),
    Service("Google Drive", r"STEM ?\(\d+\)EXT"),
    Service("iCloud", r"STEM \d+EXT"),
    Service("OneDrive", r"STEM-[A-Za-z0-9_-]+EXT"),
)
"""The services in the order in which a name is tried: the more particular first."""
UNKNOWN: Final = Service("", "")
"""A copy of a name that no service is known to give."""

_NEVER: Final = re.compile(
    r"\.syncthing\..*|~syncthing~.*|\.~.*|.*\.tmp|~\$.*|.*\.part|.*\.partial|.*\.!sync|\..*\.icloud|.*~|.*\.sw[a-p]"
)
"""Names of what is being written, of editors' files, and of what is not on this disk."""


def is_ignored(name: str) -> bool:
    """Tell whether a file of this name is never looked into."""
    return _NEVER.fullmatch(name) is not None


def may_be_copy(name: str, stem: str) -> bool:
    """Tell whether a file is worth looking into: it shares the stem, or is JSON by its name."""
    small = name.casefold()
    return (stem.casefold() in small or ".json" in small) and not is_ignored(name)


def service_of(name: str, stem: str, extension: str) -> Service:
    """Return the service that names its copies so; `UNKNOWN` where none is known to."""
    return next(
        (each for each, pattern in _patterns(stem, extension) if re.fullmatch(pattern, name)), UNKNOWN
    )


def _patterns(stem: str, extension: str) -> Iterator[tuple[Service, str]]:
    for each in SERVICES:
        pattern = each.pattern.replace("STEM", re.escape(stem)).replace("EXT", re.escape(extension))
        yield each, pattern
