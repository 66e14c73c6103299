"""A few lines of text that somebody else has laid out."""

from collections.abc import Callable, Sequence

from textual.geometry import Size
from textual.strip import Strip

from tui.widgets.cells import Piece, strip_of
from tui.widgets.lines import Lines
from tui.widgets.look import Look

Layout = Callable[[Look, int], Sequence[Sequence[Piece]]]
"""Lays text out in the theme's styles for a width in cells."""


class TextLines(Lines):
    """Text as tall as its lines, laid out again for each width."""

    DEFAULT_CSS = "TextLines { height: auto; }"

    def __init__(self, layout: Layout, *, plain_text: bool = False) -> None:
        super().__init__(plain_text=plain_text)
        self._lay_out = layout
        self._laid: tuple[int, Sequence[Sequence[Piece]]] | None = None

    def show(self, layout: Layout) -> None:
        """Show another text."""
        self._lay_out = layout
        self.forget()
        self.refresh(layout=True)

    def forget(self) -> None:
        """Lay the text out anew."""
        self._laid = None

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return how many lines there are at this width."""
        return len(self._at(width))

    def draw(self, y: int) -> Strip:
        """Draw one line."""
        width = self.size.width
        laid = self._at(width)
        return strip_of(laid[y] if y < len(laid) else (), width, self.look.ground)

    def _at(self, width: int) -> Sequence[Sequence[Piece]]:
        if self._laid is None or self._laid[0] != width:
            self._laid = (width, self._lay_out(self.look, width))
        return self._laid[1]
