"""Mailboxes in one file: every mbox variant, streamed, split where a message really begins.

A line that starts with `From ` begins a message only if it reads like a separator and what stands around it
fits; lengths that the file claims (`Content-Length`) are not believed, as they are often wrong.
"""

import re
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import msgspec

from store.clock import now
from store.records.message import Message
from store.sources.appraising import load
from store.sources.containing import contained
from store.sources.crew import work
from store.sources.dates import separator_date
from store.sources.folders import LEFT_OUT, Kind, label_kinds
from store.sources.mime import open_mail, own_addresses, read_mail
from store.sources.parts import Headers
from store.sources.source import (
    Carried,
    Item,
    Original,
    Own,
    Progress,
    Skipped,
    Unreadable,
    once,
    pack_items,
    unpack_items,
)
from store.sources.unpacking import Readable

MOST_MESSAGE = 64 * 1024 * 1024
_CHUNK = 1024 * 1024
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
_TAKEOUT = re.compile(rb"From \d+@xxx(?:\s|$)")
"""Takeout's separator; `@xxx` alone may stand in the address of whoever sent a mail."""
_CERTAIN = re.compile(rb"\d:\d\d|@|^From -\s*$")
"""What a separator needs where no empty line stands before it."""
_MOZILLA = re.compile(rb"From -(?:\s|$)")
_MOZILLA_READ = 0x1
_MOZILLA_DELETED = 0x8
"""Deleted, but still in the file."""
_HEADER = re.compile(rb"[!-9;-~]{1,76}[ \t]*:")
_KNOWN_HEADER = re.compile(
    rb"(?:Return-Path|Received|From|To|Cc|Subject|Date|Message-ID|MIME-Version|Delivered-To|Status"
    rb"|Reply-To|Sender|In-Reply-To|References|DKIM-Signature|Envelope-To|Authentication-Results"
    rb"|(?:X|Content|ARC|List|Thread)-[\w-]{1,60})[ \t]*:",
    re.IGNORECASE,
)
_UNQUOTE = re.compile(rb"^>(?=>*From )", re.MULTILINE)


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


def pieces(stream: Readable) -> Iterator[Piece]:
    """Split a stream into messages; at most one message is held at a time."""
    window = bytearray(stream.read(_CHUNK))
    offset = _leading(window)
    del window[:offset]
    ended, dropping, search = False, False, 1
    while True:
        cut = _next_separator(window, search, ended=ended)
        if cut is None and not ended:
            search = max(1, len(window) - _LOOKAHEAD)
            if len(window) > MOST_MESSAGE:
                dropped = len(window) - _LOOKAHEAD
                if not dropping:
                    yield _piece(window, offset, len(window), too_long=True)
                dropping = True
                del window[:dropped]
                offset += dropped
                search = 1
            chunk = stream.read(_CHUNK)
            ended = not chunk
            window += chunk
            continue
        end = len(window) if cut is None else cut
        if not dropping and window[:end].strip():
            yield _piece(window, offset, end)
        if cut is None:
            return
        dropping = False
        del window[:end]
        offset += end
        search = 1


def _leading(window: bytearray) -> int:
    """Return how many bytes of a byte order mark and empty lines stand at the beginning."""
    mark = len(_BOM) if window.startswith(_BOM) else 0
    return len(window) - len(window[mark:].lstrip(b"\r\n"))


def _next_separator(window: bytearray, search: int, *, ended: bool) -> int | None:
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


def _blank_before(window: bytearray, line_end: int) -> bool:
    """Whether the line that ends at `line_end` is empty."""
    before = bytes(window[max(0, line_end - 2) : line_end])
    return line_end == 0 or before.endswith(b"\n") or before == b"\n\r" or (before == b"\r" and line_end == 1)


def _separates(ahead: bytes, *, after_blank: bool) -> bool:
    line, _, below = ahead.partition(b"\n")
    if not reads_like_separator(line):
        return False
    if after_blank and (_DATED.search(line) or _TAKEOUT.match(line)):
        return _HEADER.match(below) is not None
    return _KNOWN_HEADER.match(below) is not None and (after_blank or _CERTAIN.search(line) is not None)


def reads_like_separator(line: bytes) -> bool:
    """Whether a line is `From ` with a date, with Takeout's `@xxx`, or with nothing but one word."""
    return line.startswith(b"From ") and (
        _DATED.search(line) is not None or b"@xxx" in line or len(line.split()) <= 2
    )


def _piece(window: bytearray, offset: int, end: int, *, too_long: bool = False) -> Piece:
    if not window.startswith(b"From "):
        return Piece(offset, b"", b"", "These lines stand before the first message and belong to none.")
    line_end = window.find(b"\n", 0, end)
    line_end = end if line_end < 0 else line_end
    separator = bytes(window[: min(line_end, 1_000)]).strip()
    if too_long:
        return Piece(offset, separator, b"", "This message is longer than 64 MB and was left out.")
    return Piece(offset, separator, _unquoted(bytes(window[line_end + 1 : end])), length=end)


def _unquoted(raw: bytes) -> bytes:
    return _UNQUOTE.sub(b"", raw) if b">From " in raw else raw


