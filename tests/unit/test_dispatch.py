"""From keys to actions."""

import pytest

from tui.actions import PLANNED
from tui.dispatch import Cancelled, Dispatcher, Fired, Nothing, Pending, key_name
from tui.keymap import keymap


@pytest.fixture
def dispatcher() -> Dispatcher:
    """A dispatcher over the default keys."""
    return Dispatcher(keymap())


@pytest.mark.parametrize(
    ("key", "character", "action"),
    [
        ("e", "e", "done"),
        ("E", "E", "reopen"),
        ("shift+e", None, "reopen"),
        ("number_sign", "#", "trash"),
        ("question_mark", "?", "help"),
        ("f1", None, "help"),
        ("space", " ", "select"),
        ("down", None, "next"),
        ("enter", "\r", "open"),
        ("escape", "\x1b", "back"),
        ("ctrl+d", "\x04", "half-page-down"),
        ("shift+tab", None, "pane-previous"),
    ],
)
def test_a_key_fires_its_action(dispatcher: Dispatcher, key: str, character: str | None, action: str) -> None:
    """Textual's names and characters lead to the action of the keymap."""
    assert dispatcher.feed(key, character) == Fired(action)


@pytest.mark.parametrize(("key", "character"), [("Q", "Q"), ("alt+j", None), ("ctrl+e", "\x05"), ("ж", "ж")])
def test_a_key_without_an_action_is_left_alone(
    dispatcher: Dispatcher, key: str, character: str | None
) -> None:
    """Unbound keys and Alt chords mean nothing."""
    assert dispatcher.feed(key, character) == Nothing()


def test_a_sequence_waits_and_fires(dispatcher: Dispatcher) -> None:
    """The first key tells what may follow, the second fires."""
    pending = dispatcher.feed("g", "g")
    assert isinstance(pending, Pending)
    assert pending.prefix == dispatcher.pending == "g"
    places = ["g", "i", "R", "f", "o", "s", "t", "v", "m", "r", "p", "x", "e"]
    assert [rest for rest, _ in pending.choices] == [*places, *PLANNED]
    assert dispatcher.feed("t", "t") == Fired("go-trash")
    assert dispatcher.pending == ""


@pytest.mark.parametrize("modifier", ["left_shift", "right_control", "iso_level3_shift", "caps_lock"])
def test_a_bare_modifier_does_not_disturb(dispatcher: Dispatcher, modifier: str) -> None:
    """The kitty protocol reports Shift between g and R."""
    dispatcher.feed("g", "g")
    assert dispatcher.feed(modifier, None) == Nothing()
    assert dispatcher.feed("R", "R") == Fired("go-reply-later")


def test_escape_gives_a_sequence_up(dispatcher: Dispatcher) -> None:
    """Esc ends the waiting and does nothing else; the next Esc goes back."""
    dispatcher.feed("g", "g")
    assert dispatcher.feed("escape", "\x1b") == Cancelled("")
    assert dispatcher.feed("escape", "\x1b") == Fired("back")


def test_a_key_that_does_not_continue_fires_nothing(dispatcher: Dispatcher) -> None:
    """g w is neither Go nor Waiting."""
    dispatcher.feed("g", "g")
    assert dispatcher.feed("w", "w") == Cancelled("g w")
    assert dispatcher.feed("w", "w") == Fired("wait")


@pytest.mark.parametrize(
    ("key", "character"), [("e", "e"), ("space", " "), ("ctrl+u", "\x15"), ("enter", "\r")]
)
def test_a_text_field_keeps_its_keys(dispatcher: Dispatcher, key: str, character: str) -> None:
    """What types, moves or erases in the field fires nothing."""
    assert dispatcher.feed(key, character, typing=True) == Nothing()


@pytest.mark.parametrize(
    ("key", "character", "action"),
    [
        ("escape", "\x1b", "back"),
        ("ctrl+s", "\x13", "finish"),
        ("ctrl+o", "\x0f", "editor"),
        ("f1", None, "help"),
    ],
)
def test_some_keys_reach_out_of_a_text_field(
    dispatcher: Dispatcher, key: str, character: str | None, action: str
) -> None:
    """Leaving, finishing and help work while typing; a sequence begun before is forgotten."""
    dispatcher.feed("g", "g")
    assert dispatcher.feed(key, character, typing=True) == Fired(action)
    assert dispatcher.pending == ""


def test_a_letter_given_to_finish_still_types() -> None:
    """No keymap makes a printable key leave a text field."""
    dispatcher = Dispatcher(keymap("default", {"finish": ["ctrl+s", "F"]}))
    assert dispatcher.feed("F", "F", typing=True) == Nothing()


def test_names_of_keys() -> None:
    """Characters go by themselves, the others by Textual's names."""
    assert key_name("left_square_bracket", "[") == "["
    assert key_name("tab", "\t") == "tab"
    assert key_name("space", None) == "space"
