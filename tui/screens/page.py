"""The base of a page over the inbox: a title, lines to scroll through, the keys that matter."""

from collections.abc import Callable, Sequence
from typing import ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult

from store.errors import StoreError
from store.repository import Repository
from store.transaction import Transaction
from tui.actions import Action, spell
from tui.keyed import KeyedScreen, is_typing
from tui.keymap import Keymap
from tui.places import PLACES, by_method, methods
from tui.text import Safe, safe
from tui.widgets.cells import Piece, width_of
from tui.widgets.dialog import Dialog
from tui.widgets.key_footer import KeyFooter
from tui.widgets.lines import IN_ASCII
from tui.widgets.look import Look
from tui.widgets.scrolled import Scrolled
from tui.widgets.text_lines import TextLines

T = TypeVar("T")
Drawn = list[list[Piece]]
MEASURE = 100
"""The widest that a page gets."""


class PageScreen(KeyedScreen[None]):
    """Lines over the whole screen; Esc and q lead back. The keys of its own stand in `tui.places`."""

    AUTO_FOCUS = ""
    PLACE: ClassVar[str] = ""
    """What help calls it, and by which its keys are found."""
    SHOWS_WHAT_WAS_READ: ClassVar[bool] = False
    """Whether it is drawn anew, and says so, when sources were read meanwhile."""
    DEFAULT_CSS: ClassVar[str] = """
    PageScreen { background: $background; overflow: hidden; }
    PageScreen .title { height: 1; background: $surface; padding: 0 1; margin-bottom: 1; }
    PageScreen .page { height: 1fr; padding: 0 2; }
    """

    def __init__(self, repository: Repository, keymap: Keymap, *, plain_text: bool) -> None:
        super().__init__(keymap)
        self.repository = repository
        self.plain_text = plain_text

    def title_line(self) -> str:
        """Return what stands at the top."""
        raise NotImplementedError

    def lines(self, look: Look, width: int) -> Drawn:
        """Return the page for a width in cells."""
        raise NotImplementedError

    def footer_keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of its own for the bottom line: (as it is spelled, what it does)."""
        return ()

    def keys_of(self, *names: str, **others: str) -> list[tuple[str, str]]:
        """Return keys of this page for the bottom line by their methods; `others` says another title."""
        actions = by_method(self.PLACE)
        return [(_main(actions[name]), others.get(name, actions[name].title.lower())) for name in names]

    def actions_here(self) -> tuple[Action, ...]:
        """The keys of this page, and what else answers here without the keys that the page takes."""
        taken = methods(self.PLACE)
        others = (
            Action(each.id, keys, each.title, each.help, each.area)
            for each in super().actions_here()
            if (keys := tuple(key for key in each.keys if key not in taken))
        )
        return (*PLACES.get(self.PLACE, ()), *others)

    # Showing

    def compose(self) -> ComposeResult:
        """Lay out title, page and keys."""
        yield TextLines(self._title, plain_text=self.plain_text).add_class("title")
        yield self.page()
        yield KeyFooter(plain_text=self.plain_text)

    def page(self) -> Scrolled:
        """Return the lines to scroll through."""
        lines = TextLines(self._lay_out, plain_text=self.plain_text).add_class("lines")
        return Scrolled(lines, plain_text=self.plain_text, classes="page")

    def on_mount(self) -> None:
        """Show the keys."""
        self.show_again()

    def show_again(self) -> None:
        """Draw the page as things stand now."""
        self.query_one(".title", TextLines).show(self._title)
        self.query_one(".lines", TextLines).show(self._lay_out)
        keys = [*self.footer_keys(), (self.keymap.spelled("back"), "back"), ("?", "help")]
        self.query_one(KeyFooter).show([(safe(key), Safe(title)) for key, title in keys])

    def _title(self, look: Look, width: int) -> Drawn:  # noqa: ARG002
        return [[(safe(self.title_line()), look.strong)]]

    def _lay_out(self, look: Look, width: int) -> Drawn:
        return self.lines(look, min(width, MEASURE))

    def say(self, sentence: str, *, warning: bool = False) -> None:
        """Tell something in the bottom line, or above it where it is longer than that."""
        shown = safe(sentence.translate(IN_ASCII) if self.plain_text else sentence)
        if width_of(shown) + 2 <= self.size.width:
            self.query_one(KeyFooter).say(shown, warning=warning)
        else:
            self.app.notify(shown, severity="warning" if warning else "information", markup=False)

    # Changing

    def change(self, title: str, verb: Callable[[Transaction], str]) -> bool:
        """Run a verb in a transaction of this name, say what it did and show it; tell whether it was done."""
        try:
            sentence = self.repository.transact(title, verb, durable=False)
        except StoreError as error:
            self.say(f"{error.sentence} {error.hint}", warning=True)
            return False
        self.show_again()
        self.say(f"{sentence} · {self.keymap.spelled('undo')} undoes")
        return True

    def ask(self, dialog: Dialog[T], answer: Callable[[T], None]) -> None:
        """Put a question over the page; `answer` takes what it returns, unless the user leaves it."""
        dialog.plain_text = self.plain_text

        def take(value: T | None) -> None:
            if value is not None:
                answer(value)

        self.app.push_screen(dialog, take)

    def act_undo(self) -> None:
        """Take the last change back."""
        try:
            outcome = self.repository.undo(durable=False)
        except StoreError as error:
            self.say(f"{error.sentence} {error.hint}", warning=True)
            return
        self.show_again()
        self.say(outcome.sentence)

    # Keys

    async def on_key(self, event: events.Key) -> None:
        """Take the keys of this page before any other, but for those that end a sequence such as `g o`."""
        own = methods(self.PLACE)
        method = own.get(event.character or "", own.get(event.key, ""))
        self.query_one(KeyFooter).hush()
        if method and not self.dispatcher.pending and not is_typing(self.focused):
            event.stop()
            event.prevent_default()
            self.fired_by = event.character or event.key
            getattr(self, method)()

    @property
    def _page(self) -> Scrolled:
        return self.query_one(Scrolled)

    def act_next(self) -> None:
        """Go a line on."""
        self._page.scroll_relative(y=1, animate=False)

    def act_previous(self) -> None:
        """Go a line back."""
        self._page.scroll_relative(y=-1, animate=False)

    def act_first(self) -> None:
        """Go to the top."""
        self._page.scroll_home(animate=False)

    def act_last(self) -> None:
        """Go to the end."""
        self._page.scroll_end(animate=False)

    def act_half_page_down(self) -> None:
        """Go half a page on."""
        self._page.scroll_relative(y=max(self._page.size.height // 2, 1), animate=False)

    def act_half_page_up(self) -> None:
        """Go half a page back."""
        self._page.scroll_relative(y=-max(self._page.size.height // 2, 1), animate=False)

    def act_page_down(self) -> None:
        """Go a page on."""
        self._page.scroll_relative(y=max(self._page.size.height - 1, 1), animate=False)

    def act_page_up(self) -> None:
        """Go a page back."""
        self._page.scroll_relative(y=-max(self._page.size.height - 1, 1), animate=False)

    def act_help(self) -> None:
        """Show the keys of this place."""
        from tui.screens.help import HelpScreen

        self.app.push_screen(
            HelpScreen(self.keymap, self.PLACE, self.actions_here(), plain_text=self.plain_text)
        )

    def act_back(self) -> None:
        """Go back to where one came from."""
        self.dismiss(None)

    def act_close(self) -> None:
        """Go back to where one came from."""
        self.act_back()


def _main(action: Action) -> str:
    """Spell the main key of an action, and its shifted form where that does the same for another thing."""
    first, *others = action.keys
    return " ".join([spell(first), *(each for each in others if each == first.upper() != first)])
