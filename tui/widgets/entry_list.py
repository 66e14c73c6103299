"""A list of which only the lines in sight are drawn, with a cursor."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.geometry import Offset
from textual.strip import Strip

from tui.text import Safe
from tui.widgets.cells import Piece, strip_of
from tui.widgets.lines import Lines
from tui.widgets.look import Look

DrawEntry = Callable[[int, Look, int], Sequence[Piece]]
"""Draws one entry by its place, in the theme's styles, for a width in cells."""
_MARGIN = 1
_WHEEL = 3
_BLANK = Safe(" ")


class EntryList(Lines):
    """One line an entry; the screen says how many there are and how each looks."""

    DEFAULT_CSS: ClassVar[str] = "EntryList { height: 1fr; }"

    def __init__(self, draw: DrawEntry, moved: Callable[[], None], *, plain_text: bool = False) -> None:
        super().__init__(plain_text=plain_text)
        self._draw_entry = draw
        self._moved = moved
        self._count = 0
        self._cursor = 0
        self._top = 0

    @property
    def cursor(self) -> int:
        """The place under the cursor, from 0."""
        return self._cursor

    def show(self, count: int, cursor: int | None = None) -> None:
        """Show so many entries; the cursor stays on its line unless another is named."""
        self._count = count
        self._put(self._cursor if cursor is None else cursor)
        self.refresh()

    def move_to(self, place: int) -> None:
        """Put the cursor on an entry; beyond the end means the last."""
        before = self._cursor
        self._put(place)
        if self._cursor != before:
            self.refresh()
            self._moved()

    def move_by(self, step: int) -> None:
        """Move the cursor."""
        self.move_to(self._cursor + step)

    def _put(self, place: int) -> None:
        self._cursor = min(max(place, 0), max(self._count - 1, 0))
        height = max(self.size.height, 1)
        margin = min(_MARGIN, (height - 1) // 2)
        lowest = max(self._count - height, 0)
        top = min(max(self._top, self._cursor - height + 1 + margin), self._cursor - margin)
        self._top = min(max(top, 0), lowest)
        if self._count and self.is_mounted:
            self.app.cursor_position = Offset(self.region.x, self.region.y + self._cursor - self._top)

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._put(self._cursor)
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the entry that was clicked."""
        if self._top + event.y < self._count:
            self.move_to(self._top + event.y)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Let the wheel move down."""
        event.stop()
        self.move_by(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Let the wheel move up."""
        event.stop()
        self.move_by(-_WHEEL)

    def draw(self, y: int) -> Strip:
        """Draw one entry, the one under the cursor with its bar."""
        look, width, place = self.look, self.size.width, self._top + y
        if place >= self._count:
            return self.blank()
        here = place == self._cursor
        mark: Piece = (look.marks.bar, look.accent) if here else (_BLANK, look.plain)
        pieces = [mark, *self._draw_entry(place, look, width - 1)]
        return strip_of(pieces, width, look.cursor if here else look.ground)
