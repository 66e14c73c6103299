"""What comes in: mandates, talks, approaches a month, the pay that is stated."""

from collections import Counter
from collections.abc import Sequence

from store.clock import local
from store.rules.figures import Figure, middle, share
from store.rules.pay import parse_pay
from store.rules.row import Row
from store.rules.sample import Sample

_FEWEST_RATES = 5
"""Rates differ by trade, length and currency more than salaries do: so many before any is shown."""
_PER = {"hour": "an hour", "day": "a day", "week": "a week", "month": "a month"}
_EMPTY_MONTHS = 3
"""Months without an approach from which it is remarked upon."""


def mandates(sample: Sample) -> Figure:
    """Return what came of approaches, by how their recruiter is paid."""
    table, value = [], []
    names = sorted({row.mandate for row in sample.rows if row.mandate})
    for name in (*names, ""):
        rows = [row for row in sample.rows if row.mandate == name]
        answered = sum(bool(row.answered_at) for row in rows)
        taken = sum(row.verdict in ("call", "ask") for row in rows)
        table.append((name or "not said", str(len(rows)), str(answered), str(taken)))
        value.append({"mandate": name or None, "approaches": len(rows), "answered": answered, "taken": taken})
    known = sum(bool(row.mandate) for row in sample.rows)
    return Figure(
        name="mandates",
        title="by mandate",
        n=len(sample.rows),
        text=f"the mandate is known of {share(known, len(sample.rows))}",
        value=value,
        table=(("mandate", "approaches", "answered", "call or ask"), *table),
    )


def quarter_of(at: int) -> str:
    """Name the quarter of a time: `2026 Q4`."""
    when = local(at)
    return f"{when.year} Q{(when.month + 2) // 3}"


def talks(sample: Sample) -> Figure:
    """Return how many calls were taken, by quarter."""
    counts = Counter(map(quarter_of, sample.talks))
    table = [(quarter, str(count)) for quarter, count in sorted(counts.items())[-8:]]
    return Figure(
        name="talks",
        title="talks taken",
        n=len(sample.talks),
        text=f"{len(sample.talks)} calls that you took",
        value=[{"quarter": quarter, "count": count} for quarter, count in sorted(counts.items())],
        table=(("quarter", "talks"), *table) if table else (),
    )


def month_of(at: int) -> str:
    """Name the month of a time: `2026-11`."""
    return f"{local(at):%Y-%m}"


def months_up_to(now: int, first: int, most: int) -> list[str]:
    """Return the months from the first to now, at most so many, oldest first."""
    when, begin = local(now), local(first)
    count = (when.year - begin.year) * 12 + when.month - begin.month + 1
    numbers = range(when.year * 12 + when.month - 1, 0, -1)
    names = [f"{number // 12}-{number % 12 + 1:02}" for number in numbers[: max(min(count, most), 1)]]
    return names[::-1]


def inbound_by_month(rows: Sequence[Row], months: Sequence[str]) -> dict[str, list[int]]:
    """Count new opportunities by channel, for each of the months."""
    counts = Counter((row.channel, month_of(row.first_at)) for row in rows)
    channels = [name for name, _ in Counter(row.channel for row in rows).most_common()]
    found = {channel: [counts[channel, month] for month in months] for channel in channels}
    return {channel: each for channel, each in found.items() if any(each)}


def inbound(sample: Sample) -> Figure:
    """Return how many approaches came, by month and channel."""
    rows = sample.rows
    months = months_up_to(sample.now, min((row.first_at for row in rows), default=sample.now), 24)
    counts = Counter(month_of(row.first_at) for row in rows)
    last = [counts[month] for month in months]
    text = f"{counts[months[-1]]} this month, {middle(last):g} in a usual one"
    if len(months) > _EMPTY_MONTHS and not any(last[-_EMPTY_MONTHS:]):
        text += "; three months without any: what changed?"
    channels = inbound_by_month(rows, months)
    table = [
        (month, *(str(channels[name][place] or "-") for name in channels), str(counts[month]))
        for place, month in enumerate(months)
    ]
    return Figure(
        name="inbound",
        title="approaches a month",
        n=len(rows),
        text=text,
        value=[
            {"month": month, **{name: channels[name][place] for name in channels}, "all": counts[month]}
            for place, month in enumerate(months)
        ],
        table=(("month", *channels, "all"), *table[-12:]) if rows else (),
    )


def stated_pay(rows: Sequence[Row]) -> tuple[str, list[tuple[str, int, str]]]:
    """Return the commonest currency, and (month, yearly pay, role) of what was stated in it, oldest first."""
    found = [
        (row, pay)
        for row in rows
        if row.pay and (pay := parse_pay(row.pay)) is not None and pay.per == "year"
    ]
    currencies = Counter(pay.currency for _, pay in found if pay.currency)
    if not currencies:
        return "", []
    currency = currencies.most_common(1)[0][0]
    chosen = [(row, pay) for row, pay in found if pay.currency == currency]
    chosen.sort(key=lambda item: (item[0].first_at, item[0].id))
    return currency, [(month_of(row.first_at), pay.middle, row.role) for row, pay in chosen]


def pay_stated(sample: Sample) -> Figure:
    """Return what pay was stated, in the commonest currency."""
    currency, points = stated_pay(sample.rows)
    stated = sum(bool(row.pay) for row in sample.rows)
    table = [(month, f"{pay:,}", role) for month, pay, role in points]
    return Figure(
        name="pay",
        title="pay stated",
        n=len(points),
        needs=3,
        text=f"half of {len(points)} at {currency} {middle([pay for _, pay, _ in points]):,.0f} or more; "
        f"pay was stated in {share(stated, len(sample.rows))}",
        value=[
            {"month": month, "pay": pay, "currency": currency, "role": role} for month, pay, role in points
        ]
        if len(points) >= 3
        else None,
        table=(("month", f"{currency} a year", "role"), *table[-12:]) if len(points) >= 3 else (),
    )


def rates(sample: Sample) -> Figure:
    """Return what was stated by the hour, day, week or month: another market than yearly pay."""
    found = [
        (row, pay) for row in sample.rows if row.pay and (pay := parse_pay(row.pay)) and pay.per != "year"
    ]
    found.sort(key=lambda item: (item[0].first_at, item[0].id))
    table = [
        (
            month_of(row.first_at),
            " ".join(filter(None, (str(pay.middle), pay.currency, _PER[pay.per]))),
            row.role,
        )
        for row, pay in found
    ]
    return Figure(
        name="rates",
        title="rates by the hour, day, week or month",
        n=len(found),
        needs=_FEWEST_RATES,
        text=f"stated {len(found)} times",
        value=[
            {"month": month_of(row.first_at), "rate": pay.middle, "currency": pay.currency, "per": pay.per}
            for row, pay in found
        ],
        table=(("month", "rate", "role"), *table[-12:]),
    )
