"""Forgetting a person: everything about them goes for good, here and on every machine; counts stay.

What was decided about their opportunities, and that somebody was passed on, stays without a word that tells
who it was, so that the user's own figures remain true.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from store import network, people, referring
from store.deciding import sealed_fields
from store.errors import NotFoundError
from store.file import drafts
from store.file.documents import Documents
from store.ids import document_id, random_key, read_id
from store.network import Known
from store.people import Card
from store.records.decision import Decision
from store.records.referral import Referral
from store.records.review import Review
from store.repository import Repository
from store.rules.row import Row
from store.rules.standing import identities
from store.rules.summarize import is_outgoing
from store.transaction import Transaction

NOBODY = "somebody forgotten"
"""What stands in a referral where a name stood."""
OUT_OF_REACH = (
    "Other machines follow when they merge. What a syncer or git keeps as its own history, and copies that "
    "lie elsewhere, cannot be reached from here."
)
_PERSONAL = ("why", "note", "outcome", "route")
Places = set[tuple[str, int]]


class Copy(NamedTuple):
    """What stays of a document, without what tells whom it was about."""

    table: str
    key: str
    fields: dict[str, Any]


class Forgetting(NamedTuple):
    """What would go for good, and what would stay without a name."""

    name: str
    words: tuple[str, ...]
    """Names and addresses by which drafts are found."""
    places: Places
    kept: list[Copy]

    def counts(self) -> dict[str, int]:
        """Return how many documents of each table would go."""
        found: dict[str, int] = {}
        for table, _ in sorted(self.places):
            found[table] = found.get(table, 0) + 1
        return found


def plan(repository: Repository, name: str) -> Forgetting:
    """Find everything about somebody: of the user's network, a recruiter, or both.

    Raises NotFoundError, or AmbiguousError that lists those who fit.
    """
    known = network.find(repository.documents, name)
    card = _card(repository, name, known)
    if known is None and card is None:
        raise NotFoundError(
            f"Nobody here is called {name}.", "ringback people and ringback person list names."
        )
    ids = {known.id} if known is not None else set()
    words = {known.person.name or "", known.person.email or ""} if known is not None else set()
    places, kept = Places(), list[Copy]()
    if card is not None:
        ids |= {document_id(key) for key in card.keys}
        words |= {value for row in card.rows for value in (row.who, row.email)}
        _opportunities(repository, card, places, kept)
    _about(repository.documents, ids, places)
    _referrals(repository, ids, card, places, kept)
    there = {(table, id) for table, id in places if repository.documents.raw(table, id) is not None}
    title = (known.person.name if known is not None else None) or (card.name if card is not None else name)
    return Forgetting(title, tuple(sorted(words - {""})), there, kept)


def forget(transaction: Transaction, found: Forgetting) -> str:
    """Purge what was found and write what stays; cannot be undone."""
    _purge(transaction, found.places)
    for each in found.kept:
        transaction.insert(each.table, each.key, each.fields)
    return f"{found.name} is forgotten"


def in_the_trash(repository: Repository) -> Places:
    """Find what goes when the trash is emptied: its opportunities with their messages and notes.

    Decisions on them stay in the figures, and a pull of the same mail does not bring them back.
    """
    places = Places()
    for row in repository.index.rows.values():
        if row.trashed:
            places |= {("messages", id) for id in row.messages}
            places |= {("opportunities", id) for id in row.documents}
            places |= {("notes", id) for id in row.notes}
    return places


def empty_trash(transaction: Transaction, places: Places) -> str:
    """Purge what is in the trash; cannot be undone."""
    _purge(transaction, places)
    count = sum(table == "opportunities" for table, _ in places)
    return f"The trash is empty: {count} {'opportunity' if count == 1 else 'opportunities'} gone for good"


def _purge(transaction: Transaction, places: Places) -> None:
    for table, id in sorted(places):
        transaction.purge(table, id)


def drop_drafts(repository: Repository, found: Forgetting) -> None:
    """Remove the drafts on this machine that speak of them."""
    words = [word.casefold() for word in found.words] + [str(id) for _, id in found.places]
    drafts.drop_mentions(repository.state_folder, words)


def _card(repository: Repository, name: str, known: Known | None) -> Card | None:
    """Return the recruiter's card, of somebody known only where they share an address or a number."""
    if known is None:
        try:
            return people.named(repository, name)
        except NotFoundError:
            return None
    for row in repository.index.rows.values():
        if known.id in {document_id(f"person:{identity}") for identity in identities(row)}:
            return people.card(repository, row)
    return None


