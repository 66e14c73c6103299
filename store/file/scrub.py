"""Taking what was purged out of everything this machine keeps beside the file.

Journal, shadow, backups, and what was put aside hold old versions. A machine that learns of a purge, its own
or one that came with a merge, goes through all of them; later it goes through what is new in backups and
aside. Which purges that was done for, and for which files, is noted last: a crash only means doing it again.
"""

import gzip
import os
import re
from _blake2 import blake2b  # hashlib loads OpenSSL, as store.ids says
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from store.errors import FileError
from store.file import disk
from store.file.backups import all_backups
from store.file.codec import DamagedError
from store.file.documents import Documents
from store.file.lines import Lines, parse_any
from store.file.places import StateFolder
from store.file.purge import PURGED, Place, purges
from store.file.reading import is_canonical

_LITTLE = 4 << 20
"""Bytes that take no time that a quick add would notice much."""
_ID = re.compile(rb"[1-9][0-9]{15,18}")


class Done(msgspec.Struct, frozen=True):
    """What was gone through."""

    mark: str = ""
    """Of the purges."""
    clean: dict[str, tuple[int, int]] = {}
    """Files by name, with size and time of the version that holds nothing of what was purged."""


def mark_of(documents: Documents) -> str:
    """Return what tells the purges of a file from others; an empty text where there are none."""
    if PURGED not in documents.tables():
        return ""
    digest = blake2b(digest_size=16)
    for id, raw in sorted(documents.raw_items(PURGED), key=lambda item: str(item[0])):
        digest.update(f"{id}:".encode() + raw)
    return digest.hexdigest()


def done(folder: StateFolder) -> Done:
    """Return what was gone through last; nothing where that is not known."""
    try:
        return msgspec.json.decode(folder.scrubbed.read_bytes(), type=Done)
    except (OSError, msgspec.DecodeError):
        return Done()


def remember(folder: StateFolder, mark: str) -> None:
    """Note that everything there is now was gone through for these purges; raises OSError."""
    clean = {path.name: _version(path) for path in _copies(folder)}
    disk.write_whole(folder.scrubbed, [msgspec.json.encode(Done(mark, clean))])


def unclean(folder: StateFolder, before: Done) -> list[Path]:
    """Return the backups and what was put aside that nobody has gone through in this version."""
    found = []
    for path in _copies(folder):
        with suppress(OSError):
            if before.clean.get(path.name) != _version(path):
                found.append(path)
    return found


def may_wait(paths: Collection[Path], *, hurried: bool) -> bool:
    """Tell whether to leave these for another time: there are none, or many bytes and somebody in a hurry."""
    with suppress(OSError):
        return not paths or (hurried and sum(path.stat().st_size for path in paths) > _LITTLE)
    return False


def scrub_copies(paths: Collection[Path], state: Lines) -> None:
    """Rewrite backups, and what was put aside, without what was purged; raises OSError."""
    gone = purges(state).keys()
    for path in paths:
        with suppress(FileNotFoundError, FileError):
            _rewrite(path, gone)


def remove_temporaries(folder: StateFolder) -> None:
    """Remove what crashed writers left of shadow and journal. Under the locks of both."""
    for name in (".~shadow*.tmp", ".~journal*.tmp"):
        for path in folder.folder.glob(name):
            disk.remove(path)


def _copies(folder: StateFolder) -> Iterator[Path]:
    yield from (backup.path for backup in all_backups(folder))
    with suppress(OSError):
        yield from (path for path in folder.aside.iterdir() if path.is_file())


def _version(path: Path) -> tuple[int, int]:
    about = path.stat()
    return about.st_size, about.st_mtime_ns


def _rewrite(path: Path, gone: Collection[Place]) -> None:
    """Take documents out of a copy; a copy that names one and cannot be read is removed."""
    packed, raw = path.suffix == ".gz", path.read_bytes()
    try:
        raw = gzip.decompress(raw) if packed else raw
        state = Lines(raw) if is_canonical(raw) else _as_it_would_be(raw)
    except (DamagedError, OSError, EOFError):
        if not {int(found[0]) for found in _ID.finditer(raw)}.isdisjoint(id for _, id in gone):
            disk.remove(path)
        return
    changes = _without(state, gone)
    if not changes:
        return
    left = state.with_changes(changes).data
    when = path.stat()
    disk.write_whole(path, [gzip.compress(left, 1, mtime=0) if packed else left])
    os.utime(path, ns=(when.st_atime_ns, when.st_mtime_ns))


def _as_it_would_be(raw: bytes) -> Lines:
    """Read what another program wrote, each document under the id that it would be taken in with."""
    from store.file.foreign import at_home

    return at_home(Lines(), parse_any(raw))


def _without(state: Lines, gone: Collection[Place]) -> dict[str, dict[int | str, None]]:
    changes: dict[str, dict[int | str, None]] = {}
    for table, id in gone:
        if state.get(table, id) is not None:
            changes.setdefault(table, {})[id] = None
    return changes
