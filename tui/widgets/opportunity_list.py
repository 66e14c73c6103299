"""The list of opportunities: 50,000 of them cost what the 40 lines in sight cost."""

from collections.abc import Callable, Collection, Sequence
from typing import ClassVar

from textual import events
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip

from store.rules.row import Row
from store.rules.views import SILENT_DAYS
from tui.text import Safe, safe
from tui.widgets.cells import NOTHING, Piece, strip_of
from tui.widgets.lines import Lines
from tui.widgets.row_line import Scene, State, row_line
from tui.widgets.selection import Selection
from tui.widgets.wrapping import wrapped

_WHEEL = 3
_RULE = 2
"""Cells at the right: a blank and the rule."""
_MARGIN = 2
"""Lines kept in sight above and below the cursor."""


Locate = Callable[[int], int | None]
"""Tells on which line of the list an opportunity stands, None where it is not in it."""


def _nowhere(_: int) -> int | None:
    return None


class OpportunityList(Lines, can_focus=True):
    """One line an opportunity, drawn on demand; its last column is the rule that shows the place in the list.

    The cursor is kept on the same opportunity when the list changes under it.
    """

    DEFAULT_CSS: ClassVar[str] = "OpportunityList { height: 1fr; }"

    class Opened(Message):
        """The opportunity under the cursor was clicked twice."""

    def __init__(
        self, row: Callable[[int], Row | None], *, silent_days: int = SILENT_DAYS, plain_text: bool = False
    ) -> None:
        super().__init__(plain_text=plain_text)
        self._row = row
        self._silent_days = silent_days
        self._empty: Sequence[Safe] = ()
        self._ids: Sequence[int] = ()
        self._locate: Locate = _nowhere
        self._top = 0
        self._cursor = 0
        self._cursor_id: int | None = None
        self._successor: int | None = None
        self._drawn: dict[tuple[int, State], tuple[Row, Strip]] = {}
        self._drawn_width = 0
        self.words: Sequence[str] = ()
        self.now = 0
        self.selection = Selection()
        self.moved: Callable[[], None] = lambda: None
        """Called at once, so that what follows the cursor is painted with it."""
        self.ruled = True
        """Whether a rule stands right of it, because something else does."""

    @property
    def ids(self) -> Sequence[int]:
        """The opportunities in the list, in order; not to be changed."""
        return self._ids

    @property
    def cursor_id(self) -> int | None:
        """The opportunity under the cursor."""
        return self._cursor_id

    @property
    def selected(self) -> list[int]:
        """The opportunities that are selected and in the list."""
        return [each for each in self.selection if self._locate(each) is not None]

    @property
    def position(self) -> int:
        """The cursor's line in the list, from 0."""
        return self._cursor

    def show(self, ids: Sequence[int], locate: Locate, *, now: int, words: Sequence[str] = ()) -> None:
        """Show another list, or the same one after a change.

        The cursor stays on its opportunity; where that has left, it goes to the one noted by
        `expect_removal`, else to what now stands on its line.
        """
        if now != self.now or tuple(words) != tuple(self.words):
            self.forget()
        self._ids, self._locate, self.now, self.words = ids, locate, now, tuple(words)
        before = self._cursor_id
        self._cursor = self._find(self._cursor_id)
        self._cursor_id = ids[self._cursor] if ids else None
        self._successor = None
        self._scroll_to_cursor()
        self.refresh()
        self._place_terminal_cursor()
        if self._cursor_id != before:
            self.moved()

    def show_afresh(self, ids: Sequence[int], locate: Locate, *, now: int, words: Sequence[str] = ()) -> None:
        """Show another list from its top, with nothing selected."""
        self.selection.clear()
        self._cursor_id, self._cursor, self._top = None, 0, 0
        self.show(ids, locate, now=now, words=words)
        if not ids:
            self.moved()

    def show_empty(self, sentences: Sequence[str]) -> None:
        """Say why the list is empty, the first sentence standing out; shown while it is."""
        self._empty = tuple(map(safe, sentences))
        if not self._ids:
            self.refresh()

    def expect_removal(self, leaving: Collection[int]) -> None:
        """Note where the cursor goes when `leaving` have left the list: else to the one before."""
        ids = self._ids
        after = (ids[index] for index in range(self._cursor, len(ids)) if ids[index] not in leaving)
        before = (ids[index] for index in range(self._cursor - 1, -1, -1) if ids[index] not in leaving)
        self._successor = next(after, None) or next(before, None)

    def move_to(self, position: int) -> None:
        """Put the cursor on a line, counted from 0; beyond the end means the last."""
        if not self._ids:
            return
        position = min(max(position, 0), len(self._ids) - 1)
        if position == self._cursor and self._cursor_id == self._ids[position]:
            return
        old, self._cursor = self._cursor, position
        self._cursor_id = self._ids[position]
        if self.selection.extend(self._ids, self._locate, position) or self._scroll_to_cursor():
            self.refresh()
        else:
            self._refresh_line(old)
            self._refresh_line(position)
        self._place_terminal_cursor()
        self.moved()

    def move_by(self, lines: int) -> None:
        """Move the cursor down, or up where `lines` is negative."""
        self.move_to(self._cursor + lines)

    def go_to_first_of(self, ids: Collection[int]) -> None:
        """Put the cursor on the first of these that is in the list, if any is."""
        positions = [position for each in ids if (position := self._locate(each)) is not None]
        if positions:
            self.move_to(min(positions))

    def half_page(self) -> int:
        """Return how many lines half a page has."""
        return max(self.size.height // 2, 1)

    def toggle_selected(self) -> None:
        """Select the opportunity under the cursor, or no longer, and go on to the next."""
        if self._cursor_id is not None:
            self.selection.toggle(self._cursor_id)
            self._refresh_line(self._cursor)
            self.move_by(1)

    def toggle_range(self) -> None:
        """Begin a range at the cursor, or end the one begun."""
        self.selection.toggle_range(self._ids, self._cursor)
        self.refresh()

    def select(self, ids: Collection[int]) -> None:
        """Select these opportunities instead of what was selected."""
        self.selection.replace(ids)
        self.refresh()

    def forget(self) -> None:
        """Draw every line anew."""
        self._drawn.clear()

    def on_mount(self) -> None:
        """Begin at the top."""
        self._scroll_to_cursor()

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._scroll_to_cursor()
        self._place_terminal_cursor()

    def on_focus(self) -> None:
        """Put the terminal's own cursor on the line for screen readers."""
        self._place_terminal_cursor()

    def on_click(self, event: events.Click) -> None:
        """Go to the line that was clicked; twice opens it."""
        position = self._top + event.y
        if position < len(self._ids):
            self.move_to(position)
            if event.chain == 2:
                self.post_message(self.Opened())

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Let the wheel move on."""
        event.stop()
        self.move_by(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Let the wheel move back."""
        event.stop()
        self.move_by(-_WHEEL)

    def act_next(self) -> None:
        """Go to the next row."""
        self.move_by(1)

    def act_previous(self) -> None:
        """Go to the row before."""
        self.move_by(-1)

    def act_first(self) -> None:
        """Go to the first row."""
        self.move_to(0)

    def act_last(self) -> None:
        """Go to the last row."""
        self.move_to(len(self._ids) - 1)

    def act_half_page_down(self) -> None:
        """Go half a page on."""
        self.move_by(self.half_page())

    def act_half_page_up(self) -> None:
        """Go half a page back."""
        self.move_by(-self.half_page())

    def act_page_down(self) -> None:
        """Go a page on."""
        self.move_by(self.size.height)

    def act_page_up(self) -> None:
        """Go a page back."""
        self.move_by(-self.size.height)

    def draw(self, y: int) -> Strip:
        """Draw the line `y` lines below the top one."""
        width = self.size.width - _RULE
        if not self._ids:
            return self._why_empty(y, width)
        if width != self._drawn_width:
            self.forget()
            self._drawn_width = width
        return Strip.join((self._line(self._top + y, width), self._rule(y)))

    def _line(self, position: int, width: int) -> Strip:
        try:
            row = self._row(self._ids[position])
        except IndexError:  # below the end, or the list has just become shorter
            row = None
        if row is None:
            return Strip.blank(width, self.look.ground)
        state = State(cursor=position == self._cursor, selected=row.id in self.selection)
        key = (row.id, state)
        kept = self._drawn.get(key)
        if kept is not None and kept[0] is row:
            return kept[1]
        if len(self._drawn) > 2000:
            self._drawn.clear()
        scene = Scene(self.now, self.look, self.words, self._silent_days)
        strip = row_line(row, width, scene, state)
        self._drawn[key] = (row, strip)
        return strip

    def _why_empty(self, y: int, width: int) -> Strip:
        look = self.look
        lines: list[Piece] = []
        for number, sentence in enumerate(self._empty):
            style = look.dim if number else look.strong
            lines += [(line, style) for line in wrapped(sentence, width - 2)]
            lines += [(NOTHING, style)] * (number == 0)
        pieces: list[Piece] = [(Safe(" "), look.plain), lines[y]] if y < len(lines) else []
        return Strip.join((strip_of(pieces, width, look.ground), self._rule(y)))

    def _rule(self, y: int) -> Strip:
        count, height = len(self._ids), max(self.size.height, 1)
        look = self.look
        piece: Piece = (look.marks.rule if self.ruled else NOTHING, look.rule)
        if count > height:
            size = max(height * height // count, 1)
            start = self._top * (height - size) // max(count - height, 1)
            if start <= y < start + size:
                piece = (look.marks.rule, look.thumb)
        return strip_of([(Safe(" "), look.plain), piece], _RULE, look.ground)

    def _find(self, wanted: int | None) -> int:
        """Return the line of an opportunity, else of the one noted to follow it, else the present one."""
        if wanted is None or not self._ids:
            return 0
        for candidate in (wanted, self._successor):
            position = self._locate(candidate) if candidate is not None else None
            if position is not None:
                return position
        return min(self._cursor, len(self._ids) - 1)

    def _scroll_to_cursor(self) -> bool:
        """Bring the cursor into sight and tell whether the top line changed."""
        height = self.size.height
        if not height:
            return False
        margin = min(_MARGIN, (height - 1) // 2)
        top = min(self._top, self._cursor - margin)
        top = max(top, self._cursor - height + 1 + margin)
        top = max(min(top, len(self._ids) - height), 0)
        changed, self._top = top != self._top, top
        return changed

    def _refresh_line(self, position: int) -> None:
        self.refresh(Region(0, position - self._top, self.size.width, 1))

    def _place_terminal_cursor(self) -> None:
        if self.has_focus:
            self.app.cursor_position = self.region.offset + Offset(1, self._cursor - self._top)
