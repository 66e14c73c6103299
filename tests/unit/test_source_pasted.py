"""What comes on standard input: a mailbox, a mail, or words."""

import time_machine

from mails import a_mail, in_mbox, messages, read_all, reasons
from store.records.message import Message
from store.sources import identify_text
from support import NOW


def read(data: bytes) -> list[Message]:
    """Read what came on standard input."""
    return messages(read_all([identify_text(data)]))


def test_mail_and_mailbox() -> None:
    """A mail and a mailbox are read as such."""
    assert [message.channel for message in read(a_mail())] == ["email"]
    assert len(read(in_mbox(a_mail(), a_mail(subject="Second")))) == 2


def test_words(frozen: time_machine.Traveller) -> None:
    """Words become a message of now, the same words the same message."""
    (message,) = read(b"Hi Robin,\nwe have a role for you.\n\nBest,\nDana")
    assert (message.channel, message.at, message.direction) == ("pasted", NOW, "in")
    assert message.body == "Hi Robin,\nwe have a role for you."
    assert message.signature == "Best,\nDana"
    assert message.k.startswith("paste:")
    assert read(b"Hi Robin,\r\nwe have a role for you.\r\n\r\nBest,\r\nDana\r\n")[0].k == message.k
    assert read(b"other")[0].k != message.k


def test_words_with_a_colon_are_words() -> None:
    """A first line with a colon makes no mail."""
    assert read(b"Note: call Dana\nabout the role")[0].channel == "pasted"


def test_terminal_codes_are_removed() -> None:
    """The marks of a bracketed paste and all other escape sequences go."""
    text = b"\x1b[200~Hi \x1b[31mRobin\x1b[0m\x1b]0;title\x07!\x1b[201~"
    assert read(text)[0].body == "Hi Robin!"


def test_nothing() -> None:
    """Nothing on standard input needs a sentence."""
    assert reasons(read_all([identify_text(b" \n")])) == ["There was nothing to read."]
