"""Help: what each key does in the place it was called from, found by typing."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input

from tui.actions import ACTING, AREAS, Action, by_area, spell
from tui.keyed import KeyedScreen
from tui.keymap import Keymap
from tui.places import pressed
from tui.text import Safe, safe
from tui.widgets.cells import NOTHING, Piece, cut, fill, highlighted
from tui.widgets.dialog import Line
from tui.widgets.key_footer import KeyFooter
from tui.widgets.look import Look
from tui.widgets.text_lines import Layout, TextLines
from tui.widgets.wrapping import wrapped

Group = tuple[str, Sequence[Action]]
"""A heading and the actions under it."""

_KEYS_WIDTH: Final = 11
_TITLE_WIDTH: Final = 22
_STACKED: Final = 56
"""Columns below which the help of an action stands under its title."""
_OWN: Final = "Keys of this place"
_MARKS: Final = (
    "N new, R reply later, W waiting, Z snoozed, A set aside, D done, T trash, M muted; S silent: unanswered "
    "for 14 days. Bold is unread. x3 is three approaches since your last answer, +2d comes back in two days, "
    "due has waited long enough, them says that they owe an answer. Of four facts (employer, role, pay, "
    "mandate) the reader says how many are known."
)
_WIDEST: Final = 104
"""Columns beyond which a line would be tiring to follow."""


class HelpScreen(KeyedScreen[None]):
    """The keys of a place, grouped by what they are for. Typing filters them, Esc closes."""

    CSS_PATH: ClassVar[Path] = Path(__file__).with_suffix(".tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll(1)", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("pagedown", "scroll(10)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
    ]

    def __init__(
        self, keymap: Keymap, place: str, actions: Sequence[Action], *, plain_text: bool = False
    ) -> None:
        super().__init__(keymap)
        self.plain_text = plain_text
        self._place = place
        self._actions = actions

    def compose(self) -> ComposeResult:
        """Lay out heading, field, keys and footer."""
        yield TextLines(self._heading, plain_text=self.plain_text)
        yield Line(placeholder="type a word, or a key")
        with VerticalScroll(can_focus=False):
            yield TextLines(self._layout(""), plain_text=self.plain_text).add_class("keys")
        yield KeyFooter(plain_text=self.plain_text)

    def on_mount(self) -> None:
        """Say how to move and how to leave."""
        arrows = safe(" ".join(spell(key, plain_text=self.plain_text) for key in ("up", "down")))
        self.query_one(KeyFooter).show([(arrows, Safe("scroll")), (Safe("Esc"), Safe("close"))])

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what fits, from the top."""
        self.query_one(".keys", TextLines).show(self._layout(event.value))
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def action_scroll(self, lines: int) -> None:
        """Scroll by so many lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def act_back(self) -> None:
        """Close."""
        self.dismiss(None)

    def act_help(self) -> None:
        """Close: the key that opened help closes it too."""
        self.dismiss(None)

    def _heading(self, look: Look, _width: int) -> Sequence[Sequence[Piece]]:
        return [[(Safe("Help"), look.strong), (Safe("   "), look.dim), (safe(self._place), look.dim)]]

    def _layout(self, typed: str) -> Layout:
        groups = matching(self._actions, typed)
        words = [word for word in typed.lower().split() if len(word) > 1]

        def lay_out(look: Look, width: int) -> list[list[Piece]]:
            if not groups:
                return [[(Safe("No key here is called that. Esc closes help."), look.dim)]]
            lines: list[list[Piece]] = []
            for heading, actions in groups:
                lines += [[(NOTHING, look.dim)]] * bool(lines) + [[(safe(heading), look.dim)]]
                for action in actions:
                    keys = safe("  ".join(spell(key, plain_text=self.plain_text) for key in action.keys))
                    lines += _entry(keys, action, words, look, min(width, _WIDEST))
            if not typed.strip() and any(action.area == ACTING for action in self._actions):
                lines += [[(NOTHING, look.dim)], [(Safe("In the list"), look.dim)]]
                lines += [[(Safe(" " + line), look.dim)] for line in wrapped(_MARKS, min(width, _WIDEST) - 2)]
            return lines

        return lay_out


def matching(actions: Sequence[Action], typed: str) -> Sequence[Group]:
    """The groups that hold every word typed, by its beginning; a key typed as it is pressed comes first."""
    typed = typed.strip()
    words = typed.lower().split()
    on = [action for action in actions if typed and typed in _pressed(action)]
    others = [action for action in actions if action not in on]
    found = [action for action in others if all(f" {word}" in _searched(action) for word in words)]
    own = [action for action in found if action.area not in AREAS]
    return [
        *[(f"On {typed}", on)] * bool(on),
        *[(_OWN, own)] * bool(own),
        *by_area([each for each in found if each not in own]),
    ]


def _pressed(action: Action) -> Sequence[str]:
    return [spell(each) for key in action.keys for each in pressed(key)]


def _searched(action: Action) -> str:
    keys = " ".join(map(spell, action.keys))
    return f" {keys} {action.title} {action.help} {action.id.replace('-', ' ')}".lower()


def _entry(keys: Safe, action: Action, words: Sequence[str], look: Look, width: int) -> list[list[Piece]]:
    """The lines of one action: its keys, its title, and its help wrapped beside them."""
    keys = fill(cut(keys, _KEYS_WIDTH, look.marks.ellipsis), _KEYS_WIDTH)
    title = fill(safe(action.title), _TITLE_WIDTH)
    if width < _STACKED:
        return _stacked(keys, action, words, look, width)
    lead = 2 + _KEYS_WIDTH + 1 + _TITLE_WIDTH + 1
    explained = list(wrapped(action.help, width - lead))
    first: list[Piece] = [
        (Safe("  " + keys + " "), look.strong),
        *highlighted(title, look.plain, words, look.match),
        (Safe(" "), look.plain),
        *highlighted(explained[0], look.dim, words, look.match),
    ]
    indent = (Safe(" " * lead), look.dim)
    return [first, *([indent, *highlighted(line, look.dim, words, look.match)] for line in explained[1:])]


def _stacked(keys: Safe, action: Action, words: Sequence[str], look: Look, width: int) -> list[list[Piece]]:
    """The lines of one action where there is no room for columns: its help under its keys and its title."""
    named = wrapped(safe(action.title), max(width - len(keys) - 3, 1))
    lines: list[list[Piece]] = []
    for title in named:
        lead = Safe("  " + keys + " ") if not lines else Safe(" " * (len(keys) + 3))
        lines.append([(lead, look.strong), *highlighted(title, look.plain, words, look.match)])
    indent = (Safe(" " * 4), look.dim)
    explained = wrapped(action.help, max(width - 4, 1))
    return [*lines, *([indent, *highlighted(line, look.dim, words, look.match)] for line in explained)]
