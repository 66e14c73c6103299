"""A document: plain fields, and under `_m` the stamps of those that somebody wrote.

A path is a field, or `field/key` one level into an object, with `~` and `/` in names written `~0` and `~1`.
`_m` holds `s`, path → stamp of the value that stands in the document; `x`, path → other concurrent values
with their stamps, the next to be shown first; and the document's context as far as those stamps do not imply
it: `v`, node → sequence where it has seen more, `w` where it has seen less.

Fields without a stamp are the *origin*: they came with an import, or from another program.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from store.file.codec import encode
from store.file.stamps import Context, Stamp, covers, join

MERGE_DATA = "_m"
UNWRITTEN = frozenset({MERGE_DATA, "k", "reader"})
"""Fields that make a document what it is: they never have a stamp."""
_TRUE_WINS = frozenset({"read", "starred", "blocked", "do_not_contact", "do_not_refer", "sensitive", "again"})
_TRASH = "trash"
_GONE = "gone"
_CONSENT = "consent"
_SENT = frozenset({"sent_at", "sent_by"})
_UNSEEN = frozenset({"impulse"})
"""Fields that nobody chose a value for: the newest stands, and it is no conflict."""
_KEEPS_TRASH = frozenset({_TRASH, "read", "starred"})
_MALFORMED = Stamp("", 0, -1)

MET = b'"x":{'
"""What every document holds in which values met, in canonical form."""
Written = dict[tuple[str, bytes], Any]
"""The concurrent values of one path, by stamp as text and canonical bytes of the value."""


class Parts(NamedTuple):
    """A document taken apart for changing and merging."""

    origin: dict[str, Any]
    """Unstamped fields, and whole each object with a stamped key: what was written covers its place in it."""
    written: dict[str, Written]
    """By path."""
    context: Context
    taken_out: dict[str, str]
    """Path → stamp, of values that another program took out and left the stamp of."""


def split_path(path: str) -> tuple[str, str | None]:
    """Return the field, and the key in it or None; raises ValueError where that is no path."""
    names = path.split("/")
    if len(names) > 2 or not names[0] or path.count("~") != path.count("~0") + path.count("~1"):
        raise ValueError(f"no path of a document: {path!r}")
    field, *key = (name.replace("~1", "/").replace("~0", "~") for name in names)
    return field, key[0] if key else None


def join_path(field: str, key: str | None = None) -> str:
    """Return the path of a field, or of a key in it."""
    names = [field] if key is None else [field, key]
    return "/".join(name.replace("~", "~0").replace("/", "~1") for name in names)


def value_at(document: Mapping[str, Any], path: str) -> tuple[bool, Any]:
    """Return whether there is a value at the path, and the one that is shown, None where there is none."""
    field, key = split_path(path)
    if field not in document:
        return False, None
    value = document[field]
    if key is None:
        return True, value
    if isinstance(value, dict) and key in value:
        return True, value[key]
    return False, None


def stamp_at(document: Mapping[str, Any], path: str) -> Stamp | None:
    """Return the stamp of the value shown at the path; None for an origin field."""
    text = _part(_merge_data(document), "s").get(path)
    return Stamp.parse(text) if isinstance(text, str) else None


def write(
    document: Mapping[str, Any], path: str, value: Any, stamp: Stamp, *, resolve: bool = False
) -> dict[str, Any]:
    """Return the document with a value written at the path. Unset is None: a path is never removed.

    The write replaces the value shown, under whatever stamps it was written; other concurrent values stay as
    a conflict unless `resolve`. Where a rule decides which value is shown, all go, and so do those of leave:
    else one that was withdrawn on two machines would stand before the leave that was given since. What was
    written is what is shown: where a value that stays has a later time, the stamp gets a later one yet, its
    dot is the same.
    """
    if split_path(path)[0] in UNWRITTEN:
        raise ValueError(f"{path!r} is never written")
    parts = take_apart(document)
    kept = {}
    if not resolve and not has_rule(path) and path != _CONSENT:
        pairs = ranked(path, parts.written.get(path, {}))
        kept = {pair: parts.written[path][pair] for pair in pairs if pair[1] != pairs[0][1]}
    return put_together(with_write(parts, path, value, stamp, kept))


def write_back(document: Mapping[str, Any], path: str, value: Any, stamp: Stamp) -> dict[str, Any]:
    """Return the document with a value in place of every one that came with the write shown at the path.

    A choice that is taken back, or made again, is one write of which several values may stand there. Values
    of other writes stay beside.
    """
    parts = take_apart(document)
    pairs = parts.written.get(path, {})
    shown = ranked(path, pairs)[:1]
    own = {(parse_stamp(text).dot, raw) for text, raw in shown}
    kept = {
        (text, raw): each
        for (text, raw), each in pairs.items()
        if not any(parse_stamp(text).dot == dot or raw == same for dot, same in own)
    }
    return put_together(with_write(parts, path, value, stamp, kept))


def beside(document: Mapping[str, Any], path: str, values: Sequence[Any], stamp: Stamp) -> dict[str, Any]:
    """Return the document with more values at the path, concurrent to the one that `stamp` wrote there.

    Each has the dot of that write, for all of them came with it, and an earlier time of its own.
    """
    parts = take_apart(document)
    written = dict(parts.written.get(path, {}))
    for number, value in enumerate(values, start=1):
        text = str(stamp._replace(time=max(stamp.time - number, 0)))
        written[text, encode(value)] = value
    return put_together(parts._replace(written={**parts.written, path: written}))


def seen_by(document: Mapping[str, Any], stamp: Stamp) -> dict[str, Any]:
    """Return the document as one that has seen a write, none of whose values it holds."""
    parts = take_apart(document)
    return put_together(parts._replace(context=join([parts.context, {stamp.node: stamp.sequence}])))


def with_write(parts: Parts, path: str, value: Any, stamp: Stamp, kept: Written) -> Parts:
    """Return the parts with a value written at the path, shown before those that are kept beside it."""
    latest = max((parse_stamp(text).time for text, _ in kept), default=-1)
    stamp = stamp._replace(time=max(stamp.time, latest + 1))
    written = {**parts.written, path: {**kept, (str(stamp), encode(value)): value}}
    return parts._replace(written=written, context=join([parts.context, {stamp.node: stamp.sequence}]))


def context(document: Mapping[str, Any]) -> Context:
    """Return what the document has seen: of each node, the highest sequence."""
    data = _merge_data(document)
    texts = [text for text in _part(data, "s").values() if isinstance(text, str)]
    texts += [text for pairs in _part(data, "x").values() for text, _ in _pairs(pairs)]
    seen = join([_implied(texts), _sequences(_part(data, "v"))])
    for node, sequence in _sequences(_part(data, "w")).items():
        if sequence < seen.get(node, 0):
            seen[node] = sequence
    return {node: sequence for node, sequence in seen.items() if sequence}


def stamps_of(document: Mapping[str, Any]) -> dict[str, str]:
    """Return the stamp of each path whose value somebody wrote."""
    return {path: text for path, text in _part(_merge_data(document), "s").items() if isinstance(text, str)}


def times_of(document: Mapping[str, Any]) -> dict[str, int]:
    """Return when each stamped path was written (milliseconds, by the writer's clock)."""
    stamps = ((path, Stamp.parse(text)) for path, text in stamps_of(document).items())
    return {path: stamp.time for path, stamp in stamps if stamp is not None}


def conflicts(document: Mapping[str, Any]) -> dict[str, list[tuple[Any, Stamp]]]:
    """Return the paths where different values met and no rule decides, each with its values, shown first."""
    met = {}
    for path in sorted(_part(_merge_data(document), "x")):
        if has_rule(path) or not place_of(path)[0]:
            continue
        pairs = take_apart(document).written.get(path, {})
        if path == _CONSENT and any(_wins(path, raw) for _, raw in pairs):
            continue
        first: dict[bytes, tuple[Any, Stamp]] = {}
        for text, raw in ranked(path, pairs):
            first.setdefault(raw, (pairs[text, raw], parse_stamp(text)))
        if len(first) > 1:
            met[path] = list(first.values())
    return met


def is_trashed(document: Mapping[str, Any]) -> bool:
    """Tell whether the document is in the trash.

    `trash` holds the context that was seen when it was put there; a write that no such context covers brings
    the document back, and so does taking it out while another machine puts it in again. Reading it and
    giving it a star do not.
    """
    if not isinstance(document.get(_TRASH), dict):
        return False
    written = take_apart(document).written
    values = list(written.get(_TRASH, {}).values()) or [document[_TRASH]]
    seen = join(_sequences(value) for value in values if isinstance(value, dict))
    return all(
        covers(seen, stamp)
        for path, pairs in written.items()
        if path not in _KEEPS_TRASH
        for text, _ in pairs
        if (stamp := Stamp.parse(text)) is not None
    )


def has_rule(path: str) -> bool:
    """Tell whether a rule decides between concurrent values of the path, so that they are no conflict."""
    return (
        path in _TRUE_WINS | _UNSEEN | _SENT
        or path.startswith(("labels/", "unlike/"))
        or path in (_TRASH, _GONE)
    )


def _wins(path: str, raw: bytes) -> bool:
    """Tell whether a value stands before others by its meaning: what is kept, shut out or withdrawn does."""
    if path == _TRASH:
        return raw == b"null"
    if path == _GONE:
        return raw != b"true"
    if path in _SENT:
        return raw != b"null"
    if path == _CONSENT:
        return b'"answer":"withdrawn"' in raw
    return raw == b"true" and has_rule(path)


def ranked(path: str, pairs: Written) -> list[tuple[str, bytes]]:
    """Return concurrent values in the order in which they are to be shown, the same on every machine.

    By the path's rule, then newest first. A stamp that cannot be read comes last.
    """
    if len(pairs) < 2:
        return list(pairs)

    def rank(pair: tuple[str, bytes]) -> tuple[bool, bool, int, int, str, bytes, str]:
        stamp = parse_stamp(pair[0])
        return (
            stamp is not _MALFORMED,
            _wins(path, pair[1]),
            stamp.time,
            stamp.sequence,
            stamp.node,
            pair[1],
            pair[0],
        )

    return sorted(pairs, key=rank, reverse=True)


def parse_stamp(text: str) -> Stamp:
    """Read a stamp; one that cannot be read is older than all others."""
    return Stamp.parse(text) or _MALFORMED


def take_apart(document: Mapping[str, Any]) -> Parts:
    """Split a document into its origin, what was written since, and what it has seen."""
    data = _merge_data(document)
    origin = {field: value for field, value in document.items() if field != MERGE_DATA}
    written: dict[str, Written] = {}
    taken_out = {}
    for path, text in _part(data, "s").items():
        field, key = place_of(path)
        holder: Any = document if key is None else document.get(field)
        name = field if key is None else key
        if not isinstance(text, str):
            continue
        if not isinstance(holder, dict) or name not in holder:
            taken_out[path] = text
            continue
        written[path] = {(text, encode(holder[name])): holder[name]}
        if key is None:
            origin.pop(field, None)
    for path, pairs in _part(data, "x").items():
        for text, value in _pairs(pairs):
            written.setdefault(path, {})[text, encode(value)] = value
    return Parts(origin, written, context(document), taken_out)


def put_together(parts: Parts) -> dict[str, Any]:
    """Make the document of its parts: equal parts, equal documents."""
    document = dict(parts.origin)
    shown: dict[str, str] = {}
    others: dict[str, list[list[Any]]] = {}
    opened = {field for field, key in map(place_of, parts.written) if key is not None}
    for path in sorted(parts.written):
        pairs = parts.written[path]
        order = ranked(path, pairs)
        field, key = place_of(path)
        if key is None and field in document:
            del document[field]
        if field and (key is not None or field not in opened):
            shown[path] = order[0][0]
            _place(document, field, key, pairs[order.pop(0)])
        if order:
            others[path] = [[pairs[pair], pair[0]] for pair in order]
    data = {"s": shown, "x": others, **_beyond(parts)}
    if any(data.values()):
        document[MERGE_DATA] = {name: part for name, part in data.items() if part}
    return document


def _place(document: dict[str, Any], field: str, key: str | None, value: Any) -> None:
    if key is None:
        document[field] = value
    else:
        holder = document.get(field)
        document[field] = {**(holder if isinstance(holder, dict) else {}), key: value}


def _beyond(parts: Parts) -> dict[str, Context]:
    """Return the context as far as the stamps do not imply it."""
    implied = _implied([text for pairs in parts.written.values() for text, _ in pairs])
    seen = parts.context
    return {
        "v": {node: sequence for node, sequence in seen.items() if sequence > implied.get(node, 0)},
        "w": {node: seen.get(node, 0) for node in implied if seen.get(node, 0) < implied[node]},
    }


def place_of(path: str) -> tuple[str, str | None]:
    """Return the field and key of a path; an empty field where the path's value can stand nowhere."""
    try:
        field, key = split_path(path)
    except ValueError:
        return "", None
    return ("", None) if field in UNWRITTEN else (field, key)


def _implied(texts: list[str]) -> Context:
    stamps = [stamp for text in texts if (stamp := Stamp.parse(text)) is not None]
    return join({stamp.node: stamp.sequence} for stamp in stamps)


def _merge_data(document: Mapping[str, Any]) -> dict[str, Any]:
    return _part(document, MERGE_DATA)


def _part(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return an object inside another; what another program left in its place counts as empty."""
    part = data.get(name)
    return part if isinstance(part, dict) else {}


def _pairs(pairs: Any) -> list[tuple[str, Any]]:
    """Return the stamps and values of an entry of `x`, those that are well-formed."""
    return [
        (pair[1], pair[0])
        for pair in (pairs if isinstance(pairs, list) else [])
        if isinstance(pair, list) and len(pair) == 2 and isinstance(pair[1], str)
    ]


def _sequences(part: dict[str, Any]) -> Context:
    return {node: sequence for node, sequence in part.items() if type(sequence) is int and sequence >= 0}
