"""Charts as lines of text, for the screen and for commands alike; drawn with plotext."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from store.rules.questions import VERDICT_NAMES
from store.rules.sample import Sample
from store.rules.statistics_answers import answer_buckets
from store.rules.statistics_decisions import WISHES, regrets
from store.rules.statistics_inbound import inbound_by_month, months_up_to, stated_pay

_HEIGHT = 10
_FILLS = "█▓▒░#+"
_FILLS_IN_ASCII = "#=:.+o"
_MONTHS = 12
_FILLS_MONTHS = 12
_NARROWEST = 30


def chart(name: str, sample: Sample, width: int, *, ascii: bool = False) -> list[str]:
    """Return the chart of a figure by its name, [] where it has none or too little to show.

    `width` is in cells; `ascii` draws with plain characters only.
    """
    drawers = {"inbound": _inbound, "days_to_answer": _days, "regret": _regret, "pay": _pay}
    if name not in drawers or width < _NARROWEST:
        return []
    fills = _FILLS_IN_ASCII if ascii else _FILLS
    lines = drawers[name](sample, width, fills)
    return [line[:width].translate(_ASCII) if ascii else line[:width] for line in lines]


_ASCII = str.maketrans(
    {"┤": "|", "┬": "+", "└": "+", "│": "|", "─": "-", "┼": "+", "├": "|", "┴": "+", "•": "o", "…": "~"}
)


def _inbound(sample: Sample, width: int, fills: str) -> list[str]:
    if not sample.rows:
        return []
    months = months_up_to(sample.now, min(row.first_at for row in sample.rows), _MONTHS)
    channels = inbound_by_month(sample.rows, months)
    if not channels:
        return []
    labels = [month[2:] if width < 72 else month for month in months]
    return [*_legend(channels, fills), *_bars(labels, list(channels.values()), width, fills)]


def _legend(groups: Mapping[str, object], fills: str) -> list[str]:
    return ["  " + "   ".join(f"{fill} {name}" for name, fill in zip(groups, fills, strict=False))]


def _days(sample: Sample, width: int, fills: str) -> list[str]:
    buckets = answer_buckets(sample.answer_days)
    if not sample.answer_days:
        return []
    return _bars([name for name, _ in buckets], [[count for _, count in buckets]], width, fills)


def _regret(sample: Sample, width: int, fills: str) -> list[str]:
    counts: dict[str, list[int]] = {}
    for (verdict, _), wishes in regrets(sample.entries).items():
        wished = sum(wish >= WISHES for wish in wishes)
        count = counts.setdefault(verdict, [0, 0])
        count[0] += wished
        count[1] += len(wishes) - wished
    if not counts:
        return []
    order = [verdict for verdict in (*VERDICT_NAMES, "default") if verdict in counts]
    groups = [[counts[verdict][place] for verdict in order] for place in (0, 1)]
    legend = _legend({"wished for the other thing": 0, "did not": 0}, fills[0] + fills[3])
    return [*legend, *_bars(order, groups, width, fills[0] + fills[3])]


def _pay(sample: Sample, width: int, fills: str) -> list[str]:  # noqa: ARG001 # points, not bars
    currency, points = stated_pay(sample.rows)
    if len(points) < 3:
        return []
    months = months_up_to(sample.now, min(row.first_at for row in sample.rows), 36)
    shown = [(months.index(month) + 1, pay / 1000) for month, pay, _ in points if month in months]
    figure = _figure(width)
    figure.draw(figure.signal([x for x, _ in shown], [y for _, y in shown], marker="•"))
    step = max(len(months) // 6, 1)
    figure.ruler("y").ticks(_round_ticks([y for _, y in shown]))
    figure.ruler("x").ticks(list(range(1, len(months) + 1, step)), months[::step])
    return [f"  {currency} thousand a year", *_built(figure)]


def _round_ticks(values: Sequence[float]) -> list[int]:
    """Return a few round numbers over a range."""
    low, high = min(values), max(values)
    step = next((each for each in (5, 10, 20, 25, 50, 100) if (high - low) / each <= 4), 200)
    return list(range(int(low // step) * step, int(high) + step, step))


def _bars(labels: Sequence[str], groups: Sequence[Sequence[int]], width: int, fills: str) -> list[str]:
    """Draw bars, groups stacked, with whole numbers beside them."""
    figure = _figure(width)
    bars = figure.bar(
        list(labels),
        [list(each) for each in groups],
        stacked=True,
        width=0.6,
        marker=list(fills[: len(groups)]),
    )
    figure.draw(bars)
    most = max(sum(each) for each in zip(*groups, strict=True))
    step = max(1, -(-most // 4))
    figure.ruler("y").ticks(list(range(0, most + step, step)))
    return _built(figure)


def _figure(width: int) -> Any:
    """Return an empty figure without colour or frame."""
    import plotext

    figure = plotext.figure
    figure.clear()
    figure.theme("colorless")
    figure.plot_size(width, _HEIGHT)
    figure.axes(False, axis="x", side="upper")
    figure.axes(False, axis="y", side="right")
    return figure


def _built(figure: Any) -> list[str]:
    text = re.sub(r"\x1b\[[0-9;]*m", "", figure.build().string(colorless=True))
    return [line.rstrip() for line in text.splitlines() if line.strip()]
