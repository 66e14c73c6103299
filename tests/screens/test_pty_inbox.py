"""The whole program as a user meets it: `ringback` in a pty and in tmux, from first screen to last."""

import os
import subprocess

import pytest

from pty_support import RINGBACK, ROOT, terminal, tmux
from support import needs

PASTED = "\x1b[200~Hi Robin \x1b[31m#e!\x1b[0m\rare you open?\r\x1b[201~"


@pytest.fixture(autouse=True)
def two_opportunities() -> None:
    """A data file with two opportunities, made by the command line."""
    for name in ("Dana Whitfield", "Tom Birch"):
        subprocess.run(
            [*RINGBACK, "add", "email", "--from", name, "--role", "Platform engineer", "Could we talk?"],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )


def test_a_morning_in_a_pty() -> None:
    """Snooze typed in one go, undo, a sequence, two pastes and the end: each does what it should."""
    with terminal(RINGBACK) as running:
        running.wait_for("New 2", "Tom Birch")
        running.send("h2w\r")
        running.wait_for("New 1", "Snoozed 1", "Snoozed until")
        running.send("z")
        running.wait_for("New 2", "Undone")
        running.send(PASTED)
        running.wait_for("Hi Robin #e!", "are you open?", "keeps it")
        running.send("\x1b")
        running.wait_until(lambda text: "keeps it" not in text, "the list again")
        running.send("#e!s")
        running.wait_for("#e!s", "keeps it")
        running.send("\x1bgt")
        running.wait_for("Trash")
        running.send("1")
        running.wait_for("New 2", "Tom Birch", "Dana Whitfield")
        running.send("q")
        assert running.wait_for_end() == 0, running.text


@needs("tmux")
def test_a_morning_in_tmux() -> None:
    """The same keys arrive through tmux, with its own buffer pasted as text."""
    with tmux(RINGBACK) as (running, server):
        running.wait_for("New 2", "Tom Birch")
        running.send("e")
        running.wait_for("New 1", "Done 1")
        running.send("z")
        running.wait_for("New 2", "Undone")
        server.run("set-buffer", "Hi Robin,\nare you open to #e!?")
        server.run("paste-buffer")
        running.wait_for("Hi Robin,", "are you open to #e!?", "keeps it")
        running.send("\x1b")
        running.wait_until(lambda text: "keeps it" not in text, "the list again")
        running.wait_for("New 2")
