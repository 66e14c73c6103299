"""The new places in a real pty: answers survive kill -9, and hostile text stays text everywhere."""

import os
import signal
import subprocess

import pytest

from pty_support import RINGBACK, ROOT, terminal

ATTACK = "owned\x1b[31m\x1b]0;x\x07\x9b31m\u202egpj.exe\u2066[/b][@click=app.quit]x[/]"


def ringback(*words: str) -> str:
    """Run a command line and return what it wrote."""
    return subprocess.run(
        [*RINGBACK, *words],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ).stdout


@pytest.fixture
def hostile() -> None:
    """A data file with one opportunity whose every field is an attack."""
    fields = ("--firm", "--role", "--company", "--pay", "--subject")
    words = [word for option in fields for word in (option, ATTACK)]
    ringback("add", "email", "--from", f'"{ATTACK}" <e@x.example>', *words, ATTACK)


def test_eight_answers_survive_kill_9(home: object) -> None:
    """Typed in a pty, the program killed, opened again: the eight answers are there, the ninth is asked."""
    ringback("add", "email", "--from", "Dana Whitfield", "--role", "Platform engineer", "Could we talk?")
    with terminal(RINGBACK, columns=120, lines=36) as running:
        running.wait_for("New 1", "Dana Whitfield")
        running.send("d")
        running.wait_for("What do you have to lose?", "happy here")
        running.send("a212226g")
        running.wait_for("having kept silent", "60 %")
        os.kill(running.process, signal.SIGKILL)
    with terminal(RINGBACK, columns=120, lines=36) as running:
        running.wait_for("New 1", "Dana Whitfield")
        running.send("d")
        running.wait_for("having kept silent", "A happy here", "partly", "60 %", "good")
        running.send("s2C\x13")
        running.wait_for("Sealed: take the call", "Waiting 1")


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("d",), "What do you have to lose?"),
        (("d", "a", "2"), "half-hour call"),
        (("i",), "Your checks"),
        (("g", "m"), "What your own figures say"),
        (("g", "v"), "Looking back"),
    ],
    ids=lambda value: "".join(value) if isinstance(value, tuple) else "",
)
def test_no_place_passes_an_attack_on(hostile: None, keys: tuple[str, ...], words: str) -> None:
    """What the terminal gets holds nothing from the message that it would obey."""
    with terminal(RINGBACK, columns=120, lines=36) as running:
        running.wait_for("New 1")
        for key in keys:
            running.send(key)
        running.wait_for(words)
        running.send("\x1b")
        running.wait_until(lambda text: words not in text, "the inbox again")
        drawn = running.raw
    assert b"\x1b]0;x" not in drawn
    assert b"\x1b[31m" not in drawn
    assert "\x9b".encode() not in drawn
    assert "\u202e".encode() not in drawn
    assert "\u2066".encode() not in drawn
