"""Who would be glad of a role: hard exclusions first, then one point a chip, added up in sight."""

import heapq
from collections.abc import Iterable
from typing import Final

import msgspec

from store.clock import DAY
from store.rules.pay import Pay
from store.rules.pitches import company_name
from store.rules.titles import function_of, level_of

FEWEST_POINTS: Final = 2
"""Points below which nobody is suggested."""
TOP: Final = 3
_REST = 60 * DAY
"""Between two referrals of the same person."""
_YEAR = 365 * DAY


class Role(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What is known of the role."""

    title: str = ""
    company: str = ""
    industry: str = ""
    text: str = ""
    """What was said of it, for places and "remote"."""
    pay: Pay | None = None


class Candidate(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What is known of somebody who may be glad of it."""

    id: int = 0
    name: str = ""
    title: str = ""
    employer: str = ""
    industry: str = ""
    places: tuple[str, ...] = ()
    floor: int = 0
    """The least yearly pay that they would move for; 0 for not said."""
    may_move: bool = False
    standing_consent: bool = False
    """Leave in advance that has not ended."""
    scope: str = ""
    """What that leave covers; empty for everything."""
    would_hire: int = 0
    last_touch: int = 0
    referred_at: int = 0
    """The newest referral of them (milliseconds)."""
    do_not_refer: bool = False
    sensitive: bool = False


class Match(msgspec.Struct, frozen=True, gc=False):
    """A candidate with the chips that speak for them."""

    candidate: Candidate
    chips: tuple[str, ...]

    @property
    def points(self) -> int:
        """One a chip."""
        return len(self.chips)


def excluded(candidate: Candidate, role: Role, now: int) -> str:
    """Say why somebody must not be suggested, an empty text where nothing stands against it."""
    if candidate.do_not_refer:
        return "asked not to be referred"
    if role.company and company_name(candidate.employer) == company_name(role.company):
        return f"works at {candidate.employer}"
    if candidate.standing_consent and candidate.scope and not _covers(candidate.scope, role):
        return f"the leave covers {candidate.scope} only"
    if candidate.referred_at and now - candidate.referred_at < _REST:
        return "was referred less than 60 days ago"
    return ""


def _covers(scope: str, role: Role) -> bool:
    told = f"{role.title}\n{role.text}".casefold()
    return any(word.strip() in told for word in scope.casefold().split(",") if word.strip())


def suggestions(candidates: Iterable[Candidate], role: Role, now: int) -> list[Match]:
    """Return the best three with at least two points; of equal ones who was referred longest ago."""
    function, level, told = function_of(role.title), level_of(role.title), role.text.casefold()
    matches = []
    for each in candidates:
        if each.sensitive or excluded(each, role, now):
            continue
        chips = _chips(each, role, function, level, told, now)
        if len(chips) >= FEWEST_POINTS:
            matches.append(Match(each, chips))
    return heapq.nsmallest(
        TOP, matches, key=lambda match: (-match.points, match.candidate.referred_at, match.candidate.name)
    )


def chips_of(candidate: Candidate, role: Role, now: int) -> tuple[str, ...]:
    """Return the chips that speak for one candidate."""
    function, level = function_of(role.title), level_of(role.title)
    return _chips(candidate, role, function, level, role.text.casefold(), now)


def _chips(
    candidate: Candidate, role: Role, function: str, level: int, told: str, now: int
) -> tuple[str, ...]:
    their_level = level_of(candidate.title)
    fits = {
        "same function": bool(function) and function_of(candidate.title) == function,
        "level fits": bool(level and their_level) and abs(level - their_level) <= 1,
        "same industry": bool(role.industry) and candidate.industry.casefold() == role.industry.casefold(),
        "place fits": "remote" in told
        or any(place.casefold() in told for place in candidate.places if place),
        "pay fits": bool(candidate.floor and role.pay)
        and role.pay is not None
        and role.pay.per == "year"
        and role.pay.high >= candidate.floor,
        "might move": candidate.may_move,
        "standing yes": candidate.standing_consent,
        "you would hire them": candidate.would_hire >= 2,
        "spoke this year": bool(candidate.last_touch) and now - candidate.last_touch <= _YEAR,
    }
    return tuple(name for name, fit in fits.items() if fit)
