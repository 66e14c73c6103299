"""What lies in the state folder to make the next opening quick, and to be safe: index, counts, backups."""

from contextlib import suppress

from store import clock, saved_index, summary
from store.errors import StoreError
from store.file import publish
from store.file.published_file import PublishedFile
from store.file.purge import PURGED
from store.file.state import State
from store.file.tidying import let_go_of_what_was_purged, settle_down
from store.index import Index
from store.settings import Settings

STALE = 32
"""Records after which a saved index is worth saving anew."""
_WORTHWHILE = 1024 * 1024
"""Bytes of journal from which it is shortened when nobody waits."""


class Upkeep:
    """Looks after the files beside the journal; none of them is needed, all of them are derived."""

    def __init__(self, state: State, file: PublishedFile, index: Index, configured: Settings) -> None:
        self._state = state
        self._file = file
        self._index = index
        self._own = configured.own_addresses
        self._silent_days = configured.silent_days
        self.unsaved = 0
        """Records since the saved index, as far as it matters."""
        self.summary_is_behind = False

    def fill_index(self) -> None:
        """Take the saved index where the journal leads on from it, else derive it."""
        state = self._state
        saved = saved_index.load(state.folder.index, self._own) if state.start else None
        tail = state.journal.tail(saved.position) if saved is not None else None
        if saved is None or tail is None or tail.restarted or state.reloaded:
            self._index.rebuild()
            self.unsaved = STALE
        else:
            self._index.load(saved.rows, saved.loose)
            self._index.update(each for record in tail.records for each in record.documents())
            self.unsaved = len(tail.records)
        state.pending.clear()
        state.reloaded = False

    def save_index(self) -> None:
        """Save the index where that is worth it. Under the guard, in step with the documents."""
        if self.unsaved >= STALE:
            saved_index.save(self._state.folder.index, self._state.position, self._index, self._own)
            self.unsaved = 0

    def save_summary(self) -> None:
        """Leave the counts for prompts, if the index is in step with the file."""
        state = self._state
        with state.guard:
            here = publish.signature(state.path)
            self.summary_is_behind = bool(state.pending) or self._file.is_behind
            if here is not None and not self.summary_is_behind:
                rows = self._index.rows.values()
                counted = summary.summarize_rows(
                    rows, summary.owed_since(state.documents), here, self._own, self._silent_days
                )
                summary.save(state.folder.summary, counted)

    def back_up(self, *, hurried: bool) -> None:
        """Keep the published file as it is once a day; a backup that fails stops nothing.

        What another program put there waits until it is merged: it may hold what was purged.
        """
        folder, path = self._state.folder, self._state.path
        if (folder.backups / f"{clock.local(clock.now()):%Y-%m-%d}.json.gz").exists():
            return
        if self._file.is_replaced():
            return
        from store.file import backups

        with suppress(OSError, StoreError):
            if publish.signature(path) and backups.is_due(folder, path, hurried=hurried):
                backups.take_backup(folder, path)

    def scrub(self, *, hurried: bool) -> bool:
        """Take what was purged out of everything kept here, if that is still to be done; tell whether it was.

        Where it cannot be done now, that is said, and it is tried again with the next publishing or closing.
        """
        folder = self._state.folder
        if self._state.read_only or PURGED not in self._state.documents.tables() or self._file.is_behind:
            return False
        try:
            if not let_go_of_what_was_purged(self._state, hurried=hurried):
                return False
        except (OSError, StoreError) as error:
            self._state.told.append(f"What was forgotten is not gone from {folder.folder} yet: {error}.")
            return False
        folder.index.unlink(missing_ok=True)
        self.unsaved = STALE
        return True

    def shorten_journal(self) -> None:
        """Refresh the shadow and begin a short journal where that is worth it."""
        if self._state.journal.size > _WORTHWHILE and not self._file.is_behind:
            settle_down(self._state)
            self.unsaved = STALE
