"""`ringback demo`: invented data, and the user's own file left alone."""

from pathlib import Path
from typing import Any

import pytest

from store.intake.memory import Memory
from store.repository import Repository


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, bool]]:
    """Stand in for the screen: keep each file it was opened on, and whether that was there."""
    calls: list[tuple[Path, bool]] = []
    monkeypatch.setattr(
        "tui.commands.common.screen.open_inbox", lambda file: calls.append((file, file.exists()))
    )
    return calls


def test_the_demo_leaves_nothing(run: Any, home: Path, opened: list[tuple[Path, bool]], frozen: Any) -> None:
    """The inbox opens on a file that is gone afterwards; the user's own is neither read nor made."""
    ran = run("demo")
    [(file, was_there)] = opened
    assert was_there
    assert not file.exists()
    assert not (home / "ringback.json").exists()
    assert not (home / "ringback-state").exists()
    assert "--keep PATH" in ran.err


def test_the_demo_reads_a_mailbox(
    run: Any, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, frozen: Any
) -> None:
    """Its source, what waits in the screener and what was left out can be looked at, under one's settings."""
    theirs = tmp_path / "theirs.toml"
    theirs.write_text(
        'ascii = true\nown_addresses = ["a\\"b@x.example"]\n[keymap]\ndone = "x"\n[sources.mine]\nkind = 1\n'
    )
    monkeypatch.setenv("RINGBACK_CONFIG", str(theirs))
    seen: dict[str, Any] = {}

    def look(file: Path) -> None:
        with Repository.open(file) as repository:
            seen["settings"] = repository.settings
            seen["sources"] = list(repository.settings.sources)
            rows = repository.index.rows
            seen["screener"] = sorted(rows[id].who for id in repository.index.view("screener"))
            with Memory.of(repository) as memory:
                seen["left out"] = len(memory.left_out.newest(99))
                (seen["reading"],) = [memory.reads.of("mailbox")]

    monkeypatch.setattr("tui.commands.common.screen.open_inbox", look)
    run("demo")
    assert seen["sources"] == ["mailbox"]
    assert seen["screener"] == ["Ines Duarte", "Tobias Lenk"]
    assert seen["left out"] == 5
    assert not seen["reading"].failures
    settings = seen["settings"]
    assert settings.ascii
    assert settings.keymap == {"done": "x"}
    assert list(settings.own_addresses) == ['a"b@x.example']


def test_the_demo_can_be_kept(run: Any, tmp_path: Path, opened: list[tuple[Path, bool]], frozen: Any) -> None:
    """`--keep` writes a file that every command reads, the same each time; `--no-open` opens nothing."""
    kept = [tmp_path / "one.json", tmp_path / "two.json"]
    for file in kept:
        assert run("demo", "--keep", str(file), "--no-open").out == f"{file}\n"
    assert opened == []
    items = [run("--file", str(file), "inbox", "--view", "all", "--json").json["items"] for file in kept]
    assert len(items[0]) > 10
    assert [item["who"] for item in items[0]] == [item["who"] for item in items[1]]


def test_the_demo_writes_over_nothing(run: Any, tmp_path: Path, opened: list[tuple[Path, bool]]) -> None:
    """A file that is there already is left alone."""
    (tmp_path / "mine.json").write_text("mine")
    assert "is there already" in run("demo", "--keep", str(tmp_path / "mine.json"), code=1).err
    assert (tmp_path / "mine.json").read_text() == "mine"


def test_nothing_to_open_and_nothing_to_keep(run: Any) -> None:
    """`--no-open` alone makes no sense and is refused."""
    assert "--keep" in run("demo", "--no-open", code=2).err


def test_without_a_command_the_inbox_opens(run: Any, home: Path, opened: list[Any], monkeypatch: Any) -> None:
    """`ringback` opens the inbox, on the file of `--file` where that is given."""
    files: list[Any] = []
    monkeypatch.setattr("tui.commands.common.screen.open_inbox", files.append)
    run()
    run("--file", str(home / "other.json"))
    assert files == [None, home / "other.json"]
