"""What is owed to people is read off dates and counted everywhere alike."""

from typing import Any

from store import network, referring
from store.clock import DAY
from store.owed import moments, owed
from store.repository import Repository
from store.summary import read_status
from support import NOW


def add(repository: Repository, kind: str, who: str) -> int:
    """Write a referral down and return its id."""
    return repository.transact("Add", lambda t: referring.add(t, kind, who, role="CTO"))[1]


def test_nothing_is_owed_in_an_empty_file(repository: Repository) -> None:
    """A file without people owes nothing."""
    assert owed(repository.documents, NOW, NOW) == []


def test_a_word_thanks_a_look_and_keeping_in_touch(repository: Repository) -> None:
    """Each debt stands with its reason, the earliest first, and only up to the time asked for."""
    received = add(repository, "received", "Noor Haddad")
    repository.transact("Move", lambda t: referring.move(t, received, "my_yes"))
    source = add(repository, "source", "Owen Pryce")
    repository.transact("Move", lambda t: referring.move(t, source, "answered"))
    add(repository, "asked", "Ines Carvalho")
    repository.transact(
        "Add", lambda t: network.add_person(t, "Sam Lee", cadence=30, last_touch=NOW - 31 * DAY)
    )
    repository.transact("Add", lambda t: network.add_person(t, "Ada Byrd", cadence=30, last_touch=NOW - DAY))
    today = [(each.title, each.reason) for each in owed(repository.documents, NOW, NOW + DAY)]
    assert today == [
        ("Sam Lee", "keep in touch"),
        ("Noor Haddad", "you owe Noor a word"),
        ("Owen Pryce", "thanks are owed"),
    ]
    later = [each.title for each in owed(repository.documents, NOW, NOW + 15 * DAY)]
    assert "Ines Carvalho" in later
    assert "Ada Byrd" not in later
    assert len(moments(repository.documents, NOW)) == 5


def test_a_day_of_ones_own_goes_before_the_time_out(repository: Repository) -> None:
    """The user's date is the next check; a time-out that has come stays owed until somebody moves on."""
    asked = add(repository, "asked", "Ines Carvalho")
    assert [each.at for each in owed(repository.documents, NOW, NOW + 90 * DAY)] == [NOW + 14 * DAY]
    repository.transact("Look", lambda t: referring.look_at(t, asked, NOW + 3 * DAY))
    assert [each.at for each in owed(repository.documents, NOW, NOW + 90 * DAY)] == [NOW + 3 * DAY]
    repository.transact("Look", lambda t: referring.look_at(t, asked, 0))
    late = owed(repository.documents, NOW + 20 * DAY, NOW + 20 * DAY)
    assert [each.reason for each in late] == ["look after it: no answer"]


def test_status_counts_what_due_lists(repository: Repository) -> None:
    """The count of the prompt holds what is owed, from the summary and from the file alike."""
    received = add(repository, "received", "Noor Haddad")
    repository.transact("Move", lambda t: referring.move(t, received, "my_yes"))
    paths: Any = repository.paths
    repository.close()
    assert read_status(paths, NOW)["due"] == 1
    for kept in paths.state.rglob("*summary*"):
        kept.unlink()
    assert read_status(paths, NOW)["due"] == 1
