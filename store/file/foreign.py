"""Edits by programs that know nothing of stamps: stock TinyDB, an editor, `jq`.

What they changed is found by comparing with what this machine knows, and becomes a write like any other.
What they took out is not deleted: absence says nothing.
"""

from _blake2 import blake2b  # hashlib loads OpenSSL, as store.ids says
from collections.abc import Iterator
from typing import Any

from store.file.codec import (
    META,
    DamagedError,
    Key,
    decode_document,
    encode,
    encode_document,
    read_key,
)
from store.file.document import (
    MERGE_DATA,
    UNWRITTEN,
    Parts,
    Written,
    context,
    join_path,
    place_of,
    put_together,
    take_apart,
    value_at,
    with_write,
)
from store.file.lines import Lines
from store.file.merge import merge_documents, merge_raw, reader_of
from store.file.purge import PURGED
from store.file.sealed import OPEN, is_intact
from store.file.stamps import Context, Stamp, covers
from store.ids import document_id

TABLES = frozenset(
    {
        "companies",
        "decisions",
        "identities",
        "inventory",
        "letters",
        "machines",
        "messages",
        "notes",
        "opportunities",
        "people",
        "promises",
        "reasons",
        "referrals",
        "reviews",
        "settings",
        "steps",
    }
)
"""Tables of ours, in which an id is hashed from its document's key."""


def adopt(known: Lines, found: Lines, stamp: Stamp) -> Lines:
    """Return what was found with the edits of other programs turned into writes under `stamp`.

    The result may be merged with what is known. It is `found` itself where there were no such edits. A value
    whose stamp is known with another value replaces that value. A value without the stamp that is known for
    it, because a program dropped `_m`, stands beside the known one: nobody can tell what its writer had seen.
    """
    found = at_home(known, found)
    complete: bool | None = None
    changes: dict[str, dict[Key, bytes]] = {}
    for table in found.tables:
        if table in (META, PURGED):
            continue
        for order, mine, raw in known.differing(found, table):
            pair = _read_both(mine, raw)
            if pair is None:
                continue
            if complete is None:
                complete = _has_seen(known, found)
            adopted = _adopted(*pair, stamp, complete=complete)
            if adopted is not None:
                changes.setdefault(table, {})[read_key(order)] = encode_document(adopted)
    return found.with_changes(changes)


def at_home(known: Lines, found: Lines) -> Lines:
    """Return what was found with the documents that are not known under the ids of their keys.

    Another program chose other ids, or knew of no keys: then the key is made of the content.
    """
    return found.with_changes(_moved(known, found))


def _moved(known: Lines, found: Lines) -> dict[str, dict[Key, bytes | None]]:
    changes: dict[str, dict[Key, bytes | None]] = {}
    for table in TABLES.intersection(found.tables):
        moved: dict[Key, bytes | None] = {}
        for order, mine, raw in known.differing(found, table):
            if mine is not None:
                continue
            id, document = _at_home(raw)
            if document is None or id == order[0]:
                continue
            there = moved.get(id) or found.get(table, id)
            moved[id] = merge_raw(there, document) if there is not None else document
            moved.setdefault(read_key(order), None)
        if moved:
            changes[table] = moved
    return changes


def _at_home(raw: bytes) -> tuple[int, bytes | None]:
    """Return a document and the id of its key; one without a key gets one from its content."""
    try:
        document = decode_document(raw)
    except DamagedError:
        return 0, None
    key = document.get("k")
    if isinstance(key, str):
        return document_id(key), raw
    key = "h:" + blake2b(encode_document(document), digest_size=16).hexdigest()
    return document_id(key), encode_document({**document, "k": key})


def _has_seen(known: Lines, found: Lines) -> bool:
    """Tell whether nothing speaks against the file having been made from all that is known here.

    If so, an origin field that lost against ours was edited: another machine would have merged it long ago.
    """
    for table in known.tables:
        for _, theirs, raw in found.differing(known, table):
            pair = _read_both(theirs, raw)
            if pair is not None and MERGE_DATA in pair[0] and not _covers_all(context(pair[0]), pair[1]):
                return False
    return True


