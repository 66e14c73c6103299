"""Raw terminal input as keys and pastes."""

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from tui.terminal.reader import Burst, TerminalReader

LATER = 10.0
_NO_CHARACTERS = (
    "\x1b[0;;1114112u",
    "\x1b[9999999u",
    "\x1b[0;;" + "99999999:" * 6 + "99999999u",
    "\x1b[0;;" + "9" * 5000 + "u",
    "\x1b[" + "9" * 25 + "u",
)
"""Reports of keys whose number stands for no character."""


def read(*reads: str, pause: float = 0.0) -> list[str]:
    """What a reader makes of these reads, in words; `pause` seconds lie between them."""
    reader = TerminalReader()
    at, messages = 0.0, []
    for text in reads:
        messages += [*reader.tick(at), *reader.feed(text, at)]
        at += pause
    messages += reader.tick(at + LATER)
    return list(in_words(messages))


def in_words(messages: Iterable[object]) -> Iterable[str]:
    """Keys by name, pastes and bursts with their text, the rest by kind."""
    for message in messages:
        match message:
            case events.Key(key=key):
                yield key
            case events.Paste(text=text):
                yield f"paste:{text}"
            case Burst(text=text):
                yield f"burst:{text}"
            case _:
                yield type(message).__name__


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("j", ["j"]),
        ("gg", ["g", "g"]),
        ("\r", ["enter"]),
        ("\x1b[A", ["up"]),
        ("\x1bOP", ["f1"]),
        ("\x1b[15~", ["f5"]),
        ("\x1b[Z", ["shift+tab"]),
        ("\x04\x15", ["ctrl+d", "ctrl+u"]),
        ("\x1b", ["escape"]),
        ("\x1bj", ["escape", "j"]),
        ("\x1b\x1b", ["escape", "escape"]),
        ("\x1b\r", ["escape", "enter"]),
        ("\x1b[", ["escape", "left_square_bracket"]),
        ("\x1b]j", ["escape", "right_square_bracket", "j"]),
        ("\x1bO", ["escape", "O"]),
        ("\x1b\x1b[A", ["escape", "up"]),
        ("\x1b[I\x1b[O", ["AppFocus", "AppBlur"]),
        ("\x1b[<0;5;5M", ["MouseDown"]),
    ],
)
def test_keys_arrive_as_pressed(text: str, words: list[str]) -> None:
    """Keys, Esc followed by a key, and reports of the terminal are told apart."""
    assert read(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("\x1b[106;;106u", ["j"]),
        ("\x1b[106;2;74u", ["J"]),
        ("\x1b[57441u", ["left_shift"]),
        ("\x1b[27u", ["escape"]),
        ("\x1b[9;2u", ["shift+tab"]),
        ("\x1b[13u", ["enter"]),
        ("\x1b[47;;47u", ["slash"]),
        ("\x1b[112;5u", ["ctrl+p"]),
        ("\x1b[0;;" + ":".join(["12354"] * 6) + "u", ["あ"] * 6),
    ],
)
def test_the_kitty_protocol_is_read(text: str, words: list[str]) -> None:
    """Keys reported one sequence each, modifiers on their own among them, and composed text of any length."""
    assert read(text) == words


@pytest.mark.parametrize(
    "text",
    ["\x1b[31m", "\x1b]11;rgb:1616/1515/1414\x07", "\x1bP>|term 1\x1b\\", "\x1b[201~", *_NO_CHARACTERS],
)
def test_what_nobody_knows_is_dropped(text: str) -> None:
    """A sequence without a meaning is no key, and swallows none."""
    assert read(text + "j") == ["j"]


def test_a_sequence_may_come_in_pieces() -> None:
    """Reads cut anywhere; a pause longer than the one that means Esc does not turn a sequence into keys."""
    assert read("\x1b", "[", "1", "5~") == ["f5"]
    assert read("\x1b[<0;5", ";5M", pause=0.3) == ["MouseDown"]
    assert read("\x1b[<0;5", "j", pause=2.0) == ["j"]
    assert read("\x1b[<0;5", "\x1b[A") == ["up"]


