"""What is said of a message beside what it holds: the signs of outreach, and the fields lifted from it."""

from msgspec.structs import replace

from store.records.message import Message
from store.rules.outreach import GIVEN, Envelope, outcome, signals_in


def appraised(message: Message, envelope: Envelope | None = None) -> Message:
    """Return a message with its signals, and with its fields lifted where it may be outreach.

    One that has signals already is returned as it is. `envelope` is what only its raw headers tell.
    """
    if message.signals:
        return message
    return lifted(replace(message, signals=signals_in(message, envelope or Envelope())))


def given(message: Message) -> Message:
    """Return a message that the user gave as outreach: nobody judges it."""
    return lifted(replace(message, signals=tuple(sorted({*message.signals, GIVEN}))))


def lifted(message: Message) -> Message:
    """Return a message with the fields that its text gives, where it may be outreach."""
    if outcome(message) == "other":
        return message
    from store.rules.lifting import lift

    return replace(message, lifted=lift(message))
