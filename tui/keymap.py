"""The user's keys over the registry: a preset, the user's own entries, and every mistake in them by name."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from store.errors import UsageError
from tui.actions import ACTIONS, BY_ID, PRESETS, Action, spell

_NAMED: Final = frozenset(
    {"enter", "escape", "tab", "shift+tab", "space", "backspace", "delete", "insert"}
) | {*("home", "end", "pageup", "pagedown", "up", "down", "left", "right")}
_FUNCTION_KEY: Final = re.compile(r"f([1-9]|1[0-2])")
_CONTROL: Final = re.compile(r"ctrl\+[a-z]")
_REFUSED: Final[Mapping[str, str]] = {
    "ctrl+i": "a terminal sends Tab for it",
    "ctrl+m": "a terminal sends Enter for it",
    "ctrl+j": "many terminals send Enter for it",
    "ctrl+h": "a terminal sends Backspace for it",
    "ctrl+[": "a terminal sends Esc for it",
    "ctrl+a": "screen keeps it for itself",
    "ctrl+b": "tmux keeps it for itself",
    "ctrl+c": "terminals copy or interrupt with it",
    "ctrl+q": "it quits from everywhere",
}
_KINDS_OF_KEYS: Final = (
    "Keys are a character, enter, escape, tab, shift+tab, space, the arrows, home, end, pageup, pagedown, "
    'insert, delete, backspace, f1 to f12, some ctrl+letter, and sequences such as "g i".'
)
_NEVER_WITHOUT: Final = ("close", "back")


class Keymap:
    """The keys in force: sequences to action ids, and back. Made by `keymap()`, which checks them."""

    def __init__(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        self._keys = dict(keys)
        self.sequences: Mapping[str, str] = {key: action for action, each in keys.items() for key in each}
        """Action id by key or sequence."""
        self.prefixes = frozenset(
            " ".join(parts[:length])
            for parts in (sequence.split(" ") for sequence in self.sequences)
            for length in range(1, len(parts))
        )
        """What begins a longer sequence."""

    @property
    def actions(self) -> tuple[Action, ...]:
        """The registry, each action with the keys in force."""
        return tuple(
            Action(each.id, self.keys(each.id), each.title, each.help, each.area) for each in ACTIONS
        )

    def keys(self, action: str) -> tuple[str, ...]:
        """The keys that fire an action, its main key first."""
        return self._keys[action]

    def spelled(self, action: str) -> str:
        """The main key of an action as a person reads it; empty where it has none."""
        keys = self._keys[action]
        return spell(keys[0]) if keys else ""

    def continuations(self, prefix: str) -> tuple[tuple[str, Action], ...]:
        """The rest of each sequence that begins with `prefix`, and the action it leads to."""
        start = prefix + " "
        return tuple(
            (sequence.removeprefix(start), BY_ID[action])
            for sequence, action in self.sequences.items()
            if sequence.startswith(start)
        )


def keymap(preset: str = "default", entries: Mapping[str, str | Sequence[str]] | None = None) -> Keymap:
    """The keymap of a preset with the user's entries over it: action id to a key, or to a list of keys.

    An empty entry takes an action's keys away. Raises UsageError, naming the entry, for an unknown preset or
    action, a key that a terminal cannot send, and a key that two actions claim.
    """
    if preset not in PRESETS:
        raise UsageError(
            f'keymap_preset = "{preset}": there is no such preset.', f"Known are {', '.join(PRESETS)}."
        )
    own = {action: _checked_keys(action, keys) for action, keys in (entries or {}).items()}
    keys = {**{action.id: action.keys for action in ACTIONS}, **PRESETS[preset], **own}
    for action in _NEVER_WITHOUT:
        if not keys[action]:
            raise UsageError(f"keymap.{action}: this action needs a key, or there is no way out.")
    _refuse_clashes(keys, own)
    return Keymap(keys)


def _checked_keys(action: str, keys: str | Sequence[str]) -> tuple[str, ...]:
    """The keys of one entry, normalised; raises UsageError for an unknown action or an impossible key."""
    if action not in BY_ID:
        raise UsageError(f"keymap.{action}: there is no such action.", _nearest(action))
    sequences = [keys] if isinstance(keys, str) else list(keys)
    return tuple(_checked_sequence(action, sequence) for sequence in sequences if sequence)


def _nearest(action: str) -> str:
    from difflib import get_close_matches

    matches = get_close_matches(action, BY_ID, cutoff=0.5)
    known = "`ringback keys` lists the actions."
    return f"Did you mean {' or '.join(matches)}? {known}" if matches else known


def _checked_sequence(action: str, sequence: object) -> str:
    """One key or sequence with its names in lower case; raises UsageError when a terminal cannot send it."""
    if not isinstance(sequence, str):
        raise UsageError(f"keymap.{action} = {sequence!r}: a key is written as text.", _KINDS_OF_KEYS)
    if sequence in BY_ID[action].keys:
        return sequence
    parts = ["space" if sequence == " " else part for part in sequence.split() or [sequence]]
    keys = [part if len(part) == 1 else part.lower() for part in parts]
    for key in keys:
        if reason := _unsendable(key):
            raise UsageError(
                f'keymap.{action} = "{sequence}": {key} cannot be a key, {reason}.', _KINDS_OF_KEYS
            )
    if len(keys) > 1 and "escape" in keys:
        raise UsageError(f'keymap.{action} = "{sequence}": escape ends a sequence, it cannot be part of one.')
    return " ".join(keys)


def _unsendable(key: str) -> str:
    """Why a terminal cannot send this key; empty when it can."""
    if key in _REFUSED:
        return _REFUSED[key]
    if key in _NAMED or _FUNCTION_KEY.fullmatch(key) or _CONTROL.fullmatch(key):
        return ""
    if len(key) == 1 and key.isprintable():
        return ""
    modifiers = key.split("+")[:-1]
    if "alt" in modifiers or "meta" in modifiers:
        return "a terminal sends Esc and the key for it"
    if modifiers == ["shift"] and len(key) == len("shift+a"):
        return f"write the capital letter: {key[-1].upper()}"
    if modifiers:
        return "most terminals send the bare key for it"
    return "no such key is known"


def _refuse_clashes(keys: Mapping[str, tuple[str, ...]], own: Iterable[str]) -> None:
    """Raise UsageError when two actions claim a key, or one claims the beginning of another's sequence."""
    claimed: dict[str, str] = {}
    # The user's entries come last, so that they are the ones named.
    for action in sorted(keys, key=lambda action: action in own):
        for sequence in keys[action]:
            for other, holder in claimed.items():
                if _collide(sequence, other) and (holder != action or sequence != other):
                    raise _clash(action, sequence, holder, other)
            claimed[sequence] = action


def _collide(one: str, other: str) -> bool:
    return one == other or one.startswith(other + " ") or other.startswith(one + " ")


def _clash(action: str, sequence: str, holder: str, other: str) -> UsageError:
    what = "is already" if sequence == other else f'hides or is hidden by "{other}",'
    return UsageError(
        f'keymap.{action} = "{sequence}": "{sequence}" {what} the key of {holder} ({BY_ID[holder].title}).',
        f'Give {holder} another key as well: keymap.{holder} = "…".',
    )
