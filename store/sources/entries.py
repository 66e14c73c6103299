"""Files that may be read, wherever they lie: on the disk, in a zip, or as bytes that came in.

A reader of an export asks for entries and need not know which it is. Nothing is ever unpacked to the disk.
"""

import stat
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from functools import cached_property
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from store.sources.loose import SNIFFED
from store.sources.source import Item, Progress, Source, Unreadable
from store.sources.text import place_of
from store.sources.unpacking import MOST_RATIO, SMALL, DamagedError, Member, Readable, unpacking

WITHIN = "!/"
"""Stands between the name of an archive in an archive and that of a member of it."""
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Other ways to pack unpack without a bound on what comes out at once."""


class Entry:
    """One file: its name, where it is in words, and its bytes, which may be opened any number of times."""

    def __init__(
        self,
        name: str,
        place: str,
        opener: Callable[[], AbstractContextManager[Readable]],
        *,
        size: int = 0,
        modified: int = 0,
        path: str = "",
        member: str = "",
    ) -> None:
        self.name = name
        """As the folder or archive has it, with `/` between folders."""
        self.place = place
        self.size = size
        """Bytes, as far as known."""
        self.modified = modified
        """Milliseconds since 1970, 0 where nobody knows."""
        self.path = path
        """Absolute path of the file that holds it; empty where it came on standard input."""
        self.member = member
        """Its name in an archive, empty for a plain file; behind that of an archive in it and `WITHIN`."""
        self._opener = opener

    @property
    def base_name(self) -> str:
        """Its name without folders, case folded."""
        return PurePosixPath(self.name).name.casefold()

    @property
    def ending(self) -> str:
        """The end of its name: `.csv`, in lower case."""
        return PurePosixPath(self.name).suffix.casefold()

    def open(self) -> AbstractContextManager[Readable]:
        """Open it for reading from its beginning; raises OSError or DamagedError, as reading may."""
        return self._opener()

    @cached_property
    def head(self) -> bytes:
        """The first bytes, from which its kind is told; empty where it cannot be read."""
        try:
            with self.open() as stream:
                return stream.read(SNIFFED)
        except (OSError, DamagedError):
            return b""


def file_entry(path: Path, name: str = "") -> Entry:
    """Return a file on the disk as an entry; raises OSError where it is not there."""
    status = path.stat()
    return Entry(
        name or path.name,
        place_of(path),
        lambda: path.open("rb"),
        size=status.st_size,
        modified=status.st_mtime_ns // 1_000_000,
        path=str(path.absolute()),
    )


def bytes_entry(
    data: bytes, place: str, name: str = "", *, modified: int = 0, path: str = "", member: str = ""
) -> Entry:
    """Return bytes that came in as an entry."""
    return Entry(
        name,
        place,
        lambda: nullcontext(BytesIO(data)),
        size=len(data),
        modified=modified,
        path=path,
        member=member,
    )


def zip_entry(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, place: str, path: str, *, inside: str = ""
) -> Entry:
    """Return a member of an open zip as an entry; `place` and `path` are the zip's.

    A zip that lies in another one has the path of that one, and its own name `inside` it.
    """

    def opened() -> AbstractContextManager[Readable]:
        with unpacking():
            stream = archive.open(member)
        return closing(Member(stream))

    return Entry(
        member.filename,
        f"{place}: {place_of(Path(member.filename))}",
        opened,
        size=member.file_size,
        modified=zip_time(member),
        path=path,
        member=inside + WITHIN + member.filename if inside else member.filename,
    )


_BY_HAND = "Unpack it by hand if you trust it."
_ENCRYPTED = 0x1
"""Of the flags of a zip's member."""


def refused(member: zipfile.ZipInfo) -> str:
    """Say why a member of a zip is not touched, or nothing."""
    name = member.orig_filename
    if name.startswith("/") or "\\" in name or ".." in name.split("/") or ":" in name.split("/")[0][1:2]:
        return f"Its name points outside the archive, so it was left alone. {_BY_HAND}"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "It is a link, so it was left alone."
    if member.flag_bits & _ENCRYPTED:
        return "It is encrypted, so it was left alone. Unpack it with its password and pull what comes out."
    if member.compress_type not in _PLAIN:
        return "It is packed in an unusual way, so it was left alone. Unpack it and pull what comes out."
    if member.file_size > SMALL and member.file_size > MOST_RATIO * max(member.compress_size, 1):
        return f"It is packed more tightly than messages can be, so it was left alone. {_BY_HAND}"
    return ""


def zip_time(member: zipfile.ZipInfo) -> int:
    """Return when a member was written, in milliseconds; 0 where nobody knows. A zip names no zone: UTC."""
    import calendar

    try:
        return 1000 * calendar.timegm(member.date_time) if member.date_time[0] > 1980 else 0
    except ValueError:
        return 0


class Claimed(NamedTuple):
    """What a reader took of some entries."""

    sources: list[Source]
    left: list[Entry]
    """Entries that are not its own, in their order."""


Claim = Callable[[Sequence[Entry]], Claimed]
"""Looks at the entries of one folder or archive and takes those that it reads."""


def guarded(place: str, items: Iterator[Item]) -> Iterator[Item]:
    """Yield items; where reading stops with an error, say so in their place and end."""
    try:
        yield from items
    except DamagedError as error:
        yield Unreadable(place, f"It is damaged from here on: {error}.")
    except OSError as error:
        yield Unreadable(place, f"It cannot be read: {error.strerror or error}.")


def no_progress(_: int) -> None:
    """Take no notice of progress."""


class EntrySource:
    """One entry, read by a function of the entry and a progress."""

    def __init__(self, entry: Entry, read: Callable[[Entry, Progress], Iterator[Item]]) -> None:
        self._entry = entry
        self._read = read
        self.place = entry.place
        self.size = entry.size

    def read(self, progress: Progress) -> Iterator[Item]:
        """Yield what it holds; an error on the way is reported with its place."""
        yield from guarded(self.place, self._read(self._entry, progress))
        progress(self.size)
