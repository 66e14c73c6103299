"""Taking what was purged out of everything this machine keeps beside the file.

Journal, shadow, backups, and what was put aside hold old versions. A machine that learns of a purge, its own
or one that came with a merge, goes through them once; the mark of which purges that was done for is written
last, so that a crash only means doing it again.
"""

import gzip
import os
from collections.abc import Collection
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from store.errors import FileError
from store.file import backups, disk
from store.file.codec import DamagedError
from store.file.documents import Documents
from store.file.lines import Lines, parse_any
from store.file.places import StateFolder
from store.file.purge import PURGED, Place, purges
from store.file.reading import is_canonical


def mark_of(documents: Documents) -> str:
    """Return what tells the purges of a file from others; an empty text where there are none."""
    if PURGED not in documents.tables():
        return ""
    digest = blake2b(digest_size=16)
    for id, raw in sorted(documents.raw_items(PURGED), key=lambda item: str(item[0])):
        digest.update(f"{id}:".encode() + raw)
    return digest.hexdigest()


def is_owed(folder: StateFolder, documents: Documents) -> bool:
    """Tell whether something was purged that this machine may still hold old versions of."""
    mark = mark_of(documents)
    if not mark:
        return False
    try:
        return folder.scrubbed.read_text("ascii") != mark
    except (OSError, ValueError):
        return True


def scrub_copies(folder: StateFolder, state: Lines) -> None:
    """Rewrite the backups and what was put aside without what was purged; raises OSError."""
    gone = purges(state).keys()
    for backup in backups.all_backups(folder):
        with suppress(FileError):
            _rewrite(backup.path, backup.read(), gone, compressed=True)
    for path in folder.aside.iterdir():
        if path.is_file():
            _rewrite(path, path.read_bytes(), gone, compressed=False)


def remember(folder: StateFolder, mark: str) -> None:
    """Note that everything was gone through for these purges."""
    disk.write_whole(folder.scrubbed, [mark.encode("ascii")])


def _rewrite(path: Path, raw: bytes, gone: Collection[Place], *, compressed: bool) -> None:
    """Take documents out of a copy; a copy that names one and cannot be read is removed.

    What another program wrote may hold one under an id of its own.
    """
    from store.file.foreign import at_home

    is_named = any(str(id).encode() in raw for _, id in gone)
    if not is_named and is_canonical(raw):
        return
    try:
        state = at_home(Lines(), parse_any(raw))
    except DamagedError:
        if is_named:
            disk.remove(path)
        return
    changes = _without(state, gone)
    if not changes:
        return
    left = state.with_changes(changes).data
    when = path.stat()
    disk.write_whole(path, [gzip.compress(left, 1, mtime=0) if compressed else left])
    os.utime(path, ns=(when.st_atime_ns, when.st_mtime_ns))


def _without(state: Lines, gone: Collection[Place]) -> dict[str, dict[int | str, None]]:
    changes: dict[str, dict[int | str, None]] = {}
    for table, id in gone:
        if state.get(table, id) is not None:
            changes.setdefault(table, {})[id] = None
    return changes
