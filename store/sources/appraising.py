"""What is said of a message beside what it holds: the signs of outreach, and the fields lifted from it.

A message is prepared for being taken in where it is read, which may be in another process.
"""

from collections.abc import Callable
from typing import NamedTuple

from msgspec.structs import replace

from store.ids import document_id
from store.records.message import Message
from store.records.packed import pack, unpack
from store.rules.belonging import Kinship, kinship_of
from store.rules.outreach import GIVEN, Envelope, outcome, signals_in


def appraised(message: Message, envelope: Envelope | None = None) -> Message:
    """Return a message with its signals, and with its fields lifted where it may be outreach.

    One that has signals already is returned as it is. `envelope` is what only its raw headers tell.
    """
    if message.signals:
        return message
    return lifted(replace(message, signals=signals_in(message, envelope or Envelope())))


def load() -> None:
    """Load all that appraising may need."""
    import store.rules.lifting  # noqa: F401
    from store.rules.outreach.signals import phrases

    phrases()


def given(message: Message) -> Message:
    """Return a message that the user gave as outreach: nobody judges it."""
    return lifted(replace(message, signals=tuple(sorted({*message.signals, GIVEN}))))


def lifted(message: Message) -> Message:
    """Return a message with the fields that its text gives, where it may be outreach."""
    if outcome(message) == "other":
        return message
    from store.rules.lifting import lift

    return replace(message, lifted=lift(message))


class Prepared(NamedTuple):
    """An appraised message with what taking it in asks of it; it travels between processes as bytes."""

    message: Message
    id: int
    """What its document's id is, or would be."""
    kinship: Kinship
    packed: bytes = b""
    """The message as `store.records.packed` has it, where it was packed already."""

    def as_bytes(self) -> bytes:
        """Return the message packed."""
        return self.packed or pack(self.message)

    def __reduce__(self) -> tuple[Callable[..., "Prepared"], tuple[object, ...]]:
        return _arrived, (self.as_bytes(), self.id, *self.kinship)


def _arrived(packed: bytes, id: int, *kinship: object) -> Prepared:
    return Prepared(unpack(packed), id, Kinship._make(kinship), packed)


def prepare(message: Message) -> Prepared:
    """Prepare an appraised message for being taken in."""
    return Prepared(message, document_id(message.k), kinship_of(message))
