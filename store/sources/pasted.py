"""Text that came on standard input: a mail, a mailbox, or just words that somebody wrote."""

import re
from collections.abc import Iterator
from hashlib import blake2b

from store.clock import now
from store.records.message import Message
from store.sources.charsets import decode
from store.sources.loose import read_file
from store.sources.mime import READER
from store.sources.quoting import split
from store.sources.source import Item, Progress, Unreadable
from store.sources.text import capped, normalise

PLACE = "standard input"
_TERMINAL = re.compile(r"\x1b(?:\[[0-?]{0,32}[ -/]{0,4}[@-~]|\][^\x07\x1b]{0,2000}(?:\x07|\x1b\\)|[@-Z\\^_])")
"""Escape sequences: what a terminal puts around a paste, and what could move its cursor."""


class PastedSource:
    """Words without the headers of a mail: one message, received now."""

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
        parts = split(text)
        yield Message(
            k="paste:" + blake2b(text.encode(), digest_size=16).hexdigest(),
            reader=READER,
            channel="pasted",
            at=now(),
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
        yield from read_file(self._data, PLACE, now(), sent=False, named=True)
        progress(self.size)
