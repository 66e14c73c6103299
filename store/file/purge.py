"""Purging: what is to be gone for good, from every copy, by `forget` and by emptying the trash.

For each document that was purged, the table `purged` holds a document of the same id: the table it stood in,
and the context that was seen of it. Whatever a copy still holds under that id is dropped in every merge, an
edit made meanwhile elsewhere too. Only `again` lets a document live on: somebody made it anew, knowing of the
purge. Then what was covered by the purge goes, and what was written since stays.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from store.file.codec import DamagedError, Key, decode_document, encode, encode_document
from store.file.document import UNWRITTEN, Parts, parse_stamp, put_together, take_apart
from store.file.stamps import Context, Stamp, covers, join

if TYPE_CHECKING:
    from store.file.lines import Lines

PURGED: Final = "purged"
AGAIN: Final = "again"
Place = tuple[str, Key]
"""Table and id of a document."""


def purge_of(table: str, seen: Context) -> dict[str, Any]:
    """Return the document that says that one of a table was purged."""
    return {"table": table, "seen": seen}


def seen_of(document: Mapping[str, Any]) -> Context:
    """Return the context that a purge had seen; what another program made of it counts as nothing."""
    seen = document.get("seen")
    if not isinstance(seen, dict):
        return {}
    return {node: number for node, number in seen.items() if type(number) is int and number >= 0}


def purges(state: "Lines") -> dict[Place, Context]:
    """Return everything that a file says was purged, with what was seen of it."""
    found: dict[Place, Context] = {}
    for id, raw in state.items(PURGED):
        document = _read(raw)
        table = document.get("table")
        if isinstance(table, str) and table not in (PURGED, "_meta"):
            found[table, id] = seen_of(document)
    return found


def merge_purges(a: bytes, b: bytes) -> bytes:
    """Merge what two files say of one purge: what either has seen."""
    one, two = _read(a), _read(b)
    table = max(str(one.get("table", "")), str(two.get("table", "")))
    both = {name: max(one[name], two[name], key=encode) for name in one.keys() & two.keys()}
    return encode_document({**one, **two, **both, **purge_of(table, join([seen_of(one), seen_of(two)]))})


def what_is_left(raw: bytes, seen: Context) -> bytes | None:
    """Return what a purge leaves of a document, None where nothing made it anew since."""
    try:
        parts = take_apart(decode_document(raw))
    except DamagedError:
        return None
    if all(covers(seen, parse_stamp(text)) for text, _ in parts.written.get(AGAIN, {})):
        return None
    origin = {name: value for name, value in parts.origin.items() if name in UNWRITTEN}
    written = {}
    for path, pairs in parts.written.items():
        new = {pair: value for pair, value in pairs.items() if not covers(seen, parse_stamp(pair[0]))}
        if new:
            written[path] = new
    return encode_document(put_together(Parts(origin, written, parts.context, {})))


def made_again(key: str, seen: Context, stamp: Stamp) -> dict[str, Any]:
    """Return a document of this key that a purge which has `seen` so much does not drop."""
    context = join([seen, {stamp.node: stamp.sequence}])
    return put_together(Parts({"k": key}, {AGAIN: {(str(stamp), b"true"): True}}, context, {}))


def _read(raw: bytes) -> dict[str, Any]:
    try:
        return decode_document(raw)
    except DamagedError:
        return {}
