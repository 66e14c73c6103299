"""What every source of messages is: it yields records, or why one could not be read."""

from collections.abc import Callable, Iterator
from typing import Protocol

import msgspec

from store.records.message import Message

Progress = Callable[[int], None]
"""Called with how many bytes of the source have been read so far."""


class Unreadable(msgspec.Struct, frozen=True):
    """Something that could not be read; reading went on behind it."""

    place: str
    """Where, in words: `old.mbox, byte 1234`."""
    reason: str
    """What is wrong and what to do about it."""


class Skipped(msgspec.Struct, frozen=True):
    """Something that was left out on purpose: a draft, spam, a picture beside the mail."""

    place: str
    reason: str


class Own(msgspec.Struct, frozen=True):
    """An address seen to be the user's own: mail was sent from it or delivered to it."""

    email: str
    """In lower case."""


Item = Message | Unreadable | Skipped | Own


class Source(Protocol):
    """A place that messages are read from: one mbox, one Maildir, one folder of loose files."""

    @property
    def place(self) -> str:
        """Where it is, in words."""

    @property
    def size(self) -> int:
        """How many bytes there are to read, for a progress bar; 0 where nobody knows."""

    def read(self, progress: Progress) -> Iterator[Item]:
        """Yield everything found, in an order that does not depend on the machine."""
