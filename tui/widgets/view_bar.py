"""The top line: the views with their counts on the left, what is due on the right."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

import msgspec
from textual import events
from textual.message import Message
from textual.strip import Strip

from store.rules.views import TITLES, VIEWS
from tui.text import Safe
from tui.widgets.cells import NOTHING, Piece, strip_of, width_of
from tui.widgets.lines import Lines

_NAME = Safe(" Ringback")


class _Tab(msgspec.Struct, frozen=True):
    view: str
    pieces: Sequence[Piece]

    @property
    def width(self) -> int:
        return sum(width_of(text) for text, _ in self.pieces)


class ViewBar(Lines):
    """Views and counts; what does not fit goes in this order: digits, empty views, the name, other views."""

    BAR = True
    DEFAULT_CSS: ClassVar[str] = "ViewBar { height: 1; dock: top; }"

    class Chosen(Message):
        """A view was clicked."""

        def __init__(self, view: str) -> None:
            super().__init__()
            self.view = view

    def __init__(self, *, plain_text: bool = False) -> None:
        super().__init__(plain_text=plain_text)
        self._shown: tuple[str, Mapping[str, int], Safe, Safe] = ("new", {}, Safe(""), Safe(""))
        self._spans: list[tuple[int, int, str]] = []

    def show(self, view: str, counts: Mapping[str, int], *, right: Safe, warning: Safe = NOTHING) -> None:
        """Show the counts with one view marked as open, and a remark or a warning on the right."""
        shown = (view, dict(counts), right, warning)
        if shown != self._shown:
            self._shown = shown
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Open the view that was clicked."""
        for start, end, view in self._spans:
            if start <= event.x < end:
                self.post_message(self.Chosen(view))

    def draw(self, y: int) -> Strip:  # noqa: ARG002 # there is one line
        """Draw the bar."""
        view, _, remark, warning = self._shown
        look, width = self.look, self.size.width
        right: list[Piece] = [(warning, look.warning)] if warning else [(remark, look.dim)]
        room = width - width_of(right[0][0]) - 2
        name, tabs = self._fitting(view, room)
        pieces: list[Piece] = [(name, look.strong)]
        self._spans = []
        at = width_of(name)
        for tab in tabs:
            self._spans.append((at + 2, at + 2 + tab.width, tab.view))
            pieces += [(Safe("  "), look.plain), *tab.pieces]
            at += 2 + tab.width
        gap = max(width - at - width_of(right[0][0]) - 1, 2)
        return strip_of([*pieces, (Safe(" " * gap), look.plain), *right], width, look.ground)

    def _fitting(self, view: str, room: int) -> tuple[Safe, list[_Tab]]:
        numbered = [self._tab(name, number) for number, name in enumerate(VIEWS, 1)]
        bare = [self._tab(name, 0) for name in VIEWS]
        filled = [tab for tab in bare if tab.view == view or self._shown[1].get(tab.view)]
        if view not in VIEWS:
            for tabs in (numbered, bare, filled):
                tabs.append(self._tab(view, 0))
        for name, tabs in ((_NAME, numbered), (_NAME, bare), (_NAME, filled), (Safe(""), filled)):
            if width_of(name) + sum(tab.width + 2 for tab in tabs) <= room:
                return name, tabs
        return Safe(""), _most(filled, view, room)

    def _tab(self, name: str, number: int) -> _Tab:
        look = self.look
        here = name == self._shown[0]
        count = self._shown[1].get(name, 0)
        pieces: list[Piece] = [(Safe(f"{number} "), look.faint)] if number else []
        pieces.append((Safe(TITLES[name]), look.accent if here else look.dim))
        pieces.append((Safe(f" {count}"), look.plain if here else look.faint))
        return _Tab(name, pieces)


def _most(tabs: Sequence[_Tab], view: str, room: int) -> list[_Tab]:
    """Return the open view, and as many others as there is room for, the first ones first."""
    left = room - sum(tab.width + 2 for tab in tabs if tab.view == view)
    kept = []
    for tab in tabs:
        fits = tab.width + 2 <= left
        if fits and tab.view != view:
            left -= tab.width + 2
        if fits or tab.view == view:
            kept.append(tab)
    return kept
