"""Text that came on standard input: a mail, a mailbox, or just words that somebody wrote."""

import re
from collections.abc import Iterator
from hashlib import blake2b

from store.clock import now
from store.records.message import Message
from store.sources.charsets import decode
from store.sources.linkedin.mail import without_tokens
from store.sources.loose import File, read_file
from store.sources.mime import READER
from store.sources.paste.forwarded import is_forwarded, message_of
from store.sources.paste.linkedin_page import is_page, messages_of
from store.sources.quoting import split
from store.sources.source import Item, Progress, Unreadable
from store.sources.text import capped, normalise

PLACE = "standard input"
_TERMINAL = re.compile(r"\x1b(?:\[[0-?]{0,32}[ -/]{0,4}[@-~]|\][^\x07\x1b]{0,2000}(?:\x07|\x1b\\)|[@-Z\\^_])")
"""Escape sequences: what a terminal puts around a paste, and what could move its cursor."""


class PastedSource:
    """Words without the headers of a mail: a page of LinkedIn, a forwarded mail, or one message of now."""

    place = PLACE
    trusted = True
    """Whoever pastes a text wants it taken."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.size = len(data)

    def read(self, progress: Progress) -> Iterator[Item]:
        """Yield the text as a message."""
        text = capped(normalise(_TERMINAL.sub("", decode(self._data)))).strip()
        progress(self.size)
        if not text:
            yield Unreadable(PLACE, "There was nothing to read.")
            return
        moment = now()
        if is_page(text):
            found = list(messages_of(text, moment))
            if found:
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

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.size = len(data)

    def read(self, progress: Progress) -> Iterator[Item]:
        """Yield the mail."""
        yield from read_file(self._data, File(PLACE, now(), sent=False, named=True))
        progress(self.size)


def is_plain(data: bytes) -> bool:
    """Tell whether a pasted text is nothing but words, and nothing that a reader knows."""
    from store.sources.finding import find_text

    source = find_text(data)
    text = _TERMINAL.sub("", decode(data))
    return isinstance(source, PastedSource) and not is_page(text) and not is_forwarded(text)
