"""How syncers name the copy that they put beside a file of which both sides changed."""

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

Removal = Literal["itself", "asked", "told", "never", "left"]
"""What becomes of a copy whose content is in the data file. itself: it is removed after a while; asked: when
the user asks for it; told: it may be a copy of the user's own, who is told that it can go; never: its removal
would take the file itself from the peers; left: nobody is known to give such a name."""


class Service(NamedTuple):
    """A syncer, by the names of its conflict copies."""

    name: str
    pattern: str
    """Of the whole file name; STEM and EXT stand for the two parts of the data file's name."""
    removal: Removal


_DAY = r"\d{4}-\d\d-\d\d"
_CONFLICT = r"(?=.*(?i:confli|konfli|конфликт|競合|冲突|衝突|충돌))"
"""What Dropbox calls a conflict in its languages: a date in brackets alone may be a backup of the user's."""
SERVICES: Final = (
    Service("Syncthing", r"STEM\.sync-conflict-\d{8}-\d{6}(-[A-Z2-7]{7})?EXT", "itself"),
    Service("Nextcloud", rf"STEM \({_CONFLICT}(.+ )?{_DAY} \d{{6}}\)EXT", "asked"),
    Service("Nextcloud", r"STEM_conflict-.*EXT", "asked"),
    Service("Seafile", r"STEM \(SFConflict .+\)EXT", "asked"),
    Service("Unison", rf"STEM \(.*conflict.*_on_{_DAY}.*\)EXT", "asked"),
    Service("Dropbox", rf"STEM \({_CONFLICT}.+ {_DAY}( \(\d+\))?\)EXT", "itself"),
    Service("pCloud", r"STEM ?\[conflicted\]( ?\(?\d+\)?)?EXT", "asked"),
    Service("Resilio Sync", r"STEM\.Conflict.*EXT", "never"),
    Service("rclone", r"STEM(EXT)?\.{1,2}(conflict|path)\d*(EXT)?", "asked"),
    Service("OneDrive", r"STEM-.+-safeBackup-\d{4}EXT", "asked"),
    Service("Google Drive", r"STEM ?\(\d+\)EXT", "told"),
    Service("iCloud", r"STEM \d+EXT", "told"),
    Service("OneDrive", r"STEM-[A-Za-z0-9_-]+EXT", "told"),
)
"""The services in the order in which a name is tried: the more particular first."""
UNKNOWN: Final = Service("", "", "left")
"""A copy of a name that no service is known to give."""

_NEVER: Final = re.compile(
    r"\.syncthing\..*|~syncthing~.*|\.~.*|.*\.tmp|~\$.*|#.*#|.*\.part|.*\.partial|.*\.!sync|\..*\.icloud|.*~"
    r"|.*\.sw[a-p]|\.nfs.*"
)
"""Names of what is being written, of editors' files, and of what is not on this disk."""


def is_ignored(name: str) -> bool:
    """Tell whether a file of this name is never looked into."""
    return _NEVER.fullmatch(name) is not None


def may_be_copy(name: str, stem: str) -> bool:
    """Tell whether a file is worth looking into: it shares the stem, or is JSON by its name."""
    if name.startswith(".") and not stem.startswith("."):
        return False  # what rsync and others write, until it is whole
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
