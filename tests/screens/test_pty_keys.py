"""Keys and pastes as real terminals send them: a pty, tmux, and the kitty keyboard protocol."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pty_support import Terminal, Tmux, python, terminal, tmux
from support import needs

ECHO = python(str(Path(__file__).parent / "echo_keys.py"))
HOSTILE = "Hi \x1b[31mRobin\x1b[0m,\r#e!\x1b\x1b[A\rm"
AGAIN = "\x1b[15~"
COLOUR = re.compile(rb"\x1b\[(?:\d+;)*(?:[34]8;[25];|[349][0-7][;m]|10[0-7][;m])")


@pytest.fixture(scope="module")
def raw() -> Iterator[Terminal]:
    """The echo app in a pty."""
    with terminal(ECHO) as running:
        running.wait_for("ready")
        yield running


@pytest.fixture(scope="module")
def within_tmux() -> Iterator[tuple[Terminal, Tmux]]:
    """The echo app in tmux in a pty."""
    with tmux(ECHO) as (running, server):
        running.wait_for("ready")
        yield running, server


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("j", "next ."),
        ("gt", "g… go-trash ."),
        ("\x1b[B", "next ."),
        ("\x1bj", "back next ."),
        ("\x1b", "back ."),
        ("g\x1b", "g… ."),
        ("\x1b[", "back view-previous ."),
        ("jjjjjj", "next next next next next next ."),
        ("#", "trash ."),
        ("\x1bOP", "help ."),
        ("\x1b[103;;103u\x1b[57441u\x1b[114;2;82u\x1b[57441u", "g… go-reply-later ."),
        ("\x1b[27u", "back ."),
        ("\x1b[106;3u\x1b[107;;107u", "previous ."),
        (f"\x1b[200~{HOSTILE}\x1b[201~", "<Hi Robin, #e!␛ m> ."),
        ("\x1b[200~a\x1b[201~#\x1b[201~", "<a#> ."),
        ("Hi Robin,\re#", "<Hi Robin, e#> ."),
        ("/\x1b[200~#e\x1b[31m\x1b[201~\r", 'search "#e" .'),
        ("\x1b[<35;10;10M\x1b[31mj", "next ."),
        ("h2w\r", "snooze =2w ."),
        ("h2\rj", "snooze =2 next ."),
        ("hab\x7f\r\x1b[A", "snooze =a previous ."),
    ],
)
def test_through_a_pty(raw: Terminal, typed: str, told: str) -> None:
    """What is typed or pasted does what the user meant by it, and no more."""
    raw.send(AGAIN)
    raw.wait_for("ready")
    raw.send(typed)
    assert raw.wait_for(told).startswith(told)


def test_typing_fast_into_a_field(raw: Terminal) -> None:
    """With a text field in focus, many keys in one read are typing, Enter and Backspace among them."""
    raw.send(AGAIN)
    raw.wait_for("ready")
    raw.send("/")
    raw.wait_for("search .")
    raw.send("Dama\x7f\x7fna\r")
    raw.wait_for('search "Dana" .')


def test_a_byte_that_is_no_text_does_no_harm(raw: Terminal) -> None:
    """Half a character is ignored, and the next key works."""
    raw.send(AGAIN)
    raw.wait_for("ready")
    raw.send_bytes(b"\xffj")
    raw.wait_for("next .")


@needs("tmux")
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("j", "next ."),
        ("gR", "g… go-reply-later ."),
        ("\x1b[B", "next ."),
        ("\x1bj", "back next ."),
        ("\x1b", "back ."),
        ("\x1bOP", "help ."),
        (f"\x1b[200~{HOSTILE}\x1b[201~", "<Hi Robin, #e!␛ m> ."),
    ],
)
def test_through_tmux(within_tmux: tuple[Terminal, Tmux], typed: str, told: str) -> None:
    """The same in tmux, whose own reading of Esc and pastes lies between."""
    running, _ = within_tmux
    running.send(AGAIN)
    running.wait_for("ready")
    running.send(typed)
    running.wait_for(told)


@needs("tmux")
@pytest.mark.parametrize("brackets", [[], ["-p"]])
def test_a_buffer_of_tmux_is_a_paste(within_tmux: tuple[Terminal, Tmux], brackets: list[str]) -> None:
    """Pasted from tmux with brackets or without them, text fires no key."""
    running, server = within_tmux
    running.send(AGAIN)
    running.wait_for("ready")
    server.run("set-buffer", "Hi Robin,\nare you open to #e!?")
    server.run("paste-buffer", *brackets)
    running.wait_for("<Hi Robin, are you open to #e!?> .")


def test_suspend_and_return() -> None:
    """Ctrl+z stops the program with the terminal restored; continued, it draws and reads again."""
    with terminal(ECHO) as running:
        running.wait_for("ready")
        running.send("\x1a")
        assert running.wait_for_stop()
        assert running.raw.rstrip().endswith(b"\x1b[?1004l")
        running.resume()
        running.send("j")
        running.wait_for("suspend next .")


def test_the_size_is_the_terminal_s() -> None:
    """Stale sizes in the environment are not believed, and a resized window is filled."""
    with terminal(ECHO, environ={"LINES": "11", "COLUMNS": "33"}) as running:
        running.wait_until(lambda text: "▔▎" in text.splitlines()[1][78:], "a field as wide as the window")
        running.resize(100, 30)
        running.wait_until(
            lambda text: "▔▎" in text.splitlines()[1][98:], "a field as wide as the wider window"
        )


@pytest.mark.parametrize(("value", "is_coloured"), [("1", False), ("", True)])
def test_no_color_means_none(value: str, is_coloured: bool) -> None:
    """With NO_COLOR not one colour is sent; empty, it changes nothing."""
    with terminal(ECHO, environ={"NO_COLOR": value}) as running:
        running.wait_for("ready")
        assert bool(COLOUR.search(running.raw)) is is_coloured


def test_the_program_ends_and_says_so() -> None:
    """Closing leaves the alternate screen and ends with exit code 0."""
    with terminal(ECHO) as running:
        running.wait_for("ready")
        running.send("q")
        assert running.wait_for_end() == 0
        assert b"\x1b[?1049l" in running.raw
