"""Who of the people the user knows is which recruiter: by what identifies them, never by a name alone."""

from collections.abc import Iterable

from store.network import Known
from store.records.message import Contact
from store.records.plain import plain
from store.rules.identities import identifies
from store.rules.row import Row
from store.rules.standing import identities
from store.seat import Reads

_KEY = "person:"


def identities_of(documents: Reads, known: Known) -> frozenset[str]:
    """Return what stands for somebody the user knows, in the form of `standing.identities`.

    Address, number and profile as they are now, and what the key of their document was made of: somebody who
    was added by name and has got an address since is told by both.
    """
    person = known.person
    contacts = (
        Contact(email=(person.email or "").strip().casefold()),
        Contact(phone=person.phone or ""),
        Contact(profile=person.profile or ""),
    )
    key = (documents.get("people", known.id) or {}).get("k")
    first = key.removeprefix(_KEY) if isinstance(key, str) and key.startswith(_KEY) else ""
    return frozenset({first, *map(identifies, contacts)} - {""})


def of_row(row: Row) -> frozenset[str]:
    """Return what stands for the recruiter of a row."""
    return frozenset(identities(row))


def sender_identity(contact: Contact) -> str:
    """Return what stands for the sender of a message: behind a relay, and without an address, the name.

    A name that stands for a sender is none that stands for a person of the network: it comes without a firm.
    """
    name = plain(contact.name)
    return identifies(contact) or (f"name:{name}" if name else "")


def is_bare_name(identity: str) -> bool:
    """Tell whether an identity is no more than the name of a sender."""
    return identity.startswith("name:") and " · " not in identity


def of_one(documents: Reads, people: Iterable[Known], theirs: Iterable[str]) -> list[Known]:
    """Return those of the people who have one of these identities."""
    wanted = set(theirs)
    return [each for each in people if not wanted.isdisjoint(identities_of(documents, each))]
