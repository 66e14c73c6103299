"""One generation of the journal: a file with a header and then frames, open."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Self

import msgspec

from store.file import disk
from store.file.frames import Frame, frame, frames, resume

_HEADER_SPACE = 4096


class Header(msgspec.Struct, frozen=True, array_like=True):
    """What a generation says about itself."""

    identity: str
    """Random, and the same in every generation: another identity is another journal."""
    generation: int
    base: int
    """The sequence up to which records carry no documents."""
    created: int

    @property
    def salt(self) -> int:
        """What the checksums of this journal begin with, so that no foreign bytes pass for a record."""
        return int(self.identity[:8], 16)


_read_header = msgspec.msgpack.Decoder(Header).decode


class Generation:
    """An open generation; what is at the journal's path may be a later one by now."""

    _close = staticmethod(os.close)  # within reach when the interpreter ends

    def __init__(
        self, descriptor: int, about: os.stat_result, header: Header, first: int, *, writable: bool
    ) -> None:
        self._descriptor = descriptor
        self._about = about
        self.writable = writable
        self.header = header
        self.first = first
        """Where the first record begins."""

    @classmethod
    def open(cls, path: Path, *, writable: bool) -> Self | None:
        """Open what is at this path, to append or only to read; None where its header cannot be read."""
        descriptor = os.open(path, (os.O_RDWR | os.O_APPEND if writable else os.O_RDONLY) | os.O_CLOEXEC)
        try:
            about = os.fstat(descriptor)
            data = memoryview(os.pread(descriptor, _HEADER_SPACE, 0))
            if found := next(frames(data, 0, 0), None):
                header = _read_header(found.payload)
                return cls(descriptor, about, header, found.end, writable=writable)
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        return None

    @staticmethod
    def write(path: Path, header: Header, records: Iterable[tuple[int, bytes | memoryview]]) -> None:
        """Write a generation of these sequences and records in place of the one at the path, durably."""

        def pieces() -> Iterator[bytes | memoryview]:
            yield from frame(0, msgspec.msgpack.encode(header), 0)
            for sequence, record in records:
                yield from frame(sequence, record, header.salt)

        disk.write_whole(path, pieces())

    def is_at(self, there: os.stat_result) -> bool:
        """Whether this is the file that was looked at."""
        return (self._about.st_dev, self._about.st_ino) == (there.st_dev, there.st_ino)

    @property
    def size(self) -> int:
        """The bytes there are, some of them perhaps being written."""
        return os.fstat(self._descriptor).st_size

    def read(self, offset: int, *, past_damage: bool) -> tuple[list[Frame], int]:
        """Return the whole frames from an offset on, and where they end.

        Damaged bytes between whole frames are passed over if asked, which takes the lock: without it they
        may be somebody's writing that is seen in disorder (on a network disk). Then the end is -1.
        """
        salt = self.header.salt
        data = self._bytes_from(offset)
        found = list(frames(data, 0, salt))
        end = found[-1].end if found else 0
        while (whole := resume(data, end, salt)) is not None:
            if not past_damage:
                return [], -1
            found += frames(data, whole, salt)
            end = found[-1].end
        return found, offset + end

    def append(self, sequence: int, record: bytes, end: int) -> int:
        """Write a record at the end, and return the new end; under the lock.

        Raises OSError with the file as it was.
        """
        try:
            return end + disk.write_all(self._descriptor, frame(sequence, record, self.header.salt))
        except OSError:  # some of it may be there
            with suppress(OSError):
                self.cut(end)
            raise

    def cut(self, end: int) -> None:
        """Take away what a crash left half written behind the end; under the lock."""
        if end < self.size:
            os.ftruncate(self._descriptor, end)

    def sync(self) -> None:
        """Return when the file is on the disk itself."""
        disk.sync(self._descriptor)

    def __del__(self) -> None:
        self._close(self._descriptor)  # a thread that still reads or syncs holds a reference

    def _bytes_from(self, offset: int) -> memoryview:
        pieces = []
        while piece := os.pread(self._descriptor, max(0, self.size - offset), offset):
            pieces.append(piece)  # at most 2 GB each
            offset += len(piece)
        return memoryview(pieces[0] if len(pieces) == 1 else b"".join(pieces))