def mail_in(piece: bytes) -> bytes:
    """Return the mail in a piece's bytes, as `pieces` reads it; without a separator they are the mail."""
    return _unquoted(piece.partition(b"\n")[2]) if piece.startswith(b"From ") else piece


class Mailbox(NamedTuple):
    """What is known of a mailbox besides its bytes."""

    place: str
    kind: Kind = ""
    """Sent mail, drafts…, by its name."""
    modified: int | None = None
    """Milliseconds; stands in where neither a mail nor its separator has a date."""
    size: int = 0
    """Bytes, as far as known."""
    path: str = ""
    """Absolute path of the file that holds it; empty where it came on standard input."""
    member: str = ""
    """Its name in an archive."""


def read_mailbox(stream: Readable, box: Mailbox, progress: Progress) -> Iterator[Item]:
    """Yield what a mailbox holds, each of the user's own addresses once."""
    yield from once(_read_all(stream, box, progress))


def _read_all(stream: Readable, box: Mailbox, progress: Progress) -> Iterator[Item]:
    for packed, offset in work(partial(_read_portion, box), pieces(stream), box.size, _weight, load):
        progress(offset)
        yield from unpack_items(packed)


def _weight(piece: Piece) -> int:
    return len(piece.raw)


def _read_portion(box: Mailbox, portion: list[Piece]) -> tuple[bytes | list[Carried], int]:
    """Read some messages; return what they hold, packed, and how far into the file they reach."""
    items: list[Item] = []
    for piece in portion:
        place = f"{box.place}, byte {piece.offset}"
        if piece.problem:
            items.append(Unreadable(place, piece.problem))
        else:
            items.extend(contained(place, _read_piece(piece, box, place)))
    return pack_items(items), portion[-1].offset


def _read_piece(piece: Piece, box: Mailbox, place: str) -> Iterator[Item]:
    kinds: set[Kind] = {box.kind} - {""}
    left_out = _left_out_as(kinds)
    if left_out:
        yield Skipped(place, left_out)
        return
    mail = open_mail(piece.raw)
    takeout = _TAKEOUT.match(piece.separator) is not None
    if takeout:
        kinds |= label_kinds(mail.headers.first("x-gmail-labels"))
    left_out = _left_out_as(kinds)
    mozilla = _mozilla(mail.headers) if _MOZILLA.match(piece.separator) else 0
    if left_out or mozilla & _MOZILLA_DELETED:
        yield Skipped(place, left_out or "deleted")
        return
    if takeout and "x-gmail-labels" in mail.headers:
        read = "unread" not in kinds
    else:
        read = "R" in mail.headers.first("status") or bool(mozilla & _MOZILLA_READ)
    sent = "sent" in kinds
    yield from map(Own, own_addresses(mail.headers, sent=sent))
    item = read_mail(mail, place, fallback_at=partial(_delivered, piece, box), sent=sent, read=read)
    yield item
    if isinstance(item, Message) and box.path:
        yield Original(item.k, box.path, box.member, piece.offset, piece.length)


def _left_out_as(kinds: set[Kind]) -> str:
    """Return the word for the report where mail of one of these kinds is not read."""
    return next((LEFT_OUT[kind] for kind in sorted(kinds) if kind in LEFT_OUT), "") if kinds else ""


def _delivered(piece: Piece, box: Mailbox) -> int | None:
    """Return when a message came in: what its separator says, or when the file was written last."""
    date = separator_date(piece.separator.decode("latin-1"))
    return date[0] if date else box.modified


def _mozilla(headers: Headers) -> int:
    """Return Thunderbird's flags, which stand above all that came with the mail, its sender's forgery too."""
    if headers.names()[:1] != ["x-mozilla-status"]:
        return 0
    try:
        return int(headers.first("x-mozilla-status")[:8] or "0", 16)
    except ValueError:
        return 0


class MailboxSource:
    """An mbox file."""

    def __init__(self, path: Path, place: str, kind: Kind = "") -> None:
        self._path = path
        self.place = place
        self.kind = kind

    @property
    def size(self) -> int:
        """How many bytes the file has now."""
        try:
            return self._path.stat().st_size
        except OSError:
            return 0

    def read(self, progress: Progress) -> Iterator[Item]:
        """Yield its messages in the order of the file."""
        try:
            modified = self._path.stat().st_mtime_ns // 1_000_000
            with self._path.open("rb") as stream:
                path = str(self._path.absolute())
                box = Mailbox(self.place, self.kind, modified, self.size, path)
                yield from read_mailbox(stream, box, progress)
        except OSError as error:
            yield Unreadable(self.place, f"It cannot be read: {error.strerror or error}.")
        progress(self.size)


class MailboxText:
    """A mailbox that came as bytes, on standard input."""

    def __init__(self, data: bytes, place: str) -> None:
        self._data = data
        self.place = place
        self.size = len(data)

    def read(self, progress: Progress) -> Iterator[Item]:
        """Yield its messages in order."""
        yield from read_mailbox(BytesIO(self._data), Mailbox(self.place, modified=now()), progress)
        progress(self.size)
