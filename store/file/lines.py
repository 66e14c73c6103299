"""A whole file in canonical form, looked up by bisection and never decoded."""

import json
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from store.file.codec import (
    META,
    DamagedError,
    Key,
    encode,
    encode_document,
    encode_state,
    key_order,
    read_key,
    write_key,
)
from store.file.merge import merge_raw
from store.file.reading import Order, documents_of, is_canonical, key_end

Documents = Mapping[int, bytes | None] | Mapping[Key, bytes | None]
Changes = Mapping[str, Documents]
"""Table → key → the document that shall stand there, in canonical form; None takes one out."""

_BRACE = ord("}")
_STEP = 4096
_LARGEST_STEP = 1 << 20


class _Span(NamedTuple):
    """Where the documents of a table stand: from the first one's line to the closing line."""

    start: int
    end: int
    documents: int


_NOWHERE = _Span(0, 0, 0)


class Lines:
    """The bytes of a whole file, which must be canonical; `parse_any` makes them so."""

    def __init__(self, data: bytes = b"{\n}\n") -> None:
        self.data = data
        self._spans = dict(_spans(data))

    @property
    def tables(self) -> list[str]:
        """Return the names of the tables, in the order of the file."""
        return list(self._spans)

    def count(self, table: str) -> int:
        """Return how many documents a table holds."""
        span = self._spans.get(table)
        return span.documents if span else 0

    def get(self, table: str, key: Key) -> bytes | None:
        """Return a document as it stands in the file."""
        span = self._spans.get(table)
        if span is None:
            return None
        order = key_order(key)
        at = self._bisect(span.start, span.end, order)
        if at >= span.end or self._order(at) != order:
            return None
        return self._document(at, self.data.index(b"\n", at))

    def items(self, table: str) -> Iterator[tuple[Key, bytes]]:
        """Yield each document of a table with its key, in the order of the file."""
        for order, raw in self.ordered(table):
            yield read_key(order), raw

    def ordered(self, table: str) -> Iterator[tuple[Order, bytes]]:
        """Yield each document of a table with what its key is sorted by."""
        span = self._spans.get(table)
        if span is None:
            return
        at = span.start
        while at < span.end:
            stop = self.data.index(b"\n", at)
            yield self._order(at), self._document(at, stop)
            at = stop + 1

    def holding(self, needle: bytes) -> Iterator[tuple[str, Key, bytes]]:
        """Yield (table, key, document) of each document in whose bytes these stand."""
        for table, span in self._spans.items():
            at = self._find(needle, span.start, span.end)
            while at >= 0:
                line = self._line(span.start, at)
                stop = self.data.index(b"\n", at)
                yield table, read_key(self._order(line)), self._document(line, stop)
                at = self._find(needle, stop, span.end)

    def _find(self, needle: bytes, start: int, end: int) -> int:
        """Find bytes piece by piece: within one search no other thread runs."""
        while start < end:
            at = self.data.find(needle, start, min(start + _LARGEST_STEP + len(needle), end))
            if at >= 0:
                return at
            start += _LARGEST_STEP
        return -1

    def splice(self, changes: Changes) -> Iterator[bytes | memoryview]:
        """Yield the file with these documents put in, in chunks; what stays is a few large slices."""
        opening = b"{\n"
        for name in sorted(self._spans.keys() | changes.keys(), key=_name):
            any_document = False
            for piece in self._spliced(name, changes.get(name, {})):
                yield b",\n" if any_document else opening + b'"%b":{\n' % _name(name)
                yield piece
                any_document = True
            if any_document:
                opening = b"\n},\n"
            elif name == META:
                yield opening + b'"%b":{\n' % _name(name)
                opening = b"},\n"
        yield {b"{\n": b"{\n}\n", b"},\n": b"}\n}\n"}.get(opening, b"\n}\n}\n")

    def with_changes(self, changes: Changes) -> "Lines":
        """Return the file with these documents put in."""
        return Lines(b"".join(self.splice(changes))) if any(changes.values()) else self

    def _spliced(self, table: str, changes: Documents) -> Iterator[bytes | memoryview]:
        """Yield runs of documents without the comma or the line end that closes each run."""
        view = memoryview(self.data)
        at, end, _ = self._spans.get(table, _NOWHERE)
        for order, raw in sorted((key_order(key), raw) for key, raw in changes.items()):
            found = self._seek(at, end, order)
            if found > at:
                yield view[at : found - (1 if found == end else 2)]
            at = found
            if at < end and self._order(at) == order:
                at = self.data.index(b"\n", at) + 1
            if raw is not None:
                yield b'"%b":%b' % (write_key(order), raw)
        if at < end:
            yield view[at : end - 1]

    def differing(self, other: "Lines", table: str) -> Iterator[tuple[Order, bytes | None, bytes]]:
        """Yield what differs in a table of `other`: order of the key, the document here, the other's."""
        at, end, _ = self._spans.get(table, _NOWHERE)
        theirs, stop, _ = other._spans.get(table, _NOWHERE)
        while True:
            same = self._same(at, end, other, theirs, stop)
            at, theirs = at + same, theirs + same
            if theirs >= stop:
                return
            order, mine = other._order(theirs), None
            if at < end and self._order(at) < order:
                at = self._seek(at, end, order)
            if at < end and self._order(at) == order:
                line_end = self.data.index(b"\n", at)
                mine, at = self._document(at, line_end), line_end + 1
            line_end = other.data.index(b"\n", theirs)
            raw, theirs = other._document(theirs, line_end), line_end + 1
            if raw != mine:
                yield order, mine, raw

    def _same(self, at: int, end: int, other: "Lines", theirs: int, stop: int) -> int:
        """Return how many bytes of whole lines are the same from here on, or somewhat fewer."""
        longest = min(end - at, stop - theirs)
        same, step = 0, _STEP
        while same < longest:
            size = min(step, longest - same)
            mine = self.data[at + same : at + same + size]
            if mine == other.data[theirs + same : theirs + same + size]:
                same += size
                step = min(2 * step, _LARGEST_STEP)
            elif step > _STEP:
                step = _STEP
            else:
                break
        return self._line(at, at + same) - at

    def _order(self, at: int) -> Order:
        """Return what the document on the line at `at` is sorted by."""
        return key_order(self.data[at + 1 : key_end(self.data, at)])

    def _document(self, at: int, stop: int) -> bytes:
        """Return the document on the line from `at` to its end at `stop`."""
        start = key_end(self.data, at) + 2
        return self.data[start : stop if self.data[stop - 1] == _BRACE else stop - 1]

    def _seek(self, start: int, end: int, order: Order) -> int:
        """Find the first line that is not before `order`, most likely not far from `start`."""
        step = _STEP
        while start + step < end:
            line = self._line(start, start + step)
            if self._order(line) >= order:
                return self._bisect(start, line, order)
            start = line
            step *= 2
        return self._bisect(start, end, order)

    def _bisect(self, start: int, end: int, order: Order) -> int:
        """Find the first of some whole lines that is not before `order`; `end` if there is none."""
        while start < end:
            middle = (start + end) // 2
            line = self._line(start, middle)
            if self._order(line) < order:
                start = self.data.index(b"\n", middle) + 1
            else:
                end = line
        return start

    def _line(self, start: int, at: int) -> int:
        """Return where the line that `at` stands in begins, at or after `start`."""
        return max(start, self.data.rfind(b"\n", start, at) + 1)


