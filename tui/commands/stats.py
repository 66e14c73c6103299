"""`ringback stats`: what the user's own figures say."""

from typing import TYPE_CHECKING

import click

from tui.commands.common.opening import opened
from tui.output import emit, emit_thing, is_terminal, paint, tell, terminal_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.rules.figures import Figure, Section
    from store.rules.sample import Sample

_TITLE = 24
_WIDEST = 100


@click.command()
@click.option("--ascii", "as_ascii", is_flag=True, help="Draw with ASCII characters only.")
@click.option("--no-charts", is_flag=True, help="Figures and tables alone.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def stats(*, as_ascii: bool, no_charts: bool, as_json: bool) -> None:
    """Say what your own figures say.

    Each with its n: below five a count, and where there is too little "not enough data yet".
    """
    from store.market import sample
    from store.rules.statistics import sections

    with opened() as repository:
        gathered = sample(repository)
        found = sections(gathered)
        if as_json:
            emit_thing("stats", {figure.name: _shape(figure) for each in found for figure in each.figures})
            return
        if not gathered.rows:
            tell("There is nothing to count yet: ringback pull or ringback add brings something in.")
            return
        as_ascii = as_ascii or repository.settings.ascii
        for section in found:
            _show(section, gathered, charts=not no_charts, as_ascii=as_ascii)


def _show(section: "Section", gathered: "Sample", *, charts: bool, as_ascii: bool) -> None:
    from tui.charts import chart

    emit(paint(section.title, "strong"))
    for figure in section.figures:
        said = figure.said
        line = said.translate(_PLAIN) if as_ascii else said
        title = figure.title.translate(_PLAIN) if as_ascii else figure.title
        emit(f"  {title:<{_TITLE}}", line if figure.is_enough else paint(line, "dim"))
        if charts and figure.is_enough:
            width = min(terminal_width() if is_terminal() else 80, _WIDEST) - 4
            for drawn in chart(figure.name, gathered, width, ascii=as_ascii):
                emit("    ", drawn)
        _table(figure)
    emit()


_PLAIN = str.maketrans("“”‘’…·", "\"\"''~-")


def _table(figure: "Figure") -> None:
    if not (figure.table and figure.is_enough):
        return
    from tui.text import pad, safe, width

    cells = [[safe(cell) for cell in row] for row in figure.table]
    widths = [max(width(cell) for cell in column) for column in zip(*cells, strict=True)]
    for place, row in enumerate(cells):
        texts = [
            pad(cell, widths[column], right=column > 0 and _is_figure(cells, column))
            for column, cell in enumerate(row)
        ]
        line = "    " + "  ".join(texts).rstrip()
        emit(paint(line, "dim") if place == 0 else line)


def _is_figure(cells: "Sequence[Sequence[str]]", column: int) -> bool:
    """Tell whether a column holds figures, which stand to the right."""
    return all(row[column][:1].isdigit() or row[column] == "-" for row in cells[1:])


def _shape(figure: "Figure") -> dict[str, object]:
    enough = figure.is_enough
    return {"n": figure.n, "needs": figure.needs, "enough": enough, "value": figure.value if enough else None}
