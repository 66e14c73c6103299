"""Text that came on standard input: a mail, a mailbox, or just words that somebody wrote."""

import re
from collections.abc import Iterator
from functools import cached_property
from hashlib import blake2b

from store.clock import now
from store.records.message import Message
from store.sources.charsets import decode
from store.sources.dates import parse_date
from store.sources.linkedin.mail import without_tokens
from store.sources.loose import File, read_file
from store.sources.mime import READER, is_mail, open_mail
from store.sources.paste.forwarded import is_forwarded, message_of
from store.sources.paste.linkedin_page import is_page, messages_of
from store.sources.quoting import split
from store.sources.source import Item, Progress, Source, Unreadable
from store.sources.text import capped, normalise

PLACE = "standard input"
_HEADERS = 64 * 1024
"""Bytes in which headers are looked for."""
_TERMINAL = re.compile(r"\x1b(?:\[[0-?]{0,32}[ -/]{0,4}[@-~]|\][^\x07\x1b]{0,2000}(?:\x07|\x1b\\)|[@-Z\\^_])")
"""Escape sequences: what a terminal puts around a paste, and what could move its cursor."""


_BEGIN, _END = b"\x1b[200~", b"\x1b[201~"
"""What a terminal puts around a paste."""


class PastedSource:
    """Words without the headers of a mail: a page of LinkedIn, a forwarded mail, or one message of now."""

    place = PLACE
    trusted = True
    """Whoever pastes a text wants it taken."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.size = len(data)

    @cached_property
    def _text(self) -> str:
        return capped(normalise(_TERMINAL.sub("", decode(self._data)))).strip()

    @property
    def kind(self) -> str:
        """What it is, in words; empty for words alone."""
        if is_page(self._text):
            return "a LinkedIn conversation"
        return "a forwarded mail" if is_forwarded(self._text) else ""

    def read(self, progress: Progress) -> Iterator[Item]:
        """Yield the text as a message."""
        text = self._text
        progress(self.size)
        if not text:
            yield Unreadable(PLACE, "There was nothing to read.")
            return
        moment = now()
        if found := list(messages_of(text, moment)):
            yield from found
            return
        if (inner := message_of(text, moment)) is not None:
            yield inner
            return
        parts = split(without_tokens(text, relayed=False))
        yield Message(
            k="paste:" + blake2b(text.encode(), digest_size=16).hexdigest(),
            reader=READER,
            channel="pasted",
            at=moment,
            at_zone=False,
            body=parts.body,
            quoted=parts.quoted,
            signature=parts.signature,
            footer=parts.footer,
        )


class MailText:
    """One mail on standard input."""

    place = PLACE
    trusted = True
    """Whoever pastes a text wants it taken."""
    kind = "a mail"

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.size = len(data)

    def read(self, progress: Progress) -> Iterator[Item]:
        """Yield the mail."""
        yield from read_file(self._data, File(PLACE, now(), sent=False, named=True))
        progress(self.size)


class Given:
    """What another reader reads of a pasted text."""

    trusted = True
    """Whoever pastes a text wants it taken."""

    def __init__(self, source: Source, kind: str) -> None:
        self._source = source
        self.kind = kind
        self.place = source.place
        self.size = source.size

    def read(self, progress: Progress) -> Iterator[Item]:
        """Yield what the other reader yields."""
        return self._source.read(progress)


def unwrapped(data: bytes) -> bytes:
    """Return a paste without what a terminal puts around it; the bytes in between stay as they are."""
    return data.strip().removeprefix(_BEGIN).removesuffix(_END) if _BEGIN in data[:100] else data


def reads_as_mail(data: bytes) -> bool:
    """Tell whether headers are those of a mail as it was sent, not those that a program shows of it."""
    headers = open_mail(data[:_HEADERS]).headers
    if "received" in headers or "message-id" in headers or parse_date(headers.first("date")) is not None:
        return is_mail(headers)
    shown = sum(name in headers for name in ("from", "to", "subject", "cc", "mime-version"))
    return shown > 1 and not is_forwarded(normalise(decode(data[:_HEADERS])))


def understood(data: bytes) -> str:
    """Say what a pasted text is, such as `a forwarded mail`; nothing where it is only words."""
    from store.sources.finding import find_text

    return str(getattr(find_text(data), "kind", "an export"))
