"""Backups of Android are often no well-formed XML: mended as bytes, before a parser sees them.

Old versions write an emoji as the two halves of its UTF-16 form, each a character reference that XML
forbids, and control characters likewise. Pictures stand in attributes of many megabytes, which nobody asks
for here: they are left out, so that a backup of any size is read in little memory.
"""

import re
from collections.abc import Iterator

from store.sources.unpacking import Readable

_CHUNK = 512 * 1024
_REFERENCE = re.compile(rb"&#(x[0-9A-Fa-f]{1,8}|[0-9]{1,10});")
_RUN = re.compile(rb"(?:&#(?:x[0-9A-Fa-f]{1,8}|[0-9]{1,10});)+")
_UNFINISHED = re.compile(rb"&(?:#x?[0-9A-Fa-f]{0,10})?\Z")
_LAST_OF_ALL = re.compile(rb"&#(x[0-9A-Fa-f]{1,8}|[0-9]{1,10});\Z")
_LONGEST = 16
"""Bytes of a reference, and more."""
_DATA = b' data="'
_HIGH, _LOW, _END = 0xD800, 0xDC00, 0xE000
"""Where the two halves of a pair begin, and end."""
_PLANE, _LAST, _FIRST = 0x10000, 0x10FFFF, 0x20
_ALLOWED = (0x9, 0xA, 0xD)
_REPLACEMENT = b"\xef\xbf\xbd"


def mended(stream: Readable) -> Iterator[bytes]:
    """Yield the stream in chunks that an XML parser takes, the contents of `data` attributes left out."""
    held = b""
    dropping = False
    while True:
        chunk = stream.read(_CHUNK)
        data = held + chunk
        kept, held, dropping = _without_data(data, dropping=dropping, ended=not chunk)
        if not chunk:
            yield _without_bad_references(kept)
            return
        cut = _safe_cut(kept)
        yield _without_bad_references(kept[:cut])
        held = kept[cut:] + held


def _without_data(data: bytes, *, dropping: bool, ended: bool) -> tuple[bytes, bytes, bool]:
    """Return what stays, what is to be looked at again with the next chunk, and whether a value goes on."""
    kept = bytearray()
    at = 0
    while True:
        if dropping:
            end = data.find(b'"', at)
            if end < 0:
                return bytes(kept), b"", True
            at, dropping = end, False
        begin = data.find(_DATA, at)
        if begin < 0:
            break
        kept += data[at : begin + len(_DATA)]
        at, dropping = begin + len(_DATA), True
    rest = data[at:]
    if ended:
        return bytes(kept) + rest, b"", False
    # The name of the attribute may be cut by the end of the chunk.
    tail = next((n for n in range(min(len(_DATA) - 1, len(rest)), 0, -1) if _DATA.startswith(rest[-n:])), 0)
    return bytes(kept) + (rest[:-tail] if tail else rest), rest[len(rest) - tail :] if tail else b"", False


def _safe_cut(data: bytes) -> int:
    """Return up to where a chunk can be mended without what follows it: no reference or pair is cut."""
    unfinished = _UNFINISHED.search(data, max(len(data) - _LONGEST, 0))
    cut = unfinished.start() if unfinished else len(data)
    begin = max(cut - _LONGEST, 0)
    last = _LAST_OF_ALL.search(data[begin:cut])
    is_half = last is not None and _HIGH <= _number(last[1]) < _LOW
    return begin + last.start() if last is not None and is_half else cut


def _without_bad_references(data: bytes) -> bytes:
    return _RUN.sub(_mend, data) if b"&#" in data else data


def _mend(run: re.Match[bytes]) -> bytes:
    """Mend references that stand side by side."""
    found = list(_REFERENCE.finditer(run[0]))
    mended: list[bytes] = []
    at = 0
    while at < len(found):
        number = _number(found[at][1])
        after = _number(found[at + 1][1]) if at + 1 < len(found) else 0
        if _HIGH <= number < _LOW <= after < _END:
            mended.append(chr(_PLANE + ((number - _HIGH) << 10) + (after - _LOW)).encode())
            at += 2
            continue
        if _HIGH <= number < _END or number > _LAST:
            mended.append(_REPLACEMENT)
        elif number >= _FIRST or number in _ALLOWED:
            mended.append(found[at][0])
        at += 1
    return b"".join(mended)


def _number(text: bytes) -> int:
    return int(text[1:], 16) if text[:1] in b"xX" else int(text)
