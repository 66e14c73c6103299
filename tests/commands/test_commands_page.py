"""The generated page of all commands."""

from pathlib import Path

import pytest

from tui.commands.reference import reference

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"


def test_the_page_says_what_help_says(request: pytest.FixtureRequest) -> None:
    """`docs/commands.md` holds every help text as it is now; `--write` writes it."""
    if request.config.getoption("--write"):
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(reference(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == reference(), "docs/commands.md is stale: make docs"


def test_the_page_does_not_depend_on_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same page is made in a narrow and in a wide terminal."""
    page = reference()
    for columns in ("40", "300"):
        monkeypatch.setenv("COLUMNS", columns)
        assert reference() == page
