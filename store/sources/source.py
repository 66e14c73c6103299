"""What every source of messages is: it yields records, or why one could not be read."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol

import msgspec

from store.records.message import Message
from store.sources.appraising import Prepared, prepare

Wanted = Callable[[Path], bool]
"""Asked about each file of a folder: whether it is to be read."""
Progress = Callable[[int], None]
"""Called with how many bytes of the source have been read so far."""


class Unreadable(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """Something that could not be read; reading went on behind it."""

    place: str
    """Where, in words: `old.mbox, byte 1234`."""
    reason: str
    """What is wrong and what to do about it."""


class Skipped(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """Something that was left out on purpose: a draft, spam, a picture beside the mail."""

    place: str
    reason: str


class Own(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """An identity seen to be the user's own: mail was sent from it, an export is of it; one field is set."""

    email: str = ""
    """In lower case."""
    phone: str = ""
    profile: str = ""
    """Canonical LinkedIn address."""


class Acquaintance(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """Somebody the user knows, as a list of contacts has them: fields of `records.person.Person`."""

    fields: dict[str, str]


class Original(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """Where a message lies as it was received, on this machine; yielded directly behind the message."""

    k: str
    """The message's key."""
    path: str
    """Absolute path of the file; of a server, the name of the source in the configuration."""
    member: str = ""
    """Its name in an archive; of a server, the folder."""
    offset: int = 0
    """Byte where it begins; of a server, the UID."""
    length: int = 0
    """Bytes; 0 for all of the file or member."""
    epoch: int = 0
    """Of a server, the UIDVALIDITY under which the UID holds."""


class Checkpoint(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """How far a source was read: yielded once everything up to here was yielded."""

    key: str
    """Made by the source: its name and what it counts in."""
    state: str
    """For the source alone to read."""


Carried = Prepared | Unreadable | Skipped | Own | Acquaintance | Original | Checkpoint
"""What readers that share their work give: a message is prepared for being taken in."""
Item = Message | Carried
_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(list[Carried])


def pack_items(items: Iterable[Item]) -> bytes | list[Carried]:
    """Return items as they travel between processes, their messages prepared.

    That is as bytes, or as they are where the name of a file is no text and cannot be written so.
    """
    carried = [prepare(item) if isinstance(item, Message) else item for item in items]
    try:
        return _ENCODER.encode(carried)
    except UnicodeEncodeError:
        return carried


def unpack_items(packed: bytes | list[Carried]) -> list[Carried]:
    """Return what was packed."""
    return _DECODER.decode(packed) if isinstance(packed, bytes) else packed


def once(items: Iterable[Item]) -> Iterator[Item]:
    """Yield items, each of the user's own identities once."""
    known: set[Own] = set()
    for item in items:
        if isinstance(item, Own):
            if item in known:
                continue
            known.add(item)
        yield item


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
