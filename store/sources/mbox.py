"""Mailboxes in one file: every mbox variant, and what the containers of mails say beside them."""

import re
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from store.clock import now
from store.records.message import Message
from store.sources.appraising import load
from store.sources.containing import contained
from store.sources.crew import work
from store.sources.dates import separator_date
from store.sources.folders import LEFT_OUT, Kind, label_kinds
from store.sources.in_step import Steps, in_step
from store.sources.mbox_pieces import TAKEOUT, Piece, Stretch, pieces, stretches
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

_MOZILLA = re.compile(rb"From -(?:\s|$)")
_MOZILLA_READ = 0x1
_MOZILLA_DELETED = 0x8
"""Deleted, but still in the file."""


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
    for packed, end in work(partial(_read_portion, box), stretches(stream), box.size, _weight, load):
        progress(end)
        yield from unpack_items(packed)


def _weight(stretch: Stretch) -> int:
    return len(stretch.raw)


def _read_portion(box: Mailbox, portion: list[Stretch]) -> tuple[bytes | list[Carried], int]:
    """Read some messages; return what they hold, packed, and how far into the file they reach."""
    readings = [
        contained(place, _read_piece(piece, box, place))
        for piece in chain.from_iterable(map(pieces, portion))
        for place in [f"{box.place}, byte {piece.offset}"]
    ]
    return pack_items(in_step(readings)), portion[-1].end


def _read_piece(piece: Piece, box: Mailbox, place: str) -> Steps[Item]:
    """Yield what a piece holds: the user's own addresses, the message, and where it lies."""
    if piece.problem:
        yield Unreadable(place, piece.problem)
        return
    if left_out := LEFT_OUT.get(box.kind):
        yield Skipped(place, left_out)
        return
    mail = open_mail(piece.raw)
    yield None
    headers = mail.headers
    labelled = "x-gmail-labels" in headers and TAKEOUT.match(piece.separator) is not None
    kinds = label_kinds(headers.first("x-gmail-labels")) if labelled else set()
    mozilla = _mozilla(headers) if _MOZILLA.match(piece.separator) else 0
    left_out = _left_out_as(kinds) or ("deleted" if mozilla & _MOZILLA_DELETED else "")
    if left_out:
        yield Skipped(place, left_out)
        return
    if labelled:
        read = box.kind != "unread" and "unread" not in kinds
    else:
        read = "R" in headers.first("status") or bool(mozilla & _MOZILLA_READ)
    sent = box.kind == "sent" or "sent" in kinds
    yield from map(Own, own_addresses(headers, sent=sent))
    fallback_at = partial(_delivered, piece, box)
    item = yield from read_mail(mail, place, fallback_at=fallback_at, sent=sent, read=read)
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
