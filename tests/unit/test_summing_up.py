"""What a row says where several messages of one opportunity tell different things."""

import pytest

from store.records.message import Contact, Lifted, Message
from store.rules.row import Row
from store.rules.summarize import Said, summarize
from support import a_message, ago


def summed_up(*messages: Message) -> Row:
    """Return the row of messages that belong together."""
    numbered = dict(enumerate(sorted(messages, key=lambda each: each.at), 1))
    row = summarize(list(numbered), numbered, Said())
    assert row is not None
    return row


def told(days: float, **lifted: str) -> Message:
    """Make a mail of so many days ago whose text tells this."""
    return a_message(at=ago(days=days), lifted=Lifted(**lifted))  # type: ignore[arg-type]


def rang(days: float, phone: str) -> Message:
    """Make a call that was missed."""
    return a_message("", sender=Contact(phone=phone), channel="call_missed", at=ago(days=days), body="")


@pytest.mark.parametrize(
    ("mandates", "shown"),
    [
        (("retained", "contingent"), "retained"),
        (("contingent", "retained", ""), "retained"),
        (("in-house", "contingent"), "in-house"),
        (("retained", "exclusive"), "exclusive"),
        (("", "contingent"), "contingent"),
        (("", ""), ""),
    ],
)
def test_a_mandate_that_was_stated_stays(mandates: tuple[str, ...], shown: str) -> None:
    """The name of a firm suggests `contingent` for whatever it sends, a bare invitation too."""
    row = summed_up(*(told(9 - number, mandate=each) for number, each in enumerate(mandates)))
    assert (row.mandate, "mandate" in row.guessed) == (shown, bool(shown))


@pytest.mark.parametrize(
    ("subject", "below", "role"),
    [
        ("Staff Engineer - robotics, $230k", "Staff Engineer", "Staff Engineer"),
        ("Staff Engineer - robotics, $230k", "", "Staff Engineer, Robotics"),
        ("Quick question", "Data Engineer", "Data Engineer"),
    ],
)
def test_a_label_below_the_subject_says_the_role(subject: str, below: str, role: str) -> None:
    """Where a subject names one at all, what the text calls it is more precise."""
    row = summed_up(a_message(subject=subject, at=ago(days=1), lifted=Lifted(role=below)))
    assert (row.role, "role" in row.guessed) == (role, True)


FULL, NATIONAL, DIALLED = "+447700900456", "07700 900456", "00447700900456"


@pytest.mark.parametrize(
    ("messages", "shown", "is_guess"),
    [
        ([told(3, phone=FULL)], FULL, True),
        ([told(3, phone=FULL), rang(2, DIALLED)], FULL, True),
        ([told(3, phone=FULL), told(2, phone=NATIONAL)], FULL, True),
        ([told(3, phone=FULL), rang(2, FULL)], FULL, False),
        ([rang(3, FULL), rang(2, NATIONAL)], FULL, False),
        ([told(3, phone=FULL), rang(2, "+447700900321")], "+447700900321", False),
        ([told(3, phone=NATIONAL), rang(2, DIALLED)], DIALLED, False),
        ([told(3, phone=FULL), rang(2, "73535")], "73535", False),
    ],
    ids=[
        "told",
        "rang",
        "told again",
        "rang in full",
        "once in full",
        "another",
        "nobody knows",
        "a short code",
    ],
)
def test_a_number_is_shown_with_its_country(messages: list[Message], shown: str, is_guess: bool) -> None:
    """However it was dialled; where only a text tells the country, that is a guess."""
    row = summed_up(*messages)
    assert (row.phone, "phone" in row.guessed) == (shown, is_guess)
