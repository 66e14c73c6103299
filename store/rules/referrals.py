"""Where a referral stands: the states and allowed moves of each kind, time-outs computed when read.

Nothing runs: a state that waits too long reads as its time-out, which blocks no move.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from store.clock import DAY
from store.errors import StoreError, UsageError
from store.records.referral import KINDS, Referral, Step

Moves = Mapping[str, tuple[str, ...]]
_ENDS = ("hired", "not_hired")
_AFTER_SENT = ("in_touch", "interviewing", *_ENDS, "declined_by_friend", "stopped")

MOVES: Final[Mapping[str, Moves]] = {
    "given": {
        "idea": ("asked_friend", "sent", "stopped"),
        "asked_friend": ("yes", "no", "stopped"),
        "yes": ("sent", "stopped"),
        "no": ("closed",),
        "no_answer": ("yes", "no", "stopped", "closed"),
        "sent": _AFTER_SENT,
        "in_touch": _AFTER_SENT[1:],
        "interviewing": _AFTER_SENT[2:],
        "no_response": (*_AFTER_SENT, "closed"),
        **dict.fromkeys((*_ENDS, "declined_by_friend", "stopped"), ("closed",)),
        "closed": (),
    },
    "received": {
        "offered": ("my_yes", "my_no"),
        "my_yes": ("made", "my_no"),
        "my_no": ("closed",),
        "made": ("contacted", "interviewing", *_ENDS),
        "contacted": ("interviewing", *_ENDS),
        "interviewing": _ENDS,
        "quiet": ("contacted", "interviewing", *_ENDS, "closed"),
        **dict.fromkeys(_ENDS, ("closed",)),
        "closed": (),
    },
    "asked": {
        "asked": ("promised", "made", "declined"),
        "promised": ("made", "declined"),
        "no_answer": ("promised", "made", "declined", "closed"),
        **dict.fromkeys(("made", "declined"), ("closed",)),
        "closed": (),
    },
    "source": {
        "asked": ("answered", "passed"),
        **dict.fromkeys(("answered", "passed"), ("closed",)),
        "closed": (),
    },
}
"""For each kind, the states that may follow a state."""
FIRST: Final = {kind: next(iter(MOVES[kind])) for kind in KINDS}
TIME_OUTS: Final[Mapping[tuple[str, str], tuple[int, str]]] = {
    ("given", "asked_friend"): (7, "no_answer"),
    **{("given", state): (30, "no_response") for state in ("sent", "in_touch", "interviewing")},
    **{("received", state): (30, "quiet") for state in ("made", "contacted", "interviewing")},
    **{("asked", state): (14, "no_answer") for state in ("asked", "promised")},
}
"""After how many days in a state it reads as another: a nudge or a note of the user's own is no sign."""
NUDGED, TOLD, THANKED, NOTED = "nudged", "told", "thanked", "noted"


class Standing(msgspec.Struct, frozen=True, gc=False):
    """Where a referral stands at a moment."""

    state: str
    """What it reads as, a time-out where one has passed."""
    stored: str
    """The last state that somebody brought it to."""
    since: int
    """When that was (milliseconds)."""
    moves: tuple[str, ...]
    """The states that may follow."""
    next_check: int
    """When to look at it: the user's date, else when the time-out comes or came; 0 for never."""
    nudged: tuple[str, ...]
    """Sides that had their one nudge."""
    owes_thanks: bool
    owes_word: bool
    """Of a received one: something changed since its maker was last told."""


def standing(referral: Referral, steps: Sequence[Step], now: int) -> Standing:
    """Derive where a referral stands from its steps."""
    kind = referral.kind
    ordered = sorted(steps, key=lambda step: (step.at, step.k))
    states = [step for step in ordered if step.what in MOVES[kind]]
    stored, since = (states[-1].what, states[-1].at) if states else (FIRST[kind], referral.at)
    days, late = TIME_OUTS.get((kind, stored), (0, ""))
    state = late if late and now - since > days * DAY else stored
    late_moves = () if state == stored else ("closed",)
    told, thanked = _newest(steps, TOLD), _newest(steps, THANKED)
    due = referral.next_check or (since + days * DAY if late else 0)
    return Standing(
        state=state,
        stored=stored,
        since=since,
        moves=(*MOVES[kind][stored], *late_moves),
        next_check=0 if stored == "closed" else due,
        nudged=tuple(step.side for step in ordered if step.what == NUDGED),
        owes_thanks=is_ending(kind, stored) and since > thanked,
        owes_word=kind == "received" and stored not in (FIRST[kind], "closed") and since > told,
    )


def _newest(steps: Sequence[Step], what: str) -> int:
    return max((step.at for step in steps if step.what == what), default=0)


def is_ending(kind: str, state: str) -> bool:
    """Tell whether only closing follows a state: whoever took part is owed thanks then."""
    return MOVES[kind].get(state) == ("closed",)


def check_move(referral: Referral, now_stands: Standing, state: str) -> None:
    """Raise StoreError where a referral may not go to a state, naming those that it may."""
    allowed = ", ".join(now_stands.moves) or "nothing more"
    if state not in MOVES[referral.kind]:
        known = ", ".join(MOVES[referral.kind])
        raise UsageError(f"A {referral.kind} referral has no state {state!r}.", f"States are {known}.")
    if state not in now_stands.moves:
        raise StoreError(
            f"A {referral.kind} referral does not go from {words(now_stands.state)} to {words(state)}.",
            f"Allowed now: {allowed}.",
        )


def check_nudge(now_stands: Standing, side: str) -> None:
    """Raise StoreError where a side had its nudge: one a side, not more, and none once it is over."""
    if now_stands.stored == "closed":
        raise StoreError("It is closed: nobody is nudged over it any more.", "Write a new one down.")
    if side in now_stands.nudged:
        raise StoreError(
            f"The {side} was nudged once already, and once is what is fair.", "Let it rest, or stop it."
        )


def words(state: str) -> str:
    """Return a state as people read it."""
    return state.replace("_", " ")


def passed_on(referral: Referral) -> str:
    """Say what a referral is: `passed on to Sam Lee`."""
    what = {
        "given": "passed on to",
        "received": "recommended by",
        "asked": "asked for a word:",
        "source": "asked about",
    }[referral.kind]
    return f"{what} {referral.name}"


def balance(name: str, *, sent_you: int, you_sent: int, last: int, now: int) -> str:
    """Say in a sentence who sent whom how many, without points and without a sex."""
    ago = _months(now - last) if last else "never"
    return f"{name}: sent you {sent_you}, you sent them {you_sent}, last word {ago}"


def _months(span: int) -> str:
    months = span // (30 * DAY)
    return "this month" if months < 1 else "a month ago" if months == 1 else f"{months} months ago"
