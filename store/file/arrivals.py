"""What arrives from elsewhere: another version of the file, a copy, a leftover of a crash.

Each is merged into the state as one record of the journal, so that every process here learns of it.
"""

from pathlib import Path

from store.errors import FileError, ReadOnlyError
from store.file import absorb, disk
from store.file.journal import Became
from store.file.lines import Lines
from store.file.node import current_node, renew
from store.file.stamps import Stamp
from store.file.state import Changes, State, newer_sentence


class NotOursError(FileError):
    """What lies there is another database or none; `remedy` is what a person can do about it."""

    def __init__(self, sentence: str, remedy: str) -> None:
        super().__init__(sentence, f"Nothing was changed. {remedy}")
        self.remedy = remedy


def take(state: State, path: Path, found: absorb.Found) -> None:
    """Merge what was found at a path. Under the journal's lock, everything folded in.

    Raises NotOursError where it is another database or none, and ReadOnlyError where a newer program wrote
    it; nothing was changed then.
    """
    ours = _ours(state, path, found)
    if found.damage:
        kept = absorb.keep_aside(state.folder, path, found.raw)
        state.told.append(
            f"The data file {path} was damaged: {found.damage}. Everything this machine knew is back; "
            f"the damaged bytes are kept in {kept}."
        )
    for other in ours:
        _merge(state, _placed(state, other, found), tell=not found.damage)


def take_leftover(state: State, path: Path) -> None:
    """Merge a temporary of a crash, which may hold a version that was swapped out, and remove it.

    What cannot be merged, or not whole, is put aside, and that is said: left where it is, every opening
    would find it again.
    """
    try:
        found = absorb.found_at(path)
    except FileError:
        return
    if found is None:
        return
    try:
        ours = _ours(state, path, found)
    except FileError as error:
        kept = put_aside(state, path, found.raw)
        state.told.append(f"{error.sentence} It was moved to {kept}.")
        return
    if found.damage and found.raw:
        kept = absorb.keep_aside(state.folder, path, found.raw)
        state.told.append(
            f"A crash left {path.name} half written; what could be read of it is merged, its bytes are kept "
            f"in {kept}."
        )
    for other in ours:
        _merge(state, _placed(state, other, found), tell=not found.damage)
    state.journal.sync()
    disk.remove(path)


def put_aside(state: State, path: Path, raw: bytes) -> Path:
    """Move a version that cannot be merged to this machine's state folder, and return where."""
    kept = absorb.keep_aside(state.folder, path, raw)
    disk.remove(path)
    return kept


def _ours(state: State, path: Path, found: absorb.Found) -> list[Lines]:
    """Return the states to merge; raises FileError where one of them must not be."""
    ours = [each for each in found.states if _is_ours(state, path, each, damaged=bool(found.damage))]
    if absorb.is_newer(found):
        raise ReadOnlyError(newer_sentence(path), "Nothing was changed. Update Ringback on this machine.")
    return ours


def _placed(state: State, other: Lines, found: absorb.Found) -> Lines:
    """Return what was saved of a damaged file as this machine knows better; a whole one as it is."""
    if not found.damage:
        return other
    from store.file.damage import in_known_tables

    return in_known_tables(state.joined(), other)


def _merge(state: State, other: Lines, *, tell: bool) -> None:
    from store.file.foreign import adopt
    from store.file.merge import merge_states

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
        raise NotOursError(
            f"{path} is not a Ringback data file any more.",
            "Move it away; ringback doctor --recreate writes the data anew.",
        )
    raise NotOursError(
        f"{path} holds another database than the one this machine knows there.",
        "Put the right file back, or name another with --file.",
    )


def _check_node(state: State, other: Lines) -> None:
    """Take a new node where a file holds writes of this one that the journal knows nothing of."""
    node = current_node(state.folder, state.journal)
    if absorb.highest_sequence(other, node) > state.journal.last_sequence:
        renew(state.folder, state.journal)
