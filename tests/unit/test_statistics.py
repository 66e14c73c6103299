"""The figures: each with its n, counts below five, nothing said where there is too little."""

import json
from typing import Any

import pytest

from inbox_support import a_row
from store.clock import DAY
from store.records.decision import Answers, Decision, Forecast, Verdict
from store.records.review import Review
from store.rules.figures import Figure, share
from store.rules.pay import Pay, parse_pay
from store.rules.row import Row
from store.rules.sample import Decided, Sample
from store.rules.statistics import sections
from store.rules.statistics_inbound import months_up_to, rates, stated_pay
from support import NOW, ago
from tui.charts import chart


def sample(*rows: Row, entries: tuple[Decided, ...] = (), **more: Any) -> Sample:
    """Make a sample of rows and entries."""
    given: dict[str, Any] = {"answer_days": (), "talks": (), "own": (), "now": NOW, "silent_days": 14, **more}
    return Sample(rows=rows, entries=entries, **given)


def figures(given: Sample) -> dict[str, Figure]:
    """Return every figure by its name."""
    return {figure.name: figure for section in sections(given) for figure in section.figures}


def decided(verdict: Verdict | None = "no", wish: int | None = None, after: int = 90, **more: Any) -> Decided:
    """Make an entry of a hundred days ago, looked back on where a wish is given."""
    answers = Answers(reasons=("b",), survives=more.pop("survives", 2), pull=2, step=2)
    came_true, seat = more.pop("came_true", None), more.pop("seat", None)
    decision = Decision(
        at=ago(days=500),
        answers=answers,
        verdict=verdict,
        by_default=verdict is None,
        **more,
    )
    looked = wish is not None or came_true or seat
    review = Review(at=decision.at + after * DAY, wish=wish, came_true=came_true, seat=seat)
    return Decided(decision, a_row(), [review] if looked else [])


def test_shares_below_five_are_counts() -> None:
    """A percentage needs five."""
    assert share(3, 4) == "3 of 4"
    assert share(3, 5) == "3 of 5 (60 %)"
    assert share(0, 0) == "0 of 0"


def test_an_empty_sample_says_so_everywhere_it_must() -> None:
    """Nothing divides by nought, and what needs an n says which."""
    found = figures(sample())
    assert all(not figure.is_enough or figure.n == 0 for figure in found.values())
    assert found["forecast_seat"].said == "not enough data yet (n = 0, needs 10)"


def test_answering() -> None:
    """Rate, median and debt from the rows; silence and old imports are no debt."""
    rows = (
        a_row(1, answered_at=ago(days=0.5)),
        a_row(2),
        a_row(3, at=ago(days=40)),
        a_row(4, late=True),
        a_row(5, decided_at=NOW),
    )
    found = figures(sample(*rows, answer_days=(0.5, 3.0, 10.0)))
    assert found["answer_rate"].text == "1 of 5 (20 %)"
    assert found["days_to_answer"].value == {"median": 3.0}
    assert found["reply_debt"].value == 1


def test_declined_and_silent_are_never_merged() -> None:
    """What was declined counts among verdicts, what became silent among defaults."""
    found = figures(sample(a_row(), entries=(decided("no"), decided("call"), decided(None))))
    assert found["declined"].value == {"count": 1, "of": 2}
    assert found["decided_by_default"].value == {"count": 1, "of": 3}


def test_the_reason_audit_counts() -> None:
    """Per reason: used, held, partly, fell, and how often it came true of how often that is known."""
    entries = (
        decided(survives=1, came_true="yes"),
        decided(survives=3, came_true="no"),
        decided(survives=3, came_true="soon"),
    )
    value = figures(sample(a_row(), entries=entries))["reason_audit"].value
    assert value == [
        {"reason": "b", "used": 3, "held": 1, "partly": 0, "fell": 2, "came_true": {"count": 1, "of": 2}}
    ]


def test_regret_lists_small_cells() -> None:
    """Below five a cell is the list of answers; silence has a line of its own."""
    entries = (*(decided("no", wish) for wish in (3, 0, 2, 0, 1)), decided("call", 0, 14), decided(None, 2))
    table = figures(sample(a_row(), entries=entries))["regret"].table
    assert table == (
        ("verdict", "14 d", "90 d", "365 d"),
        ("take the call", "0", "-", "-"),
        ("no", "-", "2 of 5 (40 %)", "-"),
        ("by default", "-", "2", "-"),
    )


def test_good_ones_put_off() -> None:
    """A "but" decline is good work and a step up, and still no, later or nothing."""
    entries = (decided("no", 3), decided("later", 0), decided(None), decided("call", 3))
    assert figures(sample(a_row(), entries=entries))["but_declines"].value == {
        "count": 3,
        "regretted": {"count": 1, "of": 2},
    }


def test_the_form_against_impulse_needs_five() -> None:
    """Asking first is no other way than taking it up; below five nothing is said."""
    entries = (
        *(decided("ask", impulse="call") for _ in range(2)),
        decided("call", impulse="no"),
        decided("no", impulse="no"),
    )
    assert not figures(sample(a_row(), entries=entries))["form_effect"].is_enough
    more = (*entries, decided("later", impulse="no"))
    assert figures(sample(a_row(), entries=more))["form_effect"].value == {"count": 2, "of": 5}


