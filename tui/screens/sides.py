"""The base of a form that asks on one side about the message on the other."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input

from store.errors import StoreError
from store.repository import Repository
from store.rules.row import Row
from store.rules.timeline import Entry
from tui.keyed import KeyedScreen, is_typing
from tui.keymap import Keymap
from tui.text import Safe, safe
from tui.widgets.cells import Piece
from tui.widgets.dialog import Line
from tui.widgets.key_footer import KeyFooter
from tui.widgets.look import Look
from tui.widgets.text_lines import TextLines
from tui.widgets.timeline import Timeline

if TYPE_CHECKING:
    from tui.screens.kept_words import KeptWords

T = TypeVar("T")
Drawn = Sequence[Sequence[Piece]]
WIDE = 110
"""Columns from which the message stands beside the questions."""
_TOO_SMALL = 12
"""Lines of a terminal below which the message gives way to the question."""
_SYNC_EVERY = 1.0


class SidesScreen(KeyedScreen[T]):
    """The message left, questions right; below 110 columns the message above one question.

    Every printable key is an answer; words are typed into a line that opens where they are asked for. What
    is answered is kept as a draft, which `keeper` holds.
    """

    TAKES_BURSTS = True
    """Keys that come fast over a slow line are answers, not a paste."""
    AUTO_FOCUS = ""
    PLACE: ClassVar[str] = ""
    """What help calls it."""
    DEFAULT_CSS: ClassVar[str] = """
    SidesScreen { background: $background; overflow: hidden; }
    SidesScreen .title { height: 1; background: $surface; padding: 0 1; margin-bottom: 1; }
    SidesScreen .sides { height: 1fr; }
    SidesScreen .message { width: 1fr; padding: 0 1 0 2; }
    SidesScreen .known { height: auto; max-height: 8; margin: 1 0 0 0; }
    SidesScreen .form { width: 1fr; padding: 0 1 0 2; border-left: solid $foreground 25%; }
    SidesScreen.-ascii .form { border-left: ascii $foreground 25%; }
    SidesScreen .questions { width: 1fr; height: auto; max-height: 100%; scrollbar-size: 0 0; }
    SidesScreen .words { display: none; margin: 1 0 0 4; }
    SidesScreen.-asking .words { display: block; }
    SidesScreen.-asking .questions { max-height: 85%; }
    SidesScreen.-narrow .known { margin: 0; }
    SidesScreen.-narrow .sides { layout: vertical; }
    SidesScreen.-narrow .message { height: 1fr; width: 100%; }
    SidesScreen.-narrow .form { height: auto; max-height: 75%; width: 100%; border-left: none;
        border-top: solid $foreground 25%; padding: 0 1; }
    SidesScreen.-narrow.-ascii .form { border-top: ascii $foreground 25%; }
    SidesScreen.-narrow.-full .message, SidesScreen.-tiny .message { display: none; }
    SidesScreen.-narrow.-full .form, SidesScreen.-tiny .form { max-height: 100%; border-top: none; }
    SidesScreen.-tiny .title { margin-bottom: 0; }
    """

    def __init__(self, repository: Repository, keymap: Keymap, *, plain_text: bool) -> None:
        super().__init__(keymap)
        self.repository = repository
        self.plain_text = plain_text
        self.keeper: KeptWords | None = None
        self.complaint = ""
        """Why the last key or the last words were not taken."""
        self.asks = ""
        """What the line of words is for, empty where it is closed."""

    # What a form says

    def row(self) -> Row | None:
        """Return the opportunity that is asked about."""
        raise NotImplementedError

    def entries(self, row: Row) -> Sequence[Entry]:
        """Return what is shown of it."""
        return self.repository.timeline(row)

    def draw_title(self, look: Look, width: int) -> Drawn:
        """Draw the line at the top."""
        raise NotImplementedError

    def draw_known(self, look: Look, width: int) -> Drawn:
        """Draw what is known, under the message."""
        raise NotImplementedError

    def draw_questions(self, look: Look, width: int) -> Drawn:
        """Draw the questions."""
        raise NotImplementedError

    def footer_keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys that matter now: (as it is spelled, what it does)."""
        raise NotImplementedError

    def fills_the_screen(self) -> bool:
        """Tell whether a narrow terminal needs all its room for the questions."""
        raise NotImplementedError

    def press(self, key: str) -> bool:
        """Take a key as an answer (a character, enter, up, down); tell whether it was one."""
        raise NotImplementedError

    def take_words(self, asks: str, text: str) -> None:
        """Take what was typed; raises StoreError where it cannot be used."""
        raise NotImplementedError

    # Laying out

    def compose(self) -> ComposeResult:
        """Lay out a title, the message with what is known, the questions, and the keys."""
        plain_text = self.plain_text
        yield TextLines(self.draw_title, plain_text=plain_text).add_class("title")
        with Horizontal(classes="sides"):
            with Vertical(classes="message"):
                yield Timeline(
                    self.entries, silent_days=self.repository.settings.silent_days, plain_text=plain_text
                )
                yield TextLines(self.draw_known, plain_text=plain_text).add_class("known")
            with Vertical(classes="form"):
                with VerticalScroll(can_focus=False, classes="questions"):
                    yield TextLines(self.draw_questions, plain_text=plain_text).add_class("column")
                yield Line().add_class("words")
        yield KeyFooter(plain_text=plain_text)

    def on_mount(self) -> None:
        """Show the message from its top, and the question that is next."""
        self.set_class(self.plain_text, "-ascii")
        self.set_interval(_SYNC_EVERY, self._sync)
        self.show_again()

    def on_resize(self, event: events.Resize) -> None:
        """One side beside the other where there is room, else the message above one question."""
        self.set_class(event.size.width < WIDE, "-narrow")
        self.set_class(event.size.height < _TOO_SMALL, "-tiny")
        self.show_again()
        if self.is_alone:
            self.call_after_refresh(self.query_one(Timeline).scroll_to_messages)

    @property
    def is_alone(self) -> bool:
        """Whether there is room for the present question only."""
        return self.has_class("-narrow") or self.has_class("-tiny")

    def show_again(self) -> None:
        """Draw everything as it stands now."""
        if not self.is_mounted:
            return
        self.set_class(self.fills_the_screen(), "-full")
        self.query_one(Timeline).show(self.row(), now=self.repository.now())
        self.query_one(".title", TextLines).show(self.draw_title)
        self.query_one(".known", TextLines).show(self.draw_known)
        self.query_one(".column", TextLines).show(self.draw_questions)
        self.query_one(KeyFooter).show([(safe(key), Safe(title)) for key, title in self.footer_keys()])
        questions = self.query_one(".questions")
        from_the_top = self.is_alone and not self.fills_the_screen()
        self.call_after_refresh(
            questions.scroll_home if from_the_top else questions.scroll_end, animate=False
        )

    def _sync(self) -> None:
        if self.keeper is not None:
            self.run_worker(self.keeper.sync, thread=True, exclusive=True)

    # Keys

    async def on_key(self, event: events.Key) -> None:
        """Take a key as an answer; what is none goes to the actions."""
        if is_typing(self.focused):
            return
        key = {"shift+tab": "up", "tab": "down"}.get(event.key, event.key)
        if key not in ("enter", "up", "down"):
            printable = event.is_printable and event.character not in (None, "?", ":")
            key = event.character if printable and event.character else ""
        if key and self.press(key):
            event.stop()
            event.prevent_default()

    def act_page_down(self) -> None:
        """Read on in the message."""
        self.query_one(Timeline).act_page_down()

    def act_page_up(self) -> None:
        """Read back in the message."""
        self.query_one(Timeline).act_page_up()

    def act_help(self) -> None:
        """Show the keys of this place."""
        from tui.screens.help import HelpScreen

        self.app.push_screen(
            HelpScreen(self.keymap, self.PLACE, self.actions_here(), plain_text=self.plain_text)
        )

    # Words

    def ask_words(self, asks: str, placeholder: str, value: str = "") -> None:
        """Open the line of words."""
        self.asks = asks
        line = self.query_one(Line)
        line.placeholder = placeholder
        line.value = safe(value)
        line.cursor_position = len(line.value)
        self.add_class("-asking")
        line.focus()
        self.show_again()

    def close_words(self) -> None:
        """Close the line of words, whatever is in it."""
        self.asks = ""
        self.remove_class("-asking")
        self.set_focus(None)

    def finish_words(self) -> bool:
        """Take what is in the line of words; tell whether it could be used. It stays open where not."""
        if not self.asks:
            return True
        try:
            self.take_words(self.asks, self.query_one(Line).value)
        except StoreError as error:
            self.complain(error)
            return False
        self.complaint = ""
        self.close_words()
        self.show_again()
        return True

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the words; where they cannot be used, say why and keep them."""
        event.stop()
        self.finish_words()

    def complain(self, error: StoreError) -> None:
        """Say under the question why something was not taken."""
        self.complaint = f"{error.sentence} {error.hint}".strip()
        self.show_again()
