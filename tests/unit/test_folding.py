"""Copies of one message: from two sources, from two exports, from two backups."""

import itertools

import pytest

from store.clock import DAY, MINUTE
from store.records.message import Contact, Lifted, Message
from store.rules.folding import best, copies
from store.rules.grouping import group
from store.rules.numbers import is_line, number_key

TALK = "li:2-YTRjMTIz=="
TEXT = "Hi Robin,\n\nI lead a retained search for a Series C robotics company.\n\nOpen to a call?\n\nDana"


def linkedin(key: str, *, body: str = TEXT, name: str = "Dana Whitfield", **fields: object) -> Message:
    """Make a message of a conversation, as the reader with this key makes it."""
    kind = key.partition(":")[0]
    return Message(
        k=key,
        reader=2 if kind == "mail" else 1,
        channel="linkedin_inmail",
        sender=Contact(name=name),
        body=body,
        threads=(key, TALK),
        **{"at": DAY, **fields},  # type: ignore[arg-type]
    )


def text(key: str, **fields: object) -> Message:
    """Make a text message."""
    number = Contact(phone=str(fields.pop("phone", "+14155550132")))
    made = {"at": DAY, "body": "Do you have a minute?", "channel": "sms", "reader": 1, **fields}
    return Message(k=key, sender=number, threads=(key,), **made)  # type: ignore[arg-type]


def numbers(*messages: Message) -> list[int]:
    """Return how many copies each message has."""
    return sorted(map(len, copies(messages)))


@pytest.mark.parametrize(
    ("mail", "row"),
    [
        (linkedin("mail:1"), linkedin("li:1", at=DAY + 5_000)),
        (linkedin("mail:1"), linkedin("li:1", body=TEXT.replace("\n\n", "  "))),
        (linkedin("mail:1", body=TEXT + "\n\nStaff"), linkedin("li:1")),
    ],
    ids=["seconds", "white space", "a longer end"],
)
def test_a_mail_and_its_row_in_the_export_are_one(mail: Message, row: Message) -> None:
    """They differ in seconds, white space and where the text ends."""
    for order in itertools.permutations((mail, row)):
        (found,) = copies(order)
        assert best(found).body.count("\n") >= TEXT.count("\n")


@pytest.mark.parametrize(
    "other",
    [
        linkedin("li:1", name="Priya Nair"),
        linkedin("li:1", body="Any thoughts on this?"),
        linkedin("li:1", at=3 * DAY),
        linkedin("li:1", direction="out"),
        linkedin("li:1", body="Hi"),
    ],
    ids=["another person", "another text", "another day", "the other way", "a short text"],
)
def test_what_is_not_the_same(other: Message) -> None:
    """Another sender, text, day or direction is another message."""
    assert numbers(linkedin("mail:1"), other) == [1, 1]


def test_the_same_short_word_twice_is_two() -> None:
    """Somebody who writes Thanks twice in one export wrote it twice."""
    rows = [linkedin(f"li:{number}", body="Thanks!", at=DAY + number * 60_000) for number in range(2)]
    assert numbers(*rows) == [1, 1]
    assert numbers(text("sms:1"), text("sms:2", at=DAY + 1)) == [1, 1]


def test_two_exports_of_one_conversation() -> None:
    """An old export has minutes and joined paragraphs: its rows are the same messages."""
    old = linkedin("li:2", body=TEXT.replace("\n\n", "  "), at=DAY + 30_000)
    assert numbers(linkedin("li:1", at=DAY + 42_000), old) == [2]


def test_a_text_in_two_backups_is_one() -> None:
    """The same words from one line within two minutes, in the backups of two programs."""
    assert numbers(text("sms:1"), text("gv:1", phone="(415) 555-0132", at=DAY + MINUTE)) == [2]
    assert numbers(text("sms:1"), text("gv:1", at=DAY + 3 * MINUTE)) == [1, 1]


def test_nobody_replaces_a_mail_under_its_id() -> None:
    """Of mails that share a Message-ID the first is shown, however long the others are."""
    first = Message(k="mail:1", reader=2, at=DAY, body="Short.", threads=("<a>",))
    forged = Message(k="mail:2", reader=2, at=2 * DAY, body="Long.\n\n" * 9, threads=("<a>",))
    (found,) = copies([forged, first])
    assert best(found) is first


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("+1 (415) 555-0132", "4155550132", True),
        ("020 7946 0321", "+442079460321", True),
        ("+49 30 5550 1234", "+14155550132", False),
        ("73535", "73535", True),
        ("OTP Bank", "OTP Bank", True),
    ],
)
def test_numbers_with_and_without_a_country(one: str, other: str, same: bool) -> None:
    """A line is one whether its country is dialled or not."""
    assert (number_key(one) == number_key(other)) == same


def test_what_is_no_line() -> None:
    """Short codes and names are nobody's line."""
    assert not is_line("73535")
    assert not is_line("OTP Bank")
    assert is_line("(415) 555-0132")


DANA = Contact(name="Dana Whitfield", email="dana@northgate.example")


def mail(key: str, at: int, *, phone: str = "", sender: Contact = DANA) -> Message:
    """Make a mail with a number in its signature."""
    return Message(k=key, at=at, sender=sender, threads=(f"<{key}>",), lifted=Lifted(phone=phone))


def call(key: str, at: int, phone: str) -> Message:
    """Make a call that was missed."""
    return Message(k=key, at=at, channel="call_missed", sender=Contact(phone=phone), threads=(key,))


def test_a_call_joins_the_mail_that_gave_its_number() -> None:
    """Written nationally or not, before the mail or after it, within 45 days."""
    for order in ((DAY, 3 * DAY), (3 * DAY, DAY)):
        found = group(
            {1: mail("a", order[0], phone="+14155550132"), 2: call("b", order[1], "(415) 555-0132")}, {}
        )
        assert [sorted(each) for each in found] == [[1, 2]]
    assert (
        len(group({1: mail("a", DAY, phone="+14155550132"), 2: call("b", 99 * DAY, "4155550132")}, {})) == 2
    )


def test_a_switchboard_joins_no_mails() -> None:
    """Two people of a firm with one number are two, and a call from there belongs to neither for certain."""
    other = Contact(name="Tom", email="tom@northgate.example")
    found = group(
        {
            1: mail("a", DAY, phone="+14155550100"),
            2: mail("b", DAY, phone="+14155550100", sender=other),
            3: call("c", 2 * DAY, "+14155550100"),
        },
        {},
    )
    assert sorted(map(len, found)) == [1, 1, 1]


def test_what_was_sent_joins_whom_it_went_to() -> None:
    """A text that the user sent belongs to the talk with that number, and to none where there are two."""
    sent = Message(
        k="d",
        at=3 * DAY,
        channel="sms",
        direction="out",
        recipients=(Contact(phone="+14155550132"),),
        threads=("d",),
    )
    found = group({1: call("b", 2 * DAY, "4155550132"), 2: sent}, {})
    assert [sorted(each) for each in found] == [[1, 2]]


def test_a_profile_is_a_person() -> None:
    """Two conversations of one member within 45 days are one opportunity."""
    dana = Contact(name="Dana", profile="https://www.linkedin.com/in/dana-whitfield")
    found = group(
        {
            1: Message(k="a", at=DAY, channel="linkedin_msg", sender=dana, threads=("a", "li:2-a")),
            2: Message(k="b", at=2 * DAY, channel="linkedin_msg", sender=dana, threads=("b", "li:2-b")),
        },
        {},
    )
    assert [sorted(each) for each in found] == [[1, 2]]
