"""Backups of Android are often no well-formed XML: mended as they come, before a parser sees them.

Old versions write an emoji as the two halves of its UTF-16 form, each a character reference that XML
forbids, and control characters likewise. Pictures stand in attributes of many megabytes, which nobody asks
for here: each is replaced by its size, so that a backup of any size is read in little memory. What is left
out holds no quote and no bracket, so nothing that somebody wrote can change where an attribute ends.
"""

import codecs
import re
from collections.abc import Iterable, Iterator

from store.sources.unpacking import Readable

SIZE_MARK = "#"
"""Stands before the size that replaces what a long `data` attribute held; base64 has no such character."""
_CHUNK = 512 * 1024
_LONG = 4_096
"""Characters of base64 from which they are replaced; a text part written as base64 is shorter."""
_OPENING = re.compile(rb"""\sdata\s{0,8}=\s{0,8}["']""")
_OPENING_CUT = re.compile(rb"\s(?:d(?:a(?:t(?:a(?:\s{0,8}(?:=\s{0,8})?)?)?)?)?)?\Z")
_LONGEST_OPENING = 24
_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/=\s]++|&#1[03];)*+")
_LINE_END_CUT = re.compile(rb"&(?:#(?:1(?:[03])?)?)?\Z")
_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_FILLING = b"= \t\r\n\v\f"
_LINE_ENDS = (b"&#10;", b"&#13;")
_LONGEST_CUT = 5

_REFERENCE = re.compile(r"&#(x[0-9A-Fa-f]{1,8}|[0-9]{1,10});")
_RUN = re.compile(r"(?:&#(?:x[0-9A-Fa-f]{1,8}|[0-9]{1,10});)+")
_UNFINISHED = re.compile(r"&(?:#(?:x[0-9A-Fa-f]{0,8}|[0-9]{0,10}))?\Z")
_HALF = re.compile(r"&#(x[0-9A-Fa-f]{1,8}|[0-9]{1,10});\Z")
_LONGEST_REFERENCE = 16
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")
_HIGH, _LOW, _END = 0xD800, 0xDC00, 0xE000
"""Where the two halves of a pair begin, and end."""
_PLANE, _LAST, _FIRST = 0x10000, 0x10FFFF, 0x20
_ALLOWED, _REFUSED = (0x9, 0xA, 0xD), (0xFFFE, 0xFFFF)
_REPLACEMENT = "\ufffd"


def mended(stream: Readable) -> Iterator[str]:
    """Yield the stream as text that an XML parser takes; of a long `data` attribute `#` and its size stay.

    Whatever the bytes are and however they come, the text is the same, and nothing is raised but by `stream`.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    held = ""
    for chunk in _without_pictures(iter(lambda: stream.read(_CHUNK), b"")):
        text = held + _allowed(decoder.decode(chunk))
        cut = _safe_cut(text)
        yield _without_bad_references(text[:cut])
        held = text[cut:]
    yield _without_bad_references(held + _allowed(decoder.decode(b"", final=True)))


def _without_pictures(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the chunks with long runs of base64 in `data` attributes replaced by their size."""
    held = b""
    run = _Run()
    for chunk in chunks:
        data, at = held + chunk, 0
        held = b""
        kept = bytearray()
        while at < len(data) or run.is_long:
            if run.is_long:
                at = run.extend(data, at)
                if at + _LONGEST_CUT > len(data) and (at == len(data) or _LINE_END_CUT.match(data, at)):
                    held = data[at:]
                    break
                kept += run.end()
            opening = _OPENING.search(data, at)
            if opening is None:
                cut = _OPENING_CUT.search(data, max(at, len(data) - _LONGEST_OPENING))
                end = cut.start() if cut else len(data)
                kept += data[at:end]
                held = data[end:]
                break
            found = _BASE64.match(data, opening.end(), opening.end() + _LONG + _LONGEST_CUT)
            end = found.end() if found else opening.end()
            if end - opening.end() >= _LONG:
                kept += data[at : opening.end()]
                at = opening.end()
                run.begin()
            elif end + _LONGEST_CUT > len(data) and (end == len(data) or _LINE_END_CUT.match(data, end)):
                kept += data[at : opening.start()]
                held = data[opening.start() :]
                break
            else:
                kept += data[at:end]
                at = end
        yield bytes(kept)
    yield run.end() + held if run.is_long else held


def _run_at(data: bytes, at: int) -> tuple[int, int]:
    """Return where base64 that begins at a place ends, and how many characters of it count.

    Nearly always it goes up to a quote, which is found at once.
    """
    end = data.find(b'"', at)
    end = len(data) if end < 0 else end
    others = data[at:end].translate(None, _ALPHABET)
    if not others.strip(_FILLING):
        return end, end - at - len(others)
    found = _BASE64.match(data, at)
    end = found.end() if found else at
    run = data[at:end].replace(_LINE_ENDS[0], b"").replace(_LINE_ENDS[1], b"")
    return end, len(run.translate(None, _FILLING))


class _Run:
    """A run of base64 that is left out, over any number of chunks."""

    def __init__(self) -> None:
        self.is_long = False
        self._characters = 0

    def begin(self) -> None:
        """Begin to leave out."""
        self.is_long = True
        self._characters = 0

    def extend(self, data: bytes, at: int) -> int:
        """Leave out what goes on at a place; return where it no longer does."""
        end, characters = _run_at(data, at)
        self._characters += characters
        return end

    def end(self) -> bytes:
        """Return what stands in its place."""
        self.is_long = False
        return f"{SIZE_MARK}{self._characters * 3 // 4}".encode()


def _safe_cut(text: str) -> int:
    """Return up to where a text can be mended without what follows it: no reference or pair is cut."""
    unfinished = _UNFINISHED.search(text, max(len(text) - _LONGEST_REFERENCE, 0))
    cut = unfinished.start() if unfinished else len(text)
    half = _HALF.search(text, max(cut - _LONGEST_REFERENCE, 0), cut)
    return half.start() if half is not None and _HIGH <= _number(half[1]) < _LOW else cut


def _allowed(text: str) -> str:
    """Return a text without characters that XML forbids, which may even stand in a reference."""
    if not text.isascii():
        text = _NO_CHARACTER.sub(_REPLACEMENT, text)
    return _FORBIDDEN.sub("", text)


def _without_bad_references(text: str) -> str:
    return _RUN.sub(_mend, text) if "&#" in text else text


def _mend(run: re.Match[str]) -> str:
    """Mend references that stand side by side."""
    found = [(each[0], _number(each[1])) for each in _REFERENCE.finditer(run[0])]
    mended: list[str] = []
    at = 0
    while at < len(found):
        written, number = found[at]
        after = found[at + 1][1] if at + 1 < len(found) else 0
        at += 1
        if _HIGH <= number < _LOW <= after < _END:
            mended.append(chr(_PLANE + ((number - _HIGH) << 10) + (after - _LOW)))
            at += 1
        elif _HIGH <= number < _END or number > _LAST or number in _REFUSED:
            mended.append(_REPLACEMENT)
        elif number >= _FIRST or number in _ALLOWED:
            mended.append(written)
    return "".join(mended)


def _number(text: str) -> int:
    return int(text[1:], 16) if text[:1] in "xX" else int(text)
