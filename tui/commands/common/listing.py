"""Listings for people: columns aligned by what a terminal shows, cut only where there is a terminal."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tui.output import Painted, Style, emit, is_terminal, terminal_width
from tui.text import Safe, pad, safe, width

if TYPE_CHECKING:
    from store.repository import Repository
    from store.rules.row import Row

GAP = 2
NARROWEST = 12
USUAL = 50
CHANNELS = {
    "email": "mail",
    "linkedin": "li",
    "call": "call",
    "voicemail": "vm",
    "text": "text",
    "calendar": "cal",
}


def columns_of(lines: Iterable[Sequence[str]]) -> list[int]:
    """Return how wide each column must be to hold its cells."""
    return [max(width(safe(cell)) for cell in column) for column in zip(*lines, strict=True)]


def emit_table(
    lines: Iterable[Sequence[str]],
    styles: Sequence[Style | None],
    *,
    columns: Sequence[int] = (),
    right: int = -1,
    flexible: int = -1,
) -> None:
    """Write lines of cells in columns, by default as wide as their cells.

    `right` is the column that is set to the right, `flexible` the one that gives way on a narrow terminal.
    """
    table = [[safe(cell) for cell in line] for line in lines]
    widths = list(columns) or columns_of(table)
    if flexible >= 0 and table:
        widths[flexible] = _flexible_width(widths, flexible)
    for line in table:
        emit(*_spans(line, widths, styles, right))


def _flexible_width(widths: Sequence[int], flexible: int) -> int:
    """Return what a terminal leaves for a column; away from one, what most cells need, the rest stand out."""
    if not is_terminal():
        return min(widths[flexible], USUAL)
    too_much = sum(widths) + GAP * (len(widths) - 1) - terminal_width()
    return max(NARROWEST, widths[flexible] - max(0, too_much))


def _spans(
    line: Sequence[Safe], columns: Sequence[int], styles: Sequence[Style | None], right: int
) -> Iterable[str | Painted]:
    last = max((position for position, cell in enumerate(line) if cell), default=0)
    for position, cell in enumerate(line[: last + 1]):
        cut = is_terminal() or width(cell) <= columns[position]
        text: str = pad(cell, columns[position], right=position == right) if cut else cell
        text = text.rstrip() if position == last else text + " " * GAP
        style = styles[position]
        yield text if style is None else Painted(text, style)


def emit_rows(repository: "Repository", rows: Iterable["Row"]) -> None:
    """Write opportunities as the inbox lists them: id, mark, age, channel, who, role, attempts."""
    from store.clock import now
    from store.rules.dates import age, describe
    from store.rules.views import mark

    moment = now()
    silent_days = repository.settings.silent_days

    def cells(row: "Row") -> tuple[str, ...]:
        when = describe(row.until, moment, None) if row.until > moment else age(row.at, moment)
        who = " · ".join(filter(None, (row.who, row.firm)))
        role = ", ".join(filter(None, (row.role, row.company)))
        attempts = f"x{row.attempts}" if row.attempts > 1 else ""
        state = mark(row, moment, silent_days) + ("*" if row.starred else "")
        channel = CHANNELS.get(row.channel, row.channel)
        return (repository.index.code(row.id), state, when, channel, who, role, attempts)

    styles: tuple[Style | None, ...] = ("dim", "accent", None, "dim", "strong", None, None)
    emit_table(map(cells, rows), styles, right=2, flexible=5)
