"""The palette: every action of the place by name, for what one has no key for in mind."""

from collections.abc import Sequence
from typing import Final

from tui.actions import CAPTURING, FORMS, GOING, SELECTING, Action, by_area, spell
from tui.keymap import Keymap
from tui.text import pad, safe
from tui.widgets.picker import Choice, Picker

_LEFT_OUT: Final = ("palette", "back", "go-planned")
_KEY_WIDTH: Final = 9
_AREA_WORDS: Final = {GOING: "Go to", SELECTING: "Select", CAPTURING: "Capture"}
"""What makes a title such as "Trash" a thing to do where no heading stands above it."""


class Palette(Picker):
    """Asks for an action among those given; returns its id, or None when the user leaves."""

    def __init__(self, keymap: Keymap, actions: Sequence[Action], *, plain_text: bool = False) -> None:
        choices = [
            Choice(action.id, _title(action), _detail(keymap, action, plain_text=plain_text))
            for area, members in by_area(actions)
            for action in members
            if area != FORMS and action.id not in _LEFT_OUT
        ]
        super().__init__(keymap, "What would you like to do?", choices, plain_text=plain_text)


def _title(action: Action) -> str:
    word = _AREA_WORDS.get(action.area, "")
    return action.title if not word or action.title.startswith(word) else f"{word}: {action.title}"


def _detail(keymap: Keymap, action: Action, *, plain_text: bool) -> str:
    keys = keymap.keys(action.id)
    return pad(safe(spell(keys[0], plain_text=plain_text) if keys else ""), _KEY_WIDTH) + action.help
