"""The base of a page that is a list: the entry under the cursor is told in full beside it, or below it."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Container

from tui.keyed import KeyedScreen
from tui.screens.page import Drawn, PageScreen
from tui.text import Safe
from tui.widgets.cells import Piece
from tui.widgets.entry_list import EntryList
from tui.widgets.key_footer import KeyFooter
from tui.widgets.look import Look
from tui.widgets.prompt import Prompt
from tui.widgets.text_lines import TextLines
from tui.widgets.wrapping import wrapped

WIDE = 110
"""Columns from which the entry stands beside the list."""


class ListPage(PageScreen):
    """A list and the entry under its cursor; a page that filters says by what in `FILTERS_BY`."""

    FILTERS_BY: ClassVar[str] = ""
    words = ""
    """What is filtered by, empty where everything is listed."""

    DEFAULT_CSS: ClassVar[str] = """
    ListPage .sides { height: 1fr; layout: horizontal; }
    ListPage EntryList { width: 1fr; margin: 0 1 0 0; }
    ListPage .page { width: 1fr; border-left: solid $foreground 25%; padding: 0 1 0 2; }
    ListPage.-ascii .page { border-left: ascii $foreground 25%; }
    ListPage.-narrow .sides { layout: vertical; }
    ListPage.-narrow EntryList { width: 100%; height: 1fr; margin: 0; }
    ListPage.-narrow .page { width: 100%; height: auto; max-height: 55%; border-left: none;
        border-top: solid $foreground 25%; padding: 0 1; }
    ListPage.-narrow.-ascii .page { border-top: ascii $foreground 25%; }
    ListPage.-empty EntryList { display: none; }
    ListPage.-empty .page { border: none; padding: 0 1; height: 1fr; max-height: 100%; }
    """

    _is_gathered = False

    # What a page says

    @property
    def count(self) -> int:
        """How many entries there are."""
        raise NotImplementedError

    def gather(self) -> None:
        """Read what is listed; called before the page is drawn as things stand now."""
        raise NotImplementedError

    def key_at(self, place: int) -> object:
        """Return what tells an entry from the others: the cursor stays on it when the list changes."""
        raise NotImplementedError

    def draw_entry(self, place: int, look: Look, width: int) -> Sequence[Piece]:
        """Draw one entry on one line."""
        raise NotImplementedError

    def detail(self, place: int, look: Look, width: int) -> Drawn:
        """Draw everything about an entry."""
        raise NotImplementedError

    def nothing(self) -> Sequence[str]:
        """Return what to say where there is no entry, and the key that helps."""
        raise NotImplementedError

    # Showing

    @cached_property
    def entries(self) -> EntryList:
        """The list."""
        return EntryList(self.draw_entry, self._moved, plain_text=self.plain_text)

    def compose(self) -> ComposeResult:
        """Lay out a title, the list and the entry, and the keys."""
        yield TextLines(self._title, plain_text=self.plain_text).add_class("title")
        with Container(classes="sides"):
            yield self.entries
            yield self.page()
        yield KeyFooter(plain_text=self.plain_text)

    def on_mount(self) -> None:
        """Draw with what the terminal has; the base class shows the page, as Textual calls it too."""
        self.set_class(self.plain_text, "-ascii")

    def on_resize(self, event: events.Resize) -> None:
        """The entry stands beside the list where there is room, else below it."""
        self.set_class(event.size.width < WIDE, "-narrow")

    def show_again(self) -> None:
        """Draw the page as things stand now, the cursor where it was."""
        self.show_at(self.key_at(self.entries.cursor) if self._is_gathered and self.count else None)

    def show_at(self, key: object) -> None:
        """Draw the page as things stand now, the cursor on the entry of a key where that is listed."""
        self.gather()
        self._is_gathered = True
        place = next((place for place in range(self.count) if self.key_at(place) == key), None)
        self.entries.show(self.count, place)
        self._draw()

    def _draw(self) -> None:
        self.set_class(not self.count, "-empty")
        super().show_again()

    def _moved(self) -> None:
        self._page.scroll_home(animate=False)
        self._draw()

    def lines(self, look: Look, width: int) -> Drawn:
        """Return the entry under the cursor, or why there is none."""
        if self.count:
            return self.detail(min(self.entries.cursor, self.count - 1), look, width)
        first, *rest = self.nothing()
        drawn: Drawn = [[(line, look.strong)] for line in wrapped(first, width)]
        for sentence in rest:
            drawn += [[], *([(line, look.dim)] for line in wrapped(sentence, width))]
        return drawn

    # Filtering

    def filter(self) -> None:
        """Ask for words to look for."""
        prompt = Prompt(self.keymap, f"Filter by {self.FILTERS_BY}", _meaning, value=self.words)
        self.ask(prompt, self._filter_by)

    def _filter_by(self, text: str) -> None:
        self.words = text.strip()
        self.show_again()

    def act_back(self) -> None:
        """Show everything again, the cursor where it was; leave where nothing is filtered."""
        if self.words:
            self._filter_by("")
        else:
            self.act_close()

    def act_close(self) -> None:
        """Leave, filtered or not."""
        self.dismiss(None)

    def answer(self, action: str) -> Callable[[], object] | None:
        """Return what does an action; to another place one goes from the screen below, leaving this one."""
        method, stack = super().answer(action), self.app.screen_stack
        if method is not None or not action.startswith("go-") or self not in stack[1:]:
            return method
        below = stack[stack.index(self) - 1]
        there = below.answer(action) if isinstance(below, KeyedScreen) else None
        return None if there is None else partial(self._leave_for, there)

    def _leave_for(self, there: Callable[[], object]) -> object:
        self.act_close()
        return there()

    # Moving

    def act_next(self) -> None:
        """Go to the next."""
        self.entries.move_by(1)

    def act_previous(self) -> None:
        """Go to the one before."""
        self.entries.move_by(-1)

    def act_first(self) -> None:
        """Go to the first."""
        self.entries.move_to(0)

    def act_last(self) -> None:
        """Go to the last."""
        self.entries.move_to(self.count)

    def act_half_page_down(self) -> None:
        """Go half a page on."""
        self.entries.move_by(max(self.entries.size.height // 2, 1))

    def act_half_page_up(self) -> None:
        """Go half a page back."""
        self.entries.move_by(-max(self.entries.size.height // 2, 1))


def _meaning(text: str) -> str:
    return f"Enter shows those with “{text}” in them" if text.strip() else "Enter shows all"


def paragraph(text: str, look: Look, width: int, *, style: str = "plain", indent: int = 0) -> Drawn:
    """Wrap a text in one of the look's styles."""
    chosen = getattr(look, style)
    margin = [(Safe(" " * indent), look.faint)] if indent else []
    return [[*margin, (line, chosen)] for line in wrapped(text, width - indent)]
