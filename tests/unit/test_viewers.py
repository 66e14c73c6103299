"""Handing a file to the desktop: which program is asked, what it gets, and that nobody waits for it."""

import os
from pathlib import Path

import pytest

from tui import viewers


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have a folder with the only programs there are."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def fake(programs: Path, name: str, ending: str = "exit 0") -> Path:
    """Put a program there that writes its arguments and its session down; return the file."""
    got = programs / f"{name}.got"
    program = programs / name
    program.write_text(
        f'#!/bin/sh\nfor each in "$@"; do echo "$each"; done > {got}\n'
        f"/bin/ps -o sid= -p $$ > {got}.session\n{ending}\n"
    )
    program.chmod(0o755)
    return got


def test_the_desktops_program_gets_the_path_alone(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One argument, whatever stands in the name, and a session of its own."""
    got = fake(programs, "xdg-open")
    monkeypatch.setenv("DISPLAY", ":0")
    path = tmp_path / "-a $(touch x); b.pdf"
    assert viewers.show_file(path)
    assert got.read_text() == f"{path}\n"
    session = Path(f"{got}.session").read_text().strip()
    assert session != str(os.getsid(0))


def test_without_a_window_nothing_is_started(programs: Path, tmp_path: Path) -> None:
    """A program that would draw over the terminal is not even looked for."""
    got = fake(programs, "xdg-open")
    assert viewers.viewer() == ""
    assert not viewers.show_file(tmp_path)
    assert not got.exists()


def test_a_program_that_fails_or_is_missing(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No success is told where none was."""
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert not viewers.show_file(tmp_path)
    fake(programs, "xdg-open", "exit 3")
    assert not viewers.show_file(tmp_path)
    (programs / "xdg-open").write_bytes(b"\x7fELF no program")
    assert not viewers.show_file(tmp_path)


def test_a_program_that_goes_on_is_not_waited_for(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some show the file themselves and end when it is closed: that counts as opened."""
    fake(programs, "xdg-open", "read line < /dev/tty || /bin/sleep 1")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(viewers, "_PATIENCE", 0.05)
    assert viewers.show_file(tmp_path)
    (running,) = viewers._running
    assert running.poll() is None
    running.wait()
    monkeypatch.setattr(viewers, "_PATIENCE", 2.0)
    fake(programs, "xdg-open")
    assert viewers.show_file(tmp_path)
    assert viewers._running == []


def test_macos_has_open(programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There no variable is asked for."""
    monkeypatch.setattr("tui.viewers.is_mac", lambda: True)
    got = fake(programs, "open")
    assert viewers.show_file(tmp_path)
    assert got.read_text() == f"{tmp_path}\n"
