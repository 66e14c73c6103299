"""The reader: the timeline of one opportunity, wrapped as far as it is looked at."""

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from textual import events
from textual.message import Message
from textual.strip import Strip

from store.rules.row import Row
from store.rules.timeline import Entry
from store.rules.views import SILENT_DAYS
from tui.widgets.cells import Piece, strip_of
from tui.widgets.lines import Lines
from tui.widgets.reading import Line, Page, lines

_MARGIN = 2
_WHEEL = 3
_HEAD = 20
"""Lines that a head has at most."""


class Timeline(Lines, can_focus=True):
    """The messages of one opportunity; what it needs of them is fetched when it is first drawn."""

    class NoMatch(Message):
        """No further match lies in that direction."""

    DEFAULT_CSS: ClassVar[str] = "Timeline { height: 1fr; }"

    def __init__(
        self,
        entries: Callable[[Row], Sequence[Entry]],
        *,
        silent_days: int = SILENT_DAYS,
        plain_text: bool = False,
    ) -> None:
        super().__init__(plain_text=plain_text)
        self._entries_of = entries
        self._silent_days = silent_days
        self._row: Row | None = None
        self._now = 0
        self._words: Sequence[str] = ()
        self._perhaps = ""
        self._unfolded: frozenset[int] = frozenset()
        self._top = 0
        self._lines: list[Line] = []
        self._rest: Iterator[Line] | None = None

    @property
    def row(self) -> Row | None:
        """The opportunity shown."""
        return self._row

    def show(self, row: Row | None, *, now: int, words: Sequence[str] = (), perhaps: str = "") -> None:
        """Show an opportunity from its top; the same one again, changed or not, where it was.

        `perhaps` says what it may be one with.
        """
        if row is self._row and tuple(words) == tuple(self._words) and perhaps == self._perhaps:
            return
        if row is None or self._row is None or row.id != self._row.id:
            self._top, self._unfolded = 0, frozenset()
        self._row, self._now, self._words, self._perhaps = row, now, tuple(words), perhaps
        self.forget()
        self.refresh()

    def scroll_lines(self, count: int) -> None:
        """Move the text up by some lines, or down where `count` is negative."""
        self._need(self._top + count + self.size.height)
        self._go_to(self._top + count)

    def scroll_to_end(self) -> None:
        """Show the end of the timeline."""
        self._need(None)
        self._go_to(len(self._lines))

    def scroll_to_start(self) -> None:
        """Show the head."""
        self._go_to(0)

    def scroll_to_messages(self) -> None:
        """Show what happened from its beginning, without the head: for where there is little room."""
        self._need(_HEAD)
        head = next((number for number, line in enumerate(self._lines) if not line.pieces), -1)
        self._need(head + 1 + self.size.height)
        self._go_to(head + 1)

    def half_page(self) -> int:
        """Return how many lines half a page has."""
        return max(self.size.height // 2, 1)

    @property
    def at_end(self) -> bool:
        """Whether nothing follows below what is in sight."""
        self._need(self._top + self.size.height + 1)
        return len(self._lines) <= self._top + self.size.height

    def toggle_folds(self) -> None:
        """Unfold every quotation, signature and footer, or fold them all again."""
        if self._row is not None:
            every = frozenset(entry.id for entry in self._entries_of(self._row))
            self._refold(frozenset() if self._unfolded else every)

    def next_match(self, step: int) -> bool:
        """Scroll to the next line with a match (`step` 1) or before (-1); tell whether there is one."""
        self._need(None)
        found = [number for number, line in enumerate(self._lines) if line.matches]
        here = self._top + _MARGIN
        wanted = [number for number in found if (number > here if step > 0 else number < here)]
        if not wanted:
            return False
        self._go_to((wanted[0] if step > 0 else wanted[-1]) - _MARGIN, beyond=True)
        return True

    def forget(self) -> None:
        """Wrap everything anew when it is next drawn."""
        self._lines, self._rest = [], None

    def focus_on_click(self) -> bool:
        """A click folds and unfolds; a key goes in here to read."""
        return False

    def on_resize(self) -> None:
        """Wrap to the new width."""
        self.forget()

    def on_click(self, event: events.Click) -> None:
        """Unfold the quotation that was clicked."""
        number = self._top + event.y
        entry = self._lines[number].entry if number < len(self._lines) else None
        if entry is not None:
            self._refold(self._unfolded ^ {entry})

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Let the wheel scroll down."""
        event.stop()
        self.scroll_lines(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Let the wheel scroll up."""
        event.stop()
        self.scroll_lines(-_WHEEL)

    def act_next(self) -> None:
        """Go a line on."""
        self.scroll_lines(1)

    def act_previous(self) -> None:
        """Go a line back."""
        self.scroll_lines(-1)

    def act_first(self) -> None:
        """Go to the head."""
        self.scroll_to_start()

    def act_last(self) -> None:
        """Go to the end."""
        self.scroll_to_end()

    def act_half_page_down(self) -> None:
        """Go half a page on."""
        self.scroll_lines(self.half_page())

    def act_half_page_up(self) -> None:
        """Go half a page back."""
        self.scroll_lines(-self.half_page())

    def act_page_down(self) -> None:
        """Go a page on."""
        self.scroll_lines(self.size.height - 1)

    def act_page_up(self) -> None:
        """Go a page back."""
        self.scroll_lines(1 - self.size.height)

    def act_open(self) -> None:
        """Unfold quotations, signatures and footers, or fold them again."""
        self.toggle_folds()

    def act_match_next(self) -> None:
        """Go to the next match."""
        if not self.next_match(1):
            self.post_message(self.NoMatch())

    def act_match_previous(self) -> None:
        """Go to the match before."""
        if not self.next_match(-1):
            self.post_message(self.NoMatch())

    def draw(self, y: int) -> Strip:
        """Draw the line `y` lines below the top one; the last one tells that more follows."""
        width = self.size.width
        if y == self.size.height - 1 and not self.at_end:
            more: Piece = (self.look.marks.more, self.look.faint)
            return strip_of([more], width, self.look.ground)
        self._need(self._top + y + 1)
        number = self._top + y
        return (
            strip_of(self._lines[number].pieces, width, self.look.ground)
            if number < len(self._lines)
            else self.blank()
        )

    def _refold(self, unfolded: frozenset[int]) -> None:
        self._unfolded = unfolded
        self.forget()
        self.refresh()

    def _need(self, count: int | None) -> None:
        """Wrap until `count` lines are there, or all."""
        if self._row is None or not self.size.width:
            return
        if self._rest is None:
            entries = self._entries_of(self._row)
            page = Page(
                self._row,
                entries,
                self.size.width,
                self._now,
                self.look,
                self._words,
                self._unfolded,
                self._silent_days,
                self._perhaps,
            )
            self._rest = lines(page)
        while count is None or len(self._lines) < count:
            line = next(self._rest, None)
            if line is None:
                return
            self._lines.append(line)

    def _go_to(self, top: int, *, beyond: bool = False) -> None:
        last = len(self._lines) - (1 if beyond else self.size.height)
        top = max(min(top, last), 0)
        if top != self._top:
            self._top = top
            self.refresh()
