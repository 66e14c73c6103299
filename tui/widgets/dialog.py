"""The base of every question over the inbox: it returns a value and writes nothing."""

from typing import TypeVar

from textual import events
from textual.screen import ModalScreen
from textual.widgets import Input

from tui.keyed import KeyedScreen
from tui.keymap import Keymap
from tui.text import Safe, safe
from tui.widgets.cells import Piece
from tui.widgets.look import Look
from tui.widgets.text_lines import Layout
from tui.widgets.wrapping import wrapped

T = TypeVar("T")
_SHORT = 9
"""Lines of a terminal below which a question does without its title."""
_SLIM = 40
"""Columns below which titles take several lines."""


class Dialog(KeyedScreen[T], ModalScreen[T]):
    """A question at the bottom of the screen, what it is about in sight above it. Esc leaves it."""

    DEFAULT_CSS = """
    Dialog { align: left bottom; background: $background 30%; }
    Dialog > #panel { height: auto; max-height: 80%; padding: 0 1;
        background: $background; border-top: solid $foreground 30%; }
    Dialog.-short > #panel { max-height: 100%; border-top: none; }
    Dialog.-short .aside { display: none; }
    Dialog.-ascii > #panel { border-top: ascii $foreground 30%; }
    """

    def __init__(self, keymap: Keymap, *, plain_text: bool = False) -> None:
        super().__init__(keymap)
        self.plain_text = plain_text

    def on_mount(self) -> None:
        """Draw the rule above the panel in ASCII where that is asked for."""
        self.set_class(self.plain_text, "-ascii")

    def on_resize(self, event: events.Resize) -> None:
        """Leave the title and what it is about away where they would take the room of the choices."""
        width, height = event.size
        self.set_class(height < _SHORT or (width < _SLIM and height < 2 * _SHORT), "-short")

    def act_back(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    def act_close(self) -> None:
        """Leave without an answer."""
        self.act_back()


class Line(Input):
    """A text field of one line, without a box."""

    DEFAULT_CSS = """
    Line { background: $background; }
    Line:focus { background: $foreground 8%; background-tint: $foreground 0%; }
    """

    def __init__(self, value: str = "", *, placeholder: str = "") -> None:
        super().__init__(safe(value), placeholder=placeholder, compact=True, select_on_focus=False)
        self.cursor_blink = False


def sentence(text: str, *, warning: bool = False, strong: bool = False) -> Layout:
    """Lay out a sentence from anywhere, wrapped."""

    def lay_out(look: Look, width: int) -> list[list[Piece]]:
        style = look.warning if warning else look.strong if strong else look.dim
        return [[(line, style)] for line in wrapped(text, width)] or [[(Safe(""), style)]]

    return lay_out
