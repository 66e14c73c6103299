"""The documents as this machine knows them: a base, and the journal folded in.

The journal is the one order of everything that happens here, merges included. The published file and the
shadow are copies of the state at some position of it.
"""

import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from store import clock
from store.errors import FileError, ReadOnlyError
from store.file import disk, shadow
from store.file.codec import META, DamagedError
from store.file.documents import Documents, key_of
from store.file.journal import START, Became, FieldChange, Journal, Position, Record
from store.file.lines import Lines
from store.file.meta import read_meta
from store.file.node import current_node
from store.file.places import StateFolder
from store.file.stamps import Stamp

Changes = tuple[tuple[Became, ...], tuple[FieldChange, ...]]
Build = Callable[[Stamp], Changes]


class State:
    """One data file as one process sees it; threads of the process share it under `guard`."""

    def __init__(self, path: Path, folder: StateFolder) -> None:
        self.path = path
        self.folder = folder
        self.journal = Journal(folder)
        self.documents = Documents(Lines())
        self.position: Position = START
        self.guard = threading.RLock()
        self.told: list[str] = []
        """What opening or merging healed, in sentences."""
        self.read_only = ""
        """Why nothing may be written, or an empty text."""
        self.adopting = False
        """Whether another database that arrives is made one with this one."""
        self.start: Position | None = None
        """Where in the journal the published file stood at opening; None after a merge."""
        self.pending: list[Record] = []
        """Records laid over the documents since whoever follows them last looked."""
        self.reloaded = False
        """The documents were read anew: what follows them must begin anew too."""
        self.adrift = False
        """Journal and shadow went away under this process: it alone may know what its documents hold."""

    def begin(self, base: Lines, position: Position) -> bool:
        """Begin from a whole state at a position; False where the journal does not lead on from it."""
        self.adrift = False
        self.documents.replace(base)
        self.start = self.position = position
        self.check_format()
        return self.fold()

    def fold(self) -> bool:
        """Take in what the journal holds beyond this position; False where everything was read anew."""
        with self.guard:
            tail = self.journal.tail(self.position)
            if tail.restarted:
                known = self.joined()
                if not self.reload():
                    self._go_on_from(known)
                return False
            self._apply(tail.records)
            self.position = tail.position
            return True

    def commit(
        self, action: str, kind: str, build: Build, *, target: int = 0, group: int = 0
    ) -> Record | None:
        """Fold in the journal, build changes of the documents as they then stand, and append them.

        Returns the record, None where there was nothing to change. The caller calls `journal.sync`.
        """
        self.check_writable()
        with self.guard, self.journal.lock():
            self.fold()
            self.check_writable()
            return self.append(action, kind, build, target=target, group=group)

    def check_writable(self) -> None:
        """Raise ReadOnlyError where nothing may be written."""
        if self.read_only:
            raise ReadOnlyError(self.read_only, "Update Ringback on this machine to change anything.")

    def append(
        self, action: str, kind: str, build: Build, *, target: int = 0, group: int = 0
    ) -> Record | None:
        """Append changes under the journal's lock, everything folded in; return the record, if any."""
        sequence = self.journal.last_sequence + 1
        now = clock.now()
        stamp = Stamp(current_node(self.folder, self.journal), sequence, now)
        became, undo = build(stamp)
        if not became and not target:
            return None
        record = Record(sequence, stamp.node, now, action, kind, target, group, became, undo)
        self.position = self.journal.append(record, sync=False)
        self._apply([record])
        return record

    def _apply(self, records: Iterable[Record]) -> None:
        for record in records:
            self.documents.put((each.table, key_of(each.key), each.document) for each in record.became)
            self.pending.append(record)
            if any(each.table == META for each in record.became):
                self.check_format()

    def check_format(self) -> None:
        """Make the state read-only where a newer program has written to it."""
        try:
            newer = read_meta(self.documents.raw(META, 1)).is_newer
        except DamagedError:
            return
        if newer:
            self.read_only = newer_sentence(self.path)

    def reload(self) -> bool:
        """Begin from the shadow and all that the journal holds after it; False where there is no shadow.

        Without one, the documents are those that the journal holds. Raises FileError where the two do not
        reach each other.
        """
        tail = self.journal.tail(START)
        found = shadow.newest(self.folder, self.journal.identity)
        self.start = None
        self.position = tail.position
        if found is None:
            self.documents.replace(Lines())
            self._apply(tail.records)
            self.pending.clear()
            self.adrift = False
            return False
        if found.sequence < self.journal.base:
            raise FileError(
                f"The state folder {self.folder.folder} has lost its copy of the data.",
                "Move that folder away; the data file itself is then read anew.",
            )
        self.documents.replace(found.read())
        self._apply(record for record in tail.records if record.sequence > found.sequence)
        self.pending.clear()
        self.reloaded = True
        self.check_format()
        return True

    def with_journal(self, base: Lines) -> Lines:
        """Return a whole state merged with the documents here, which the journal alone may have held."""
        from store.file.merge import merge_states

        return base.with_changes(merge_states(base, self.joined()))

    def _go_on_from(self, known: Lines) -> None:
        """The shadow went away while this process had the file open: what it knows stays."""
        self.adrift = True
        self.documents.replace(self.with_journal(known))
        self.reloaded = True
        self.check_format()

    def moor(self, there: Lines) -> None:
        """Put into the journal what the file there lacks of the documents here. Under the journal's lock."""
        from store.file.merge import merge_states

        changes = merge_states(there, self.joined())
        became = tuple(
            Became(table, str(key), raw) for table, made in changes.items() for key, raw in made.items()
        )
        self.append("Merge", "merge", lambda _: (became, ()))
        self.write_shadow([self.joined().data])
        self.adrift = False

    def refresh_shadow(self) -> None:
        """Write the shadow anew, unless it holds everything. Under the journal's lock."""
        found = shadow.newest(self.folder, self.journal.identity)
        reaches = self.position.sequence
        if found is None or (found.journal, found.sequence) != (self.journal.identity, reaches):
            self.write_shadow(self.documents.base.splice(self.documents.over()))

    def write_shadow(self, chunks: Iterable[disk.Chunk]) -> None:
        """Keep a whole state as the shadow that the journal leads on from."""
        shadow.write(self.folder, chunks, self.position.sequence, self.journal.identity)

    def joined(self) -> Lines:
        """Return the documents as one piece of canonical bytes."""
        return self.documents.base.with_changes(self.documents.over())


def newer_sentence(path: Path) -> str:
    """Say that only a newer program may write a file."""
    return f"{path} was written by a newer Ringback and is read-only here."
