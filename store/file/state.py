"""The documents as this machine knows them: what is published, and the journal folded in.

The journal is the one order of everything that happens here, merges included. The published file and the
shadow are copies of the state at some position of it. As long as the published file is the one that was
last written from here, it and the rest of the journal are all there is; else what lies there is merged.
"""

import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from store import clock
from store.errors import FileError, NotPublishedError, ReadOnlyError
from store.file import absorb, disk, shadow
from store.file import publish as publishing
from store.file.codec import META, Key, encode_document, encode_state, new_meta
from store.file.documents import Documents, key_of
from store.file.journal import START, Became, FieldChange, Journal, Position, Record
from store.file.lines import Lines
from store.file.locking import lock
from store.file.node import current_node, renew
from store.file.places import StateFolder
from store.file.stamps import Stamp
from store.ids import random_key

FORMAT = 1
_RENAME_WAIT = 2.0
"""Seconds for which a missing file may be a rename in progress."""
_ATTEMPTS = 20
"""How often publishing tries again after somebody else replaced the file meanwhile."""
_REBASE = 2_000
"""Changed documents over which the bytes under them are joined anew."""

Changes = tuple[tuple[Became, ...], tuple[FieldChange, ...]]


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
        self.start: Position | None = None
        """Where in the journal the published file stood at opening; None after a merge."""
        self.pending: list[Record] = []
        """Records laid over the documents since whoever follows them last looked."""
        self.reloaded = False
        """The documents were read anew: what follows them must begin anew too."""

    def open(self, *, create: bool) -> None:
        """Read the published file where it is ours, else merge what there is. Raises FileError."""
        if self._open_ours():
            return
        with lock(self.folder.publish_lock):
            # Somebody here may have been publishing just now.
            if not self._open_ours():
                self._recover(create=create)

    def _open_ours(self) -> bool:
        published = publishing.read_published(self.folder)
        here = publishing.signature(self.path)
        if published is None or here != published.signature or publishing.leftovers(self.path):
            return False
        data = self._read()
        if publishing.signature(self.path) != here:
            return False
        self.documents.replace(Lines(data))
        self.start = self.position = published.position
        self.fold()
        self._check_format(self.documents.base)
        return True

    def _read(self) -> bytes:
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise absorb.unreadable(self.path, error) from error

    # What happens here

    def fold(self) -> None:
        """Take in what the journal holds beyond this position."""
        with self.guard:
            tail = self.journal.tail(self.position)
            if tail.restarted:
                self._reload()
            else:
                self._apply(tail.records)
                self.position = tail.position

    def commit(
        self, action: str, kind: str, build: Callable[[Stamp], Changes], *, target: int = 0, group: int = 0
    ) -> Record | None:
        """Fold in the journal, build changes of the documents as they then stand, and append them.

        Returns the record, None where there was nothing to change. The caller calls `journal.sync`.
        """
        if self.read_only:
            raise ReadOnlyError(self.read_only, "Update Ringback on this machine to change anything.")
        with self.guard, self.journal.lock():
            self.fold()
            return self._append(action, kind, build, target=target, group=group)

    def _append(
        self, action: str, kind: str, build: Callable[[Stamp], Changes], *, target: int = 0, group: int = 0
    ) -> Record | None:
        sequence = self.journal.last_sequence + 1
        now = clock.now()
        stamp = Stamp(current_node(self.folder, self.journal), sequence, now)
        became, undo = build(stamp)
        if not became:
            return None
        record = Record(sequence, stamp.node, now, action, kind, target, group, became, undo)
        self.position = self.journal.append(record, sync=False)
        self._apply([record])
        return record

    def _apply(self, records: Iterable[Record]) -> None:
        for record in records:
            self.documents.put(
                (each.table, key_of(each.key), each.document)
                for each in record.became
                if each.document is not None
            )
            self.pending.append(record)

    def _reload(self) -> None:
        """Begin from the shadow and all that the journal holds after it."""
        found = shadow.newest(self.folder)
        tail = self.journal.tail(START)
        reaches, base = found if found is not None else (0, Lines())
        if reaches < self.journal.base:
            raise FileError(
                f"The state folder {self.folder.folder} has lost its copy of the data.",
                "Move that folder away; the data file itself is then read anew.",
            )
        self.documents.replace(base)
        self._apply(record for record in tail.records if record.sequence > reaches)
        self.position = tail.position
        self.start = None
        self.pending.clear()
        self.reloaded = True

    # What comes from elsewhere

    def _known(self) -> bool:
        """Load what this machine knows of itself; False where it knows nothing."""
        if shadow.sequence(self.folder) < 0 and self.journal.tail(START).position.sequence == 0:
            self.position = self.journal.tail(START).position
            return False
        self._reload()
        return True

    def _recover(self, *, create: bool) -> None:
        """Merge what lies at the published place with what this machine knows. Under the publish lock."""
        with self.guard, self.journal.lock():
            known = self._known()
            found = absorb.found_at(self.path)
            if found is None and known:
                found = self._wait_for_rename()
            if found is None:
                self._begin(known=known, create=create)
                return
            if not known:
                self._adopt_first(found)
            else:
                self._take(self.path, found)
            for left in publishing.leftovers(self.path):
                self._take_leftover(left)
            self.journal.sync()
        self._settle(found)

    def _wait_for_rename(self) -> absorb.Found | None:
        end = time.monotonic() + _RENAME_WAIT
        while time.monotonic() < end:
            time.sleep(0.05)
            if (found := absorb.found_at(self.path)) is not None:
                return found
        return None

    def _begin(self, *, known: bool, create: bool) -> None:
        """There is no file: make one, or go on with what this machine knows."""
        if known:
            if publishing.read_published(self.folder) is not None:
                self.told.append(
                    f"The data file {self.path} is missing; this machine's own copy is shown. "
                    "Put the file back, or write it anew with ringback doctor --recreate."
                )
            return
        if not create:
            raise FileError(
                f"There is no data file {self.path} yet.",
                "ringback add and ringback pull make it, ringback demo shows an example.",
            )
        if not self.path.parent.is_dir():
            raise FileError(
                f"The folder {self.path.parent} does not exist.", "Make it, or name another file with --file."
            )
        meta = encode_document(new_meta(random_key().removeprefix("r:")))
        data = b"".join(encode_state({META: {1: meta}}))
        shadow.write(self.folder, [data], 0)
        self._reload()

    def _adopt_first(self, found: absorb.Found) -> None:
        """This machine knows nothing yet: what lies there is the state, if it is one of ours."""
        if found.damage:
            raise FileError(
                f"The data file {self.path} is damaged: {found.damage}.",
                "Nothing was changed. Restore it from a backup or from another machine.",
            )
        state = found.states[0]
        meta = absorb.meta_of(state)
        if meta.app != "ringback":
            raise FileError(
                f"{self.path} is not a Ringback data file.",
                "Name another file with --file, or move this one away.",
            )
        self._check_format(state)
        shadow.write(self.folder, [state.data], 0)
        self._reload()
        self._take(self.path, found)

    def _take(self, path: Path, found: absorb.Found) -> None:
        """Merge a file into the documents, as one record of the journal."""
        from store.file.foreign import adopt
        from store.file.merge import merge_states

        if found.damage:
            kept = absorb.keep_aside(self.folder.aside, path, found.raw, clock.now())
            self.told.append(
                f"The data file {path} was damaged: {found.damage}. Everything this machine knew is back; "
                f"the damaged bytes are kept in {kept}."
            )
        for state in found.states:
            if not self._same_database(path, state, damaged=bool(found.damage)):
                continue
            self._check_format(state)
            self._check_node(state)
            self.documents.replace(self.joined())

            def build(stamp: Stamp, state: Lines = state) -> Changes:
                base = self.documents.base
                changes = merge_states(base, adopt(base, state, stamp))
                return tuple(
                    Became(table, str(key), raw)
                    for table, made in changes.items()
                    for key, raw in made.items()
                ), ()

            record = self._append("Merge", "merge", build)
            if record is not None and not found.damage:
                self.told.append(f"{_documents(len(record.became))} came from elsewhere and were merged.")

    def _same_database(self, path: Path, state: Lines, *, damaged: bool) -> bool:
        mine, theirs = absorb.meta_of(self.joined()), absorb.meta_of(state)
        if theirs.db == mine.db:
            return True
        if damaged and not theirs.db:
            return bool(state.tables)
        if not theirs.app:
            raise FileError(
                f"{path} is not a Ringback data file any more.",
                "Nothing was overwritten. Move it away; ringback doctor --recreate writes the data anew.",
            )
        raise FileError(
            f"{path} holds another database than the one this machine knows there.",
            "Nothing was changed. Put the right file back, or name another with --file.",
        )

    def _take_leftover(self, path: Path) -> None:
        """A temporary of a crash may hold a version that was swapped out and not merged yet."""
        found = absorb.found_at(path)
        if found is not None and not found.damage:
            try:
                self._take(path, found)
            except FileError:
                return
        disk.remove(path)

    def _check_format(self, state: Lines) -> None:
        meta = absorb.meta_of(state)
        if max(meta.min_reader, meta.min_writer) > FORMAT:
            self.read_only = (
                f"The data file {self.path} was written by a newer Ringback and is read-only here."
            )

    def _check_node(self, state: Lines) -> None:
        """Take a new node where a file holds writes of this one that the journal knows nothing of."""
        node = current_node(self.folder, self.journal)
        if absorb.highest_sequence(state, node) > self.journal.last_sequence:
            renew(self.folder, self.journal)

    def _settle(self, found: absorb.Found) -> None:
        """After a merge: publish if the bytes differ, else remember that they are ours."""
        if self.read_only:
            return
        here = publishing.signature(self.path)
        joined = self.joined()
        with self.guard:
            self.documents.replace(joined)
        if joined.data == found.raw and here is not None and publishing.signature(self.path) == here:
            publishing.write_published(self.folder, publishing.Published(here, self.position))
        else:
            self._publish_locked(absorbed=here)
        if shadow.sequence(self.folder) < self.position.sequence:
            shadow.write(self.folder, [joined.data], self.position.sequence)

    # What goes out

    @property
    def unpublished(self) -> bool:
        """Whether the journal holds more than the published file."""
        published = publishing.read_published(self.folder)
        return published is None or published.position.sequence < self.position.sequence

    def publish(self, *, recreate: bool = False) -> None:
        """Write the state to the published file; raises NotPublishedError where that cannot be done."""
        with lock(self.folder.publish_lock):
            self._publish_locked(recreate=recreate)

    def _publish_locked(
        self, *, recreate: bool = False, absorbed: publishing.Signature | None = None
    ) -> None:
        for _ in range(_ATTEMPTS):
            with self.guard:
                self.fold()
                position = self.position
                base, over = self.documents.base, self.documents.over()
            published = publishing.read_published(self.folder)
            here = publishing.signature(self.path)
            if here is None:
                if published is not None and not recreate:
                    raise NotPublishedError(
                        f"The data file {self.path} is missing; the change is kept here, do not repeat it.",
                        "Put the file back, or write it anew with ringback doctor --recreate.",
                    )
            elif published is not None and here == published.signature:
                if published.position.sequence >= position.sequence:
                    return
            elif here != absorbed:
                self._absorb(self.path)
                absorbed = here
                continue
            try:
                replaced = publishing.replace(self.path, base.splice(over), here)
            except publishing.ChangedError:
                continue
            if replaced.displaced is not None:
                self._absorb(replaced.displaced)
                disk.remove(replaced.displaced)
                absorbed = replaced.signature
                continue
            publishing.write_published(self.folder, publishing.Published(replaced.signature, position))
            self._rebase(base, over)
            return
        raise NotPublishedError(
            f"{self.path} is being replaced again and again by another program; the change is kept here.",
            "Stop that program, then run ringback doctor.",
        )

    def merge(self, path: Path, state: Lines) -> None:
        """Merge a copy of this database that the user named."""
        with self.guard, self.journal.lock():
            self.fold()
            self._take(path, absorb.Found([state]))
        self.journal.sync()

    def _absorb(self, path: Path) -> None:
        """Merge what another program put there. Under the publish lock."""
        found = absorb.found_at(path)
        if found is None:
            return
        with self.guard, self.journal.lock():
            self.fold()
            self._take(path, found)
            self.journal.sync()

    def replaced_by_others(self) -> bool:
        """Tell whether the published file is not the one that was last written from here."""
        published = publishing.read_published(self.folder)
        return published is not None and publishing.signature(self.path) not in (published.signature, None)

    def _rebase(self, base: Lines, over: dict[str, dict[Key, bytes]]) -> None:
        if sum(map(len, over.values())) < _REBASE:
            return
        with self.guard:
            if self.documents.base is base:
                self.documents.replace(self.joined())

    def joined(self) -> Lines:
        """Return the documents as one piece of canonical bytes."""
        return self.documents.base.with_changes(self.documents.over())

    def settle_down(self) -> None:
        """Refresh the shadow and shorten the journal; for when nobody waits."""
        with lock(self.folder.publish_lock), self.guard, self.journal.lock():
            self.fold()
            reaches = self.position.sequence
            if shadow.sequence(self.folder) < reaches:
                shadow.write(self.folder, self.documents.base.splice(self.documents.over()), reaches)
            self.position = self.journal.compact(reaches)
            published = publishing.read_published(self.folder)
            if published is not None and published.position.sequence == reaches:
                publishing.write_published(
                    self.folder, publishing.Published(published.signature, self.position)
                )


def _documents(count: int) -> str:
    return "One document" if count == 1 else f"{count} documents"
