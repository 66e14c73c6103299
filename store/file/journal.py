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
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from store import clock
from store.errors import StoreError
from store.file import disk, locking
from store.file.frames import Frame
from store.file.generation import Generation, Header
from store.file.places import StateFolder

KEPT_ACTIONS = 1000
KEPT_DAYS = 30


class FieldChange(msgspec.Struct, frozen=True, array_like=True):
    """What changed at one path of one document: what undo needs, and what a merge tells of elsewhere."""

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
    beside: tuple[bytes, ...] = ()
    """Other concurrent values that this change decided against, as JSON."""


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
    """do, undo, redo, merge or purge."""
    target: int
    """The sequence that was undone or redone, or 0."""
    group: int
    became: tuple[Became, ...] = ()
    undo: tuple[FieldChange, ...] = ()

    def documents(self) -> Iterator[tuple[str, int]]:
        """Yield table and id of each document that it changed."""
        return ((each.table, int(each.key)) for each in self.became if each.key.isdigit())


class Position(msgspec.Struct, frozen=True):
    """A place between two records: everything up to `sequence` has been read."""

    identity: str = ""
    generation: int = 0
    offset: int = 0
    sequence: int = 0


START = Position()


class Tail(msgspec.Struct, frozen=True):
    """What the journal holds after a position."""

    records: tuple[Record, ...]
    position: Position
    restarted: bool
    """The journal cannot continue that position: begin from the shadow and the published file, which hold
    everything up to `base`, and apply these records, which are all that the journal has."""


_read_record = msgspec.msgpack.Decoder(Record).decode
_encode = msgspec.msgpack.Encoder().encode


class Journal:
    """The journal of one state folder. Threads may share it: one appends while others read or sync."""

    def __init__(self, state: StateFolder) -> None:
        self._state = state
        self._path = state.journal
        self._guard = threading.RLock()  # over which generation is open and what is known of it
        self._holder = 0  # the thread that holds the lock
        self._owed = False  # whether records wait for the fsync that acknowledges them
        self._generation: Generation | None = None
        self._end = START
        self.told: list[str] = []
        """What was healed, in sentences."""

    @property
    def last_sequence(self) -> int:
        """The newest sequence that this object has seen; under the lock, the newest there is."""
        return self._end.sequence

    @property
    def base(self) -> int:
        """The sequence up to which records carry no documents any more."""
        return self._generation.header.base if self._generation else 0

    @property
    def identity(self) -> str:
        """What tells this journal from every other; "" where there is none yet."""
        return self._generation.header.identity if self._generation else ""

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
            with self._guard:
                generation = self._generation
                if generation is None or not generation.is_at(there):
                    generation = self._follow()
                elif there.st_size == position.offset and _continues(generation, position):
                    return Tail((), position, restarted=False)
                if generation and (tail := self._tail(generation, position)):
                    return tail
        with self.lock():  # damaged, not merely being written: only the lock tells
            return self.tail(position)

    def append(self, record: Record, *, sync: bool = True) -> Position:
        """Add a record under the lock and return the position behind it.

        It is acknowledged when the lock's block has ended; with `sync=False` only after `sync`. Raises
        StoreError, with the journal as it was, where the record cannot be written.
        """
        generation = self._held()
        if record.sequence <= self.last_sequence:
            raise ValueError(f"sequence {record.sequence} was issued before {self.last_sequence}")
        with _said("The change could not be kept, so it was not made"):
            end = generation.append(record.sequence, _encode(record), self._end.offset)
        self._end = _position(generation, end, record.sequence)
        self._owed = self._owed or sync
        return self._end

    def sync(self) -> None:
        """Return when everything that was appended is on the disk; from any thread, without the lock.

        Whoever publishes calls this first: what it folded in may be another process's record of just now.
        """
        generation = self._generation
        with _said("The change was made, but the disk does not confirm that it is kept"):
            if generation:
                generation.sync()

    def compact(self, base: int, *, purged: Collection[tuple[str, str]] = ()) -> Position:
        """Begin a generation, under the lock, that keeps of the records up to `base` only what undo needs.

        Of documents that were `purged`, by table and id, nothing is kept.
        The shadow and the published file must hold everything up to `base`, durably. Of those records the
        newest thousand of the last thirty days stay, without documents. Raises StoreError, with the
        journal as it was.
        """
        generation = self._held()
        if not self.base <= base <= self.last_sequence:
            raise ValueError(f"{base} is not between {self.base} and {self.last_sequence}")
        old = generation.header
        header = Header(old.identity, old.generation + 1, base, clock.now())
        with self._guard, _said(f"The journal {self._path} cannot be compacted"):
            Generation.write(self._path, header, _kept(generation, header, purged))
            self._state.sweep()
            self._prepare()
        return self._end

    def close(self) -> None:
        """Give the file back; the next call opens it again."""
        with self._guard:
            self._generation, self._end = None, START

    def _held(self) -> Generation:
        if self._holder != threading.get_ident() or self._generation is None:
            raise RuntimeError("the journal's lock is not held")
        return self._generation

    def _follow(self, *, writable: bool = False) -> Generation | None:
        """Open the generation that is at the path now; None where its header cannot be read."""
        before = self._generation
        same = before is not None and before.is_at(self._path.stat())
        if before and same and (before.writable or not writable):
            return before
        self._generation = generation = Generation.open(self._path, writable=writable)
        if generation and not same:
            self._end = _position(generation, generation.first, generation.header.base)
        return generation

    def _prepare(self) -> None:
        """Under the lock: have a journal, know its end, and cut what a crash left behind that."""
        generation = self._follow(writable=True) if self._path.exists() else self._begin()
        if generation is None:
            aside = self._state.aside_path(self._path.name)
            self._path.replace(aside)
            self.told.append(
                f"The journal could not be read and was begun anew; its bytes are kept in {aside}."
            )
            generation = self._begin()
        found, end = generation.read(self._end.offset, past_damage=True)
        self._end = _position(generation, end, _newest(found, self._end.sequence))
        generation.cut(end)

    def _begin(self) -> Generation:
        Generation.write(self._path, Header(os.urandom(8).hex(), 1, 0, clock.now()), ())
        generation = self._follow(writable=True)
        if generation is None:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(self._path))
        return generation

    def _tail(self, generation: Generation, position: Position) -> Tail | None:
        """Read what follows a position, or None where it takes the lock to tell damage from writing."""
        header = generation.header
        known = _continues(generation, position) and position.offset <= generation.size
        start = position if known else _position(generation, generation.first, header.base)
        found, end = generation.read(start.offset, past_damage=self._holder == threading.get_ident())
        if end < 0:
            return None
        reached = _position(generation, end, _newest(found, start.sequence))
        if end >= self._end.offset:
            self._end = reached
        same = known or (
            position.identity == header.identity and header.base <= position.sequence <= reached.sequence
        )
        records = tuple(_record(each) for each in found if not same or each.sequence > position.sequence)
        return Tail(records, reached, restarted=not same and position != START)


