"""Archives taken apart by the standard library, within bounds, and with one error for whatever it raises."""

import gzip
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import IO, NamedTuple, Protocol

MOST_RATIO = 100
"""Bytes unpacked for each packed one; mail is packed ten times at best."""
SMALL = 1024 * 1024
"""Bytes that may be packed as tightly as they like."""
MOST_MEMBERS = 20_000
"""A Takeout of Google Voice has a page for each call; the first bytes of each are held."""
_MOST_DIRECTORY = 256 * MOST_MEMBERS
"""Bytes that the names and sizes of so many members take in a zip: its count alone may lie."""
MOST_HEADER = 256 * 1024
"""Bytes that may stand in a tar before one member's own: its name, its attributes."""
_CHUNK = 1024 * 1024


class DamagedError(Exception):
    """An archive cannot be read; its text says why."""


class TooManyError(DamagedError):
    """An archive holds more members than are looked at."""


class Readable(Protocol):
    """What bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """Return as many bytes as asked for, fewer only at the end."""


@contextmanager
def unpacking() -> Iterator[None]:
    """Turn what the archive libraries raise at hostile bytes, which is nearly anything, into one error."""
    try:
        yield
    except DamagedError:
        raise
    except Exception as error:
        text = str(error) if not isinstance(error, OSError) else error.strerror or str(error)
        raise DamagedError((text.strip().rstrip(".") or type(error).__name__)[:200]) from error


class Member:
    """The bytes of one member."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def read(self, size: int, /) -> bytes:
        """Return the next bytes; DamagedError where they cannot be unpacked."""
        with unpacking():
            return self._stream.read(size)

    def close(self) -> None:
        """Let go of it."""
        self._stream.close()


def open_zip(file: Path | IO[bytes]) -> zipfile.ZipFile:
    """Return a zip; TooManyError where it holds too many members, DamagedError where it is none.

    Its end tells how long the list of members is: that costs much to make, and nothing to refuse.
    """
    with unpacking():
        with file.open("rb") if isinstance(file, Path) else nullcontext(file) as stream:
            end = zipfile._EndRecData(stream)  # type: ignore[attr-defined]  # it knows large zips, too
        if end is not None and (end[4] > MOST_MEMBERS or end[5] > _MOST_DIRECTORY):
            raise TooManyError(f"it holds more than {MOST_MEMBERS} files")
        return zipfile.ZipFile(file)


class TarMember(NamedTuple):
    """One file in a tar."""

    name: str
    size: int
    """Bytes, as its header says."""
    modified: int
    """Milliseconds since 1970, as its header says: anything, 0 where that is no number."""
    stream: Member | None
    """Nothing where it is no plain file."""


class _Unpacked:
    """The bytes of a gzip file, readable forwards only and not endlessly."""

    def __init__(self, packed: IO[bytes]) -> None:
        self._packed = packed
        self._unpacked = gzip.GzipFile(fileobj=packed, mode="rb")
        self._place = 0
        self.header_left: int | None = MOST_HEADER
        """Bytes that may still be read for one header; no limit while a member is read."""

    def tell(self) -> int:
        return self._place

    def seek(self, place: int) -> int:
        if place < self._place:
            raise tarfile.StreamError("it leads backwards")
        while self._place < place and self._next(min(_CHUNK, place - self._place)):
            pass
        return self._place

    def read(self, size: int) -> bytes:
        if self.header_left is not None:
            self.header_left -= size
            if self.header_left < 0:
                raise tarfile.ReadError("a header is longer than any program writes")
        return self._next(size)

    def _next(self, size: int) -> bytes:
        data = self._unpacked.read(size)
        self._place += len(data)
        if self._place > SMALL and self._place > MOST_RATIO * self._packed.tell():
            raise tarfile.ReadError("it is packed more tightly than messages can be")
        return data


@contextmanager
def gunzip(path: Path) -> Iterator[Member]:
    """Open a gzip file for what is packed in it, which may be a tar."""
    with path.open("rb") as packed:
        stream = _Unpacked(packed)
        stream.header_left = None
        yield Member(stream)  # type: ignore[arg-type]  # all that it calls is there


def tar_members(path: Path) -> Iterator[TarMember]:
    """Yield what a tar.gz holds, each to be read before the next; DamagedError where it cannot go on."""
    with path.open("rb") as packed:
        stream = _Unpacked(packed)
        with unpacking():
            archive = tarfile.TarFile(fileobj=stream)  # type: ignore[arg-type]  # all that it calls is there
        while True:
            with unpacking():
                stream.header_left = MOST_HEADER
                member = archive.next()
                stream.header_left = None
                if member is None:
                    return
                archive.members.clear()  # type: ignore[attr-defined]
                archive.pax_headers = {}
                plain = member.isfile() and not member.issparse()
                file = archive.extractfile(member) if plain else None
            modified = _milliseconds(member.mtime)
            yield TarMember(member.name, member.size, modified, None if file is None else Member(file))


def _milliseconds(seconds: float) -> int:
    """Return the time of a member; 0 where its header names none, as `inf` is none."""
    try:
        return int(seconds * 1000)
    except (ValueError, OverflowError):
        return 0
