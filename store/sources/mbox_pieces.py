"""Mailboxes in one file, every mbox variant: streamed in stretches, and split where a message really begins.

A line that starts with `From ` begins a message only if it reads like a separator and what stands around it
fits; lengths that the file claims (`Content-Length`) are not believed, as they are often wrong.
"""

import re
from collections.abc import Iterator

import msgspec

from store.sources.crew import PORTION_BYTES
from store.sources.unpacking import Readable

MOST_MESSAGE = 64 * 1024 * 1024
_CHUNK = 64 * 1024
"""Bytes that are read at once: where a packed stream is damaged, no more than that is lost before it."""
_STRETCH = PORTION_BYTES
"""Bytes from which a stretch ends with the message that it is in: each is a portion of a crew's work."""
_LOOKAHEAD = 2_048
"""Bytes of a separator line and the one below it that are looked at; no program writes longer ones."""
_BOM = b"\xef\xbb\xbf"
_DATED = re.compile(
    rb" (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? +"
    rb"(?:[A-Z][a-z]{2} +\d|\d{1,2} +[A-Z][a-z]{2})[^\n]*\d:\d\d"
)
_USUAL = re.compile(
    rb"From [^\s]{1,300} +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d [\d: ]{1,20}\d:\d\d"
    rb"[^\n]{0,40}\n[!-9;-~]{1,76}[ \t]*:"
)
"""What separates messages, behind an empty line, in all but a few mailboxes; it is told at one look."""
TAKEOUT = re.compile(rb"From \d+@xxx(?:\s|$)")
"""Takeout's separator; `@xxx` alone may stand in the address of whoever sent a mail."""
_CERTAIN = re.compile(rb"\d:\d\d|@|^From -\s*$")
"""What a separator needs where no empty line stands before it."""
_HEADER = re.compile(rb"[!-9;-~]{1,76}[ \t]*:")
_KNOWN_HEADER = re.compile(
    rb"(?:Return-Path|Received|From|To|Cc|Subject|Date|Message-ID|MIME-Version|Delivered-To|Status"
    rb"|Reply-To|Sender|In-Reply-To|References|DKIM-Signature|Envelope-To|Authentication-Results"
    rb"|(?:X|Content|ARC|List|Thread)-[\w-]{1,60})[ \t]*:",
    re.IGNORECASE,
)
_UNQUOTE = re.compile(rb"^>(?=>*From )", re.MULTILINE)


class Stretch(msgspec.Struct, frozen=True, gc=False):
    """Some messages, one behind the other, as they lie in the file."""

    offset: int
    raw: bytes
    is_cut: bool = False
    """Whether the last message is longer than any that is read: this is only its beginning."""

    @property
    def end(self) -> int:
        """Where it ends in the file."""
        return self.offset + len(self.raw)


class Piece(msgspec.Struct, frozen=True, gc=False):
    """One message as it lies in the file."""

    offset: int
    separator: bytes
    """Its `From ` line, without the line end."""
    raw: bytes
    """What follows, quoted `>From ` undone; empty where the message is too long."""
    problem: str = ""
    length: int = 0
    """Bytes in the file, the separator among them."""


def stretches(stream: Readable) -> Iterator[Stretch]:
    """Cut a stream between messages; little more than the longest message is held at a time.

    Of a message that is too long, a stretch ends with its beginning, and the rest is in none. Where the
    stream breaks, its error is raised behind all the messages that came whole.
    """
    window = bytearray(stream.read(_CHUNK))
    offset = _leading(window)
    del window[:offset]
    is_too_long = False
    while True:
        try:
            cut = _read_on(window, stream, 1 if is_too_long else _STRETCH)
        except Exception:
            if not is_too_long and (whole := _last_separator(window)):
                yield Stretch(offset, bytes(window[:whole]))
            raise
        end = len(window) - _LOOKAHEAD if cut is None else cut
        if not end:
            return
        if not is_too_long:
            # A message that is too long begins before _STRETCH.
            shown = _STRETCH + _LOOKAHEAD if cut is None else cut
            with memoryview(window) as view:
                raw = bytes(view[:shown])
            yield Stretch(offset, raw, is_cut=cut is None)
        is_too_long = cut is None
        del window[:end]
        offset += end


