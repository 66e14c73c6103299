"""How a record lies in the journal: length, checksum and sequence, then the bytes.

A frame counts only when it is there to its last byte, so that a reader beside a writer, or after a crash,
never takes half a record for a whole one.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple
from zlib import crc32

_MARK = b"\xff\xfeRB"  # no UTF-8 text holds such bytes
_FORM = struct.Struct("<4sIQQ")  # mark, checksum, length, sequence
Payload = bytes | memoryview
_CHECKED = struct.Struct("<QQ")


class Frame(NamedTuple):
    """A whole frame that was found."""

    sequence: int
    payload: memoryview
    start: int
    end: int


def frame(sequence: int, payload: Payload, salt: int) -> tuple[bytes, Payload]:
    """Return the two pieces of a frame; `salt` is what the journal's checksums begin with."""
    return _FORM.pack(_MARK, _checksum(sequence, payload, salt), len(payload), sequence), payload


def frames(data: memoryview, start: int, salt: int) -> Iterator[Frame]:
    """Yield the frames that follow one another from `start`, up to the first that is not whole."""
    while found := _frame_at(data, start, salt):
        yield found
        start = found.end


def resume(data: memoryview, start: int, salt: int) -> int | None:
    """Return where the next whole frame begins after damaged bytes at `start`, or None."""
    rest = bytes(data[start:])
    at = rest.find(_MARK, 1)
    while at >= 0:
        if _frame_at(data, start + at, salt):
            return start + at
        at = rest.find(_MARK, at + 1)
    return None


def _frame_at(data: memoryview, start: int, salt: int) -> Frame | None:
    begin = start + _FORM.size
    if begin > len(data):
        return None
    mark, checksum, length, sequence = _FORM.unpack_from(data, start)
    end = begin + length
    if mark != _MARK or end > len(data):
        return None
    payload = data[begin:end]
    return Frame(sequence, payload, start, end) if _checksum(sequence, payload, salt) == checksum else None


def _checksum(sequence: int, payload: Payload, salt: int) -> int:
    return crc32(payload, crc32(_CHECKED.pack(len(payload), sequence), salt))
