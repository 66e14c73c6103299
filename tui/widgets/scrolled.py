"""Text that scrolls, its last line telling that there is more below, as the reader's does."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.geometry import Size
from textual.strip import Strip

from tui.text import Safe
from tui.widgets.cells import strip_of
from tui.widgets.lines import Lines
from tui.widgets.text_lines import TextLines


class More(Lines):
    """The mark over the last line of what goes on below."""

    DEFAULT_CSS: ClassVar[str] = "More { layer: more; dock: bottom; height: 1; display: none; }"

    def draw(self, y: int) -> Strip:  # noqa: ARG002 # there is one line
        """Draw the mark."""
        told = Safe(f"{self.look.marks.more} · PgDn")
        return strip_of([(told, self.look.faint)], self.size.width, self.look.ground)


class Scrolled(VerticalScroll):
    """Lines to scroll through."""

    DEFAULT_CSS: ClassVar[str] = "Scrolled { layers: default more; scrollbar-size: 0 0; }"

    def __init__(self, text: TextLines, *, plain_text: bool, classes: str) -> None:
        super().__init__(can_focus=False, classes=classes)
        self._text = text
        self._more = More(plain_text=plain_text)

    def compose(self) -> ComposeResult:
        """Lay out the text, the mark over it."""
        yield self._text
        yield self._more

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Mark what is below, now that it is less or more."""
        super().watch_scroll_y(old_value, new_value)
        self._mark()

    def watch_virtual_size(self, size: Size) -> None:  # noqa: ARG002
        """Mark what is below a text that grew, or no longer."""
        self._mark()

    def on_resize(self) -> None:
        """Mark what no longer fits."""
        self._mark()

    def _mark(self) -> None:
        self._more.display = self.scroll_y < self.max_scroll_y
