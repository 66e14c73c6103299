"""The ledger: the worked cases come out as written, and over all combinations nothing surprising happens."""

from collections.abc import Iterator
from itertools import pairwise, product
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.records.decision import Answers, Verdict
from store.rules.ledger import ANSWER_OF, LINES, Case, reckon, reckon_express, seat_band

RANK: dict[str, int] = {"no": 0, "later": 1, "ask": 2, "call": 3}
SCALES: dict[str, tuple[Any, ...]] = {
    "pull": (0, 1, 2, 3),
    "step": (0, 1, 2, 3),
    "silence": (0, 1, 2, 3),
    "survives": (1, 2, 3),
    "seat": (9, 6, 2),
    "trust": ("p", "u", "g"),
    "sting": ("c", "=", "s"),
    "call": (3, 2, 1, 0),
}
"""The answers of each field, from what speaks against to what speaks in favour."""


def answers(**given: Any) -> Answers:
    """Make answers with reason A in the way."""
    return Answers(**{"reasons": ("a",), **given})


WORKED: list[tuple[str, Answers, Case, int, Verdict]] = [
    (
        "content, retained search, strong role",
        answers(survives=2, call=1, silence=2, pull=2, step=2, seat=6, trust="g", sting="s"),
        Case(3),
        7,
        "call",
    ),
    (
        "undated promise, pay unknown",
        answers(reasons=("b",), survives=2, call=1, silence=1, pull=2, step=2, seat=6, trust="u", sting="="),
        Case(3),
        4,
        "ask",
    ),
    (
        "project ends in six weeks",
        answers(reasons=("c",), survives=2, call=1, silence=1, pull=2, step=1, seat=8, trust="u", sting="="),
        Case(4),
        2,
        "ask",
    ),
    (
        "good recruiter, wrong role",
        answers(reasons=("0",), call=1, silence=1, pull=0, step=0, seat=6, trust="g", sting="="),
        Case(4),
        2,
        "later",
    ),
    (
        "promise in writing, small step",
        answers(reasons=("b",), survives=1, call=1, silence=0, pull=1, step=0, seat=9, trust="u", sting="="),
        Case(4),
        -2,
        "no",
    ),
    (
        "mass mailing",
        answers(survives=1, call=0, silence=0, pull=0, step=0, seat=9, trust="p", sting="c"),
        Case(1),
        -4,
        "no",
    ),
    (
        "strong role, but a promise would be broken",
        answers(reasons=("d",), survives=1, call=3, silence=2, pull=3, step=3, seat=6, trust="u", sting="="),
        Case(4),
        4,
        "ask",
    ),
]


@pytest.mark.parametrize(("given", "case", "total", "verdict"), [row[1:] for row in WORKED])
def test_the_worked_cases(given: Answers, case: Case, total: int, verdict: Verdict) -> None:
    """Each case of the design comes to its total and its recommendation."""
    found = reckon(given, case)
    assert (found.total, found.recommended) == (total, verdict)
    assert found.total == sum(points for _, points in found.ledger)
    assert tuple(name for name, _ in found.ledger) == LINES


def test_the_first_case_in_full() -> None:
    """Every line, the nearest flip, and that it is firm."""
    found = reckon(WORKED[0][1], WORKED[0][2])
    assert found.ledger == (
        ("pull", 2),
        ("step", 2),
        ("silence", 2),
        ("reason", -1),
        ("seat", 1),
        ("recruiter", 1),
        ("year", 1),
        ("call", -1),
    )
    assert found.flip is not None
    assert (found.flip.answer, found.flip.before, found.flip.after, found.flip.recommended) == (
        "call",
        1,
        3,
        "ask",
    )
    assert found.firm


def test_gates_come_first() -> None:
    """A safety flag says verify, a line of one's own no, harm in the call and too few facts ask first."""
    strong = answers(survives=3, call=0, silence=3, pull=3, step=3, seat=2, trust="g", sting="s")
    assert reckon(strong, Case(4)).recommended == "call"
    assert reckon(strong, Case(4, warnings=("A cheque",), no_go=("x",))).recommended == "verify"
    assert reckon(strong, Case(4, no_go=("on call",))).recommended == "no"
    assert reckon(strong, Case(1)).recommended == "ask"
    harmful = reckon(msgspec.structs.replace(strong, call=3), Case(4))
    assert harmful.recommended == "ask"
    assert "in writing" in harmful.gates[0]


def test_express_recommends_nothing() -> None:
    """Four answers have points, and are not enough."""
    found = reckon_express(answers(call=1, silence=3))
    assert (found.total, found.recommended, found.flip) == (2, None, None)


def everything() -> Iterator[tuple[tuple[Any, ...], str]]:
    """Yield every combination of known answers and facts with its recommendation."""
    for combination in product(*SCALES.values()):
        for known in (1, 2):
            found = answers(**dict(zip(SCALES, combination, strict=True)))
            yield (*combination, known), _recommended(found, Case(known))


def _recommended(given: Answers, case: Case) -> str:
    from store.rules.ledger import _recommend

    return _recommend(given, case)[0]


def test_nothing_in_favour_ever_lowers_it_and_every_verdict_can_be_reached() -> None:
    """Over all combinations: one answer a step more in favour, or one more fact, never recommends less."""
    table = dict(everything())
    assert set(table.values()) == {"no", "later", "ask", "call"}
    scales = [*SCALES.values(), (1, 2)]
    steps = [dict(pairwise(scale)) for scale in scales]
    for combination, verdict in table.items():
        for place, step in enumerate(steps):
            better = step.get(combination[place])
            if better is not None:
                other = table[(*combination[:place], better, *combination[place + 1 :])]
                assert RANK[other] >= RANK[verdict], (combination, place)


DRAWN = st.builds(
    Answers,
    reasons=st.sampled_from([("a",), ("0",), ("b", "c")]),
    **{
        name: st.sampled_from((None, *scale))
        for name, scale in {**SCALES, "seat": tuple(range(1, 10))}.items()
    },
)
CASES = st.builds(
    Case,
    st.integers(0, 4),
    st.sampled_from([(), ("A cheque",)]),
    st.sampled_from([(), ("on call",)]),
)


@given(DRAWN, CASES)
def test_flips_are_true_and_nearest(given: Answers, case: Case) -> None:
    """The flip gives the recommendation that it names; no nearer change, and no earlier equal one, does."""
    found = reckon(given, case)
    changes = []
    for order, line in enumerate(LINES):
        answer = ANSWER_OF.get(line, line)
        value = getattr(given, answer)
        if value in (None, "u") or (answer == "survives" and given.reasons == ("0",)):
            continue
        scale = SCALES[answer] if answer != "seat" else ("high", "mid", "low")
        here = scale.index(value if answer != "seat" else seat_band(value))
        for there, other in enumerate(scale):
            if other == "u" or there == here:
                continue
            tenths = {"high": 9, "mid": 6, "low": 2}.get(other, other)
            changed = msgspec.structs.replace(given, **{answer: tenths})
            if _recommended(changed, case) != found.recommended:
                changes.append((abs(there - here), order, answer))
    if not changes:
        assert found.flip is None
        assert found.firm
        return
    distance, _, answer = min(changes)
    assert found.flip is not None
    assert found.flip.answer == answer
    assert found.firm == (distance > 1)
    assert found.flip.before == getattr(given, answer)
    flipped = msgspec.structs.replace(given, **{answer: found.flip.after})
    assert _recommended(flipped, case) == found.flip.recommended != found.recommended
