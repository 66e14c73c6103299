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

    def show(self, items: Sequence[Item], lead: Safe = NOTHING) -> None:
        """Show keys, with a word about the selection or a prefix before them."""
        if (list(items), lead) != (list(self._items), self._lead):
            self._items, self._lead = items, lead
            self.refresh()

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

    def draw(self, y: int) -> Strip:  # noqa: ARG002 # there is one line
        """Draw the sentence, else the keys."""
        look, width = self.look, self.size.width
        if self._sentence is not None:
            text, warning = self._sentence
            style = look.warning if warning else look.plain
            return strip_of([(Safe(" " + text), style)], width, look.ground)
        pieces: list[Piece] = [(Safe(" " + self._lead), look.accent)] if self._lead else []
        used = width_of(self._lead) + 1 if self._lead else 0
        for key, title in self._fitting(width - 1 - used):
            gap = _GAP if used else 1
            pieces += [(Safe(" " * gap + key), look.accent), (Safe(" " + title), look.dim)]
            used += gap + width_of(key) + 1 + width_of(title)
        return strip_of(pieces, width, look.ground)

    def _fitting(self, room: int) -> list[Item]:
        """Return the items there is room for; the last one stays, those before it go first."""
        items = list(self._items)
        while (
            len(items) > 1 and sum(_GAP + width_of(key) + 1 + width_of(title) for key, title in items) > room
        ):
            del items[-2]
        return items
