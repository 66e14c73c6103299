"""Who is meant, where somebody is to be forgotten: found by a whole name, address, number or id."""

import difflib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from store import network
from store.errors import AmbiguousError, NotFoundError, StoreError, UsageError
from store.identity import identities_of, of_row, sender_identity
from store.network import Known
from store.records.message import Contact
from store.records.plain import plain
from store.repository import Repository
from store.rules.identities import identifies
from store.rules.row import Row
from store.rules.standing import of_one_person
from store.rules.summarize import is_outgoing


class Whom(NamedTuple):
    """Somebody, by what is theirs alone. A name is not: namesakes are other people."""

    name: str
    """What they are called, for sentences."""
    known: frozenset[int] = frozenset()
    """Their documents among the people the user knows."""
    identities: frozenset[str] = frozenset()
    """What stands for them as a recruiter or as the sender of a message (`store.identity`)."""
    opportunity: int = 0
    """What they sent, where nothing else stands for them: a call by `Dana`, without a number."""
    label: str = ""
    """Name, what they do, and by which address, number or id they are named."""


def this(repository: Repository, known: Known | None, row: Row | None) -> Whom:
    """Return whom a screen shows: somebody the user knows, a recruiter by an opportunity, or both as one."""
    if known is None and row is None:
        raise NotFoundError("There is nobody.", "ringback people lists names.")
    parts = [_known(repository, known)] if known is not None else []
    parts += [_recruiter(repository, [row])] if row is not None else []
    return _joined(parts)


def named(repository: Repository, name: str) -> Whom:
    """Return who has this name, address, number or id, whole and not in part.

    Raises NotFoundError that says who may be meant, AmbiguousError that tells those apart who fit.
    """
    wanted = plain(name)
    if not wanted:
        raise UsageError("A person needs a name.", 'ringback forget "Dana Whitfield"')
    fits = _Fits(wanted)
    found = [
        _known(repository, each)
        for each in network.everybody(repository.documents)
        if str(each.id) == wanted or fits.person(each)
    ]
    found += _recruiters(repository, (each for each in repository.index.rows.values() if fits.row(each)))
    found += _senders(repository, fits, {each for whom in found for each in whom.identities})
    people = _told_apart(found) or _by_code(repository, wanted)
    if not people:
        raise NotFoundError(f"Nobody here is called {name}.", _hint(repository, wanted))
    if len(people) > 1:
        listed = "; ".join(each.label for each in people[:5])
        raise AmbiguousError(
            f"{name} is the name of {len(people)} people: {listed}.",
            "Name the one you mean by what stands in brackets.",
        )
    return people[0]


class _Fits:
    """Whether somebody has a name, an address or a number."""

    def __init__(self, wanted: str) -> None:
        self._wanted = wanted
        self._number = Contact(phone=wanted).identity() if any(map(str.isdigit, wanted)) else ""

    def person(self, known: Known) -> bool:
        person = known.person
        return self._any(person.name, person.email, person.profile) or self._phone(person.phone)

    def row(self, row: Row) -> bool:
        return self._any(row.who, row.email) or self._phone(row.phone)

    def contact(self, contact: Contact) -> bool:
        return self._any(contact.name, contact.email, contact.profile) or self._phone(contact.phone)

    def _any(self, *texts: str | None) -> bool:
        return any(text and plain(text) == self._wanted for text in texts)

    def _phone(self, phone: str | None) -> bool:
        return bool(phone and self._number) and Contact(phone=phone or "").identity() == self._number


def _known(repository: Repository, known: Known) -> Whom:
    return Whom(
        name=known.person.name or "",
        known=frozenset({known.id}),
        identities=identities_of(repository.documents, known),
        label=f"{known.label} ({known.person.email or known.id})",
    )


def _recruiter(repository: Repository, rows: list[Row]) -> Whom:
    newest = rows[0]
    email = newest.email if identifies(Contact(email=newest.email)) else ""
    code = email or newest.phone or repository.index.code(newest.id)
    identities = frozenset(each for row in rows for each in of_row(row))
    return Whom(
        name=newest.who,
        identities=identities,
        opportunity=0 if identities else newest.id,
        label=f"{newest.who} · recruiter{f' · {newest.firm}' if newest.firm else ''} ({code})",
    )


def _recruiters(repository: Repository, rows: Iterable[Row]) -> Iterator[Whom]:
    seen: set[int] = set()
    for row in sorted(rows, key=lambda each: -each.at):
        if row.id not in seen:
            together = of_one_person(row, repository.index.rows.values())
            seen |= {each.id for each in together}
            yield _recruiter(repository, together)


def _senders(repository: Repository, fits: _Fits, known: set[str]) -> Iterator[Whom]:
    """Yield who sent a message in a thread that somebody else leads."""
    index, found = repository.index, set(known)
    everything = ((each, id) for each in index.rows.values() for id in each.messages)
    for row, id in everything:
        message = index.message(id)
        if message is None or is_outgoing(message, index.own) or not fits.contact(message.sender):
            continue
        sender, identity = message.sender, sender_identity(message.sender)
        leads = fits.row(row) and plain(sender.name) == plain(row.who)
        if identity and identity not in found and not leads:
            found.add(identity)
            code = sender.email or sender.phone or sender.profile or "no address"
            yield Whom(sender.name or code, identities=frozenset({identity}), label=f"{sender.name} ({code})")


def _told_apart(found: list[Whom]) -> list[Whom]:
    """Join those who have something in common that stands for one person only."""
    people: list[Whom] = []
    for whom in found:
        same = [each for each in people if not each.identities.isdisjoint(whom.identities)]
        people = [each for each in people if each not in same]
        people.append(_joined([*same, whom]))
    return people


def _joined(parts: list[Whom]) -> Whom:
    return Whom(
        name=next((each.name for each in parts if each.name), ""),
        known=frozenset().union(*(each.known for each in parts)),
        identities=frozenset().union(*(each.identities for each in parts)),
        opportunity=next((each.opportunity for each in parts if each.opportunity), 0),
        label=parts[0].label,
    )


def _by_code(repository: Repository, wanted: str) -> list[Whom]:
    """Return the recruiter of an opportunity that is named by its code, whole."""
    index = repository.index
    if len(wanted) < len(index.code(0)):
        return []
    try:
        row = index.resolve(wanted)
    except AmbiguousError:
        raise
    except StoreError:
        return []
    return [_recruiter(repository, of_one_person(row, index.rows.values()))]


def _hint(repository: Repository, wanted: str) -> str:
    """Ask whether somebody is meant whose name holds the words, or is nearly the same."""
    known = (each.person.name or "" for each in network.everybody(repository.documents))
    rows = repository.index.rows.values()
    names = {plain(name): name for name in (*known, *(row.who for row in rows)) if name}
    likely = [name for folded, name in names.items() if wanted in folded]
    likely += [names[each] for each in difflib.get_close_matches(wanted, names, cutoff=0.75)]
    meant = sorted(set(likely))[:3]
    if not meant:
        return "ringback people and ringback person list names."
    return f"Did you mean {' or '.join(meant)}?"
