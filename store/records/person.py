"""A person: what the user keeps about a recruiter beside the messages."""

from typing import Literal

import msgspec

from store.records.reading import Number

Relation = Literal["new", "known", "trusted", "cool", "avoid", "blocked"]
RELATIONS: tuple[Relation, ...] = ("new", "known", "trusted", "cool", "avoid", "blocked")
CheckAnswer = Literal["yes", "no", "unknown", ""]
CHECK_ANSWERS: tuple[CheckAnswer, ...] = ("", "yes", "no", "unknown")
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


class Person(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The fields a user may set on a person, in the table `people`."""

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