def test_forecasts_by_hand() -> None:
    """Ten forecasts of 40 %, two of which came: expected 40, came 20, and the Brier score between."""
    forecast = (Forecast("regret", 40, NOW),)
    entries = tuple(decided("no", 3 if place < 2 else 0, forecasts=forecast) for place in range(10))
    found = figures(sample(a_row(), entries=entries))["forecast_regret"]
    assert found.value == {"expected": 40, "came": 20, "brier": 0.2}
    assert "you expected 40 %, it was 20 % (n = 10)" in found.text


def test_a_seat_is_unchanged_only_after_a_year() -> None:
    """The same seat after 90 days says nothing yet; a worse one does."""
    forecast = (Forecast("seat", 60, NOW),)
    early = decided("no", seat="same", forecasts=forecast)
    late = decided("no", after=366, seat="same", forecasts=forecast)
    worse = decided("no", seat="worse", forecasts=forecast)
    counted = [figures(sample(a_row(), entries=(each,)))["forecast_seat"].n for each in (early, late, worse)]
    assert counted == [0, 1, 1]


def test_months_without_any_are_remarked_upon() -> None:
    """Three empty months at the end ask what changed."""
    found = figures(sample(a_row(at=ago(days=200)), a_row(2, at=ago(days=190))))["inbound"]
    assert "three months without any" in found.text
    assert months_up_to(NOW, ago(days=70), 24) == ["2026-09", "2026-10", "2026-11"]


def test_every_value_is_json() -> None:
    """What `--json` writes of a full sample can be written."""
    rows = tuple(a_row(id, pay="$200k", mandate="retained", at=ago(days=id)) for id in range(1, 8))
    entries = tuple(decided("no", 1, recommended="call", impulse="no") for _ in range(12))
    for figure in figures(sample(*rows, entries=entries, answer_days=(1.0,), talks=(NOW,))).values():
        json.dumps(figure.value)


@pytest.mark.parametrize(
    ("text", "pay"),
    [
        ("$230-260k", Pay(230_000, 260_000, "USD")),
        ("230 to 260 thousand dollars", Pay(230_000, 260_000, "USD")),
        ("€95.000", Pay(95_000, 95_000, "EUR")),
        ("£110,000 – £125,000 + bonus", Pay(110_000, 125_000, "GBP")),
        ("CA$190k", Pay(190_000, 190_000, "CAD")),
        ("CHF 180'000", Pay(180_000, 180_000, "CHF")),
        ("120k", Pay(120_000, 120_000, "")),
        ("$70/hr on C2C", Pay(70, 70, "USD", "hour")),
        ("£600 a day", Pay(600, 600, "GBP", "day")),
        ("up to 45k", Pay(None, 45_000, "")),
        ("bis zu 90.000 Euro", Pay(None, 90_000, "EUR")),
        ("entre 55.000 y 65.000 euros", Pay(55_000, 65_000, "EUR")),
        ("€6,000 per month", Pay(6_000, 6_000, "EUR", "month")),
        ("$2,400/wk", Pay(2_400, 2_400, "USD", "week")),
        ("$700k-$1.1m", Pay(700_000, 1_100_000, "USD")),
        ("25 LPA to 32 LPA", Pay(2_500_000, 3_200_000, "INR")),
        ("competitive", None),
        ("DOE, 401k, 4 weeks", None),
        ("", None),
    ],
)
def test_pay_as_it_is_stated(text: str, pay: Pay | None) -> None:
    """Many spellings, one reading; what cannot be read is no pay."""
    assert parse_pay(text) == pay


def test_pay_in_the_commonest_currency() -> None:
    """Other currencies and rates by the hour are left out of one line of figures."""
    rows = [a_row(1, pay="$100k"), a_row(2, pay="$120-140k"), a_row(3, pay="€90k"), a_row(4, pay="$70/hr")]
    currency, points = stated_pay(rows)
    assert currency == "USD"
    assert [pay for _, pay, _ in points] == [100_000, 130_000]


def test_rates_name_what_they_are_for() -> None:
    """Whatever a rate is paid for, it is said; yearly pay is left out."""
    stated = ["$70/hr", "£600 a day", "$2,400/wk", "€6,000 per month", "$100k"]
    rows = tuple(a_row(id, pay=pay) for id, pay in enumerate(stated, start=1))
    figure = rates(sample(*rows))
    assert [line[1] for line in figure.table[1:]] == [
        "70 USD an hour",
        "600 GBP a day",
        "2400 USD a week",
        "6000 EUR a month",
    ]


@pytest.mark.parametrize("width", [30, 60, 100])
@pytest.mark.parametrize("ascii", [False, True])
def test_charts_keep_to_their_width_and_to_ascii(width: int, ascii: bool) -> None:
    """No line is wider, none holds an escape sequence, and ASCII is ASCII."""
    rows = tuple(
        a_row(id, pay=f"${150 + id}k", channel=("email", "call", "linkedin")[id % 3], at=ago(days=30 * id))
        for id in range(1, 12)
    )
    entries = (decided("no", 2), decided("call", 0), decided(None, 1))
    full = sample(*rows, entries=entries, answer_days=(0.2, 5.0, 40.0))
    for name in ("inbound", "days_to_answer", "regret", "pay"):
        lines = chart(name, full, width, ascii=ascii)
        assert lines
        assert all(len(line) <= width for line in lines)
        assert not any("\x1b" in line for line in lines)
        assert not ascii or "".join(lines).isascii()


def test_charts_of_nothing_are_none() -> None:
    """An empty sample draws no axes."""
    assert [chart(name, sample(), 80) for name in ("inbound", "days_to_answer", "regret", "pay", "x")] == [
        []
    ] * 5