def _covers_all(seen: Context, document: dict[str, Any]) -> bool:
    return all(seen.get(node, 0) >= sequence for node, sequence in context(document).items())


def _read_both(one: bytes | None, two: bytes) -> tuple[dict[str, Any], dict[str, Any]] | None:
    if one is None:
        return None
    try:
        return decode_document(one), decode_document(two)
    except DamagedError:
        return None


def _adopted(
    known: dict[str, Any], found: dict[str, Any], stamp: Stamp, *, complete: bool
) -> dict[str, Any] | None:
    """Return both versions merged, with the edits in it as writes; None where there were none."""
    rekeyed = "k" in known and found.get("k") != known["k"]
    if rekeyed:
        found = {**found, "k": known["k"]}
    mine, theirs = take_apart(known), take_apart(found)
    both = merge_documents(known, found)
    edits = [*_edits(mine, theirs), *_unstamped(known, mine, found, theirs)]
    if complete and reader_of(known) == reader_of(found):
        edits += _origin_edits(mine.origin, theirs.origin, both)
    if is_intact(known):
        edits = [edit for edit in edits if edit[0] in OPEN]
    merged = take_apart(both)
    for path, value, replaced in edits:
        beside = {pair: old for pair, old in merged.written.get(path, {}).items() if pair[0] != replaced}
        merged = with_write(merged, path, value, stamp, beside)
    return put_together(merged) if edits or rekeyed else None


Edit = tuple[str, Any, str]
"""A path, the value written there, and the stamp whose value it replaced, empty where none."""


def _edits(mine: Parts, theirs: Parts) -> Iterator[Edit]:
    """Find values under a stamp that is known with another value."""
    for path, pairs in _placed(theirs).items():
        known = mine.written.get(path, {})
        for (text, raw), value in pairs.items():
            if (text, raw) not in known and any(text == other for other, _ in known):
                yield path, value, text


def _unstamped(known: dict[str, Any], mine: Parts, found: dict[str, Any], theirs: Parts) -> Iterator[Edit]:
    """Find values that lost their stamps."""
    stripped = MERGE_DATA not in found and (not reader_of(known) or _has_all(found, mine))
    for path, pairs in _placed(mine).items():
        had, value = value_at(found, path)
        if path in theirs.written or not had or encode(value) in {raw for _, raw in pairs}:
            continue
        stamps = [stamp for text, _ in pairs if (stamp := Stamp.parse(text)) is not None]
        if stripped or (MERGE_DATA in found and all(covers(theirs.context, stamp) for stamp in stamps)):
            yield path, value, ""


def _placed(parts: Parts) -> dict[str, Written]:
    """Return what was written where it can stand in a document; the rest is only carried along."""
    return {path: pairs for path, pairs in parts.written.items() if place_of(path)[0]}


def _has_all(found: dict[str, Any], mine: Parts) -> bool:
    """Tell whether every value that was ever set is there; an import that never had them lacks some."""
    return all(
        value_at(found, path)[0]
        for path, pairs in _placed(mine).items()
        if any(value is not None for value in pairs.values())
    )


def _origin_edits(mine: dict[str, Any], theirs: dict[str, Any], merged: dict[str, Any]) -> Iterator[Edit]:
    """Find origin values that are not the known ones and that merging would throw away."""
    stamped = _placed(take_apart(merged))
    opened = {place_of(path)[0] for path in stamped if "/" in path}
    for field in theirs.keys() & mine.keys() - UNWRITTEN - {""}:
        values = {join_path(field): theirs[field]}
        if field in opened and isinstance(theirs[field], dict):
            values = {join_path(field, key): value for key, value in theirs[field].items()}
        for path, value in values.items():
            known = value_at(mine, path)
            left = value_at(merged, path)
            if path not in stamped and known[0] and encode(value) not in (encode(known[1]), encode(left[1])):
                yield path, value, ""
