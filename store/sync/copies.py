"""Conflict copies: other versions of the data file that lie in its folder, found by what is in them.

Which were looked into already is remembered in the state folder by their version, so that a folder with many
files costs a look at their names.
"""

import os
import re
import stat
import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal

import msgspec

from store.file import disk
from store.file.meta import Meta
from store.file.places import StateFolder
from store.file.publish import Signature, signature_of
from store.sync.services import Service, may_be_copy, service_of

QUIET = 1.0
"""Seconds for which a copy must not have changed before it is read."""
Verdict = Literal["absorbed", "foreign", "kept"]
"""absorbed: all of it is in the data file; foreign: no copy of this database; kept: it cannot be merged."""
_HEAD = 1 << 16
_APP = re.compile(rb'"app"\s*:\s*"ringback"')
_DATABASE = re.compile(rb'"db"\s*:\s*"([0-9a-f]{1,64})"')
_LEAST = 20
"""Bytes below which a file holds no database."""


class Seen(msgspec.Struct, frozen=True, array_like=True):
    """What is remembered of a file beside the data file."""

    signature: Signature
    verdict: Verdict
    at: int
    """When that was found (milliseconds)."""
    of: str
    """The names of the database that it was compared with."""


class Copy(msgspec.Struct, frozen=True):
    """A file beside the data file that may be a copy of it."""

    path: Path
    main: Path
    """The data file, links followed."""
    signature: Signature
    seen: Seen | None = None
    """What is known of this very version of it."""

    @property
    def service(self) -> Service:
        """The service that names its copies so."""
        return service_of(self.path.name, self.main.stem, self.main.suffix)

    @property
    def is_quiet(self) -> bool:
        """Whether nobody has written to it for a while; a clock that was put back does not matter."""
        newest = max(self.signature.mtime, self.signature.ctime) / 1e9
        return not 0 <= time.time() - newest < QUIET

    @property
    def is_absorbed(self) -> bool:
        """Whether everything in it is in the data file."""
        return self.seen is not None and self.seen.verdict == "absorbed"

    @property
    def waits(self) -> bool:
        """Whether nobody has looked into this version yet."""
        return self.seen is None


class Notes:
    """What is remembered of the files beside a data file, for one database; `save` writes it."""

    def __init__(self, folder: StateFolder, meta: Meta) -> None:
        self._path = folder.copies
        self._of = " ".join(sorted(meta.names))
        self._seen: dict[str, Seen] | None = None
        self._changed = False

    def of(self, name: str, signature: Signature) -> Seen | None:
        """Return what is known of this version."""
        seen = self._all.get(name)
        return seen if seen is not None and (seen.signature, seen.of) == (signature, self._of) else None

    def keep(self, copy: Copy, verdict: Verdict, now: int) -> None:
        """Remember what a version turned out to be."""
        self._all[copy.path.name] = Seen(copy.signature, verdict, now, self._of)
        self._changed = True

    def keep_only(self, names: Collection[str]) -> None:
        """Forget the files that are gone."""
        for name in self._all.keys() - set(names):
            del self._all[name]
            self._changed = True

    def save(self) -> None:
        """Write what changed. A lost note costs one more look."""
        if self._changed:
            self._changed = False
            with suppress(OSError):
                disk.write_whole(self._path, [msgspec.json.encode(self._all)], durable=False)

    @property
    def _all(self) -> dict[str, Seen]:
        if self._seen is None:
            try:
                self._seen = msgspec.json.decode(self._path.read_bytes(), type=dict[str, Seen])
            except (OSError, msgspec.DecodeError):
                self._seen = {}
        return self._seen


def beside(data_file: Path, notes: Notes, meta: Meta) -> list[Copy]:
    """Return the copies of the database `meta` in the folder of its file, absorbed or not, by name."""
    candidates = list(_candidates(data_file, notes))
    found = [each for each in candidates if _is_copy(each, meta, notes)]
    if candidates:
        notes.keep_only([each.path.name for each in candidates])
        notes.save()
    return found


def strangers(data_file: Path, notes: Notes) -> list[Copy]:
    """Return what is named as a conflict copy and is none of this database: told, and left alone."""
    return [
        each
        for each in _candidates(data_file, notes)
        if each.seen is not None and each.seen.verdict == "foreign" and each.service.name
    ]


def _candidates(data_file: Path, notes: Notes) -> Iterator[Copy]:
    real = Path(os.path.realpath(data_file))
    with suppress(OSError), os.scandir(real.parent) as entries:
        names = [entry for entry in entries if entry.name != real.name and may_be_copy(entry.name, real.stem)]
        for entry in sorted(names, key=lambda each: each.name):
            with suppress(OSError):
                about = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(about.st_mode) and about.st_size >= _LEAST:
                    signature = signature_of(about)
                    yield Copy(Path(entry.path), real, signature, notes.of(entry.name, signature))


def _is_copy(copy: Copy, meta: Meta, notes: Notes) -> bool:
    """Tell whether a file is of this database, by what it says of itself; looked into once a version."""
    if copy.seen is not None:
        return copy.seen.verdict != "foreign"
    try:
        named = _database_of(copy.path)
    except OSError:
        return False
    if named in meta.names:
        return True
    if copy.is_quiet:
        notes.keep(copy, "foreign", time.time_ns() // 1_000_000)
    return False


def _database_of(path: Path) -> str:
    """Return the name of the database that a file holds; an empty text where it is none of ours.

    It stands near the beginning, unless another program put a table before it.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if b'"_meta"' not in head:
            rest = file.read()
            at = rest.find(b'"_meta"')
            head = rest[at : at + _HEAD] if at >= 0 else b""
    named = _DATABASE.search(head) if _APP.search(head) else None
    return named[1].decode() if named is not None else ""
