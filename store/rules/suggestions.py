"""Opportunities that are likely one: what speaks for it is said, and the user decides."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from store.clock import DAY
from store.records.message import Contact
from store.rules.correcting import domain_of, firm_key
from store.rules.numbers import is_line, number_key
from store.rules.pitches import company_name
from store.rules.role import same_role
from store.rules.row import Row
from store.rules.summarize import NOBODY

MOST = 3
NEAR = 45 * DAY
"""How far apart two approaches may lie."""


class Suggestion(NamedTuple):
    """Another opportunity that this one may be, and why."""

    row: Row
    reasons: tuple[str, ...]
    """Phrases: `same name and firm`, `3 days apart`."""


def suggestions(
    row: Row, rows: Iterable[Row], known: Mapping[str, str] = {}, refused: frozenset[int] = frozenset()
) -> list[Suggestion]:
    """Return the likeliest others, at most three, the most reasons first.

    `known` tells the person of an identity (address, line, profile) as the user's own people have it;
    `refused` are opportunities of which the user said that they are not the same.
    """
    mine = _Traits(row, known)
    if not mine.tells:
        return []
    found = []
    for other in rows:
        if other.id == row.id or other.id in refused or not other.counts or abs(other.at - row.at) > NEAR:
            continue
        reasons = _reasons(mine, _Traits(other, known))
        if reasons:
            found.append(Suggestion(other, (*reasons, _apart(row, other))))
    return sorted(found, key=lambda each: (-len(each.reasons), -each.row.at, each.row.id))[:MOST]


def traits(row: Row, known: Mapping[str, str] = {}) -> frozenset[str]:
    """Return what two opportunities must share one of for either to be suggested for the other."""
    mine = _Traits(row, known)
    found = {("name:", mine.name), ("line:", mine.line), *(("person:", each) for each in mine.people)}
    if row.role_known:
        found |= {("domain:", mine.domain), ("firm:", mine.firm)}
    return frozenset(kind + value for kind, value in found if value)


class _Traits:
    """What two opportunities may have in common."""

    def __init__(self, row: Row, known: Mapping[str, str]) -> None:
        self.row = row
        self._known = known
        self.name = (
            "" if row.who == NOBODY or " " not in row.who.strip() else " ".join(row.who.casefold().split())
        )
        self.domain = domain_of(Contact(email=row.email)) if row.email else ""
        self.firm = firm_key(row.firm)
        self.line = number_key(row.phone) if is_line(row.phone) else ""

    @property
    def tells(self) -> bool:
        """Whether anything could be in common."""
        return bool(self.name or self.domain or self.line or (self.firm and self.row.role_known))

    @property
    def people(self) -> frozenset[str]:
        """Whom of the user's own people its identities stand for."""
        keys = (self.row.email and "mailto:" + self.row.email, self.line and "line:" + self.line, self.name)
        return frozenset(self._known[key] for key in keys if key and key in self._known)


def _reasons(one: _Traits, other: _Traits) -> tuple[str, ...]:
    """Return what speaks for two opportunities being one; nothing where their roles differ."""
    first, second = one.row, other.row
    if first.role_known and second.role_known and not same_role(first.role, second.role):
        return ()
    same_role_named = first.role_known and second.role_known
    reasons = []
    if one.people & other.people:
        reasons.append("the same person among those you know")
    if one.name and one.name == other.name:
        same_firm = bool(one.firm) and one.firm == other.firm
        reasons.append("same name and firm" if same_firm else "same name")
    if one.line and one.line == other.line:
        reasons.append("same number")
    if same_role_named and one.domain and one.domain == other.domain:
        reasons.append("same role from the same domain")
    elif same_role_named and one.firm and one.firm == other.firm and one.name != other.name:
        reasons.append("same role from the same firm")
    if reasons and first.company and company_name(first.company) == company_name(second.company):
        reasons.append("same company")
    return tuple(reasons)


def _apart(one: Row, other: Row) -> str:
    days = abs(one.at - other.at) // DAY
    return "the same day" if not days else "a day apart" if days == 1 else f"{days} days apart"
