"""What signatures tell of a sender, and what follows from it."""

from typing import Any

import pytest

from inbox_support import fill
from store import alike, verbs
from store.records.message import Contact, Lifted, Message
from store.repository import Repository
from store.rules.grouping import group
from store.rules.row import Row
from store.rules.signing import profile_told
from support import a_message, ago

NUMBER, WRITTEN = "+447700900456", "07700 900456"
ROLES = ("Staff Platform Engineer", "Head of Data")


def mails(*names: str) -> list[Message]:
    """Make mails of different roles, each with the same number in its signature."""
    return [
        a_message(role, sender=name, at=ago(days=5 - number), lifted=Lifted(phone=NUMBER))
        for number, (role, name) in enumerate(zip(ROLES, names, strict=True))
    ]


def calls() -> list[Message]:
    """Make three calls that were missed and one of the user's, within two days."""
    line = Contact(phone=WRITTEN)
    missed = [
        a_message("", sender=line, body="", channel="call_missed", at=ago(days=3, hours=-hours))
        for hours in (0, 6, 30)
    ]
    made = Message(
        k="call:out", channel="call", direction="out", recipients=(line,), at=ago(days=2.5), threads=("out",)
    )
    return [*missed, made]


def rang(repository: Repository) -> Row:
    """Return the one row of calls."""
    (row,) = (row for row in repository.index.rows.values() if row.channel == "call")
    return row


def test_calls_have_the_name_of_whoever_gave_the_number(repository: Repository) -> None:
    """Of two roles neither takes the calls: they are one row of the recruiter's, and likely one with each."""
    messages = [*mails("Hugo Lane", "Hugo Lane"), *calls()]
    fill(repository, *messages)
    row = rang(repository)
    assert (row.who, len(row.messages), len(repository.index.rows)) == ("Hugo Lane", 4, 3)
    found = alike.all_alike(repository)
    assert [each.reasons[:2] for _, each in found] == [("same name", "same number")] * 2
    repository.transact("Star", lambda transaction: verbs.star(transaction, [row.id]))
    repository.transact("Read", lambda transaction: verbs.read(transaction, [row.id]))
    assert rang(repository).who == "Hugo Lane"


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_name_comes_with_the_mail_and_goes_with_it(
    repository: Repository, order: tuple[int, ...]
) -> None:
    """Whichever is read first; once nothing tells the number any more, it stands for itself."""
    parts = ([*calls()], *([mail] for mail in mails("Hugo Lane", "Hugo Lane")))
    for number in order:
        fill(repository, *parts[number])
    assert rang(repository).who == "Hugo Lane"
    if order[0]:
        return
    for _ in range(2):
        repository.undo()
    assert rang(repository).who == WRITTEN


def test_a_switchboard_has_nobody_s_name(repository: Repository) -> None:
    """A number that two people give is their firm's."""
    fill(repository, *mails("Hugo Lane", "Gwen Ash"), *calls())
    assert rang(repository).who == WRITTEN


def test_attempts_are_counted_together(repository: Repository) -> None:
    """Three calls of a line after the last answer are three attempts of one row."""
    fill(repository, *calls()[:3], *mails("Hugo Lane", "Hugo Lane"))
    assert rang(repository).attempts == 3


GWEN = "https://www.linkedin.com/in/gwen-ash"


@pytest.mark.parametrize(
    ("signature", "profile"),
    [
        (f"Gwen Ash\n{GWEN}", GWEN),
        ("Gwen Ash | LinkedIn: <LinkedIn.com/in/Gwen-Ash/?trk=sig>, +44 7700 900456", GWEN),
        (f"Gwen\n[{GWEN}]({GWEN}).", GWEN),
        ("Gwen\nwww.linkedin.com/in/ga77", "https://www.linkedin.com/in/ga77"),
        (f"Gwen Ash\n{GWEN}\nOur founder: linkedin.com/in/tom-birch", GWEN),
        ("Gwen Ash\nlinkedin.com/in/ga77 and linkedin.com/in/tom-birch", ""),
        ("Gwen Ash\nhttps://www.linkedin.com/company/ash-search", ""),
        ("Gwen Ash\nhttps://notlinkedin.com/in/gwen-ash gwen@linkedin.com/in/gwen-ash", ""),
        ("", ""),
    ],
)
def test_the_profile_that_a_signature_gives(signature: str, profile: str) -> None:
    """However it is written; of several the one with the sender's name, and none where that is not clear."""
    for channel, wanted in (("email", profile), ("linkedin_msg", "")):
        message = a_message(sender="Gwen Ash", signature=signature, channel=channel)
        assert profile_told(message) == wanted


def test_a_name_with_an_accent_stands_in_an_address_without() -> None:
    """Slugs are plain letters."""
    signature = "linkedin.com/in/jose-ruiz-7 linkedin.com/in/tom-birch"
    assert profile_told(a_message(sender="José Ruiz", signature=signature)).endswith("/jose-ruiz-7")


def wrote(**fields: Any) -> Message:
    """Make a message of a LinkedIn member."""
    sender = Contact(name="Gwen Ash", profile=GWEN)
    return a_message("", sender=sender, channel="linkedin_msg", at=ago(days=2), **fields)


def mailed(name: str = "Gwen Ash", **fields: Any) -> Message:
    """Make a mail."""
    return a_message(**{"sender": name, "signature": f"{name}\n{GWEN}", **fields})


@pytest.mark.parametrize(
    ("messages", "sizes"),
    [
        ([wrote(), mailed()], [2]),
        ([mailed(at=ago(days=3)), wrote()], [2]),
        ([wrote(), mailed(signature="", body=f"My colleague: {GWEN}")], [1, 1]),
        ([mailed(), mailed("Tom Birch")], [1, 1]),
        ([wrote(), mailed(), mailed("Tom Birch")], [1, 2]),
        ([mailed(at=ago(days=60)), wrote()], [1, 1]),
    ],
    ids=["mail later", "mail first", "in the text", "two mails", "of two people", "long ago"],
)
def test_a_profile_in_a_signature_ties_a_mail_to_that_member(
    messages: list[Message], sizes: list[int]
) -> None:
    """It leads to what the member wrote and back, and never to another sender's mail."""
    for order in (messages, messages[::-1]):
        assert sorted(map(len, group(dict(enumerate(order)), {}))) == sizes


def test_a_profile_is_a_reason_to_be_one(repository: Repository) -> None:
    """Of two opportunities of one member that did not join for certain, profile and role are told."""
    tom = Contact(name="Tom Birch", email="tom@elsewhere.example")
    fill(repository, mailed(), mailed("Tom Birch", sender=tom), wrote())
    (row,) = (row for row in repository.index.rows.values() if row.who == "Tom Birch")
    (found,) = alike.alike(repository, row)
    assert found.reasons == ("same profile", "same role", "the same day")
