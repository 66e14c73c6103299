"""The door: what both front ends open, read, change and close."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Literal, Self, TypeVar

from msgspec.structs import replace

from store import clock, settings
from store.changes import Changes, Outcome
from store.contents import Contents
from store.errors import NotFoundError, NotPublishedError, StoreError
from store.file import arrivals, locking
from store.file.absorb import Found
from store.file.journal import START, Position, Record
from store.file.lines import Lines
from store.file.places import StateFolder, host
from store.file.published_file import PublishedFile
from store.file.stamps import Stamp
from store.file.state import Changes as Written
from store.file.state import State
from store.history import PULL, History, Step
from store.reversal import reverse, sentence_of
from store.sync.absorbing import Absorbed, Absorber, sentences
from store.transaction import Transaction
from store.upkeep import STALE, Upkeep

T = TypeVar("T")
_REVERSED = {"undo": "Undone", "redo": "Redone"}
_JOURNAL_LIMIT = 64 * 1024 * 1024
"""Bytes of journal from which it is shortened even if somebody waits."""


class Repository(Contents):
    """One data file, opened: what it holds, and the only way to change it."""

    def __init__(
        self,
        paths: settings.Paths,
        state: State,
        file: PublishedFile,
        configuration: settings.Settings,
    ) -> None:
        super().__init__(paths, state, configuration)
        self._file = file
        self._history: History | None = None
        self._group: int | None = None
        self._has_changed = False
        """Whether this process changed anything."""
        self._unseen: frozenset[int] = frozenset()
        """Rows that others changed, not told of yet."""
        self._everything_changed = False
        self._merges: Sequence[Record] = ()
        self._merges_read = START
        self._merged = False
        """Whether a merge was folded in that nobody was told of yet."""
        self.hurried = True
        """Whether closing leaves aside what can be done another time: backup, shadow, a short journal."""
        self._upkeep = Upkeep(state, file, self.index, configuration)
        self._absorber = Absorber(state, file)
        self.absorbed = Absorbed()
        """What became of the copies that lay beside the file, without being asked."""
        self._absorb_quietly()
        self._upkeep.fill_index()
        if state.read_only and state.read_only not in state.told:
            state.told.append(state.read_only)

    @classmethod
    def open(cls, path: Path | None = None, *, create: bool = True, adopt: bool = False) -> "Repository":
        """Open the data file at `path`, by default where the settings place it.

        With `adopt`, another database at its place is made one with what this machine knows.

        Raises FileError where it is missing (unless `create`), damaged, or another database; UsageError
        where the configuration cannot be read.
        """
        paths = settings.locate(path)
        configuration = settings.load(paths)
        if create and paths.origins["file"] == "platform":
            paths.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return cls.at(paths, configuration, create=create, adopt=adopt)

    @classmethod
    def at(
        cls, paths: settings.Paths, configuration: settings.Settings, *, create: bool, adopt: bool = False
    ) -> "Repository":
        """Open the data file at places that are known already."""
        state = State(paths.file, StateFolder.of(paths.file, paths.state))
        state.adopting = adopt
        file = PublishedFile(state)
        file.open(create=create)
        return cls(paths, state, file, configuration)

    # Changing

    @property
    def unpublished(self) -> bool:
        """Whether changes are kept in the journal that the synced file does not hold yet."""
        return self._file.is_behind

    def transact(self, name: str, change: Callable[[Transaction], T], *, durable: bool = True) -> T:
        """Run a change in a transaction and return what it returns; `name` is the action's title for undo.

        With `durable` it is on the disk when this returns; else call `sync` from where nobody waits.
        """
        return self._transact(name, "do", change, durable=durable)

    def purge(self, name: str, change: Callable[[Transaction], T], *, durable: bool = True) -> T:
        """Run a change that purges, which undo does not take back.

        With the next publishing, what was purged goes from journal, shadow and backups too.
        """
        return self._transact(name, "purge", change, durable=durable)

    def _transact(
        self, name: str, kind: Literal["do", "purge"], change: Callable[[Transaction], T], *, durable: bool
    ) -> T:
        results: list[T] = []

        def build(stamp: Stamp) -> Written:
            self._follow_unseen()
            transaction = Transaction(self._state.documents, self.index, stamp, clock.now())
            results.append(change(transaction))
            transaction.introduce(host())
            return transaction.became, transaction.undo

        with self._state.guard:
            record = self._state.commit(name, kind, build, group=self._group or 0)
            self._follow()
        if record is not None:
            self._has_changed = True
            if self._group == 0:
                self._group = record.sequence
            if durable:
                self.sync()
        return results[0]

    @contextmanager
    def one_step(self) -> Iterator[None]:
        """Make all transactions within one step of undo; the index follows at the end."""
        self._group = 0
        try:
            yield
            self.sync()
        finally:
            self._group = None
            with self._state.guard:
                self._follow()

    @contextmanager
    def pulling(self) -> Iterator[None]:
        """Make all transactions within one step, which nobody undoes before it has ended."""
        shared = locking.try_lock(self._state.folder.pull_lock, shared=True)
        with shared or nullcontext(), self.one_step():
            yield

    def sync(self) -> None:
        """Return when every change is on the disk of this machine."""
        self._state.journal.sync()

    def undo_title(self) -> str | None:
        """Return the name of what undo would take back, None where there is nothing."""
        step = self._steps().to_undo
        return step.title if step is not None else None

    def redo_title(self) -> str | None:
        """Return the name of what redo would do again, None where there is nothing."""
        step = self._steps().to_redo
        return step.title if step is not None else None

    def undo(self, *, durable: bool = True) -> Outcome:
        """Take back this machine's newest action, by new writes; raises NotFoundError where there is none."""
        return self._reverse("undo", durable=durable)

    def redo(self, *, durable: bool = True) -> Outcome:
        """Do again what was undone last; raises NotFoundError where there is nothing."""
        return self._reverse("redo", durable=durable)

    def _reverse(self, kind: Literal["undo", "redo"], *, durable: bool) -> Outcome:
        self._state.check_writable()
        kept = 0

        # The step is chosen under the lock: another process may just have acted, or undone the same.
        with self._state.guard, self._state.journal.lock():
            self._state.fold()
            history = self._steps()
            step = history.to_undo if kind == "undo" else history.to_redo
            if step is None:
                raise NotFoundError(f"Nothing to {kind}.")
            if step.title == PULL and not locking.is_free(self._state.folder.pull_lock):
                raise StoreError("Messages are still being read.", f"Stop that, or {kind} when it has ended.")

            def build(stamp: Stamp, step: Step = step) -> Written:
                nonlocal kept
                transaction = Transaction(self._state.documents, self.index, stamp, clock.now())
                kept = reverse(transaction, step, history)
                return transaction.became, transaction.undo

            self._state.append(step.title, kind, build, target=step.sequence)
            self._has_changed = True
            rows = self._follow() or frozenset()
        if durable:
            self.sync()
        return Outcome(sentence_of(_REVERSED[kind], step, kept), rows)

    @property
    def position(self) -> Position:
        """The place in the journal up to which everything is taken in."""
        return self._state.position

    def merges(self) -> Sequence[Record]:
        """Return every merge that the journal holds, the oldest first, without documents; read once."""
        tail = self._state.journal.tail(self._merges_read)
        fresh = [replace(record, became=()) for record in tail.records if record.kind == "merge"]
        self._merges = fresh if tail.restarted else [*self._merges, *fresh]
        self._merges_read = tail.position
        return self._merges

    def _steps(self) -> History:
        with self._state.guard:
            self._follow_unseen()
            if self._history is None:
                self._history = History()
                reached = self._state.position.sequence
                tail = self._state.journal.tail(START)
                self._history.take(record for record in tail.records if record.sequence <= reached)
            return self._history

    # Following what others do

    def _follow(self) -> frozenset[int] | None:
        """Bring index and history up to the documents; None where everything may have changed."""
        if self._group is not None:
            return frozenset()
        state = self._state
        records, state.pending = state.pending, []
        self._merged |= any(record.kind == "merge" for record in records)
        if state.reloaded:
            state.reloaded = False
            self._history = None
            self.index.rebuild()
            self._upkeep.unsaved = STALE
            return None
        if self._history is not None:
            self._history.take(records)
        return self._update_index(records)

    def _follow_unseen(self) -> None:
        """Follow what others did in the middle of an action; the next `refresh` tells of it."""
        rows = self._follow()
        if rows is None:
            self._everything_changed = True
        else:
            self._unseen |= rows

    def _update_index(self, records: Sequence[Record]) -> frozenset[int]:
        self._upkeep.unsaved += len(records)
        changed = {each for record in records for each in record.documents()}
        return self.index.update(changed) if changed else frozenset()

    def refresh(self) -> Changes:
        """Take in what other processes on this machine wrote; cheap where they wrote nothing.

        A file that another program put in place is merged by `publish`, which is slower; `replaced` tells
        whether that is needed.
        """
        with self._state.guard:
            self._state.fold()
            self._follow_unseen()
            rows, self._unseen = self._unseen, frozenset()
            everything, self._everything_changed = self._everything_changed, False
            merged, self._merged = self._merged, False
            if self._upkeep.summary_is_behind:
                self._upkeep.save_summary()
            sentences = tuple(self.told)
            self.told.clear()
        if everything:
            return Changes(frozenset(self.index.rows), sentences, everything=True, merged=merged)
        return Changes(rows, sentences, merged=merged)

    @property
    def is_missing(self) -> bool:
        """Whether the data file is gone although it was written from here."""
        return self._file.is_missing

    def replaced(self) -> bool:
        """Tell whether another program replaced the published file, or left a copy beside it."""
        return self._file.is_replaced() or self._absorber.is_needed()

    def take(self, path: Path, state: Lines) -> None:
        """Merge another copy of this database, found at `path`."""
        with self._state.guard, self._state.journal.lock():
            self._state.fold()
            arrivals.take_copy(self._state, path, Found([state]))
            self._has_changed = True
            self._follow()
        self.sync()

    # Going out

    def publish(self, *, recreate: bool = False) -> None:
        """Write everything to the synced file, merging what another program put there.

        Raises NotPublishedError where that cannot be done; it is kept in the journal then. May be called
        in a thread: what was merged reaches the index with the next `refresh`.
        """
        if self.read_only:
            return
        self._upkeep.back_up(hurried=True)
        self._file.write(recreate=recreate)
        self._absorb_quietly()
        self._scrub()
        self._upkeep.save_summary()

    def absorb(self, *, wait: float, remove: bool) -> Absorbed:
        """Merge every conflict copy beside the file, those of other times too that could not be merged then.

        Waits so many seconds for one that is being written; with `remove`, absorbed ones go at once. Raises
        NotPublishedError.
        """
        self._state.check_writable()
        absorbed = self._absorber.absorb(wait=wait, remove=remove, again=True)
        with self._state.guard:
            self._follow_unseen()
        return absorbed

    def strangers(self) -> list[Path]:
        """Return files beside the data file that are named as its copies and are none."""
        return self._absorber.strangers()

    def forget_what_copies_told(self) -> None:
        """Take back the sentences about copies that opening merged: `absorbed` tells the same."""
        said = sentences(self.absorbed)
        self._state.told[:] = [each for each in self._state.told if each not in said]

    def _absorb_quietly(self) -> None:
        """Merge the copies that syncers left; what cannot be done now is tried again at the next occasion."""
        if self._state.read_only or not self._absorber.is_needed():
            return
        try:
            absorbed = self._absorber.absorb()
            self._state.told += sentences(absorbed)
            self.absorbed = self.absorbed.joined(absorbed)
        except StoreError as error:
            self._state.told.append(f"{error.sentence} {error.hint}".strip())

    def _scrub(self) -> None:
        if self._upkeep.scrub(hurried=self.hurried):
            with self._state.guard:
                self._history = None
                self._merges, self._merges_read = (), START

    def settle_down(self) -> None:
        """Save the index, take the day's backup and shorten the journal; for when nobody waits."""
        self._upkeep.back_up(hurried=False)
        self._upkeep.shorten_journal()
        with self._state.guard:
            self._follow()
            self._upkeep.save_index()

    def close(self) -> None:
        """Publish what is not published yet, and give everything back; raises NotPublishedError."""
        try:
            if self._state.position.sequence and self.unpublished:
                self._publish_at_the_end()
            self._scrub()
            with self._state.guard:
                self._follow()
            if self._upkeep.summary_is_behind:
                self._upkeep.save_summary()
            if self.hurried and self._state.journal.size < _JOURNAL_LIMIT:
                with self._state.guard:
                    self._upkeep.save_index()
            else:
                self.settle_down()
        finally:
            self._state.journal.close()

    def _publish_at_the_end(self) -> None:
        """Publish; for whoever changed nothing, that earlier changes still wait is no failure."""
        try:
            self.publish()
        except NotPublishedError as error:
            if self._has_changed:
                raise
            self.told.append(f"Earlier changes are not in the synced file yet: {error.sentence}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        """Publish also where the block failed half way: what it had written is acknowledged."""
        try:
            self.close()
        except StoreError:
            if error is None:
                raise
