"""A referral: somebody passed on to somebody else, with consent; and each step of it, dated."""

from typing import Literal

import msgspec

from store.records.reading import Number

Kind = Literal["given", "received", "asked", "source"]
KINDS: tuple[Kind, ...] = ("given", "received", "asked", "source")
"""given: I send somebody to a recruiter; received: somebody recommends me; asked: I ask for one; source: a
recruiter asks me for names or an opinion."""
Mode = Literal["forward", "both", "standing", "public"]
MODES: tuple[Mode, ...] = ("forward", "both", "standing", "public")
"""How consent is come by. forward: the role goes to the friend, the recruiter learns nothing of them; both:
both are asked, then one mail goes to both; standing: leave was given in advance; public: a public profile."""
UseName = Literal["yes", "no", "ask"]
USE_NAMES: tuple[UseName, ...] = ("yes", "no", "ask")
Side = Literal["friend", "recruiter"]
SIDES: tuple[Side, ...] = ("friend", "recruiter")


class Referral(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a referral is about; where it stands is derived from its steps."""

    k: str = ""
    kind: Kind = "given"
    opportunity: str = ""
    """Id of the opportunity's document, as a decimal text; empty where there is none."""
    role: str = ""
    company: str = ""
    recruiter: str = ""
    """The recruiter's name, as it was then."""
    firm: str = ""
    person: str = ""
    """Id of the person's document, as a decimal text."""
    name: str = ""
    """The person's name, as it was then."""
    why: str = ""
    """Why it fits, in a line."""
    would_hire: int | None = None
    """0 to 3."""
    mode: Mode = "forward"
    use_name: UseName = "ask"
    """Whether they may name me."""
    route: str = ""
    at: Number = 0
    note: str | None = ""
    outcome: str | None = ""
    next_check: Number | None = None
    """When to look at it (milliseconds), where the user says so."""
    gone: bool | None = None


class Step(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One dated thing that happened: a state it came to, a nudge, a word, thanks."""

    k: str = ""
    referral: str = ""
    """Id of the referral's document, as a decimal text."""
    at: Number = 0
    what: str = ""
    """A state, or `nudged`, `told`, `thanked`."""
    side: str = ""
    """Of a nudge: friend or recruiter."""
    note: str = ""
    gone: bool | None = None
