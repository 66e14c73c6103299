"""The append-only log of every change: what makes it durable at once, and what undo reads.

The journal is one file, in generations: compaction writes the next generation whole and renames it over
the last. A generation begins with a header; then come the records, each in a frame of length, checksum
and sequence. Reading needs no lock: a frame counts when it is there to its last byte. Appending needs it.

Sequences grow by one over all generations. Those up to the header's `base` are in the shadow or the
published file, so that compaction kept of them only what undo needs.
"""

import errno
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from store import clock
from store.errors import StoreError
from store.file import disk, locking
from store.file.frames import Frame, frame, frames, resume
from store.file.places import StateFolder

KEPT_ACTIONS = 1000
KEPT_DAYS = 30
_HEADER_SPACE = 4096


class FieldChange(msgspec.Struct, frozen=True, array_like=True):
    """What undo needs to know about one path of one document."""

    table: str
    key: str
    path: str
    """As in a stamp's path; "" is the document as a whole."""
    had: bool
    """Whether the path held a value before."""
    old: bytes
    """That value as JSON, or nothing: JSON takes every value that a document can hold."""
    old_stamp: str
    stamp: str
    """The stamp that this change gave the path; undo leaves the path alone once it has another."""
    created: bool
    """Whether this change made the document."""


class Became(msgspec.Struct, frozen=True, array_like=True):
    """A document as it stood after a change."""

    table: str
    key: str
    document: bytes | None
    """Its JSON as it goes into the file, or None where the document was taken out."""


class Record(msgspec.Struct, frozen=True, array_like=True):
    """One change of documents by one action."""

    sequence: int
    node: str
    time: int
    action: str
    """The action's title in words."""
    kind: str
    """do, undo, redo or merge."""
    target: int
    """The sequence that was undone or redone, or 0."""
    group: int
    became: tuple[Became, ...] = ()
    undo: tuple[FieldChange, ...] = ()


class Header(msgspec.Struct, frozen=True, array_like=True):
    """What a generation says about itself."""

    identity: str
    """Random, and the same in every generation: another identity is another journal."""
    generation: int
    base: int
    created: int

    @property
    def salt(self) -> int:
        """What the checksums of this journal begin with, so that no foreign bytes pass for a record."""
        return int(self.identity[:8], 16)


class Position(msgspec.Struct, frozen=True):
    """A place between two records: everything up to `sequence` has been read."""

    identity: str = ""
    generation: int = 0
    offset: int = 0
    sequence: int = 0


START = Position()
_NONE = Header("", 0, 0, 0)


class Tail(msgspec.Struct, frozen=True):
    """What the journal holds after a position."""

    records: tuple[Record, ...]
    position: Position
    restarted: bool
    """The journal cannot continue that position: begin from the shadow and the published file, which hold
    everything up to `base`, and apply these records, which are all that the journal has."""


_read_header = msgspec.msgpack.Decoder(Header).decode
_read_record = msgspec.msgpack.Decoder(Record).decode
_encode = msgspec.msgpack.Encoder().encode


