"""Mails in files of their own: `.eml`, Apple's `.emlx`, and files without an ending."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Literal, NamedTuple

from store.records.message import Message
from store.sources.folders import LEFT_OUT, Kind
from store.sources.in_step import Steps, at_once
from store.sources.mail_files import read_files, size_of
from store.sources.mbox import Mailbox, read_mailbox
from store.sources.mbox_pieces import MOST_MESSAGE, reads_like_separator
from store.sources.mime import is_mail, open_mail, own_addresses, read_mail
from store.sources.source import Item, Original, Own, Progress, Skipped, Unreadable
from store.sources.text import place_of

Shape = Literal["mail", "emlx", "mbox", "zip", "tar", "outlook", "empty", "other"]

SNIFFED = 4_096
"""Bytes from which the shape of a file is told."""
NOT_MAIL = (
    "This is no mail, export, backup, chat or calendar that is known. `ringback pull -` takes"
    " its text as one "
    "message, `ringback import csv` a table; docs/sources.md lists what can be read."
)
OUTLOOK = "Outlook's .msg and .pst files cannot be read. Save the mails as .eml, or export them as mbox."

_MAIL = re.compile(rb"(?:\xef\xbb\xbf)?[\r\n]{0,8}(?:>?From [^\n]*\n)?[!-9;-~]{1,76}[ \t]*:")
_EMLX = re.compile(rb"(\d{1,10})[ \t]*\r?\n")
_EMLX_FLAGS = re.compile(rb"<key>flags</key>\s*<integer>(\d{1,20})</integer>")


def shape_of(head: bytes) -> Shape:
    """Tell from its first bytes what a file is."""
    if not head.strip():
        return "empty"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"\x1f\x8b"):
        return "tar"
    if head.startswith((b"\xd0\xcf\x11\xe0", b"!BDN")):
        return "outlook"
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n").partition(b"\n")[0]
    if reads_like_separator(first):
        return "mbox"
    if _EMLX.match(head):
        return "emlx"
    return "mail" if _MAIL.match(head) else "other"


class LooseSource:
    """Files that each hold one mail: those of one folder, or a single one that was named."""

    def __init__(self, place: str, files: Sequence[Path], *, kind: Kind = "", named: bool = False) -> None:
        self._files = files
        self.kind = kind
        self._named = named
        self.place = place

    @property
    def size(self) -> int:
        """How many bytes the files have now."""
        return sum(map(size_of, self._files))

    def read(self, progress: Progress) -> Iterator[Item]:
        """Yield a mail, or what is wrong with it, for each file, in the order of their names."""
        if self.kind in LEFT_OUT:
            yield from (Skipped(place_of(path), LEFT_OUT[self.kind]) for path in self._files)
            return
        yield from read_files(self._files, partial(_read_path, kind=self.kind, named=self._named), progress)


def _read_path(path: Path, *, kind: Kind, named: bool) -> Steps[Item]:
    """Yield what one file holds."""
    place = place_of(path)
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_MESSAGE + 1)
        modified = path.stat().st_mtime_ns // 1_000_000
    except OSError as error:
        yield Unreadable(place, f"It cannot be read: {error.strerror or error}.")
        return
    yield from _read_file(data, File(place, modified, kind == "sent", named, str(path.absolute())))


class File(NamedTuple):
    """What is known of a file besides its bytes."""

    place: str
    modified: int
    """Milliseconds; stands in where a mail has no date."""
    sent: bool
    named: bool
    """Whether the user named it, so that a sentence is due where it is no mail."""
    path: str = ""
    """Absolute path of the file, or of the archive that holds it; empty where it came on standard input."""
    member: str = ""
    """Its name in an archive."""


def read_file(data: bytes, file: File) -> Iterator[Item]:
    """Yield the mail in a file's bytes. What is no mail is skipped, unless the user named the file."""
    return at_once(_read_file(data, file))


def _read_file(data: bytes, file: File) -> Steps[Item]:
    place = file.place
    shape = shape_of(data[:SNIFFED])
    if shape == "outlook":
        yield Unreadable(place, OUTLOOK)
    elif len(data) > MOST_MESSAGE:
        yield Unreadable(place, "This file is longer than 64 MB and no mailbox.")
    elif shape == "mbox":
        kind: Kind = "sent" if file.sent else ""
        box = Mailbox(place, kind, file.modified, path=file.path, member=file.member)
        yield from read_mailbox(BytesIO(data), box, _ignore)
    elif shape == "emlx":
        yield from _read_emlx(data, file)
    elif shape == "mail":
        yield from _read_mail(data, file)
    elif file.named:
        yield Unreadable(place, "This file is empty." if shape == "empty" else NOT_MAIL)
    else:
        yield Skipped(place, "empty" if shape == "empty" else "not mail")


def _read_emlx(data: bytes, file: File) -> Steps[Item]:
    """Read Apple's form: the mail's length on a line, the mail, then a property list with flags."""
    length = _EMLX.match(data)
    if length is None:
        return
    end = length.end() + int(length[1])
    found = _EMLX_FLAGS.search(data, min(end, len(data)))
    flags = int(found[1]) if found else 0
    if flags & 0b10 or flags & 0b1000000:
        yield Skipped(file.place, "deleted" if flags & 0b10 else "draft")
        return
    yield from _read_mail(data[length.end() : end], file, offset=length.end(), read=bool(flags & 1))


def _read_mail(data: bytes, file: File, *, offset: int = 0, read: bool = False) -> Steps[Item]:
    """Read a mail that begins at `offset` of its file; at 0 it is all of it."""
    mail, place = open_mail(data), file.place
    yield None
    named_so = place.lower().endswith((".eml", ".emlx"))
    if not is_mail(mail.headers, named_so=named_so):
        yield Unreadable(place, NOT_MAIL) if file.named else Skipped(place, "not mail")
        return
    for email in own_addresses(mail.headers, sent=file.sent):
        yield Own(email)
    item = yield from read_mail(
        mail, place, fallback_at=file.modified, sent=file.sent, read=read, named_so=named_so
    )
    yield item
    if isinstance(item, Message) and file.path:
        yield Original(item.k, file.path, file.member, offset, len(data) if offset else 0)


def _ignore(_: int) -> None:
    """Take no notice of progress inside one file."""
