"""Documents and whole files as bytes, in one canonical form, so that equal content is equal bytes.

A document is pure ASCII JSON, keys sorted, no blanks, no floats of ours. A file is one document a line:

    {
    "table":{
    "9007199254740993":{"k":"…"},
    "9007199254740995":{"k":"…"}
    },
    …
    }

Tables and keys are sorted by the bytes they are written as, but of keys, decimals of up to 19 digits come
first, as numbers. Empty tables are left out, save `_meta`.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from store.errors import FileError

Key = int | str
"""A document's key in its table: an integer where it is written as a plain decimal, else its text."""

META = "_meta"
FORMAT = 1
_LONGEST_DECIMAL = 19
_BEYOND_DECIMALS = 10**_LONGEST_DECIMAL
PLAIN = frozenset({str, int, bool, type(None)})
"""Types of values without parts."""
_PLACEHOLDER = os.urandom(12).hex() + ":"
_MARK = _PLACEHOLDER.encode()
_PLACED = re.compile(rb'"' + _MARK + rb'([-+.0-9eE]+)"')


class DamagedError(FileError):
    """Bytes that are not what they should be; nothing was changed.

    `reason` and `place` ("line 12", "byte 345") say what and where.
    """

    def __init__(self, reason: str, place: str) -> None:
        super().__init__(f"The data file is damaged at {place}: {reason}.", "Nothing was overwritten.")
        self.reason = reason
        self.place = place


class ForeignNumber:
    """A number with a fraction or an exponent, which only other programs write: kept as it was spelt."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ForeignNumber) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return self.text


def _stand_in(value: object) -> str:
    if isinstance(value, ForeignNumber):
        return _PLACEHOLDER + value.text
    raise TypeError(f"a document cannot hold a {type(value).__name__}")


_encoder = json.JSONEncoder(
    ensure_ascii=True,
    check_circular=False,
    sort_keys=True,
    separators=(",", ":"),
    allow_nan=False,
    default=_stand_in,
)
_decoder = msgspec.json.Decoder(float_hook=ForeignNumber)


def encode(value: Any) -> bytes:
    """Return any value of a document in canonical form; raises TypeError for floats and other types."""
    if type(value) not in PLAIN:
        _refuse_floats(value)
    raw = _encoder.encode(value).encode("ascii")
    return _PLACED.sub(rb"\1", raw) if _MARK in raw else raw


def encode_document(document: Mapping[str, Any]) -> bytes:
    """Return a document in canonical form; raises TypeError for floats and other types."""
    return encode(document)


def _refuse_floats(value: Any) -> None:
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += [inner for inner in value.values() if type(inner) not in PLAIN]
        elif isinstance(value, list | tuple):
            waiting += [inner for inner in value if type(inner) not in PLAIN]
        elif isinstance(value, float):
            raise TypeError(f"a document holds no floats: {value!r}")


def decode_document(raw: bytes | memoryview) -> dict[str, Any]:
    """Read a document; raises DamagedError where the bytes are not one JSON object."""
    document = decode(raw)
    if not isinstance(document, dict):
        raise DamagedError("a document is not an object", "byte 0")
    return document


def decode(raw: bytes | memoryview) -> Any:
    """Read any value of a document; raises DamagedError where the bytes are not JSON."""
    try:
        return _decoder.decode(raw)
    except (ValueError, RecursionError):
        pass
    try:
        # msgspec refuses lone surrogates, which mail holds and which JSON can write.
        return json.loads(bytes(raw), parse_float=ForeignNumber, parse_constant=refuse_constant)
    except (ValueError, RecursionError) as error:
        raise DamagedError(f"a value cannot be read: {error}", "byte 0") from error


def refuse_constant(name: str) -> Any:
    """Refuse NaN and Infinity, which Python would read; raises ValueError."""
    raise ValueError(f"{name} is no JSON")


def key_order(key: Key | bytes) -> tuple[int, bytes]:
    """Return what a key is sorted by: decimals as numbers, then all others by the bytes they are written as.

    Bytes are a key as it stands in a file, without its quotes.
    """
    if isinstance(key, int):
        if 0 <= key < _BEYOND_DECIMALS:
            return key, b""
        key = str(key)
    raw = encode(key)[1:-1] if isinstance(key, str) else key
    if raw.isdigit() and len(raw) <= _LONGEST_DECIMAL and (raw[:1] != b"0" or raw == b"0"):
        return int(raw), b""
    return _BEYOND_DECIMALS, raw


def write_key(order: tuple[int, bytes]) -> bytes:
    """Return a key as it is written, without quotes, from what it is sorted by."""
    return order[1] if order[0] == _BEYOND_DECIMALS else b"%d" % order[0]


def read_key(order: tuple[int, bytes]) -> Key:
    """Return a key from what it is sorted by."""
    if order[0] != _BEYOND_DECIMALS:
        return order[0]
    return str(json.loads(b'"' + order[1] + b'"'))


def encode_state(tables: Mapping[str, Mapping[Key, bytes]]) -> Iterator[bytes]:
    """Write documents that are already canonical as a whole file, in chunks."""
    opening = b"{\n"
    for name, table in sorted((encode(name)[1:-1], name) for name in tables):
        documents = tables[table]
        if not documents and table != META:
            continue
        yield opening + b'"%b":{\n' % name
        yield b",\n".join(
            b'"%b":%b' % (write_key(order), raw)
            for order, raw in sorted((key_order(key), raw) for key, raw in documents.items())
        )
        opening = b"\n},\n" if documents else b"},\n"
    yield {b"{\n": b"{\n}\n", b"},\n": b"}\n}\n"}.get(opening, b"\n}\n}\n")


def new_meta(db: str) -> dict[str, Any]:
    """Return the document under `_meta` `1` that makes a file ours."""
    return {"app": "ringback", "db": db, "format": FORMAT, "min_reader": 1, "min_writer": 1}
