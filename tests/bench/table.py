"""The table that a run ends with."""

from collections.abc import Sequence

import msgspec


class Line(msgspec.Struct, frozen=True):
    """One line of the table: what it costs us, what it costs the peer, and how far apart they may be."""

    what: str
    """Empty where a line goes on about the one above."""
    messages: int
    ours: float | None = None
    unit: str = "ms"
    peer: str = ""
    theirs: float | None = None
    bar: float | None = None
    """The most that ours / theirs may be."""
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours in units of the peer's."""
        return self.ours / self.theirs if self.ours is not None and self.theirs else None

    @property
    def verdict(self) -> str:
        """Whether the bar is met; empty where there is none to meet."""
        if self.ratio is None or self.bar is None:
            return ""
        return "ok" if self.ratio <= self.bar else "over"


def growth(small: Sequence[Line], large: Sequence[Line], bars: dict[str, float]) -> list[Line]:
    """Compare each cost at two sizes: ten times the data may cost ten times as much, or what `bars` says."""
    before = {line.what: line for line in small}
    return [
        Line(
            what=f"growth: {line.what}",
            messages=line.messages,
            ours=line.ours,
            unit=line.unit,
            peer=f"at {before[line.what].messages:,}",
            theirs=before[line.what].ours,
            bar=bars.get(line.what, line.messages / before[line.what].messages),
        )
        for line in large
        if line.what and line.what in before and line.ours is not None and before[line.what].ours
    ]


def render(lines: Sequence[Line]) -> str:
    """Return the lines as an aligned table."""
    head = ("what", "messages", "ours", "peer", "", "ratio", "bar", "")
    cells = [head, *(_cells(line) for line in lines)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    return "\n".join(_aligned(row, widths).rstrip() for row in cells)


def _cells(line: Line) -> tuple[str, ...]:
    return (
        line.what,
        f"{line.messages:,}" if line.messages else "",
        _amount(line.ours, line.unit),
        line.peer,
        _amount(line.theirs, line.unit),
        "" if line.ratio is None else f"{line.ratio:.2f}",
        "" if line.bar is None else f"≤ {line.bar:g}",
        "  ".join(filter(None, (line.verdict, line.note))),
    )


def _amount(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    return f"{value:,.1f} {unit}" if value < 100 else f"{value:,.0f} {unit}"


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    left = {0, 3, 7}
    return "  ".join(
        cell.ljust(width) if column in left else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
