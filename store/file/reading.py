"""Reading a whole file of any JSON form, and telling whether it has the canonical one."""

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from store.file.codec import (
    META,
    DamagedError,
    ForeignNumber,
    decode_document,
    encode,
    key_order,
    refuse_constant,
)

Order = tuple[int, bytes]

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_HEADER = re.compile(rb'"((?:[^"\\]|\\.)*)":\{')
_SURROGATE = re.compile(rb"\\ud[89a-f]", re.IGNORECASE)
_PLACE = re.compile(r" \(byte ([0-9]+)\)")
_LINE_END = b"\n"
_BACKSLASH = ord("\\")
_BRACE = ord("{")


class _Name:
    """A key by identity, so that keys that occur twice stay apart."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


class _Object(dict[str, Any]):
    """An object with its pairs as written, those that occur twice included."""

    __slots__ = ("pairs",)

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.pairs = pairs


_pair = msgspec.json.Decoder(dict[str, msgspec.Raw])
_all = msgspec.json.Decoder(dict[_Name, dict[_Name, msgspec.Raw]], dec_hook=lambda _, text: _Name(text))


def key_end(data: bytes, at: int) -> int:
    """Return where the key ends whose opening quote is at `at`: the place of its closing quote."""
    stop = data.index(b'"', at + 1)
    while data[stop - 1] == _BACKSLASH:
        before = data[at + 1 : stop]
        if (len(before) - len(before.rstrip(b"\\"))) % 2 == 0:
            break
        stop = data.index(b'"', stop + 1)
    return stop


def documents_of(data: bytes) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the table, key and document of each document in a file, a key as often as it occurs.

    Raises DamagedError where the bytes are not JSON, or not an object of tables of objects.
    """
    data = data.removeprefix(_BYTE_ORDER_MARK)
    try:
        tables = _all.decode(data)
    except (ValueError, RecursionError) as error:
        if _SURROGATE.search(data) is None:
            raise _damage(data, error) from error
        yield from _documents_with_surrogates(data)
        return
    for name, table in tables.items():
        for key, raw in table.items():
            try:
                yield name.text, key.text, decode_document(raw)
            except DamagedError as error:
                raise DamagedError(error.reason, f"document {key.text} of {name.text}") from error


def _damage(data: bytes, error: Exception) -> DamagedError:
    """Say what is wrong, and on which line, from what the reader said."""
    if isinstance(error, msgspec.ValidationError):
        return DamagedError("it is not made of tables of documents", "line 1")
    if isinstance(error, UnicodeDecodeError):
        return DamagedError("it is not UTF-8", "line 1")
    reason, *at = _PLACE.split(str(error))
    stop = int(at[0]) if at else len(data)
    return DamagedError(reason, f"line {data.count(_LINE_END, 0, stop) + 1}")


def _documents_with_surrogates(data: bytes) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Do the same with a slower reader that knows lone surrogates."""
    try:
        whole = json.loads(
            data, object_pairs_hook=_Object, parse_float=ForeignNumber, parse_constant=refuse_constant
        )
    except json.JSONDecodeError as error:
        raise DamagedError(error.msg, f"line {error.lineno}") from error
    except (ValueError, RecursionError) as error:
        raise DamagedError(str(error), "line 1") from error
    for name, table in _pairs(whole, "the file"):
        for key, document in _pairs(table, f"table {name}"):
            yield name, key, _Object(_pairs(document, f"document {key} of {name}"))


def _pairs(value: Any, place: str) -> list[tuple[str, Any]]:
    if not isinstance(value, _Object):
        raise DamagedError("it is not an object", place)
    return value.pairs


def is_canonical(data: bytes) -> bool:
    """Tell whether a file is in canonical form: every table, line, key, comma and order, and JSON throughout.

    That the keys inside each document are sorted is not verified: it would cost decoding all of them.
    """
    if not data.isascii() or data[:2] != b"{\n":
        return False
    at, last = 2, b""
    while True:
        stop = data.find(b"\n", at)
        header = _HEADER.fullmatch(data, at, max(at, stop))
        if header is None or header[1] <= last or not _is_canonical_name(header[1]):
            return False
        last = header[1]
        at = _after_documents(data, stop + 1, may_be_empty=last == META.encode())
        if at < 0:
            return False
        if data[at : at + 2] == b"}\n":
            return data[at + 2 :] == b"}\n"
        if data[at : at + 3] != b"},\n":
            return False
        at += 3


def _after_documents(data: bytes, at: int, *, may_be_empty: bool) -> int:
    """Return where the line stands that closes the table whose first document is at `at`; -1 for a fault."""
    last: Order = (-1, b"")
    comma = False
    while (stop := data.find(b"\n", at)) > at:
        line = data[at:stop]
        if line in (b"}", b"},"):
            return at if not comma and (last[0] >= 0 or may_be_empty) else -1
        if last[0] >= 0 and not comma:
            return -1
        comma = line[-1:] == b","
        order = _line_order(line[:-1] if comma else line)
        if order is None or order <= last:
            return -1
        last = order
        at = stop + 1
    return -1


def _line_order(line: bytes) -> Order | None:
    """Return what a line's document is sorted by; None where the line is not one key with one object."""
    try:
        pair = _pair.decode(b"{" + line + b"}")
    except (ValueError, RecursionError):
        return _odd_line_order(line)
    if len(pair) != 1:
        return None
    end, (raw,) = key_end(line, 0), pair.values()
    if line[end + 2] != _BRACE or memoryview(raw).nbytes != len(line) - end - 2:
        return None
    return _canonical_order(line[1:end])


def _odd_line_order(line: bytes) -> Order | None:
    """Do the same for a line with a lone surrogate."""
    try:
        pairs = json.loads(
            b"{" + line + b"}", object_pairs_hook=_Object, parse_constant=refuse_constant
        ).pairs
    except (ValueError, RecursionError):
        return None
    if len(pairs) != 1 or line[:1] != b'"' or line[-1:] != b"}":
        return None
    end = key_end(line, 0)
    return _canonical_order(line[1:end]) if line[end + 1 : end + 3] == b":{" else None


def _canonical_order(key: bytes) -> Order | None:
    order = key_order(key)
    return order if not order[1] or _is_canonical_name(key) else None


def _is_canonical_name(name: bytes) -> bool:
    try:
        return encode(json.loads(b'"' + name + b'"'))[1:-1] == name
    except ValueError:
        return False
