"""What was decided, what stood in the way, and whether it was right."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from store.clock import DAY
from store.records.decision import NOTHING, Decision
from store.records.review import Review
from store.rules.figures import Figure, ratio, share
from store.rules.questions import VERDICT_NAMES, reason_name
from store.rules.sample import Decided, Sample

AGES: Final = ((45, "14 d"), (200, "90 d"), (10_000, "365 d"))
"""How many days after a decision a review still counts to an age."""
WISHES: Final = 2
"""The wish for the other thing from which a decision is regretted."""
_SEAT_DUE = 300 * DAY
"""How long after a decision an unchanged seat counts as unchanged in a year."""


def deciding(sample: Sample) -> list[Figure]:
    """Return what was decided, by whom and on which channel."""
    entries = sample.entries
    sealed = [each for each in entries if each.decision.verdict is not None]
    default = [each for each in entries if each.decision.by_default]
    declined = [each for each in sealed if each.decision.verdict == "no"]
    channels = sorted({each.row.channel for each in sealed if each.row is not None})
    counts = Counter((each.decision.verdict, each.row.channel) for each in sealed if each.row is not None)
    table = [
        (name, *(str(counts[verdict, channel] or "-") for channel in channels))
        for verdict, name in VERDICT_NAMES.items()
        if any(counts[verdict, channel] for channel in channels)
    ]
    return [
        Figure(
            name="decided_by_default",
            title="decided by default",
            n=len(entries),
            text=f"{len(default)} by silence, {len(sealed)} by you",
            value=ratio(len(default), len(entries)),
        ),
        Figure(
            name="declined",
            title="declined",
            n=len(sealed),
            text=share(len(declined), len(sealed)),
            value=ratio(len(declined), len(sealed)),
        ),
        Figure(
            name="verdicts",
            title="by verdict and channel",
            n=len(sealed),
            text=", ".join(
                f"{count} {VERDICT_NAMES[verdict]}"
                for verdict, count in Counter(each.decision.verdict for each in sealed).most_common()
                if verdict is not None
            ),
            value=[
                {"verdict": verdict, "channel": channel, "count": count}
                for (verdict, channel), count in sorted(counts.items(), key=str)
            ],
            table=(("verdict", *channels), *table) if table else (),
        ),
    ]


def reasons(sample: Sample) -> Figure:
    """Per reason that led: how often it was used, held under its question, and came true. Counts only."""
    led: dict[str, list[Decided]] = {}
    for each in sample.entries:
        for key in each.decision.answers.reasons[:1]:
            if key != NOTHING:
                led.setdefault(key, []).append(each)
    table, value = [], []
    for key, used in sorted(led.items()):
        held = Counter(each.decision.answers.survives for each in used)
        told = [said for each in used if (said := _came_true(each)) in ("yes", "partly", "no")]
        came = Counter(told)
        name = reason_name(key, sample.own)
        table.append(
            (name, str(len(used)), str(held[1]), str(held[2]), str(held[3]), f"{came['yes']} of {len(told)}")
        )
        value.append(
            {
                "reason": key,
                "used": len(used),
                "held": held[1],
                "partly": held[2],
                "fell": held[3],
                "came_true": ratio(came["yes"], len(told)),
            }
        )
    n = sum(len(used) for used in led.values())
    return Figure(
        name="reason_audit",
        title="reason audit",
        n=n,
        text=f"{n} times something was in the way",
        value=value,
        table=(("reason", "used", "held", "partly", "fell", "came true"), *table) if table else (),
    )


def _came_true(each: Decided) -> str | None:
    """Return the newest answer to whether the reason came true."""
    return next((review.came_true for review in reversed(each.reviews) if review.came_true), None)


def right(sample: Sample) -> list[Figure]:
    """Return what later looks say about the decisions."""
    return [
        _but_declines(sample),
        _regret(sample),
        _form_effect(sample),
        _overrides(sample),
        _forecast(sample, "seat", "forecast: the seat"),
        _forecast(sample, "regret", "forecast: the wish"),
    ]


def _but_declines(sample: Sample) -> Figure:
    """Good work, a step up, and still no, later, or nothing."""
    found = [
        each
        for each in sample.entries
        if (each.decision.answers.pull or 0) >= 2
        and (each.decision.answers.step or 0) >= 2
        and each.decision.verdict in ("no", "later", None)
    ]
    wished = [wish for each in found if (wish := _wish(each)) is not None]
    regretted = sum(wish >= WISHES for wish in wished)
    return Figure(
        name="but_declines",
        title="“but” declines",
        n=len(found),
        text=f"{len(found)} good ones put off or declined; regretted {share(regretted, len(wished))}",
        value={"count": len(found), "regretted": ratio(regretted, len(wished))},
    )


def _wish(each: Decided) -> int | None:
    """Return the newest wish for the other thing."""
    return next((review.wish for review in reversed(each.reviews) if review.wish is not None), None)


def age_of(decision: Decision, review: Review) -> str:
    """Return the age at which a review looked back: 14, 90 or 365 days."""
    return next(name for limit, name in AGES if (review.at - decision.at) // DAY <= limit)


def regrets(entries: Sequence[Decided]) -> dict[tuple[str, str], list[int]]:
    """Return the wishes for the other thing by verdict (`default` for silence) and age."""
    found: dict[tuple[str, str], list[int]] = {}
    for each in entries:
        verdict = each.decision.verdict or "default"
        for review in each.reviews:
            if review.wish is not None:
                found.setdefault((verdict, age_of(each.decision, review)), []).append(review.wish)
    return found


def _regret(sample: Sample) -> Figure:
    cells = regrets(sample.entries)
    verdicts = [each for each in (*VERDICT_NAMES, "default") if any(each == verdict for verdict, _ in cells)]
    names = {"default": "by default", **{str(verdict): name for verdict, name in VERDICT_NAMES.items()}}
    table = [
        (names[verdict], *(_regret_cell(cells.get((verdict, age), [])) for _, age in AGES))
        for verdict in verdicts
    ]
    n = sum(map(len, cells.values()))
    regretted = sum(wish >= WISHES for cell in cells.values() for wish in cell)
    return Figure(
        name="regret",
        title="regret by verdict",
        n=n,
        text=f"{share(regretted, n)} looks back wished for the other thing",
        value=[
            {"verdict": verdict, "age": age, "wishes": wishes}
            for (verdict, age), wishes in sorted(cells.items())
        ],
        table=(("verdict", *(age for _, age in AGES)), *table) if table else (),
    )


def _regret_cell(wishes: Sequence[int]) -> str:
    """Say a cell as a share from five on, else as the list of the answers."""
    if not wishes:
        return "-"
    regretted = sum(wish >= WISHES for wish in wishes)
    return share(regretted, len(wishes)) if len(wishes) >= 5 else ", ".join(map(str, wishes))


def _form_effect(sample: Sample) -> Figure:
    """How often the form led elsewhere than the first impulse."""
    asked = [
        each.decision
        for each in sample.entries
        if each.decision.impulse in ("call", "later", "no") and each.decision.verdict is not None
    ]
    moved = sum(_differs(decision) for decision in asked)
    return Figure(
        name="form_effect",
        title="form against impulse",
        n=len(asked),
        needs=5,
        text=f"{share(moved, len(asked))} ended elsewhere than the first impulse",
        value=ratio(moved, len(asked)) if len(asked) >= 5 else None,
    )


def _differs(decision: Decision) -> bool:
    """An impulse to take it up is no other than to ask first."""
    verdict = "call" if decision.verdict in ("ask", "verify") else decision.verdict
    return verdict != decision.impulse


def _overrides(sample: Sample) -> Figure:
    """Followed against overrode, each with how often it was regretted."""
    judged = [each for each in sample.entries if each.decision.recommended is not None]
    parts, value = [], {}
    for name, followed in (("followed", True), ("overrode", False)):
        chosen = [each for each in judged if (each.decision.verdict == each.decision.recommended) is followed]
        wished = [wish for each in chosen if (wish := _wish(each)) is not None]
        regretted = sum(wish >= WISHES for wish in wished)
        parts.append(f"{name} {len(chosen)}, regretted {share(regretted, len(wished))}")
        value[name] = {"count": len(chosen), "regretted": ratio(regretted, len(wished))}
    return Figure(
        name="recommendation",
        title="recommendation",
        n=len(judged),
        needs=5,
        text="; ".join(parts),
        value=value if len(judged) >= 5 else None,
    )


def _forecast(sample: Sample, about: str, title: str) -> Figure:
    """Compare what was expected with what came, and give the Brier score (0 is perfect, 0.25 a coin)."""
    pairs = [
        (forecast.percent, outcome)
        for each in sample.entries
        for forecast in each.decision.forecasts
        if forecast.about == about and (outcome := _outcome(each, about)) is not None
    ]
    n = len(pairs)
    expected = round(sum(percent for percent, _ in pairs) / n) if n else 0
    came = round(100 * sum(outcome for _, outcome in pairs) / n) if n else 0
    brier = sum((percent / 100 - outcome) ** 2 for percent, outcome in pairs) / n if n else 0.0
    return Figure(
        name=f"forecast_{about}",
        title=title,
        n=n,
        needs=10,
        text=f"you expected {expected} %, it was {came} % (n = {n}); Brier score {brier:.2f}",
        value={"expected": expected, "came": came, "brier": round(brier, 3)} if n >= 10 else None,
    )


def _outcome(each: Decided, about: str) -> bool | None:
    """Return how a forecast came out, None while that is open.

    A seat is unchanged where it still is the same about a year on; what changed earlier has changed. The
    wish is there from "rather" on; the newest answer counts.
    """
    if about == "regret":
        wish = _wish(each)
        return None if wish is None else wish >= WISHES
    for review in reversed(each.reviews):
        if review.seat in ("better", "worse", "gone", "left"):
            return False
        if review.seat == "same" and review.at - each.decision.at >= _SEAT_DUE:
            return True
    return None
