"""The recommendation: a ledger that anyone can add up (design 4).

Gates first, then points, then thresholds, all in the tables at the top; nothing else decides. Unknown counts
nothing, and is said.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from store.records.decision import NOTHING, Answers, Flip, Verdict

THRESHOLDS: Final[tuple[tuple[int, Verdict], ...]] = ((5, "call"), (2, "ask"), (0, "later"))
"""The least total for each verdict; below all of them: no."""
FEWEST_FACTS: Final = 2
"""Known facts, of four, below which a call is asked about first."""
HARMFUL: Final = 3
"""The cost of a call from which one asks first, in writing."""
_RANK: Final[dict[Verdict, int]] = {"no": 0, "later": 1, "ask": 2, "call": 3}

_SURVIVES = {1: -2, 2: -1, 3: 0}
_TRUST = {"g": 1, "p": -1}
_STING = {"s": 1, "=": 0, "c": -1}
_MID, _HIGH = 5, 8
"""Tenths from which a seat forecast is middling, and from which it is high."""
_MID_FROM_ABOVE = 7

LINES: Final = ("pull", "step", "silence", "reason", "seat", "recruiter", "year", "call")
"""The lines of the ledger, in its order."""
EXPRESS_LINES: Final = ("silence", "call")
"""What the express form knows of them."""
ANSWER_OF: Final = {"reason": "survives", "recruiter": "trust", "year": "sting"}
"""The answer that a line is reckoned from, where it has another name."""

_SCALES: Final[dict[str, tuple[int | str, ...]]] = {
    "pull": (0, 1, 2, 3),
    "step": (0, 1, 2, 3),
    "silence": (0, 1, 2, 3),
    "survives": (1, 2, 3),
    "seat": (_MID - 1, _MID, _HIGH),
    "trust": ("p", "u", "g"),
    "sting": ("c", "=", "s"),
    "call": (0, 1, 2, 3),
}
"""The steps of each answer; of the seat its three bands: up to 40 %, 50 to 70 %, from 80 %."""


class Case(msgspec.Struct, frozen=True, gc=False):
    """What the recommendation asks beside the answers."""

    known: int = 4
    """How many of the four facts are known."""
    warnings: tuple[str, ...] = ()
    """Safety flags, each a sentence."""
    no_go: tuple[str, ...] = ()
    """The user's own no-go lines that the opportunity crosses."""


class Reckoning(msgspec.Struct, frozen=True, gc=False):
    """The ledger filled in."""

    ledger: tuple[tuple[str, int], ...]
    """Each line with its points, in the order of `LINES`."""
    total: int
    recommended: Verdict | None
    """None where too few questions were asked (express)."""
    gates: tuple[str, ...]
    """A sentence for each gate that stands in the way of the points."""
    flip: Flip | None
    """The nearest change of one answer that changes the recommendation; None where no single one does."""
    firm: bool
    """Whether no single step of one answer changes it; where one does it is a toss-up."""


def reckon(answers: Answers, case: Case) -> Reckoning:
    """Add up the ledger of the full form and recommend."""
    ledger = tuple((name, points(name, answers)) for name in LINES)
    recommended, gates = _recommend(answers, case)
    steps, flip = _nearest_flip(answers, case, recommended)
    return Reckoning(ledger, sum(each for _, each in ledger), recommended, gates, flip, steps != 1)


def reckon_express(answers: Answers) -> Reckoning:
    """Add up what four answers say; they are not enough to recommend anything."""
    ledger = tuple((name, points(name, answers)) for name in EXPRESS_LINES)
    return Reckoning(ledger, sum(each for _, each in ledger), None, (), None, firm=False)


def points(line: str, answers: Answers) -> int:
    """Return the points of one line; unknown counts nothing."""
    match line:
        case "pull" | "step" | "silence":
            return getattr(answers, line) or 0
        case "reason":
            led = answers.reasons[:1] not in ((), (NOTHING,))
            return _SURVIVES.get(answers.survives or 0, 0) if led else 0
        case "seat":
            return {"high": 0, "mid": 1, "low": 2, "": 0}[seat_band(answers.seat)]
        case "recruiter":
            return _TRUST.get(answers.trust or "", 0)
        case "year":
            return _STING.get(answers.sting or "", 0)
        case _:
            return -(answers.call or 0)


def seat_band(tenths: int | None) -> str:
    """Return how sure the seat is: low up to 40 %, mid from 50 to 70 %, high from 80 %; empty for unknown."""
    if tenths is None:
        return ""
    return "high" if tenths >= _HIGH else "mid" if tenths >= _MID else "low"


def unknown(answers: Answers) -> tuple[str, ...]:
    """Return the lines that count nothing because their answer is not known."""
    return tuple(name for name in LINES if not _is_known(ANSWER_OF.get(name, name), answers))


def _is_known(answer: str, answers: Answers) -> bool:
    if answer == "survives" and answers.reasons[:1] == (NOTHING,):
        return True
    return getattr(answers, answer) not in (None, "u")


def _recommend(answers: Answers, case: Case) -> tuple[Verdict, tuple[str, ...]]:
    """Return the recommendation and the sentences of the gates that it met."""
    if case.warnings:
        return "verify", tuple(f"Verify first: {warning}" for warning in case.warnings)
    if case.no_go:
        return "no", tuple(f"It crosses a line of your own: {line}." for line in case.no_go)
    total = sum(points(name, answers) for name in LINES)
    verdict: Verdict = next((name for least, name in THRESHOLDS if total >= least), "no")
    if answers.pull == 0 and answers.step == 0:
        sentence = "Neither your core nor a step up: at most later."
        return ("later", (sentence,)) if _RANK[verdict] >= _RANK["later"] else (verdict, (sentence,))
    if verdict == "call" and answers.call == HARMFUL:
        return "ask", ("The call itself could do harm: ask first, in writing.",)
    if verdict == "call" and case.known < FEWEST_FACTS:
        return "ask", (f"Only {case.known} of 4 facts are known: ask first.",)
    return verdict, ()


def _nearest_flip(answers: Answers, case: Case, recommended: Verdict) -> tuple[int, Flip | None]:
    """Return the smallest change of one answer that changes the recommendation, and its steps.

    Of equal ones the first in the order of the ledger; what is unknown never flips, nor does anything turn
    unknown.
    """
    nearest: tuple[int, Flip | None] = (0, None)
    for name in LINES:
        answer = ANSWER_OF.get(name, name)
        for steps, other in _others(answer, answers):
            if nearest[1] is not None and steps >= nearest[0]:
                continue
            verdict = _recommend(msgspec.structs.replace(answers, **{answer: other}), case)[0]
            if verdict != recommended:
                nearest = (steps, Flip(answer, getattr(answers, answer), other, verdict))
    return nearest


def _others(answer: str, answers: Answers) -> Iterator[tuple[int, int | str]]:
    """Yield the other values that an answer could have had, each with its distance, nearest first."""
    value = getattr(answers, answer)
    if value in (None, "u") or (answer == "survives" and answers.reasons[:1] in ((), (NOTHING,))):
        return
    scale = _SCALES[answer]
    here = scale.index(_on_scale(answer, value, scale))
    distances = sorted((abs(place - here), place) for place in range(len(scale)) if place != here)
    for distance, place in distances:
        if scale[place] != "u":
            from_above = answer == "seat" and place == 1 and here > place
            yield distance, _MID_FROM_ABOVE if from_above else scale[place]


def _on_scale(answer: str, value: int | str, scale: Sequence[int | str]) -> int | str:
    if answer == "seat" and isinstance(value, int):
        return scale[("low", "mid", "high").index(seat_band(value))]
    return value
