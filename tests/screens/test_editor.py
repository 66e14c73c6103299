"""The user's own editor: what it wrote comes back, and where it fails every word stays."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from inbox_support import WIDE, fill, inbox, shown
from store.repository import Repository
from support import a_message
from tui.app import RingbackApp


@pytest.fixture
def app(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> RingbackApp:
    """An inbox whose terminal can be handed over."""
    fill(repository, a_message())
    app = inbox(repository)

    @contextmanager
    def suspend() -> Iterator[None]:
        """Like Textual's: what is raised within leaves the terminal handed over."""
        handed_over.append(True)
        yield
        handed_over.pop()

    handed_over: list[bool] = []
    monkeypatch.setattr(app, "suspend", suspend)
    monkeypatch.setattr(app, "handed_over", handed_over, raising=False)
    monkeypatch.delenv("VISUAL", raising=False)
    return app


@pytest.mark.parametrize(
    ("editor", "said"),
    [
        ("false", "The editor false could not be used: it ended with 1."),
        ("no-such-editor", "The editor no-such-editor could not be used: No such file or directory."),
        ("vi '", "cannot be read as a command: No closing quotation."),
    ],
)
async def test_an_editor_that_fails_leaves_the_text(
    app: RingbackApp, monkeypatch: pytest.MonkeyPatch, editor: str, said: str
) -> None:
    """ctrl+o says why, the screen is ours again, and the form still has its words."""
    monkeypatch.setenv("EDITOR", editor)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("a", *"Call", "ctrl+o")
        await pilot.pause()
        assert said in shown(app)
        assert "Call" in shown(app)
        assert not app.handed_over  # type: ignore[attr-defined]


@pytest.mark.parametrize("blank", ["", "  "])
async def test_a_blank_setting_means_vi(
    app: RingbackApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, blank: str
) -> None:
    """Without a word in $EDITOR the editor is vi, and what it wrote comes back."""
    editor = tmp_path / "vi"
    editor.write_text('#!/bin/sh\nprintf "Call her back" > "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setenv("EDITOR", blank)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("a", *"Call", "ctrl+o")
        await pilot.pause()
        assert "Call her back" in shown(app)


async def test_a_terminal_that_cannot_be_handed_over_is_a_sentence(repository: Repository) -> None:
    """Where the program cannot be suspended, ctrl+o says so."""
    fill(repository, a_message())
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("a", *"Call", "ctrl+o")
        await pilot.pause()
        assert "could not be used" in shown(app)
