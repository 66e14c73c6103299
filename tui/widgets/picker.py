"""A short list to choose from: type to filter, Enter takes."""

from collections.abc import Sequence
from typing import ClassVar

import msgspec
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input

from tui.keymap import Keymap
from tui.text import Safe, safe
from tui.widgets.cells import Piece, cut, fill, strip_of, width_of
from tui.widgets.dialog import Dialog, Line, sentence
from tui.widgets.lines import Lines
from tui.widgets.text_lines import TextLines

_MOST = 10
"""Choices in sight at a time."""
_TITLE_WIDTH = 38
"""The widest that titles get; details have the rest."""


class Choice(msgspec.Struct, frozen=True):
    """Something that can be chosen; `value` is what the picker returns for it."""

    value: str
    title: str
    detail: str = ""
    is_refused: bool = False
    """Whether it is only shown, its detail saying why it cannot be taken."""


class Choices(Lines):
    """The choices that fit what was typed, one of them marked."""

    DEFAULT_CSS: ClassVar[str] = "Choices { height: auto; }"

    class Taken(Message):
        """A choice was clicked."""

    def __init__(self, *, plain_text: bool = False) -> None:
        super().__init__(plain_text=plain_text)
        self.title_width = _TITLE_WIDTH
        self._choices: Sequence[Choice] = ()
        self._at = 0
        self._top = 0

    @property
    def marked(self) -> Choice | None:
        """The choice that Enter takes."""
        return self._choices[self._at] if self._choices else None

    def show(self, choices: Sequence[Choice]) -> None:
        """Show other choices, the first one marked."""
        self._choices, self._at, self._top = choices, 0, 0
        self.refresh(layout=True)

    def move(self, step: int) -> None:
        """Mark the next choice, or the one before."""
        self._at = min(max(self._at + step, 0), max(len(self._choices) - 1, 0))
        self._top = min(max(self._top, self._at - _MOST + 1), self._at)
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Take the choice that was clicked."""
        if self._top + event.y < len(self._choices):
            self._at = self._top + event.y
            self.post_message(self.Taken())

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return a line for each choice in sight."""
        return max(min(len(self._choices), _MOST), 1)

    def draw(self, y: int) -> Strip:
        """Draw one choice, or that there is none."""
        look, width = self.look, self.size.width
        if not self._choices:
            return strip_of([(Safe(" nothing fits"), look.faint)], width, look.ground)
        number = self._top + y
        if number >= len(self._choices):
            return self.blank()
        choice, here = self._choices[number], number == self._at
        title = cut(safe(choice.title), width - 2, look.marks.ellipsis)
        style = look.faint if choice.is_refused else look.strong if here else look.plain
        pieces: list[Piece] = [
            (look.marks.bar if here else Safe(" "), look.accent),
            (fill(title, min(self.title_width, width // 2)), style),
        ]
        rest = width - sum(width_of(text) for text, _ in pieces) - 2
        if choice.detail and rest > 3:
            pieces += [
                (Safe("  "), look.dim),
                (cut(safe(choice.detail), rest, look.marks.ellipsis), look.dim),
            ]
        return strip_of(pieces, width, look.cursor if here else look.ground)


class Picker(Dialog[str]):
    """Asks for one of several; returns its value, or None when the user leaves.

    With `own` a text that fits no choice can be taken itself: `own` says what that does, `{}` being the text.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]

    def __init__(
        self,
        keymap: Keymap,
        title: str,
        choices: Sequence[Choice],
        *,
        about: str = "",
        own: str = "",
        plain_text: bool = False,
    ) -> None:
        super().__init__(keymap, plain_text=plain_text)
        self._title = title
        self._every = choices
        self._about = about
        self._own = own

    def compose(self) -> ComposeResult:
        """Lay out title, field and choices."""
        with Vertical(id="panel"):
            yield TextLines(sentence(self._title, strong=True), plain_text=self.plain_text).add_class("aside")
            if self._about:
                yield TextLines(sentence(self._about), plain_text=self.plain_text).add_class("aside")
            yield Line(placeholder="type to filter")
            yield Choices(plain_text=self.plain_text)

    def on_mount(self) -> None:
        """Show every choice, the details in one column."""
        widest = max((width_of(safe(choice.title)) for choice in self._every), default=_TITLE_WIDTH)
        self.query_one(Choices).title_width = min(widest, _TITLE_WIDTH)
        self._filter("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what fits."""
        self._filter(event.value)

    def on_input_submitted(self) -> None:
        """Return the choice that is marked."""
        self._take()

    def on_choices_taken(self) -> None:
        """Return the choice that was clicked."""
        self._take()

    def action_move(self, step: int) -> None:
        """Mark the next choice, or the one before."""
        self.query_one(Choices).move(step)

    def _take(self) -> None:
        marked = self.query_one(Choices).marked
        if marked is not None and marked.is_refused:
            why_not = sentence(f"{marked.title}: {marked.detail}.", warning=True)
            self.query(TextLines).first().show(why_not)
        elif marked is not None:
            self.dismiss(marked.value)

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        fitting = [
            choice
            for choice in self._every
            if all(word in f"{choice.title} {choice.detail}".casefold() for word in words)
        ]
        typed = " ".join(text.split())
        if self._own and typed and all(typed != choice.value for choice in self._every):
            fitting.append(Choice(typed, self._own.format(typed)))
        self.query_one(Choices).show(fitting)
