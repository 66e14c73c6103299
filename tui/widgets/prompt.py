"""One line to type, with what it will mean under it."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from store.errors import StoreError, UsageError
from tui.keymap import Keymap
from tui.widgets.dialog import Dialog, Line, sentence
from tui.widgets.text_lines import TextLines


class Prompt(Dialog[str]):
    """Asks for a line of text; returns it, or None when the user leaves.

    `echo` says what the text means, or raises StoreError: the sentence is shown and the text stays.
    """

    def __init__(
        self,
        keymap: Keymap,
        title: str,
        echo: Callable[[str], str],
        *,
        value: str = "",
        placeholder: str = "",
        plain_text: bool = False,
    ) -> None:
        super().__init__(keymap, plain_text=plain_text)
        self._title = title
        self._echo = echo
        self._value = value
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        """Lay out title, field and echo."""
        with Vertical(id="panel"):
            yield TextLines(sentence(self._title, strong=True), plain_text=self.plain_text).add_class("aside")
            yield Line(self._value, placeholder=self._placeholder)
            yield TextLines(sentence(""), plain_text=self.plain_text)

    def on_mount(self) -> None:
        """Say at once what an empty field means."""
        self._show_meaning(self._value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what the text means so far."""
        self._show_meaning(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return the text if it means something; else say why not and keep it."""
        try:
            self._echo(event.value)
        except StoreError as error:
            self._say(f"{error.sentence} {error.hint}", warning=True)
        else:
            self.dismiss(event.value)

    def _show_meaning(self, text: str) -> None:
        try:
            self._say(self._echo(text))
        except StoreError as error:
            self._say(error.hint or error.sentence)

    def _say(self, text: str, *, warning: bool = False) -> None:
        self.query(TextLines).last().show(sentence(text, warning=warning))


def must_be(word: str, meaning: str) -> Callable[[str], str]:
    """Return an echo that takes one word only, in capitals or not."""

    def echo(text: str) -> str:
        if text.strip().casefold() != word.casefold():
            raise UsageError(f"Type {word}, or leave.", "")
        return meaning

    return echo
