"""The index as the state folder keeps it, so that a large inbox opens without reading every message."""

from pathlib import Path

import msgspec

from store.file import disk
from store.file.journal import Position
from store.ids import hash63
from store.index import Index
from store.rules.row import Row

_RULES = 6
"""Grows when the rules behind the rows change; an index of another form is rebuilt."""
_FORM = hash63(f"{_RULES} {Row.__struct_fields__}")


class SavedIndex(msgspec.Struct, frozen=True, array_like=True):
    """Rows as of a position in the journal."""

    form: int
    own: tuple[str, ...]
    """The user's configured addresses, by which mail is told to be outgoing."""
    position: Position
    rows: dict[int, Row]
    loose: dict[int, tuple[int, ...]]


_decoder = msgspec.msgpack.Decoder(SavedIndex)


def save(path: Path, position: Position, index: Index, own: tuple[str, ...]) -> None:
    """Write the index; what cannot be written is rebuilt next time."""
    try:
        data = msgspec.msgpack.encode(SavedIndex(_FORM, own, position, dict(index.rows), dict(index.loose)))
        disk.write_whole(path, [data], durable=False)
    except (OSError, OverflowError, UnicodeError):
        disk.remove(path)


def load(path: Path, own: tuple[str, ...]) -> SavedIndex | None:
    """Read the index, or return None where there is none that can be used."""
    try:
        saved = _decoder.decode(path.read_bytes())
    except (OSError, msgspec.MsgspecError):
        return None
    return saved if saved.form == _FORM and saved.own == own else None
