"""Tidying what this machine keeps: a fresh shadow, a short journal, nothing left of what was purged."""

from collections.abc import Collection

from store.file import publish, scrub
from store.file.locking import lock
from store.file.publish import Published
from store.file.purge import purges
from store.file.state import State


def settle_down(state: State) -> None:
    """Refresh the shadow and shorten the journal; for when nobody waits."""
    with lock(state.folder.publish_lock), state.guard, state.journal.lock():
        state.fold()
        state.refresh_shadow()
        _shorten(state)


def let_go_of_what_was_purged(state: State, *, hurried: bool) -> bool:
    """Take what was purged out of journal, shadow, backups and what was put aside; tell whether it did.

    Where it was done for these purges before, only what is new in backups and aside is gone through, and that
    waits where somebody is in a hurry. The file must hold everything. Raises OSError and StoreError.
    """
    folder, before = state.folder, scrub.done(state.folder)
    mark = scrub.mark_of(state.documents)
    is_known = mark == before.mark
    if not mark or (is_known and scrub.may_wait(scrub.unclean(folder, before), hurried=hurried)):
        return False
    with lock(folder.publish_lock), state.guard, state.journal.lock():
        state.fold()
        mark, joined = scrub.mark_of(state.documents), state.joined()
        if mark != before.mark:
            state.documents.replace(joined)
            state.write_shadow([joined.data])
            _shorten(state, {(table, str(id)) for table, id in purges(joined)})
            scrub.remove_temporaries(folder)
            folder.clear_opened(everything=True)
    # Copies are replaced whole, so nobody needs to wait for them.
    scrub.scrub_copies(scrub.unclean(folder, before if mark == before.mark else scrub.Done()), joined)
    scrub.remember(folder, mark)
    return True


def _shorten(state: State, purged: Collection[tuple[str, str]] = ()) -> None:
    """Compact the journal up to here, which the shadow holds; under both locks."""
    reaches = state.position.sequence
    state.position = state.journal.compact(reaches, purged=purged)
    published = publish.read_published(state.folder)
    if published is not None and published.position.sequence == reaches:
        publish.write_published(state.folder, Published(published.signature, state.position))
