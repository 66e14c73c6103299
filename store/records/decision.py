"""A decision: the sealed answer to *what do you have to lose?*, asked of one opportunity.

The document is written once. What it holds is bound by its `seal` (`store.file.sealed`), so that no later
write, of ours or of another program, can change it; `gone` alone may be set, by undo.
"""

from typing import Literal

import msgspec

from store.records.reading import Number
from store.records.seat import Seat

Verdict = Literal["call", "ask", "later", "no", "verify"]
VERDICTS: tuple[Verdict, ...] = ("call", "ask", "later", "no", "verify")
Form = Literal["full", "express", "default"]
Fact = Literal["employer", "role", "pay", "mandate"]
FACTS: tuple[Fact, ...] = ("employer", "role", "pay", "mandate")
"""What may be known of an opportunity before anything is asked."""
NOTHING = "0"
"""The reason that stands for none."""


class Answers(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The answers to fields 1 to 10; None is unknown, or not asked."""

    reasons: tuple[str, ...] = ()
    """`a` to `f`, `0` for nothing, or the key of a reason of the user's own; the first one leads."""
    survives: int | None = None
    """Whether the leading reason holds under its counter-question: 1 it holds, 2 partly, 3 it does not."""
    call: int | None = None
    """What a half-hour call would cost: 0 nothing real, 1 the half hour, 2 some risk of talk, 3 real harm."""
    silence: int | None = None
    """What never answering would cost: 0 nothing, 1 a contact, 2 a view of the market, 3 a role."""
    pull: int | None = None
    """How much of the work sits in the user's core, 0 to 3."""
    step: int | None = None
    """Against today's seat: 0 smaller, 1 the same, 2 bigger, 3 clearly bigger."""
    seat: int | None = None
    """How likely the seat is unchanged in 12 months: 1 to 9, tenths."""
    trust: Literal["g", "u", "p"] | None = None
    """The recruiter: good, unknown, poor."""
    sting: Literal["c", "=", "s"] | None = None
    """What would sting more in a year: having called, neither, having kept silent."""
    regret: int | None = None
    """How likely the user will wish to have done the other thing: 1 to 9, tenths."""


class Flip(msgspec.Struct, frozen=True, gc=False):
    """The smallest single change of an answer that would have changed the recommendation."""

    answer: str = ""
    """Name of the field: pull, step, silence, survives, seat, trust, sting or call."""
    before: int | str = msgspec.field(name="from", default="")
    after: int | str = msgspec.field(name="to", default="")
    recommended: Verdict = "no"


class Forecast(msgspec.Struct, frozen=True, gc=False):
    """A probability that a later review resolves."""

    about: Literal["seat", "regret"] = "regret"
    """`seat`: it is unchanged then; `regret`: the user wishes to have done the other thing."""
    percent: Number = 0
    resolves: Number = 0
    """When it is to be looked at (milliseconds)."""


class Decision(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A sealed entry of the journal."""

    k: str = ""
    opportunity: str = ""
    """Id of the opportunity's document, as a decimal text."""
    at: Number = 0
    """When it was sealed (milliseconds); of one by default, when the silence became one."""
    seen: Number = 0
    """The newest message from them when it was sealed (milliseconds)."""
    form: Form = "full"
    answers: Answers = Answers()
    notes: dict[str, str] = {}
    """Short notes by the field's name."""
    known: tuple[Fact, ...] = ()
    warnings: tuple[str, ...] = ()
    """Safety flags, each a sentence."""
    no_go: tuple[str, ...] = ()
    """The user's own no-go lines that it crossed."""
    ledger: tuple[tuple[str, int], ...] = ()
    gates: tuple[str, ...] = ()
    total: int = 0
    recommended: Verdict | None = None
    """None in the express form and by default."""
    flip: Flip | None = None
    firm: bool = False
    """Whether no single step of one answer changes the recommendation."""
    verdict: Verdict | None = None
    """None only by default."""
    because: str = ""
    """Why the verdict is another one than was recommended."""
    until: Number = 0
    """Of `later`: the date (milliseconds)."""
    forecasts: tuple[Forecast, ...] = ()
    reviews: tuple[Number, ...] = ()
    """When to look back (milliseconds), earliest first."""
    present: Seat = Seat()
    """The seat as it was then."""
    impulse: str = ""
    """The verdict that the first verb used on the opportunity stood for; empty where there was none."""
    seconds: Number = 0
    """How long the form was open."""
    by_default: bool = False
    supersedes: str = ""
    """Id of the entry before it on the same opportunity, an empty text where there is none."""
    seal: str = ""
    gone: bool | None = None
    """Withdrawn by undo."""