def test_esc_and_a_key_apart() -> None:
    """A pause after Esc makes it a key of its own, whatever follows."""
    assert read("\x1b", "[", pause=0.2) == ["escape", "left_square_bracket"]


def test_a_paste_is_one_event() -> None:
    """Bracketed text becomes a paste with line feeds, keys before and after stay keys."""
    assert read("j\x1b[200~Hi Robin,\rare you open?\x1b[201~k") == [
        "j",
        "paste:Hi Robin,\nare you open?",
        "k",
    ]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("\x1b[31mm#e\x1b[0m", "m#e"),
        ("stray \x1b and \x1b[", "stray ␛ and ␛["),
        ("a\x1b[200~b", "ab"),
        ("first\x1b[201~#e!", "first#e!"),
        ("\x9b31m\x07", "\ufffd31m␇"),
    ],
)
def test_a_paste_never_breaks_out(inside: str, text: str) -> None:
    """ESC, colours and even an end marker within a paste fire no key, and none reaches a text field."""
    assert read(f"\x1b[200~{inside}\x1b[201~") == [f"paste:{text}"]


def test_an_end_marker_at_the_end_of_a_read_does_not_end_a_hostile_paste() -> None:
    """The rest that follows at once belongs to the paste as well."""
    assert read("\x1b[200~nice\x1b[201~", "#e\x1b[201~") == ["paste:nice#e"]


@given(st.text(), st.lists(st.integers(0, 40), max_size=4))
def test_no_pasted_text_fires_a_key(text: str, cuts: list[int]) -> None:
    """Whatever is pasted, however it is cut into reads, one paste arrives and nothing else."""
    raw = f"\x1b[200~{text}\x1b[201~"
    places = [0, *sorted(cut for cut in cuts if cut >= 6), len(raw)]
    pieces = [raw[start:end] for start, end in pairwise(places)]
    assert [word.partition(":")[0] for word in read(*filter(None, pieces))] == ["paste"]


def test_a_lost_end_does_not_lock_the_keyboard() -> None:
    """After seconds of silence a paste counts as over."""
    assert read("\x1b[200~half", "j", pause=4.0) == ["paste:half", "j"]


@pytest.mark.parametrize(
    ("reads", "words"),
    [
        (["dem!"], ["burst:dem!"]),
        (["Hi Robin,\r", "e#"], ["burst:Hi Robin,\re#"]),
        (["ab\x1b[31mcd"], ["burst:ab\x1b[31mcd"]),
        (["jkj"], ["j", "k", "j"]),
        (["jjjjjj"], ["j"] * 6),
        (["\x1b[B\x1b[B\x1b[B\x1b[B"], ["down"] * 4),
        (["\x1b[<35;10;10M\x1b[<35;11"], ["MouseMove"]),
        (["some text\x1b[200~more\x1b[201~"], ["burst:some text", "paste:more"]),
    ],
)
def test_four_keys_in_one_read_are_a_burst(reads: list[str], words: list[str]) -> None:
    """Text that no hand types at once stays together; a key held down and reports do not count."""
    assert read(*reads) == words


def test_a_burst_can_be_read_as_keys() -> None:
    """Typing into a text field keeps its Enter and its arrows."""
    assert [key.key for key in Burst("ann\x1b[D\r").typed()] == ["a", "n", "n", "left", "enter"]
    assert not Burst("ann\r").has_several_lines
    assert Burst("ann\rb").has_several_lines


def test_patience_is_as_long_as_the_next_decision() -> None:
    """The driver wakes up when an Esc is due, and sleeps its longest otherwise."""
    reader = TerminalReader()
    assert reader.patience(0.0, 5.0) == 5.0
    reader.feed("\x1b", 0.0)
    assert 0 < reader.patience(0.0, 5.0) < 5.0
    assert reader.patience(1.0, 5.0) == 0.0
