"""The bottom line: the keys that matter here, or what was just done."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.strip import Strip

from tui.text import Safe
from tui.widgets.cells import NOTHING, Piece, strip_of, width_of
from tui.widgets.lines import Lines

if TYPE_CHECKING:
    from textual.timer import Timer

Item = tuple[Safe, Safe]
"""A key as it is spelled, and what it does."""
_GAP = 3
_SHOWN_FOR = 6.0
"""Seconds that a sentence stays when no key is pressed."""


class KeyFooter(Lines):
    """Keys from the left, none cut in the middle and the last one always there, or a sentence instead."""

    BAR = True
    DEFAULT_CSS: ClassVar[str] = "KeyFooter { height: 1; dock: bottom; }"

    def __init__(self, *, plain_text: bool = False) -> None:
        super().__init__(plain_text=plain_text)
        self._items: Sequence[Item] = ()
        self._lead = NOTHING
        self._sentence: tuple[Safe, bool] | None = None
        self._timer: Timer | None = None

    @property
    def sentence(self) -> str:
        """What is being said, empty where the keys are shown."""
        return self._sentence[0] if self._sentence else ""

    def show(self, items: Sequence[Item], lead: Safe = NOTHING, *, all_of_them: bool = False) -> None:
        """Show keys, with a word about the selection or a prefix before them.

        Where `all_of_them` are asked for and one line is too short, they take two.
        """
        if (list(items), lead) != (list(self._items), self._lead):
            self._items, self._lead = items, lead
            lines = 2 if all_of_them and _width(items) > self._room else 1
            self.styles.height = lines
            self.refresh(layout=True)

    def say(self, sentence: Safe, *, warning: bool = False) -> None:
        """Show a sentence in place of the keys, for some seconds."""
        self._sentence = (sentence, warning)
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_SHOWN_FOR, self.hush)
        self.refresh()

    def hush(self) -> None:
        """Show the keys again."""
        if self._sentence is not None:
            self._sentence = None
            self.refresh()

    @property
    def _room(self) -> int:
        """How many cells of a line are left for keys."""
        return self.size.width - 1 - (width_of(self._lead) + 1 if self._lead else 0)

    def draw(self, y: int) -> Strip:
        """Draw the sentence, else the keys, what the first line has no room for on the second."""
        look, width = self.look, self.size.width
        if self._sentence is not None and y == 0:
            text, warning = self._sentence
            style = look.warning if warning else look.plain
            return strip_of([(Safe(" " + text), style)], width, look.ground)
        lead = Safe(self._lead if y == 0 else " " * width_of(self._lead))
        pieces: list[Piece] = [(Safe(" " + lead), look.accent)] if lead else []
        used = width_of(lead) + 1 if lead else 0
        for key, title in self._on_line(y):
            gap = _GAP if used else 1
            pieces += [(Safe(" " * gap + key), look.accent), (Safe(" " + title), look.dim)]
            used += gap + width_of(key) + 1 + width_of(title)
        return strip_of(pieces, width, look.ground)

    def _on_line(self, y: int) -> Sequence[Item]:
        if self.size.height == 1:
            return _fitting(self._items, self._room)
        first = 0
        while first < len(self._items) and _width(self._items[: first + 1]) <= self._room:
            first += 1
        return self._items[:first] if y == 0 else _fitting(self._items[first:], self._room)


def _width(items: Sequence[Item]) -> int:
    return sum(_GAP + width_of(key) + 1 + width_of(title) for key, title in items)


def _fitting(items: Sequence[Item], room: int) -> Sequence[Item]:
    """Return the items there is room for; the last one stays, those before it go first."""
    left = list(items)
    while len(left) > 1 and _width(left) > room:
        del left[-2]
    return left
