"""The ways to the clipboard: which is tried, what it gets, and what happens when it fails."""

from base64 import b64encode
from pathlib import Path

import pytest

from tui import clipboard

TEXT = "Zoë; $(touch /tmp/x)\n-n"


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have a folder with the only programs there are."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def fake(programs: Path, name: str, ending: str = "exit 0") -> Path:
    """Put a program there that keeps what it gets; return the file that it writes."""
    kept = programs / f"{name}.got"
    program = programs / name
    program.write_text(f'#!/bin/sh\necho "$@" > {kept}.words\n/bin/cat > {kept}\n{ending}\n')
    program.chmod(0o755)
    return kept


@pytest.mark.parametrize(
    ("name", "variable", "words"),
    [
        ("wl-copy", "WAYLAND_DISPLAY", "--type text/plain"),
        ("xclip", "DISPLAY", "-selection clipboard"),
        ("xsel", "DISPLAY", "--clipboard --input"),
    ],
)
def test_a_program_gets_the_text_on_its_input(
    programs: Path, monkeypatch: pytest.MonkeyPatch, name: str, variable: str, words: str
) -> None:
    """Where its display is; without one it is not even tried."""
    kept = fake(programs, name)
    assert not clipboard.has_program()
    assert clipboard.copied_by_program(TEXT) == ""
    monkeypatch.setenv(variable, "0")
    assert clipboard.has_program()
    assert clipboard.copied_by_program(TEXT) == name
    assert kept.read_text() == TEXT
    assert Path(f"{kept}.words").read_text().strip() == words


def test_macos_has_pbcopy(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There no variable is asked for."""
    monkeypatch.setattr(clipboard, "is_mac", lambda: True)
    kept = fake(programs, "pbcopy")
    assert clipboard.copied_by_program(TEXT) == "pbcopy"
    assert kept.read_text() == TEXT


@pytest.mark.parametrize("ending", ["exit 1", "kill -9 $$", "exec /bin/sleep 30"])
def test_a_program_that_fails_leaves_it_to_the_next(
    programs: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    """It refuses, dies, or never answers."""
    monkeypatch.setenv("WAYLAND_DISPLAY", "0")
    monkeypatch.setenv("DISPLAY", ":0")
    fake(programs, "wl-copy", ending)
    (programs / "xclip").write_text("no program")
    (programs / "xclip").chmod(0o755)
    fake(programs, "xsel", "exit 0")
    monkeypatch.setattr(clipboard, "_PATIENCE", 5.0 if "sleep" not in ending else 0.5)
    assert clipboard.copied_by_program(TEXT) == "xsel"


def test_a_program_that_stays_is_not_waited_for(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """xclip goes on in the background to serve the selection, and holds what it was given open."""
    monkeypatch.setenv("DISPLAY", ":0")
    fake(programs, "xclip", "/bin/sleep 20 &\nexit 0")
    assert clipboard.copied_by_program(TEXT) == "xclip"


def test_the_terminal_is_asked_in_base64(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of a text can end the sequence; in tmux the terminal around it is asked too."""
    hostile = "\x07\x1b\\\x1b]0;owned\x07"
    coded = b64encode(hostile.encode()).decode()
    assert clipboard.terminal_sequence(hostile) == f"\x1b]52;c;{coded}\x07"
    assert clipboard.around_tmux(hostile) == ""
    monkeypatch.setenv("TMUX", "/tmp/tmux-1/default,1,0")
    assert clipboard.around_tmux(hostile) == f"\x1bPtmux;\x1b\x1b]52;c;{coded}\x07\x1b\\"
