"""What is said of a message beside what it holds: the signs of outreach, and the fields lifted from it.

A message is prepared for being taken in where it is read, which may be in another process.
"""

import msgspec
from msgspec.structs import replace

from store.ids import document_id
from store.records.message import Channel, Contact, Direction, Message
from store.records.packed import pack, unpack
from store.rules.belonging import Kinship, kinship_of
from store.rules.outreach import GIVEN, Envelope, outcome, signals_in


def appraised(message: Message) -> Message:
    """Return a message with its signals, and with its fields lifted where it may be outreach.

    One that has signals already is returned as it is.
    """
    return message if message.signals else lifted(with_signals(message, Envelope()))


def with_signals(message: Message, envelope: Envelope) -> Message:
    """Return a message with its signals; `envelope` is what only its raw headers tell."""
    return replace(message, signals=signals_in(message, envelope))


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


class Prepared(msgspec.Struct, frozen=True, array_like=True, tag=True, gc=False):
    """An appraised message, packed, with what judging it and taking it in ask of it.

    Most messages are left out, and nobody reads more of them than this.
    """

    id: int
    """What its document's id is, or would be."""
    kinship: Kinship
    channel: Channel
    direction: Direction
    sender: Contact
    signals: tuple[str, ...]
    characters: int
    """Of its text, to see how much is held."""
    packed: bytes
    """The message as `store.records.packed` has it."""

    @property
    def message(self) -> Message:
        """The message itself, unpacked each time."""
        return unpack(self.packed)

    @property
    def text(self) -> str:
        """The message's subject and the new part of its text."""
        return self.message.text


def prepare(message: Message) -> Prepared:
    """Prepare an appraised message for being taken in."""
    return Prepared(
        document_id(message.k),
        kinship_of(message),
        message.channel,
        message.direction,
        message.sender,
        message.signals,
        len(message.body) + len(message.quoted),
        pack(message),
    )
