"""What signatures tell of a sender, and what follows from it."""

import pytest

from inbox_support import fill
from store import alike, verbs
from store.records.message import Contact, Lifted, Message
from store.repository import Repository
from store.rules.row import Row
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
