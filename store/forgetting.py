"""Forgetting a person: everything about them goes for good, here and on every machine; counts stay.

What was decided about their opportunities, and that somebody was passed on, stays without a word that tells
who it was, so that the user's own figures remain true.

What goes is found twice: to be told before the question, and again where it is purged, for much may have
happened while the name was being typed.
"""

from typing import NamedTuple

from store.errors import NotFoundError
from store.file import drafts
from store.meant import Whom
from store.nameless import Copy
from store.repository import Repository
from store.rules.counting import count_of, counted
from store.traces import Places, Sight, Traces, naming
from store.transaction import Transaction

OUT_OF_REACH = (
    "Other machines follow when they merge, but for the drafts that were left there. What a syncer or git "
    "keeps as its own history, copies that lie elsewhere, and merged copies that still lie beside the file "
    "(ringback sync --remove-absorbed) cannot be reached from here. What others quoted stays with what they "
    "sent."
)


class Forgetting(NamedTuple):
    """What goes for good, and what stays without a name."""

    whom: Whom
    words: tuple[str, ...]
    """Names and addresses by which drafts are found."""
    ids: frozenset[int]
    """Ids by which the forms are named that were about them."""
    places: Places
    shut: Places
    """What an import would make of them, and is kept from making."""
    kept: list[Copy]

    @property
    def name(self) -> str:
        """What they are called."""
        return self.whom.name

    def counts(self) -> dict[str, int]:
        """Return how many documents of each table go."""
        found: dict[str, int] = {}
        for table, _ in sorted(self.places):
            found[table] = found.get(table, 0) + 1
        return found

    @property
    def counted(self) -> str:
        """How much goes, in words."""
        return counted(self.counts()) or "nothing but the name"

    @property
    def sentence(self) -> str:
        """What was done."""
        return f"{self.name} is forgotten"


def plan(repository: Repository, whom: Whom) -> Forgetting:
    """Tell what would go, as things stand (`store.meant` finds whom)."""
    return _found(Sight(repository.documents, repository.index, repository.now()), whom)


def forget(transaction: Transaction, whom: Whom) -> Forgetting:
    """Purge everything about somebody as it stands now, and write what stays; cannot be undone.

    Raises NotFoundError where nothing is there any more.
    """
    found = _found(Sight(transaction, transaction.index, transaction.now), whom)
    if not found.places:
        raise NotFoundError(f"There is nothing about {whom.name} any more.", "It was removed meanwhile.")
    _purge(transaction, found.places | found.shut)
    for each in found.kept:
        transaction.insert(each.table, each.key, each.fields)
    return found


def _found(sight: Sight, whom: Whom) -> Forgetting:
    traces = Traces(sight, whom)
    return Forgetting(
        whom, tuple(sorted(traces.words)), frozenset(traces.ids), traces.places, traces.shut, traces.kept
    )


def drop_drafts(repository: Repository, found: Forgetting) -> None:
    """Remove the drafts on this machine that speak of them, and what was left out that is from or to them."""
    drafts.drop_mentions(repository.state_folder, found.words, found.ids)
    from store.intake.memory import Memory

    with Memory.of(repository) as memory:
        memory.left_out.forget(found.words, found.whom.identities)
        memory.originals.drop([id for table, id in found.places if table == "messages"])
        memory.commit()


def in_the_trash(repository: Repository) -> Places:
    """Tell what would go if the trash were emptied, as things stand."""
    return _trash(Sight(repository.documents, repository.index, repository.now()))


def empty_trash(transaction: Transaction) -> str:
    """Purge what is in the trash now; cannot be undone.

    Decisions on it stay in the figures, and a pull of the same mail does not bring it back.
    """
    places = _trash(Sight(transaction, transaction.index, transaction.now))
    _purge(transaction, places)
    count = sum(table == "opportunities" for table, _ in places)
    if not places:
        return "The trash was empty already"
    return f"The trash is empty: {count_of(count, 'opportunity', 'opportunities')} gone for good"


def _trash(sight: Sight) -> Places:
    """Find opportunities in the trash with messages and notes, and the letters that hold their text."""
    places, gone = Places(), set()
    for row in sight.index.rows.values():
        if row.trashed:
            places |= {("messages", id) for id in row.messages}
            places |= {("opportunities", id) for id in row.documents}
            gone |= {row.id, *row.documents}
    places |= {("notes", id) for id in naming(sight.documents, "notes", "opportunity", gone)}
    referrals = naming(sight.documents, "referrals", "opportunity", gone)
    return places | {("letters", id) for id in naming(sight.documents, "letters", "referral", referrals)}


def _purge(transaction: Transaction, places: Places) -> None:
    for table, id in sorted(places):
        transaction.purge(table, id)
