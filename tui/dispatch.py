"""From keys to actions, with sequences such as `g i`, which Textual's own keymaps do not know."""

import re
from dataclasses import dataclass, field
from typing import Final

import msgspec

from tui.actions import WHILE_TYPING, Action, spell
from tui.keymap import Keymap

# The kitty protocol reports these on their own, between `g` and `R` for one.
_BARE_MODIFIER: Final = re.compile(
    r"(left|right)_(shift|control|alt|super|hyper|meta)|iso_level[35]_shift|(caps|num|scroll)_lock"
)
_SHIFTED_LETTER: Final = re.compile(r"shift\+([a-z])")


@dataclass(frozen=True)
class Fired:
    """The keys so far fire an action."""

    action: str
    keys: str = field(default="", compare=False)
    """What was typed, as the keymap writes it."""


class Pending(msgspec.Struct, frozen=True):
    """The keys so far begin a sequence; each choice is the rest of it and the action it leads to."""

    prefix: str
    choices: tuple[tuple[str, Action], ...]


class Nothing(msgspec.Struct, frozen=True):
    """The key means nothing here, and whoever is next may have it."""


class Cancelled(msgspec.Struct, frozen=True):
    """A sequence was given up: by Esc, or by a key that does not continue it."""

    keys: str
    """What was typed, as a person reads it; empty after Esc."""


Outcome = Fired | Pending | Nothing | Cancelled


class Dispatcher:
    """Turns keys into actions, one at a time, remembering the beginning of a sequence between them."""

    def __init__(self, keymap: Keymap) -> None:
        self._keymap = keymap
        self._pending = ""

    @property
    def pending(self) -> str:
        """The beginning of a sequence that waits for its next key; empty when none does."""
        return self._pending

    def cancel(self) -> None:
        """Forget the beginning of a sequence."""
        self._pending = ""

    def feed(self, key: str, character: str | None, *, typing: bool = False) -> Outcome:
        """Take one key as Textual names it; `typing` tells that a text field has the focus."""
        if _BARE_MODIFIER.fullmatch(key):
            return Nothing()
        name = key_name(key, character)
        if typing:
            return self._while_typing(name)
        prefix, self._pending = self._pending, ""
        if prefix and name == "escape":
            return Cancelled("")
        return self._look_up(f"{prefix} {name}" if prefix else name, prefix)

    def _while_typing(self, name: str) -> Outcome:
        self._pending = ""
        action = self._keymap.sequences.get(name, "")
        return Fired(action) if action in WHILE_TYPING and len(name) > 1 and name != "space" else Nothing()

    def _look_up(self, sequence: str, prefix: str) -> Outcome:
        if sequence in self._keymap.sequences:
            return Fired(self._keymap.sequences[sequence], sequence)
        if sequence in self._keymap.prefixes:
            self._pending = sequence
            return Pending(sequence, self._keymap.continuations(sequence))
        return Cancelled(spell(sequence)) if prefix else Nothing()


def key_name(key: str, character: str | None) -> str:
    """A key as the keymap writes it, from what Textual calls it: `question_mark` is ?, `shift+j` is J."""
    if key == "space" or character == " ":
        return "space"
    if character is not None and character.isprintable() and len(character) == 1:
        return character
    if shifted := _SHIFTED_LETTER.fullmatch(key):
        return shifted[1].upper()
    return key
