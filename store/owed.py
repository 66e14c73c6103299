"""What is owed to people: a word, thanks, a look at a referral, keeping in touch; read off dates."""

from collections.abc import Iterator
from typing import NamedTuple

from store import referring
from store.clock import DAY
from store.file.documents import Documents
from store.records.person import Person
from store.records.reading import read_fields
from store.referring import Logged
from store.rules.referrals import words

_CADENCE = b'"cadence":'


class Owed(NamedTuple):
    """One thing that is owed to somebody."""

    at: int
    """Since when, or when it will be (milliseconds)."""
    kind: str
    """`referral` or `person`."""
    id: int
    title: str
    """Whom it is about."""
    reason: str
    about: str
    """The role, or what they do."""


def owed(documents: Documents, now: int, until: int) -> list[Owed]:
    """Return everything that is owed up to the time `until`, the earliest first."""
    found = [*_referrals(documents, now), *_people(documents)]
    return sorted((each for each in found if each.at <= until), key=lambda each: (each.at, each.title))


def moments(documents: Documents, now: int) -> list[int]:
    """Return since when each thing is owed, or when it will be, for counting without the documents."""
    return [each.at for each in (*_referrals(documents, now), *_people(documents))]


def _referrals(documents: Documents, now: int) -> Iterator[Owed]:
    for logged in referring.log(documents, now):
        referral = logged.referral
        role = ", ".join(filter(None, (referral.role, referral.company)))
        for at, reason in _debts(logged):
            yield Owed(at, "referral", logged.id, referral.name, reason, role)


def _debts(logged: Logged) -> Iterator[tuple[int, str]]:
    standing, person = logged.standing, logged.referral.name.split(" ")[0]
    if standing.owes_word:
        yield standing.since, f"you owe {person} a word"
    if standing.owes_thanks:
        yield standing.since, "thanks are owed"
    if standing.next_check:
        yield standing.next_check, f"look after it: {words(standing.state)}"


def _people(documents: Documents) -> Iterator[Owed]:
    for id, raw in documents.raw_items("people"):
        document = documents.get("people", id) if _CADENCE in raw else None
        if document is None or document.get("gone") or not isinstance(id, int):
            continue
        person = read_fields(document, Person)
        if person.cadence and person.name:
            what = " · ".join(filter(None, (person.title, person.employer)))
            at = (person.last_touch or 0) + person.cadence * DAY
            yield Owed(at, "person", id, person.name, "keep in touch", what)
