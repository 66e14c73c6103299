"""A form: a few named fields under each other, whose words are kept while they are typed."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Protocol

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, TextArea

from store.errors import StoreError
from tui.keymap import Keymap
from tui.text import safe
from tui.widgets.dialog import Dialog, Line, sentence
from tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from textual.widget import Widget

_SYNC_EVERY = 1.0
Values = Mapping[str, str]
"""What the fields hold, by their names."""


class Keeper(Protocol):
    """Keeps the words of a form that is not finished."""

    def load(self) -> dict[str, str]:
        """Return what was kept, empty where nothing was."""

    def write(self, values: dict[str, str]) -> str:
        """Keep these words; return why they cannot be kept, or an empty text."""

    def sync(self) -> None:
        """Bring them to the disk; may take a while."""

    def discard(self) -> None:
        """Keep them no longer."""

    def leave(self) -> None:
        """Let go of them, for the form to offer them next time."""


class Field(msgspec.Struct, frozen=True):
    """A field of a form; `tall` for text of several lines, `hint` says what it takes."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    tall: bool = False


class Paragraphs(TextArea):
    """A text field of several lines, without a box; Tab leaves it."""

    DEFAULT_CSS: ClassVar[str] = """
    Paragraphs { height: 8; padding: 0; border: none; background: $foreground 4%; }
    Paragraphs:focus { border: none; background: $foreground 8%; }
    """

    def __init__(self, value: str) -> None:
        super().__init__(safe(value, newlines=True), soft_wrap=True, tab_behavior="focus", compact=True)
        self.cursor_blink = False
        self.highlight_cursor_line = False


class Form(Dialog[dict[str, str]]):
    """Asks for several fields; returns them by name, or None when the user leaves.

    `finish` is tried with the values before the form closes: when it raises StoreError, the sentence is
    shown and every word stays. Leaving keeps the words in `keeper`, and finishing lets them go. With
    `restore` it begins with what was left in it before.
    """

    DEFAULT_CSS: ClassVar[str] = """
    Form .field { height: auto; }
    Form .label { width: 14; padding: 0 1 0 0; }
    Form.-short .label { width: 9; }
    Form .field > Line, Form .field > Paragraphs { width: 1fr; }
    Form .gap { height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(
        self,
        keymap: Keymap,
        title: str,
        fields: Sequence[Field],
        finish: Callable[[dict[str, str]], None],
        *,
        keeper: Keeper,
        restore: bool = True,
        plain_text: bool = False,
    ) -> None:
        super().__init__(keymap, plain_text=plain_text)
        self._title = title
        self._fields = fields
        self._finish = finish
        self._keeper = keeper
        self._restore = restore
        self._widgets: dict[str, Line | Paragraphs] = {}
        self._left: dict[str, str] = {}
        self._kept: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Lay out a title, the fields and a line that says how to go on."""
        self._left = self._keeper.load() if self._restore else {}
        with VerticalScroll(id="panel", can_focus=False):
            yield TextLines(sentence(self._title, strong=True), plain_text=self.plain_text).add_class("aside")
            for field in self._fields:
                with Horizontal(classes="field"):
                    label = TextLines(sentence(field.label), plain_text=self.plain_text)
                    label.add_class("label")
                    yield label
                    yield self._widget(field)
            yield TextLines(sentence(self._way_on()), plain_text=self.plain_text)

    def on_mount(self) -> None:
        """Begin in the first field that is empty."""
        self._kept = self.values()
        empty = [widget for widget in self._widgets.values() if not _text(widget)]
        (empty or list(self._widgets.values()))[0].focus()
        self.set_interval(_SYNC_EVERY, self._sync)

    @on(Input.Changed)
    @on(TextArea.Changed)
    def keep(self) -> None:
        """Keep the words, so that nothing can take them."""
        values = self.values()
        if values != self._kept:
            self._kept = values
            if problem := self._keeper.write(values):
                self._say(problem, warning=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the next field; from the last one, finish."""
        order: list[Widget] = list(self._widgets.values())
        if event.input is order[-1]:
            self.act_finish()
        else:
            self.focus_next()

    def values(self) -> dict[str, str]:
        """Return what the fields hold."""
        return {name: _text(widget) for name, widget in self._widgets.items()}

    def act_finish(self) -> None:
        """Hand the values over; stay when they cannot be used."""
        values = self.values()
        try:
            self._finish(values)
        except StoreError as error:
            self._say(f"{error.sentence} {error.hint}", warning=True)
        else:
            self._keeper.discard()
            self.dismiss(values)

    def act_back(self) -> None:
        """Leave; the words stay for the next time."""
        self._keeper.leave()
        self.dismiss(None)

    async def act_editor(self) -> None:
        """Write the text of the field in the user's editor; where that fails, say why and keep the text."""
        from tui.screens.editor import edited

        focused = self.focused
        try:
            if isinstance(focused, Paragraphs):
                focused.text = safe(edited(self.app, focused.text), newlines=True)
            elif isinstance(focused, Line):
                focused.value = safe(edited(self.app, focused.value).strip())
        except StoreError as error:
            self._say(f"{error.sentence} {error.hint}", warning=True)

    def _sync(self) -> None:
        self.run_worker(self._keeper.sync, thread=True, exclusive=True)

    def _say(self, text: str, *, warning: bool = False) -> None:
        line = self.query(TextLines).last()
        line.show(sentence(text, warning=warning))
        if warning:
            self.call_after_refresh(line.scroll_visible, animate=False)

    def _widget(self, field: Field) -> Line | Paragraphs:
        value = self._left.get(field.name, field.value)
        widget = Paragraphs(value) if field.tall else Line(value, placeholder=field.hint)
        self._widgets[field.name] = widget
        return widget

    def _way_on(self) -> str:
        keymap = self.keymap
        keys = f"{keymap.spelled('finish')} keeps it · {keymap.spelled('back')} leaves, the words stay"
        return f"Your words from before are here again. {keys}" if self._left else keys


def _text(widget: Line | Paragraphs) -> str:
    return widget.text if isinstance(widget, Paragraphs) else widget.value
