"""A review: a later look at a decision. Sealed like the decision itself."""

from typing import Literal

import msgspec

from store.records.reading import Number

Became = Literal["filled", "closed", "open", "mine", "unknown"]
SeatNow = Literal["same", "better", "worse", "gone", "left"]
CameTrue = Literal["yes", "partly", "no", "soon"]


class Review(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a decision looks like from later on."""

    k: str = ""
    decision: str = ""
    """Id of the entry it looks back on, as a decimal text."""
    at: Number = 0
    due: Number = 0
    """The review date of the entry that it answers (milliseconds)."""
    became: Became = "unknown"
    """What became of the role; `mine`: the user is in it."""
    seat: SeatNow | None = None
    """The user's seat since: the same, better, worse, gone; `left`: the user left it."""
    wish: int | None = None
    """How much the user wishes to have done the other thing: 0 not at all, 3 very much; None: cannot tell."""
    came_true: CameTrue | None = None
    """Whether the reason came true; `soon`: too soon to say."""
    process: int | None = None
    """Knowing only what was known then: 1 decided badly, 2 fairly, 3 well."""
    line: str = ""
    """One line for next time."""
    seal: str = ""
    gone: bool | None = None
