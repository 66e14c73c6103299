"""A person: what the user keeps about a recruiter beside the messages."""

from typing import Literal

import msgspec

from store.records.reading import Number
from store.records.referral import Mode

Relation = Literal["new", "known", "trusted", "cool", "avoid", "blocked"]
RELATIONS: tuple[Relation, ...] = ("new", "known", "trusted", "cool", "avoid", "blocked")
CheckAnswer = Literal["yes", "no", "unknown", ""]
CHECK_ANSWERS: tuple[CheckAnswer, ...] = ("", "yes", "no", "unknown")
Circle = Literal["inner", "trusted", "moderate", "weak", "dormant"]
CIRCLES: tuple[Circle, ...] = ("inner", "trusted", "moderate", "weak", "dormant")
CHECKS = (
    "identity checks out by a route they did not give you",
    "says how they are engaged",
    "names the employer, or when they will, before any CV moves",
    "gives scope and pay",
    "knows the role: why open, reports to whom, process",
    "has read your background",
    "agrees in writing: no CV to any employer without your leave",
    "does what they said, and tells you the result",
)
"""The private checks, numbered from 1."""


class Check(msgspec.Struct, frozen=True, gc=False):
    """The answer to one check."""

    answer: CheckAnswer = ""
    note: str = ""


class Consent(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Leave to pass somebody on: one register, for half of it would be another leave."""

    mode: Mode = "standing"
    answer: Literal["yes", "no", "withdrawn"] = "yes"
    asked_on: Number = 0
    scope: str = ""
    """What it covers, words with commas between; empty for everything."""
    until: Number = 0
    """When it ends (milliseconds), 0 for never."""

    def holds(self, now: int) -> bool:
        """Tell whether leave is given at a time."""
        return self.answer == "yes" and (not self.until or now < self.until)


class Person(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What is kept of a person, in the table `people`: a recruiter, or somebody in the user's network.

    Fields that came with an import are not stamped; whatever the user sets covers them.
    """

    k: str = ""
    name: str | None = ""
    email: str | None = ""
    phone: str | None = ""
    profile: str | None = ""
    employer: str | None = ""
    title: str | None = ""
    industry: str | None = ""
    places: str | None = ""
    """Where they would work, with commas between."""
    floor: Number | None = None
    """The least yearly pay that they would move for."""
    circle: Circle | None = None
    wants: str | None = ""
    how_met: str | None = ""
    may_move: bool | None = None
    """They said that they might move."""
    would_hire: Number | None = None
    """Whether the user would hire them, 0 to 3."""
    do_not_refer: bool | None = None
    sensitive: bool | None = None
    """Suggested to nobody; referring them takes a word more."""
    last_touch: Number | None = None
    """When they last spoke (milliseconds)."""
    cadence: Number | None = None
    """After how many days to be in touch again."""
    consent: Consent | None = None
    gone: bool | None = None
    relation: Relation | None = None
    checks: dict[str, Check | None] = {}
    """By number, from `1`."""


class Promise(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What one side said it would do; a document of its own in the table `promises`."""

    k: str = ""
    person: str = ""
    """Id of the person's document, as a decimal text."""
    by: Literal["them", "me"] = "them"
    text: str = ""
    at: Number = 0
    kept: bool | None = None
    """None: not yet known."""
    gone: bool | None = None