def _leading(window: bytearray) -> int:
    """Return how many bytes of a byte order mark and empty lines stand at the beginning."""
    mark = len(_BOM) if window.startswith(_BOM) else 0
    return len(window) - len(window[mark:].lstrip(b"\r\n"))


def _read_on(window: bytearray, stream: Readable, search: int) -> int | None:
    """Read until the window holds where, from `search` on, a message begins, or all that is left: return it.

    None where the message before is too long.
    """
    while True:
        cut = _next_separator(window, search, ended=False)
        if cut is not None:
            return cut
        if len(window) > MOST_MESSAGE + _STRETCH:
            return None
        search = max(search, len(window) - _LOOKAHEAD)
        chunk = stream.read(_CHUNK)
        if not chunk:
            cut = _next_separator(window, search, ended=True)
            return len(window) if cut is None else cut
        window += chunk


def _last_separator(window: bytearray) -> int:
    """Return where the last message in the window begins that certainly is one."""
    last = 0
    while cut := _next_separator(window, last + 1, ended=False):
        last = cut
    return last


def pieces(stretch: Stretch) -> Iterator[Piece]:
    """Split a stretch into its messages."""
    raw, begin = stretch.raw, 0
    while begin < len(raw):
        cut = _next_separator(raw, begin + 1, ended=True)
        end = len(raw) if cut is None else cut
        if raw.startswith(b"From ", begin) or raw[begin:end].strip():
            yield _piece(stretch, begin, end)
        begin = end


def _next_separator(window: bytes | bytearray, search: int, *, ended: bool) -> int | None:
    """Return where the next message begins, if that can be told from what is in the window."""
    at = search - 1
    while True:
        at = window.find(b"\nFrom ", at)
        if at < 0:
            return None
        begin = at + 1
        if window.startswith(b"\n", at - 1) and _USUAL.match(window, begin):
            return begin
        ahead = bytes(window[begin : begin + _LOOKAHEAD])
        if len(ahead) < _LOOKAHEAD and not ended and ahead.count(b"\n") < 2:
            return None
        if _separates(ahead, after_blank=_blank_before(window, at)):
            return begin
        at = begin


def _blank_before(window: bytes | bytearray, line_end: int) -> bool:
    """Whether the line that ends at `line_end` is empty."""
    before = bytes(window[max(0, line_end - 2) : line_end])
    return line_end == 0 or before.endswith(b"\n") or before == b"\n\r" or (before == b"\r" and line_end == 1)


def _separates(ahead: bytes, *, after_blank: bool) -> bool:
    line, _, below = ahead.partition(b"\n")
    if not reads_like_separator(line):
        return False
    if after_blank and (_DATED.search(line) or TAKEOUT.match(line)):
        return _HEADER.match(below) is not None
    return _KNOWN_HEADER.match(below) is not None and (after_blank or _CERTAIN.search(line) is not None)


def reads_like_separator(line: bytes) -> bool:
    """Whether a line is `From ` with a date, with Takeout's `@xxx`, or with nothing but one word."""
    return line.startswith(b"From ") and (
        _DATED.search(line) is not None or b"@xxx" in line or len(line.split()) <= 2
    )


def _piece(stretch: Stretch, begin: int, end: int) -> Piece:
    raw, offset = stretch.raw, stretch.offset + begin
    if not raw.startswith(b"From ", begin):
        return Piece(offset, b"", b"", "These lines stand before the first message and belong to none.")
    line_end = raw.find(b"\n", begin, end)
    line_end = end if line_end < 0 else line_end
    separator = raw[begin : min(line_end, begin + 1_000)].strip()
    if end - begin > MOST_MESSAGE or (stretch.is_cut and end == len(raw)):
        return Piece(
            offset,
            separator,
            b"",
            "This message is longer than 64 MB: save it without its attachments, and pull that.",
        )
    return Piece(offset, separator, _unquoted(raw[line_end + 1 : end]), length=end - begin)


def _unquoted(raw: bytes) -> bytes:
    return _UNQUOTE.sub(b"", raw) if b">From " in raw else raw


def mail_in(piece: bytes) -> bytes:
    """Return the mail in a piece's bytes, as `pieces` reads it; without a separator they are the mail."""
    return _unquoted(piece.partition(b"\n")[2]) if piece.startswith(b"From ") else piece