def look_into(path: Path) -> tuple[Header, list[Record]] | None:
    """Read a journal without its lock, mending nothing; None where there is none that can be read whole."""
    try:
        generation = Generation.open(path, writable=False)
        if generation is None:
            return None
        found, end = generation.read(generation.first, past_damage=False)
        return (generation.header, list(map(_record, found))) if end >= 0 else None
    except (OSError, msgspec.DecodeError, StoreError):
        return None


def _position(generation: Generation, offset: int, sequence: int) -> Position:
    return Position(generation.header.identity, generation.header.generation, offset, sequence)


def _newest(found: Sequence[Frame], known: int) -> int:
    """Return the newest sequence: never below one that is known, as the header's base is.

    Compaction may have kept nothing of the newest records, and their sequences must not be issued again.
    """
    return max(known, found[-1].sequence) if found else known


def _continues(generation: Generation, position: Position) -> bool:
    header = generation.header
    return (position.identity, position.generation) == (header.identity, header.generation)


def _kept(
    old: Generation, header: Header, purged: Collection[tuple[str, str]]
) -> Iterator[tuple[int, bytes | memoryview]]:
    """Yield what goes into the generation with this header: what is newer than its base, the rest slim."""
    found, _ = old.read(old.first, past_damage=True)
    newest, oldest = len(found) - KEPT_ACTIONS, header.created - KEPT_DAYS * clock.DAY
    for number, each in enumerate(found):
        if each.sequence > header.base:
            yield each.sequence, each.payload
            continue
        record = _record(each)
        if number >= newest and record.time >= oldest:
            undo = tuple(change for change in record.undo if (change.table, change.key) not in purged)
            if undo or not record.undo:
                yield each.sequence, _encode(msgspec.structs.replace(record, became=(), undo=undo))


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