class Journal:
    """The journal of one state folder. Threads may share it: one appends while others read or sync."""

    def __init__(self, state: StateFolder) -> None:
        self._state = state
        self._path = state.journal
        self._guard = threading.RLock()  # over the descriptor and what is known of the file
        self._holder = 0  # the thread that holds the lock
        self._owed = False  # whether records wait for the fsync that acknowledges them
        self._descriptor = -1
        self._inode = (0, 0)
        self._header = _NONE
        self._first = 0  # where the first record begins
        self._end = START
        self.kept_aside: Path | None = None
        """Where the bytes of a journal went whose beginning could not be read."""

    @property
    def last_sequence(self) -> int:
        """The newest sequence that this object has seen; under the lock, the newest there is."""
        return self._end.sequence

    @property
    def base(self) -> int:
        """The sequence up to which records carry no documents any more."""
        return self._header.base

    @property
    def identity(self) -> str:
        """What tells this journal from every other; "" where there is none yet."""
        return self._header.identity

    @property
    def size(self) -> int:
        """The bytes of this generation, as far as it was read."""
        return self._end.offset

    @contextmanager
    def lock(self, *, wait: float = 20.0) -> Iterator[None]:
        """Hold the journal: nobody else appends, what a crash left half written is cut, the end is known.

        Makes the journal where there is none. What was appended is acknowledged when the block has ended:
        its fsync follows after the lock was given up, so that others need not wait for the disk.
        Raises StoreError. Not re-entrant.
        """
        with locking.lock(self._state.journal_lock, wait=wait):
            self._holder = threading.get_ident()
            try:
                with self._guard, _said(f"The journal {self._path} cannot be opened"):
                    self._prepare()
                yield
            finally:
                self._holder = 0
                owed, self._owed = self._owed, False
        if owed:
            self.sync()

    def tail(self, position: Position = START) -> Tail:
        """Return what follows a position; costs one stat where nothing does. Needs no lock.

        Across a compaction it continues where it can. Raises StoreError.
        """
        with _said(f"The journal {self._path} cannot be read"):
            try:
                there = self._path.stat()
            except FileNotFoundError:
                return Tail((), START, restarted=position != START)
            if there.st_size == position.offset and self._is_open(there) and self._continues(position):
                return Tail((), position, restarted=False)
            with self._guard:
                if self._follow() and (tail := self._tail(position)):
                    return tail
        with self.lock():  # damaged, not merely being written: only the lock tells
            return self.tail(position)

    def append(self, record: Record, *, sync: bool = True) -> Position:
        """Add a record under the lock and return the position behind it.

        It is acknowledged when the lock's block has ended; with `sync=False` only after `sync`. Raises
        StoreError, with the journal as it was, where the record cannot be written.
        """
        self._must_hold()
        if record.sequence <= self.last_sequence:
            raise ValueError(f"sequence {record.sequence} was issued before {self.last_sequence}")
        pieces = frame(record.sequence, _encode(record), self._header.salt)
        with _said("The change could not be kept, so it was not made"):
            try:
                written = disk.write_all(self._descriptor, pieces)
            except OSError:  # some of it may be there
                with suppress(OSError):
                    os.ftruncate(self._descriptor, self._end.offset)
                raise
        self._end = self._at(self._end.offset + written, record.sequence)
        self._owed = self._owed or sync
        return self._end

    def sync(self) -> None:
        """Return when everything that was appended is on the disk; from any thread, without the lock.

        Whoever publishes calls this first: what it folded in may be another process's record of just now.
        """
        with self._guard:
            if self._descriptor < 0:
                return
            descriptor = os.dup(self._descriptor)
        try:
            with _said("The change was made, but the disk does not confirm that it is kept"):
                disk.sync(descriptor)
        finally:
            os.close(descriptor)

    def compact(self, base: int) -> Position:
        """Begin a generation, under the lock, that keeps of the records up to `base` only what undo needs.

        The shadow and the published file must hold everything up to `base`, durably. Of those records the
        newest thousand of the last thirty days stay, without documents. Raises StoreError, with the
        journal as it was.
        """
        self._must_hold()
        if not self.base <= base <= self.last_sequence:
            raise ValueError(f"{base} is not between {self.base} and {self.last_sequence}")
        old = self._header
        header = Header(old.identity, old.generation + 1, base, clock.now())
        with self._guard, _said(f"The journal {self._path} cannot be compacted"):
            disk.write_whole(self._path, self._next_generation(header))
            self._state.sweep()
            self._prepare()
        return self._end

    def close(self) -> None:
        """Give the file back; the next call opens it again."""
        with self._guard:
            if self._descriptor >= 0:
                os.close(self._descriptor)
            self._descriptor, self._inode = -1, (0, 0)

    def _must_hold(self) -> None:
        if self._holder != threading.get_ident():
            raise RuntimeError("the journal's lock is not held")

    def _at(self, offset: int, sequence: int) -> Position:
        return Position(self._header.identity, self._header.generation, offset, sequence)

    def _is_open(self, there: os.stat_result) -> bool:
        return self._inode == (there.st_dev, there.st_ino)

    def _continues(self, position: Position) -> bool:
        header = self._header
        return (position.identity, position.generation) == (header.identity, header.generation)

    def _follow(self) -> bool:
        """Open the generation that is at the path now; False where its header cannot be read."""
        if self._descriptor >= 0 and self._is_open(self._path.stat()):
            return True
        self.close()
        descriptor = _open(self._path)
        data = memoryview(os.pread(descriptor, _HEADER_SPACE, 0))
        found = next(frames(data, 0, 0), None)
        if found is None:
            os.close(descriptor)
            return False
        about = os.fstat(descriptor)
        self._descriptor, self._inode = descriptor, (about.st_dev, about.st_ino)
        self._header = _read_header(found.payload)
        self._first = found.end
        self._end = self._at(found.end, self._header.base)
        return True

    def _prepare(self) -> None:
        """Under the lock: have a journal, know its end, and cut what a crash left behind that."""
        if not self._path.exists():
            self._begin()
        elif not self._follow():
            self.kept_aside = self._state.aside_path(self._path.name)
            self._path.replace(self.kept_aside)
            self._begin()
        self._follow()
        found, end = self._read(self._end.offset)
        self._end = self._at(end, found[-1].sequence if found else self._end.sequence)
        if end < os.fstat(self._descriptor).st_size:
            os.ftruncate(self._descriptor, end)

    def _begin(self) -> None:
        header = Header(os.urandom(8).hex(), 1, 0, clock.now())
        disk.write_whole(self._path, frame(0, _encode(header), 0))

    def _tail(self, position: Position) -> Tail | None:
        """Read what follows a position, or None where it takes the lock to tell damage from writing."""
        known = self._continues(position) and position.offset <= os.fstat(self._descriptor).st_size
        start = position if known else self._at(self._first, self.base)
        found, end = self._read(start.offset)
        if end < 0:
            return None
        last = found[-1].sequence if found else start.sequence
        if end >= self._end.offset:
            self._end = self._at(end, last)
        same = known or (position.identity == self.identity and self.base <= position.sequence <= last)
        records = tuple(_record(each) for each in found if not same or each.sequence > position.sequence)
        return Tail(records, self._at(end, last), restarted=not same and position != START)

    def _read(self, offset: int) -> tuple[list[Frame], int]:
        """Return the frames from an offset on and where they end.

        Damage between whole frames is passed over under the lock. Without it, it might be somebody's
        writing that this machine sees in disorder (on a network disk): then the end is -1.
        """
        data = _pread(self._descriptor, offset)
        found = list(frames(data, 0, self._header.salt))
        end = found[-1].end if found else 0
        while (whole := resume(data, end, self._header.salt)) is not None:
            if self._holder != threading.get_ident():
                return [], -1
            found += frames(data, whole, self._header.salt)
            end = found[-1].end
        return found, offset + end

    def _next_generation(self, header: Header) -> Iterator[bytes | memoryview]:
        yield from frame(0, _encode(header), 0)
        found, _ = self._read(self._first)
        newest, oldest = len(found) - KEPT_ACTIONS, header.created - KEPT_DAYS * clock.DAY
        for number, each in enumerate(found):
            payload: bytes | memoryview = each.payload
            if each.sequence <= header.base:
                record = _record(each)
                if number < newest or record.time < oldest:
                    continue
                payload = _encode(msgspec.structs.replace(record, became=()))
            yield from frame(each.sequence, payload, header.salt)


def _open(path: Path) -> int:
    """Open for appending, or for reading where that is all there is."""
    try:
        return os.open(path, os.O_RDWR | os.O_APPEND | os.O_CLOEXEC)
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EROFS):
            raise
    return os.open(path, os.O_RDONLY | os.O_CLOEXEC)


def _pread(descriptor: int, offset: int) -> memoryview:
    """Read from an offset to the end; a call returns at most 2 GB."""
    pieces = []
    while piece := os.pread(descriptor, os.fstat(descriptor).st_size - offset, offset):
        pieces.append(piece)
        offset += len(piece)
    return memoryview(pieces[0] if len(pieces) == 1 else b"".join(pieces))


def _record(found: Frame) -> Record:
    try:
        return _read_record(found.payload)
    except msgspec.DecodeError as error:
        raise StoreError(
            f"The journal's record {found.sequence} cannot be read: {error}.",
            "A newer Ringback wrote it: update this one.",
        ) from error


@contextmanager
def _said(what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"{what}: {disk.reason(error)}.", disk.remedy(error)) from error
