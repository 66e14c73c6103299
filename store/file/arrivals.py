"""What arrives from elsewhere: another version of the file, a copy, a leftover of a crash.

Each is merged into the state as one record of the journal, so that every process here learns of it.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from store.errors import FileError, ReadOnlyError
from store.file import absorb, disk
from store.file.codec import META, decode_document, encode
from store.file.document import stamps_of, value_at
from store.file.documents import key_of
from store.file.journal import Became, FieldChange
from store.file.lines import Lines
from store.file.meta import adopting, meta_of, read_meta
from store.file.node import current_node, renew
from store.file.purge import PURGED
from store.file.stamps import Stamp
from store.file.state import Changes, State, newer_sentence

CAME = "from elsewhere."
"""How the sentence ends that tells of a merge, for who can tell it better."""
UNCOUNTED = frozenset({META, PURGED, "machines"})
"""Tables that hold nothing of what the user keeps."""
_TOLD = 500
"""Changes that a merge is remembered by; more nobody reads one by one."""


class NotOursError(FileError):
    """What lies there is another database or none; `remedy` is what a person can do about it."""

    def __init__(self, sentence: str, remedy: str) -> None:
        super().__init__(sentence, f"Nothing was changed. {remedy}")
        self.remedy = remedy


def take(state: State, path: Path, found: absorb.Found) -> None:
    """Merge what was found at the place of the data file. Under the journal's lock, everything folded in.

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


def take_copy(state: State, path: Path, found: absorb.Found) -> int:
    """Merge a copy, as `take` does; return how many documents that changed. Who calls it tells of it."""
    ours = _ours(state, path, found)
    return sum(_merge(state, _placed(state, other, found), tell=False) for other in ours)


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
    states = map(partial(_adopted, state), found.states) if state.adopting else found.states
    ours = [each for each in states if _is_ours(state, path, each, damaged=bool(found.damage))]
    if absorb.is_newer(found):
        raise ReadOnlyError(newer_sentence(path), "Nothing was changed. Update Ringback on this machine.")
    return ours


def _placed(state: State, other: Lines, found: absorb.Found) -> Lines:
    """Return what was saved of a damaged file as this machine knows better; a whole one as it is."""
    if not found.damage:
        return other
    from store.file.damage import in_known_tables

    return in_known_tables(state.joined(), other)


def _merge(state: State, other: Lines, *, tell: bool) -> int:
    """Merge a state as one record, and return how many documents it changed."""
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
        return tuple(became), tuple(islice(_changes(base, became), _TOLD))

    record = state.append("Merge", "merge", build)
    count = sum(each.table not in UNCOUNTED for each in record.became) if record is not None else 0
    if count and tell:
        documents = "one document" if count == 1 else f"{count} documents"
        state.told.append(f"Merged {documents} {CAME}")
    return count


def _changes(base: Lines, became: Iterable[Became]) -> Iterator[FieldChange]:
    """Say what a merge changes, document by document and value by value, for whoever wants to know."""
    for each in became:
        before = base.get(each.table, key_of(each.key))
        if before is None or each.document is None:
            yield _change(each, "", created=before is None)
        if each.document is None:
            continue
        old, new = decode_document(before or b"{}"), decode_document(each.document)
        for path, met in stamps_of(new).items():
            had, value = value_at(old, path)
            if value_at(new, path) != (had, value):
                yield _change(each, path, had=had, old=encode(value) if had else b"", stamp=met)


def _change(
    each: Became, path: str, *, created: bool = False, had: bool = False, old: bytes = b"", stamp: str = ""
) -> FieldChange:
    return FieldChange(
        table=each.table,
        key=each.key,
        path=path,
        had=had,
        old=old,
        old_stamp="",
        stamp=stamp,
        created=created,
    )


def _adopted(state: State, other: Lines) -> Lines:
    """Return another database as one with this one."""
    mine, theirs = state.documents.raw(META, 1), meta_of(other)
    if mine is None or theirs.app != "ringback" or theirs.is_same(read_meta(mine)):
        return other
    return other.with_changes({META: {1: adopting(mine, theirs)}})


def _is_ours(state: State, path: Path, other: Lines, *, damaged: bool) -> bool:
    mine, theirs = meta_of(state.joined()), meta_of(other)
    if theirs.is_same(mine):
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
        "Put the right file back, or name another with --file. If they were begun apart and are meant to be "
        "one, ringback merge --adopt makes them one.",
    )


def _check_node(state: State, other: Lines) -> None:
    """Take a new node where a file holds writes of this one that the journal knows nothing of."""
    node = current_node(state.folder, state.journal)
    if absorb.highest_sequence(other, node) > state.journal.last_sequence:
        renew(state.folder, state.journal)
