"""The market page: what the user's own figures say, with charts and their tables."""

from typing import TYPE_CHECKING

from store.market import sample
from store.rules.figures import Figure
from store.rules.statistics import sections
from tui.charts import chart
from tui.screens.page import Drawn, PageScreen
from tui.text import Safe, pad, safe
from tui.widgets.cells import fill, width_of
from tui.widgets.look import Look
from tui.widgets.wrapping import wrapped

if TYPE_CHECKING:
    from rich.style import Style

    from store.rules.sample import Sample

_TITLE = 24
_INDENT = Safe("    ")


class MarketScreen(PageScreen):
    """Every statistic with its n; what there is too little of says so."""

    PLACE = "The market"
    _sample: "Sample | None" = None

    def title_line(self) -> str:
        """Return what stands at the top."""
        return "What your own figures say"

    def lines(self, look: Look, width: int) -> Drawn:
        """Return the page for a width in cells."""
        if self._sample is None:
            self._sample = sample(self.repository)
        if not self._sample.rows:
            text = (
                "There is nothing to count yet. What you pull or capture is counted here from the first day."
            )
            return [[(line, look.dim)] for line in wrapped(text, width)]
        drawn: Drawn = []
        for section in sections(self._sample):
            drawn += (
                [[], [(Safe(section.title), look.strong)]]
                if drawn
                else [[(Safe(section.title), look.strong)]]
            )
            for figure in section.figures:
                drawn += self._figure(figure, self._sample, look, width)
        return drawn

    def _figure(self, figure: Figure, gathered: "Sample", look: Look, width: int) -> Drawn:
        style = look.plain if figure.is_enough else look.faint
        first, *others = list(wrapped(figure.said, width - _TITLE - 2)) or [Safe("")]
        head = (fill(Safe(f"  {figure.title}"), _TITLE + 2), look.dim)
        drawn: Drawn = [[head, (first, style)]]
        drawn += [[(Safe(" " * (_TITLE + 2)), style), (line, style)] for line in others]
        if not figure.is_enough:
            return drawn
        lines = chart(figure.name, gathered, width - len(_INDENT), ascii=self.plain_text)
        drawn += (
            [[], *([(_INDENT, look.plain), (safe(line), look.dim)] for line in lines), []] if lines else []
        )
        return drawn + _table(figure, look, width)


def _table(figure: Figure, look: Look, width: int) -> Drawn:
    """Draw the rows under a figure, figures to the right, the head faint."""
    if not figure.table:
        return []
    cells = [[safe(cell) for cell in row] for row in figure.table]
    widths = [max(width_of(cell) for cell in column) for column in zip(*cells, strict=True)]
    right = [
        all(row[column][:1].isdigit() or row[column] == "-" for row in cells[1:])
        for column in range(len(widths))
    ]
    widths[-1] = min(widths[-1], max(width - len(_INDENT) - sum(widths[:-1]) - 2 * len(widths), 8))
    drawn: Drawn = []
    for place, row in enumerate(cells):
        style: Style = look.faint if place == 0 else look.dim
        texts = [
            pad(cell, widths[column], right=column > 0 and right[column]) for column, cell in enumerate(row)
        ]
        drawn.append([(_INDENT, style), (Safe("  ".join(texts).rstrip()), style)])
    return drawn
