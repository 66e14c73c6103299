"""Merging: two versions of a document or of a whole file become the one that lost nothing of either.

Pure and deterministic: it makes no stamps and reads no clock. Of each path, a value stays if the other side
has it too or has not seen its write; what the other side has seen and replaced goes. Absence is never
deletion. So the merge is commutative, associative and idempotent, to the byte.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from store.errors import FileError
from store.file.codec import (
    META,
    PLAIN,
    DamagedError,
    Key,
    decode_document,
    encode,
    encode_document,
    read_key,
)
from store.file.document import Parts, Written, put_together, take_apart
from store.file.meta import merge_metas, meta_of
from store.file.purge import PURGED, merge_purges, purges, what_is_left
from store.file.sealed import OPEN, SEAL, is_intact
from store.file.stamps import Stamp, covers, join

if TYPE_CHECKING:
    from store.file.lines import Lines


class OtherDatabaseError(FileError):
    """Two files of which each holds a database of its own."""

    def __init__(self) -> None:
        super().__init__(
            "The two files hold different databases.",
            "Nothing was changed. Keep them apart: name each with --file.",
        )


def merge_states(a: "Lines", b: "Lines") -> dict[str, dict[Key, bytes | None]]:
    """Return what must be spliced into `a` to make the merge of both, None where a purge takes one out.

    Raises OtherDatabaseError.
    """
    one, two = _names(a), _names(b)
    if one and two and one.isdisjoint(two):
        raise OtherDatabaseError
    changes: dict[str, dict[Key, bytes | None]] = {}
    for table in b.tables:
        merge = _MERGES.get(table, merge_raw)
        for order, mine, raw in a.differing(b, table):
            merged = raw if mine is None else merge(mine, raw)
            if merged != mine:
                changes.setdefault(table, {})[read_key(order)] = merged
    _drop_purged(a, b, changes)
    return {table: made for table, made in changes.items() if made}


def _drop_purged(a: "Lines", b: "Lines", changes: dict[str, dict[Key, bytes | None]]) -> None:
    """Leave of each document that either side purged only what was made anew since."""
    mine, theirs = purges(a), purges(b)
    for place in mine.keys() | theirs.keys():
        table, id = place
        seen = join([mine.get(place, {}), theirs.get(place, {})])
        known = a.get(table, id)
        left = [
            each
            for raw in (known, b.get(table, id))
            if raw is not None and (each := what_is_left(raw, seen)) is not None
        ]
        merged = merge_raw(*left) if len(left) > 1 else left[0] if left else None
        made = changes.setdefault(table, {})
        if merged != known:
            made[id] = merged
        else:
            made.pop(id, None)


def merge_raw(a: bytes, b: bytes) -> bytes:
    """Merge two versions of a document as bytes; one that cannot be read yields to one that can."""
    one, two = _read(a), _read(b)
    if one is None or two is None:
        return max((one is not None, a), (two is not None, b))[1]
    return encode_document(merge_documents(one, two))


def merge_documents(a: Mapping[str, Any], b: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document that lost nothing of either version; of a sealed one, what was sealed."""
    one, two = take_apart(a), take_apart(b)
    written = {path: _met(path, one, two) for path in one.written.keys() | two.written.keys()}
    origin = _origin(one.origin, two.origin)
    if SEAL in a or SEAL in b:
        whole = [parts.origin for parts, version in ((one, a), (two, b)) if is_intact(version)]
        if whole:
            origin = _sealed_origin(whole, origin)
            written = {path: values for path, values in written.items() if path in OPEN}
    return put_together(Parts(origin, written, join([one.context, two.context]), {}))


def _sealed_origin(whole: Sequence[dict[str, Any]], merged: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was sealed; of two that differ, as two machines may seal one by default, the greater."""
    bound = [{name: value for name, value in origin.items() if name not in OPEN} for origin in whole]
    return max(bound, key=encode) | {name: value for name, value in merged.items() if name in OPEN}


def _met(path: str, a: Parts, b: Parts) -> Written:
    """Return the values of a path that are left when two versions meet."""
    mine, other = a.written.get(path, {}), b.written.get(path, {})
    if not mine or not other:
        return mine or other
    return _unreplaced(path, mine, b) | _unreplaced(path, other, a) or mine | other


def _unreplaced(path: str, values: Written, other: Parts) -> Written:
    """Return the values that the other side has under the same stamp too, or whose writes it has not seen."""
    shared = {text for text, _ in other.written[path]} | {other.taken_out.get(path)}
    return {
        pair: value
        for pair, value in values.items()
        if pair[0] in shared or (stamp := Stamp.parse(pair[0])) is None or not covers(other.context, stamp)
    }


def _origin(a: dict[str, Any], b: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that came with an import: of the higher reader as a whole, else of both.

    Where equal readers differ in a field, the greater bytes win. Not the fields as a whole: a field that has
    been written since is no longer among them, so the winner would depend on the order of merges.
    """
    if reader_of(a) != reader_of(b):
        return max(a, b, key=reader_of)
    return a | b | {field: _greater(a[field], b[field]) for field in a.keys() & b.keys()}


def reader_of(document: Mapping[str, Any]) -> int:
    """Return the version of the reader that made a document's origin, 0 where none did."""
    reader = document.get("reader")
    return reader if type(reader) is int else 0


def _greater(a: Any, b: Any) -> Any:
    """Return the origin value that wins: an object with keys over anything else, two of them key by key."""
    if type(a) is type(b) and type(a) in PLAIN and a == b:
        return a
    if isinstance(a, dict) and isinstance(b, dict) and a and b:
        return a | b | {key: max(a[key], b[key], key=encode) for key in a.keys() & b.keys()}
    return max(a, b, key=lambda value: (isinstance(value, dict) and bool(value), encode(value)))


def _read(raw: bytes) -> dict[str, Any] | None:
    try:
        return decode_document(raw)
    except DamagedError:
        return None


def _names(state: "Lines") -> frozenset[str]:
    """Return the names of the database, none where the file does not say."""
    try:
        return meta_of(state).names
    except DamagedError:
        return frozenset()


_MERGES = {META: merge_metas, PURGED: merge_purges}
"""How documents of a table are merged, where not field by field."""