def _about(documents: Documents, ids: set[int], places: Places) -> None:
    """Add the documents of a person, and those that name it."""
    places |= {("people", id) for id in ids}
    texts = {str(id) for id in ids}
    for table in ("notes", "promises", "identities"):
        for id, document in documents.items(table):
            if isinstance(id, int) and document.get("person") in texts:
                places.add((table, id))


def _opportunities(repository: Repository, card: Card, places: Places, kept: list[Copy]) -> None:
    """Add what a recruiter sent; opportunities with nobody else in them go as a whole."""
    theirs = {identity for row in card.rows for identity in identities(row)}
    places |= {("identities", document_id(f"identity:{identity}")) for identity in theirs}
    for row in card.rows:
        sent, others = _messages(repository, row, theirs)
        places |= {("messages", id) for id in sent}
        if others:
            continue
        places |= {("messages", id) for id in row.messages}
        places |= {("opportunities", id) for id in row.documents}
        places |= {("notes", id) for id in row.notes}
        for entry in repository.decisions.of(row):
            if ("decisions", entry.id) not in places and not entry.decision.by_default:
                places.add(("decisions", entry.id))
                places |= {("reviews", id) for id, _ in repository.decisions.reviews(entry.id)}
                kept += _decision(
                    entry.decision, [each for _, each in repository.decisions.reviews(entry.id)]
                )


def _messages(repository: Repository, row: Row, theirs: set[str]) -> tuple[set[int], bool]:
    """Return the messages of a row that they sent, and whether somebody else sent one too."""
    index, sent, others = repository.index, set(), False
    for id in row.messages:
        message = index.message(id)
        if message is None or is_outgoing(message, index.own):
            continue
        identity = message.sender.identity()
        if len(row.messages) == 1 or not identity or identity in theirs or message.sender.name == row.who:
            sent.add(id)
        else:
            others = True
    return sent, others


def _decision(decision: Decision, reviews: list[Review]) -> Iterator[Copy]:
    """Yield a decision and its reviews without words, on no opportunity."""
    key = random_key()
    bare = msgspec.structs.replace(
        decision, k=key, opportunity="", notes={}, because="", warnings=(), supersedes="", seal=""
    )
    yield Copy("decisions", key, sealed_fields(bare))
    for review in reviews:
        own = random_key()
        told = msgspec.structs.replace(review, k=own, decision=str(document_id(key)), line="", seal="")
        yield Copy("reviews", own, sealed_fields(told))


def _referrals(
    repository: Repository, ids: set[int], card: Card | None, places: Places, kept: list[Copy]
) -> None:
    """Add the referrals that they have a part in, with steps and letters; dates and states stay."""
    documents, texts = repository.documents, {str(id) for id in ids}
    found = referring.log(documents, repository.now())
    sent = set()
    if card is not None:
        firms = [row.firm for row in card.rows]
        sent = {each.id for each in referring.of_recruiter(documents, card.name, firms, repository.now())}
    for each in found:
        if each.referral.person not in texts and each.id not in sent:
            continue
        places.add(("referrals", each.id))
        key = random_key()
        kept.append(Copy("referrals", key, _bare(each.referral, key, texts, sent=each.id in sent)))
        for step in each.steps:
            what = {"referral": str(document_id(key)), "at": step.at, "what": step.what, "side": step.side}
            kept.append(Copy("steps", random_key(), {name: value for name, value in what.items() if value}))
    gone = {id for table, id in places if table == "referrals"}
    for table in ("steps", "letters"):
        for id, document in documents.items(table):
            if isinstance(id, int) and read_id(document.get("referral")) in gone:
                places.add((table, id))


def _bare(referral: Referral, key: str, people: set[str], *, sent: bool) -> dict[str, Any]:
    """Return a referral without the words, and without the names of whom is forgotten."""
    bare = msgspec.structs.replace(referral, k=key, **dict.fromkeys(_PERSONAL, ""))
    if referral.person in people:
        bare = msgspec.structs.replace(bare, person="", name=NOBODY, would_hire=None)
    if sent:
        bare = msgspec.structs.replace(bare, recruiter="", firm="", opportunity="")
    fields = msgspec.to_builtins(bare)
    return {name: value for name, value in fields.items() if value not in (None, "")}
