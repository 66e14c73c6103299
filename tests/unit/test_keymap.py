"""The user's keys over the registry."""

from collections.abc import Sequence

import pytest

from store.errors import UsageError
from tui.actions import ACTIONS, PLANNED, PRESETS
from tui.keymap import keymap


@pytest.mark.parametrize("preset", PRESETS)
def test_each_preset_is_sound(preset: str) -> None:
    """No key of a preset clashes, and each of its keys would be accepted from a user."""
    keys = keymap(preset)
    for action in ACTIONS:
        entry = {action.id: list(keys.keys(action.id))}
        assert keymap(preset, entry).keys(action.id) == keys.keys(action.id)


def test_vim_leaves_h_and_l_free() -> None:
    """The vim preset gives neither letter to an action."""
    assert not {"h", "l"} & keymap("vim").sequences.keys()


def test_an_entry_replaces_the_keys_of_its_action() -> None:
    """A key, a list of keys or a sequence may be given; the default ones are free again."""
    keys = keymap("default", {"snooze": "b", "reload": ["f5", "F6"], "go-trash": "g  d"})
    assert keys.sequences["b"] == "snooze"
    assert "h" not in keys.sequences
    assert keys.keys("reload") == ("f5", "f6")
    assert keys.keys("go-trash") == ("g d",)


def test_keys_can_be_swapped() -> None:
    """A key that its owner gives up in another entry is free to take."""
    keys = keymap("default", {"snooze": "e", "done": "h"})
    assert (keys.sequences["e"], keys.sequences["h"]) == ("snooze", "done")


def test_an_empty_entry_takes_the_keys_away() -> None:
    """An action without a key stays in the palette."""
    keys = keymap("default", {"mute": "", "block": []})
    assert keys.keys("mute") == keys.keys("block") == ()
    assert keys.spelled("mute") == ""


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ({"snoze": "b"}, ["keymap.snoze", "no such action"]),
        ({"snooze": "ctrl+i"}, ["keymap.snooze", "Tab"]),
        ({"snooze": "ctrl+m"}, ["keymap.snooze", "Enter"]),
        ({"snooze": "Ctrl+H"}, ["keymap.snooze", "Backspace"]),
        ({"snooze": "ctrl+["}, ["keymap.snooze", "Esc"]),
        ({"snooze": "ctrl+a"}, ["keymap.snooze", "screen"]),
        ({"snooze": "ctrl+b"}, ["keymap.snooze", "tmux"]),
        ({"snooze": "alt+h"}, ["keymap.snooze", "Esc and the key"]),
        ({"snooze": "shift+enter"}, ["keymap.snooze", "bare key"]),
        ({"snooze": "shift+h"}, ["keymap.snooze", "capital letter: H"]),
        ({"snooze": "ctrl+q"}, ["keymap.snooze", "quits"]),
        ({"snooze": "hh"}, ["keymap.snooze", "no such key"]),
        ({"snooze": "\x07"}, ["keymap.snooze", "no such key"]),
        ({"snooze": "b ctrl+i"}, ["keymap.snooze", "ctrl+i"]),
        ({"snooze": "b escape"}, ["keymap.snooze", "escape"]),
        ({"snooze": ["b", 7]}, ["keymap.snooze", "text"]),
        ({"snooze": "e"}, ["keymap.snooze", "the key of done"]),
        ({"snooze": "b", "label": "b"}, ["keymap.label", "the key of snooze"]),
        ({"snooze": "g"}, ["keymap.snooze", "g g"]),
        ({"snooze": "e e"}, ["keymap.snooze", '"e"']),
        ({"close": ""}, ["keymap.close", "way out"]),
    ],
)
def test_a_mistake_is_named(entries: dict[str, str | Sequence[str]], words: list[str]) -> None:
    """Unknown ids, keys no terminal sends and clashes end with a sentence that names the entry."""
    with pytest.raises(UsageError) as raised:
        keymap("default", entries)
    assert all(word in raised.value.sentence for word in words)


def test_a_misspelt_action_is_guessed() -> None:
    """The hint offers the nearest ids."""
    with pytest.raises(UsageError) as raised:
        keymap("default", {"snoze": "b"})
    assert "snooze" in raised.value.hint


def test_an_unknown_preset_is_named() -> None:
    """The sentence names the preset, the hint those that exist."""
    with pytest.raises(UsageError, match="emacs") as raised:
        keymap("emacs")
    assert "vim" in raised.value.hint


def test_what_may_follow_a_prefix() -> None:
    """Each continuation comes with its action; the registry is shown with the keys in force."""
    keys = keymap("default", {"go-trash": "g d"})
    assert [(rest, action.id) for rest, action in keys.continuations("g")] == [
        ("g", "first"),
        ("i", "go-inbox"),
        ("R", "go-reply-later"),
        ("f", "go-screener"),
        ("o", "go-left-out"),
        ("s", "go-sources"),
        ("d", "go-trash"),
        ("v", "go-reviews"),
        ("m", "go-market"),
        ("r", "go-referrals"),
        ("p", "go-people"),
        ("x", "go-conflicts"),
        ("e", "go-elsewhere"),
        *((key, "go-planned") for key in PLANNED),
    ]
    assert {action.id: action.keys for action in keys.actions}["go-trash"] == ("g d",)
