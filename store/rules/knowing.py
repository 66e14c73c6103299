"""Which addresses, lines and profiles belong to one person, as the people that the user keeps have it."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from store.records.message import Contact
from store.records.plain import plain
from store.rules.identities import identities_of
from store.rules.profiles import canonical_profile


class Claim(NamedTuple):
    """A person of the user's, by the id of their document, and how they may be reached."""

    id: int
    name: str = ""
    email: str = ""
    phone: str = ""
    profile: str = ""

    @property
    def identities(self) -> tuple[str, ...]:
        """The identities that this person claims."""
        profile = canonical_profile(self.profile) or self.profile.strip()
        contact = Contact(email=self.email.strip().casefold(), phone=self.phone, profile=profile)
        return identities_of(contact)


class Known(NamedTuple):
    """Persons by identity."""

    persons: Mapping[str, tuple[str, ...]] = {}
    """Identity → who it stands for. A number with which two people of different names are kept is that of
    their firm, and stands for neither."""
    claimed: Mapping[str, tuple[str, ...]] = {}
    """Identity → everybody with whom it is kept."""
    names: Mapping[str, str] = {}
    """Full name, folded → the one who has it."""

    def whom(self, name: str, email: str, phone: str) -> frozenset[str]:
        """Return for whom what a sender is known by may stand; a name alone is a guess."""
        identities = identities_of(Contact(email=email)) + identities_of(Contact(phone=phone))
        found = {person for identity in identities for person in self.persons.get(identity, ())}
        return frozenset(found | {self.names.get(plain(name), "")} - {""})


NOBODY_KNOWN = Known()


def person_key(id: int) -> str:
    """Return what stands for a person, by the id of their document."""
    return f"person:{id}"


def known_by(claims: Iterable[Claim]) -> Known:
    """Return whom identities stand for, and names as far as only one has them."""
    claimed: dict[str, list[Claim]] = {}
    named: dict[str, list[Claim]] = {}
    for claim in sorted(claims):
        for identity in claim.identities:
            claimed.setdefault(identity, []).append(claim)
        if " " in (name := plain(claim.name)):
            named.setdefault(name, []).append(claim)
    return Known(
        {identity: _keys(found) for identity, found in claimed.items() if _of_one_name(found)},
        {identity: _keys(found) for identity, found in claimed.items()},
        {name: person_key(found[0].id) for name, found in named.items() if len(found) == 1},
    )


def _keys(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(person_key(claim.id) for claim in claims)


def _of_one_name(claims: Iterable[Claim]) -> bool:
    return len({plain(claim.name) for claim in claims}) == 1
