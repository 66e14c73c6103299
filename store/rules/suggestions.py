"""Opportunities that are likely one: what speaks for it is said, and the user decides."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from store.clock import DAY
from store.records.message import Contact
from store.records.plain import plain
from store.rules.companies import company_name
from store.rules.correcting import domain_of
from store.rules.knowing import NOBODY_KNOWN, Known
from store.rules.numbers import is_line, number_key
from store.rules.role import same_role
from store.rules.row import Row
from store.rules.summarize import NOBODY

MOST = 3
NEAR = 45 * DAY
"""How far apart two approaches may lie."""
_LOOKED_AT = 32
"""Of all that have something in common with one, how many on either side in time are looked at."""
_NOBODY: frozenset[str] = frozenset()
Refused = Callable[[Row, Row], bool]
"""Tells whether the user said that two opportunities are not one."""


class Suggestion(NamedTuple):
    """Another opportunity that this one may be, and why."""

    row: Row
    reasons: tuple[str, ...]
    """Phrases: `same name and firm`, `3 days apart`."""


def nothing_refused(one: Row, other: Row) -> bool:  # noqa: ARG001
    """Tell of any two that nothing was said."""
    return False


def suggestions(
    row: Row, rows: Iterable[Row], known: Known = NOBODY_KNOWN, refused: Refused = nothing_refused
) -> list[Suggestion]:
    """Return the likeliest others, at most three, the most reasons first."""
    if not row.counts:
        return []
    begin, end = row.at - NEAR, row.at + NEAR
    # Of many most lie far away: the time is looked at before anything else.
    near = [other for other in rows if begin <= other.at <= end]
    return _likely(_Traits(row, known), (_Traits(each, known) for each in near if each.counts), refused)


def pairs(
    rows: Iterable[Row], known: Known = NOBODY_KNOWN, refused: Refused = nothing_refused
) -> list[tuple[Row, Suggestion]]:
    """Return every two of many that may be one, each once, the newest first."""
    traits = sorted((_Traits(row, known) for row in rows if row.counts), key=lambda each: each.order)
    sharing: dict[str, list[_Traits]] = {}
    for each in traits:
        for key in each.keys:
            sharing.setdefault(key, []).append(each)
    found: dict[tuple[int, ...], tuple[Row, Suggestion]] = {}
    for each in reversed(traits):
        for suggestion in _likely(each, _near(each, sharing), refused):
            found.setdefault(tuple(sorted((each.row.id, suggestion.row.id))), (each.row, suggestion))
    return list(found.values())


class _Traits:
    """What an opportunity may have in common with another one."""

    __slots__ = ("company", "domain", "firm", "keys", "line", "name", "order", "people", "profile", "row")

    def __init__(self, row: Row, known: Known) -> None:
        self.row = row
        self.order = (row.at, row.id)
        self.name = "" if row.who == NOBODY or " " not in row.who.strip() else plain(row.who)
        self.domain = domain_of(Contact(email=row.email)) if row.email and row.role_known else ""
        self.firm = company_name(row.firm) if row.firm else ""
        self.line = number_key(row.phone) if is_line(row.phone) else ""
        self.profile = row.profile
        self.company = company_name(row.company) if row.company else ""
        self.people = known.whom(self.name, row.email, row.phone) if known.claimed or known.names else _NOBODY
        keys = {"name": self.name, "line": self.line, "domain": self.domain, "profile": self.profile}
        keys["firm"] = self.firm if row.role_known else ""
        self.keys = (
            *(f"{kind}:{value}" for kind, value in keys.items() if value),
            *self.people,
        )


def _near(one: _Traits, sharing: Mapping[str, Sequence[_Traits]]) -> Iterator[_Traits]:
    """Yield each that shares something with one and lies near it in time, once."""
    seen = set()
    for key in one.keys:
        found = sharing[key]
        place = bisect_left(found, one.order, key=lambda each: each.order)
        for each in found[max(place - _LOOKED_AT, 0) : place + _LOOKED_AT + 1]:
            if each.row.id not in seen and abs(each.row.at - one.row.at) <= NEAR:
                seen.add(each.row.id)
                yield each


def _likely(one: _Traits, others: Iterable[_Traits], refused: Refused) -> list[Suggestion]:
    found = []
    for other in others:
        if other.row.id == one.row.id or not (reasons := _reasons(one, other)):
            continue
        found.append(Suggestion(other.row, (*reasons, _apart(one.row, other.row))))
    found.sort(key=lambda each: (-len(each.reasons), -each.row.at, each.row.id))
    return list(islice((each for each in found if not refused(one.row, each.row)), MOST))


def _reasons(one: _Traits, other: _Traits) -> tuple[str, ...]:
    """Return what speaks for two opportunities being one; nothing where their roles differ."""
    person = bool(one.people) and not one.people.isdisjoint(other.people)
    name = bool(one.name) and one.name == other.name
    line = bool(one.line) and one.line == other.line
    profile = bool(one.profile) and one.profile == other.profile
    firm = bool(one.firm) and one.firm == other.firm
    domain = bool(one.domain) and one.domain == other.domain
    if not (person or name or profile or line or firm or domain):
        return ()
    first, second = one.row, other.row
    roles = first.role_known and second.role_known
    if roles and not same_role(first.role, second.role):
        return ()
    reasons = [
        "the same person among those you know" if person else "",
        ("same name and firm" if firm else "same name") if name else "",
        "same profile" if profile else "",
        "same number" if line else "",
        _same_role(firm=firm and not name, domain=domain) if roles else "",
    ]
    if any(reasons) and one.company and one.company == other.company:
        reasons.append("same company")
    return tuple(filter(None, reasons))


def _same_role(*, firm: bool, domain: bool) -> str:
    if domain:
        return "same role from the same domain"
    return "same role from the same firm" if firm else "same role"


def _apart(one: Row, other: Row) -> str:
    days = abs(one.at - other.at) // DAY
    return "the same day" if not days else "a day apart" if days == 1 else f"{days} days apart"
