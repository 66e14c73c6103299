"""What arrives from elsewhere: another version of the file, a copy, a leftover of a crash.

Each is merged into the state as one record of the journal, so that every process here learns of it.
"""

from pathlib import Path

from store import clock
from store.errors import FileError
from store.file import absorb, disk
from store.file.codec import FORMAT
from store.file.journal import Became
from store.file.lines import Lines
from store.file.node import current_node, renew
from store.file.stamps import Stamp
from store.file.state import Changes, State


def take(state: State, path: Path, found: absorb.Found) -> None:
    """Merge what was found at a path. Under the journal's lock, everything folded in.

    Raises FileError, with nothing changed, where it is another database or none.
    """
    if found.damage:
        kept = absorb.keep_aside(state.folder.aside, path, found.raw, clock.now())
        state.told.append(
            f"The data file {path} was damaged: {found.damage}. Everything this machine knew is back; "
            f"the damaged bytes are kept in {kept}."
        )
    for other in found.states:
        if _is_ours(state, path, other, damaged=bool(found.damage)):
            _merge(state, other, tell=not found.damage)


def take_leftover(state: State, path: Path) -> None:
    """Merge a temporary of a crash, which may hold a version that was swapped out, and remove it."""
    found = absorb.found_at(path)
    if found is not None and not found.damage:
        try:
            take(state, path, found)
        except FileError:
            return
    disk.remove(path)


def check_format(state: State, other: Lines) -> None:
    """Make the state read-only where a newer program wrote the file."""
    meta = absorb.meta_of(other)
    if max(meta.min_reader, meta.min_writer) > FORMAT:
        state.read_only = f"The data file {state.path} was written by a newer Ringback and is read-only here."


def _merge(state: State, other: Lines, *, tell: bool) -> None:
    from store.file.foreign import adopt
    from store.file.merge import merge_states

    check_format(state, other)
    _check_node(state, other)
    state.documents.replace(state.joined())

    def build(stamp: Stamp) -> Changes:
        base = state.documents.base
        changes = merge_states(base, adopt(base, other, stamp))
        became = [
            Became(table, str(key), raw) for table, made in changes.items() for key, raw in made.items()
        ]
        return tuple(became), ()

    record = state.append("Merge", "merge", build)
    if record is not None and tell:
        count = len(record.became)
        documents = "One document" if count == 1 else f"{count} documents"
        state.told.append(f"{documents} came from elsewhere and were merged.")


def _is_ours(state: State, path: Path, other: Lines, *, damaged: bool) -> bool:
    mine, theirs = absorb.meta_of(state.joined()), absorb.meta_of(other)
    if theirs.db == mine.db:
        return True
    if damaged and not theirs.db:
        return bool(other.tables)
    if not theirs.app:
        raise FileError(
            f"{path} is not a Ringback data file any more.",
            "Nothing was overwritten. Move it away; ringback doctor --recreate writes the data anew.",
        )
    raise FileError(
        f"{path} holds another database than the one this machine knows there.",
        "Nothing was changed. Put the right file back, or name another with --file.",
    )


def _check_node(state: State, other: Lines) -> None:
    """Take a new node where a file holds writes of this one that the journal knows nothing of."""
    node = current_node(state.folder, state.journal)
    if absorb.highest_sequence(other, node) > state.journal.last_sequence:
        renew(state.folder, state.journal)
