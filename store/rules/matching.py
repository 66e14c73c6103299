"""Who would be glad of a role: hard exclusions first, then one point a chip, added up in sight.

Two points are the least, and one of them must be about the role (function, level, industry, place, pay):
a friend who might move need not be glad of any role at all.
"""

import heapq
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import msgspec

from store.clock import DAY
from store.rules.companies import company_name
from store.rules.industries import industry_chip, industry_of, industry_of_role
from store.rules.pay import Pay
from store.rules.titles import function_of, level_of

FEWEST_POINTS: Final = 2
"""Points below which nobody is suggested."""
TOP: Final = 3
_WOULD_HIRE = 2
_WORD = re.compile(r"\w+")
_NOT_REMOTE = re.compile(r" (?:not?|never) (?:fully )?remote")
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
    email: str = ""
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
    company = company_name(role.company)
    if company and company_name(candidate.employer) == company:
        return f"works at {candidate.employer}"
    if candidate.standing_consent and candidate.scope and not _covers(candidate.scope, role):
        return f"the leave covers {candidate.scope} only"
    if candidate.referred_at and now - candidate.referred_at < _REST:
        return "was referred less than 60 days ago"
    return ""


def _covers(scope: str, role: Role) -> bool:
    """Tell whether a role falls under a leave: one of its words begins a word of the title or the text."""
    told = _told(role.title, role.text)
    asked = (_words(part) for part in scope.split(","))
    return any(f" {' '.join(words)}" in told for words in asked if words)


def suggestions(candidates: Iterable[Candidate], role: Role, now: int) -> list[Match]:
    """Return the best three with at least two points, one of them about the role.

    Of equal ones who was referred longest ago comes first.
    """
    facts = _facts(role)
    matches = []
    for each in candidates:
        if each.sensitive or excluded(each, role, now):
            continue
        chips = _chips(each, facts, now)
        if len(chips) >= FEWEST_POINTS and not _ABOUT_THE_ROLE.isdisjoint(chips):
            matches.append(Match(each, chips))
    return heapq.nsmallest(
        TOP, matches, key=lambda match: (-match.points, match.candidate.referred_at, match.candidate.name)
    )


def in_words(chips: Sequence[str]) -> str:
    """Say in a line why it fits, in words that may stand in a letter: chips about their mind stay out of it.

    Empty where nothing is left to say.
    """
    fitting = [word for chip, word in _FITS.items() if chip in chips]
    said = [f"{_listed(fitting)} {'fits' if len(fitting) == 1 else 'fit'}"] if fitting else []
    if "neighbouring industry" in chips:
        said.append("the trade is a close one")
    return "; ".join(said)


_FITS: Final = {
    "same function": "the line of work",
    "level fits": "the level",
    "same industry": "the trade",
    "place fits": "the place",
    "pay fits": "the pay",
}
"""Chips that a letter may speak of, with what fits."""
_ABOUT_THE_ROLE: Final = frozenset({*_FITS, "neighbouring industry"})
"""Chips that compare somebody with the role; the others would speak for them whatever it is."""


def _listed(words: Sequence[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def chips_of(candidate: Candidate, role: Role, now: int) -> tuple[str, ...]:
    """Return the chips that speak for one candidate."""
    return _chips(candidate, _facts(role), now)


class _Facts(NamedTuple):
    """What is compared of a role, read off it once for all candidates."""

    function: str
    level: int
    industry: str
    told: str
    """Everything that was said, as words with a space before and after each."""
    remote: bool
    highest: int
    """The most that it pays a year, 0 where that is unknown."""


def _facts(role: Role) -> _Facts:
    told = _told(role.title, role.company, role.text)
    yearly = role.pay is not None and role.pay.per == "year"
    return _Facts(
        function=function_of(role.title),
        level=level_of(role.title),
        industry=industry_of(_words(role.industry)) or industry_of_role(told.split()),
        told=told,
        remote=" remote" in _NOT_REMOTE.sub(" ", told),
        highest=role.pay.high if role.pay is not None and yearly else 0,
    )


def _told(*texts: str) -> str:
    return f" {' '.join(_words(' '.join(texts)))} "


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _chips(candidate: Candidate, role: _Facts, now: int) -> tuple[str, ...]:
    their_level = level_of(candidate.title)
    places = (" ".join(_words(place)) for place in candidate.places)
    chips = (
        ("same function", bool(role.function) and function_of(candidate.title) == role.function),
        ("level fits", bool(role.level and their_level) and abs(role.level - their_level) <= 1),
        *_industry(candidate, role),
        ("place fits", role.remote or any(f" {place} " in role.told for place in places if place)),
        ("pay fits", 0 < candidate.floor <= role.highest),
        ("might move", candidate.may_move),
        ("standing yes", candidate.standing_consent),
        ("you would hire them", candidate.would_hire >= _WOULD_HIRE),
        ("spoke this year", bool(candidate.last_touch) and now - candidate.last_touch <= _YEAR),
    )
    return tuple(name for name, fits in chips if fits)


def _industry(candidate: Candidate, role: _Facts) -> Iterator[tuple[str, bool]]:
    """Yield the chip of the trade; one that is in no list fits where the role's text names it."""
    theirs = _words(candidate.industry)
    if chip := industry_chip(industry_of(theirs), role.industry):
        yield chip, True
    elif theirs and not industry_of(theirs):
        yield "same industry", f" {' '.join(theirs)} " in role.told
