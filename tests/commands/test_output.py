"""The one writer of stdout and stderr: the gate, colour, JSON, and streams that fail."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tui import output
from tui.commands.common.listing import emit_table

HOSTILE = "\x1b]0;owned\x07\x9b31m\u202eevil\u2066\x7f\x00\u200b\u2028"


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


def a_terminal(monkeypatch: pytest.MonkeyPatch, name: str = "stdout") -> Terminal:
    """Put a terminal in the place of a stream."""
    stream = Terminal()
    monkeypatch.setattr(sys, name, stream)
    return stream


def test_lines_pass_the_gate(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever is emitted or told, no character that a terminal obeys comes out."""
    output.emit("a", HOSTILE, output.paint(HOSTILE, "strong"))
    output.emit_block(HOSTILE + "\nnext", indent="> ")
    output.tell(HOSTILE)
    written = capsys.readouterr()
    assert all(character.isprintable() or character == "\n" for character in written.out + written.err)
    assert written.out.endswith("\n> next\n")


def test_a_line_stays_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """A line break inside a line's text cannot forge another line."""
    output.emit("one\ntwo\r\nthree")
    assert capsys.readouterr().out.count("\n") == 1


def test_json_keeps_what_was_there(capsys: pytest.CaptureFixture[str]) -> None:
    """JSON is ASCII without DEL, and reads back as the same text."""
    output.emit_thing("thing", {"text": HOSTILE + "é"})
    written = capsys.readouterr().out
    assert all(" " <= character <= "~" or character == "\n" for character in written)
    assert json.loads(written) == {"schema": 1, "thing": {"text": HOSTILE + "é"}}


def test_colour_is_for_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    """At a terminal a painted text is styled; the text itself still passes the gate."""
    terminal = a_terminal(monkeypatch)
    output.emit(output.paint("bold\x1b[0m", "strong"))
    assert terminal.getvalue() == "\x1b[1mbold␛[0m\x1b[0m\n"


@pytest.mark.parametrize(
    ("name", "value", "coloured"),
    [("NO_COLOR", "1", False), ("NO_COLOR", "", True), ("TERM", "dumb", False)],
)
def test_colour_can_be_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, coloured: bool
) -> None:
    """NO_COLOR refuses colour unless it is empty; a dumb terminal gets none."""
    terminal = a_terminal(monkeypatch)
    monkeypatch.setenv(name, value)
    output.emit(output.paint("x", "accent"))
    assert ("\x1b" in terminal.getvalue()) is coloured


def test_no_colour_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    """Away from a terminal a painted text is the plain text."""
    output.emit(output.paint("x", "accent"))
    assert capsys.readouterr().out == "x\n"


def test_what_could_not_be_written_is_an_exit_code(tmp_path: Path) -> None:
    """A full disk behind stdout fails the command, whether a write or the last flush finds it."""
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    for lines in (1, 20_000):
        script = f"from tui import output\nfor _ in range({lines}): output.emit('x' * 80)\n"
        with Path("/dev/full").open("w") as full:
            ran = subprocess.run(
                [sys.executable, "-c", script + "raise SystemExit(output.finish())"],
                cwd=Path(__file__).parents[2],
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
        assert ran.returncode == 1
        assert ran.stderr.count("could not be written") == 1


def test_progress_is_measured_in_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wide characters take two columns, so that the line never wraps."""
    stream = a_terminal(monkeypatch, "stderr")
    output.tell_progress("\u6771" * 200)
    assert stream.getvalue() == "\r\x1b[K" + "\u6771" * 39


def test_progress_on_a_dumb_terminal_has_no_escape(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no escape sequence is understood, blanks cover what stood there."""
    monkeypatch.setenv("TERM", "dumb")
    stream = a_terminal(monkeypatch, "stderr")
    output.tell_progress("half")
    output.tell_progress("")
    assert stream.getvalue() == "\rhalf" + " " * 75 + "\r" + " " * 79 + "\r"


def test_progress_is_for_terminals(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Progress rewrites one line of a terminal's stderr and writes nothing to a pipe."""
    output.tell_progress("half")
    assert capsys.readouterr().err == ""
    stream = a_terminal(monkeypatch, "stderr")
    output.tell_progress("half \x1b[2J" + "x" * 200)
    output.tell_progress("")
    assert stream.getvalue() == "\r\x1b[Khalf ␛[2J" + "x" * 70 + "\r\x1b[K"


def test_columns_line_up_by_what_is_seen(capsys: pytest.CaptureFixture[str]) -> None:
    """Wide and hostile characters do not push the next column."""
    emit_table([("北京", "1"), ("abcd", "22"), ("a\x1bc", "333")], (None, None), right=1)
    assert capsys.readouterr().out == "北京    1\nabcd   22\na␛c   333\n"


def test_a_narrow_terminal_cuts_one_column(monkeypatch: pytest.MonkeyPatch) -> None:
    """The column that gives way is cut to the width of the terminal, and no other."""
    terminal = a_terminal(monkeypatch)
    monkeypatch.setenv("COLUMNS", "40")
    emit_table([("name", "role " * 20, "x2")], (None, None, None), flexible=1)
    assert terminal.getvalue().rstrip("\n").startswith("name  role role")
    assert terminal.getvalue().endswith("…  x2\n")
    assert len(terminal.getvalue().rstrip("\n")) <= 40


def test_a_pipe_gets_whole_texts(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Away from a terminal nothing is cut."""
    monkeypatch.setenv("COLUMNS", "40")
    emit_table([("name", "r" * 100)], (None, None), flexible=1)
    assert "r" * 100 in capsys.readouterr().out


def test_missing_streams_do_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no stdout or stderr at all, writing is silent."""
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    output.emit("x")
    output.tell("x")
    output.tell_progress("x")
    assert output.finish() == 0