def parse_any(data: bytes, *, trusted: bool = False) -> Lines:
    """Read a whole file, whoever wrote it; raises DamagedError where it is not tables of documents.

    Bytes in canonical form are kept as they are. All else (one line, as stock TinyDB writes it; indented;
    lines out of order or double after a merge of text) is written anew, documents of one key merged.
    `trusted` bytes are known to be canonical.
    """
    if trusted or is_canonical(data):
        return Lines(data)
    tables: dict[str, dict[Key, bytes]] = {}
    for name, text, document in documents_of(data):
        table, key = tables.setdefault(name, {}), read_key(key_order(text))
        raw = encode_document(document)
        table[key] = merge_raw(table[key], raw) if key in table else raw
    if not tables:
        raise DamagedError("it holds no documents", "line 1")
    return Lines(b"".join(encode_state(tables)))


def _name(table: str) -> bytes:
    return encode(table)[1:-1]


def _spans(data: bytes) -> Iterator[tuple[str, _Span]]:
    """Find the tables: a line that begins with a brace ends one."""
    find, last = data.find, len(data) - 1
    header, count = 2, 0
    at = find(b"\n", header)
    while 0 <= at < last:
        if data[at + 1] == _BRACE:
            start = data.index(b"\n", header) + 1
            yield json.loads(data[header : start - 3]), _Span(start, at + 1, count)
            header = data.index(b"\n", at + 1) + 1
            at, count = find(b"\n", header), 0
        else:
            at, count = find(b"\n", at + 1), count + 1
