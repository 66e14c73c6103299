"""`ringback sources`: what is wrong with each, what leaves the list, and where one is added."""

from pathlib import Path
from typing import Any

import pytest

from intake_support import box, pitch
from store.intake.memory import Memory
from store.intake.reads import Reading
from store.repository import Repository


@pytest.fixture
def drop(run: Any, frozen: Any, tmp_path: Path) -> Path:
    """Have a folder that was added and read, and a file that was read by hand."""
    folder = tmp_path / "drop"
    box(folder, pitch(1))
    run("sources", "add", "folder", "drop", str(folder))
    run("pull", "drop")
    run("pull", str(box(tmp_path, pitch(2))))
    return folder


def names(run: Any) -> list[str]:
    """Return the names of the sources that are listed."""
    return [item["name"] for item in run("sources", "--json").json["items"]]


def test_a_folder_that_went_away_is_told(run: Any, drop: Path) -> None:
    """Also where it was read before."""
    assert "not there" not in run("sources").out
    drop.rename(drop.with_name("moved"))
    assert (
        f"  {drop} is not there. Mount it, or take it out: ringback sources remove drop.\n"
        in run("sources").out
    )


def test_what_was_read_by_hand_leaves_the_list(run: Any, drop: Path, tmp_path: Path) -> None:
    """When the user says so; what the configuration has stays."""
    path = str(tmp_path / "box.mbox")
    assert names(run) == ["drop", path]
    assert "what was read from it stays" in run("sources", "forget", path).out
    assert names(run) == ["drop"]
    assert len(run("inbox", "--view", "all", "--json").json["items"]) == 2
    assert "is not on the list" in run("sources", "forget", path, code=1).err
    assert "ringback sources remove drop" in run("sources", "forget", "drop", code=2).err


def test_a_source_that_left_the_configuration(run: Any, frozen: Any, home: Path) -> None:
    """It is told as such, and leaves the list when the user says so."""
    with Repository.open() as repository, Memory.of(repository) as memory:
        memory.reads.keep(Reading(source="drop", kind="folder", at=repository.now()))
    assert run("sources").out.startswith("drop  folder  no longer in the configuration\n")
    run("sources", "forget", "drop")
    assert names(run) == []


def test_a_configuration_that_is_a_link_stays_one(run: Any, home: Path, tmp_path: Path) -> None:
    """People keep it in a folder of their own, under version control."""
    kept = tmp_path / "dotfiles" / "ringback.toml"
    kept.parent.mkdir()
    kept.write_text("# mine\n")
    (home / "ringback.toml").symlink_to(kept)
    run("sources", "add", "folder", "drop", "/x")
    assert (home / "ringback.toml").is_symlink()
    assert kept.read_text() == '# mine\n\n[sources.drop]\nkind = "folder"\npath = "/x"\n'


@pytest.mark.parametrize(
    ("mode", "after"), [(0o644, 0o644), (0o600, 0o600), (0o666, 0o644), (0o660, 0o600), (0o4755, 0o644)]
)
def test_who_may_read_a_configuration(run: Any, home: Path, mode: int, after: int) -> None:
    """What all may read stays so. Others may not write, as it names commands that are run."""
    config = home / "ringback.toml"
    config.write_text("# mine\n")
    config.chmod(mode)
    run("sources", "add", "folder", "drop", "/x")
    assert config.stat().st_mode & 0o7777 == after
    run("sources", "remove", "drop")
    assert config.stat().st_mode & 0o7777 == after


def test_a_source_is_taken_out(run: Any, drop: Path, home: Path) -> None:
    """All else in the configuration stays as it is written, and what was read stays in the file."""
    config = home / "ringback.toml"
    before = f"# mine\nsilent_days = 20\n\n{config.read_text()}\n# the other\n"
    behind = '[sources."work-mail"]\nkind = "folder"\npath = "/x"  # [sources.drop]\n'
    config.write_text(before + behind)
    assert "what was read from it stays" in run("sources", "remove", "drop").out
    assert config.read_text() == f"# mine\nsilent_days = 20\n\n\n# the other\n{behind}"
    assert "drop" not in names(run)
    run("sources", "remove", "work-mail")
    assert config.read_text() == "# mine\nsilent_days = 20\n\n\n# the other\n"
    assert len(run("inbox", "--view", "all", "--json").json["items"]) == 2


def test_the_only_source_is_taken_out(run: Any, home: Path) -> None:
    """What is left of a configuration that had no more is nothing, and a source can be added again."""
    for _ in range(2):
        run("sources", "add", "folder", "drop", "/x")
        run("sources", "remove", "drop")
        assert (home / "ringback.toml").read_text() == ""


@pytest.mark.parametrize(
    "written",
    [
        'sources = { drop = { kind = "folder", path = "/x" } }\n',
        '[sources]\ndrop = { kind = "folder", path = "/x" }\n',
        '[sources]\ndrop.kind = "folder"\ndrop.path = "/x"\n',
        '[sources.drop]\nkind = "folder"\npath = """\n[/x"""\n',
        '[sources.drop]\nkind = "folder"\npath = """\n#x"""\n',
    ],
)
def test_a_source_that_is_written_another_way(run: Any, home: Path, written: str) -> None:
    """It is left to whoever wrote it so, and nothing is changed."""
    (home / "ringback.toml").write_text(written)
    assert "Take it out by hand" in run("sources", "remove", "drop", code=2).err
    assert (home / "ringback.toml").read_text() == written


def test_line_ends_stay_as_they_are(run: Any, home: Path) -> None:
    """Those that Windows writes, too, where a source is added and where it is taken out."""
    config = home / "ringback.toml"
    before = b"# mine\r\nsilent_days = 20\r\n"
    config.write_bytes(before)
    run("sources", "add", "folder", "drop", "/x")
    table = b'\r\n[sources.drop]\r\nkind = "folder"\r\npath = "/x"\r\n'
    assert config.read_bytes() == before + table
    config.write_bytes(before + table + b"[keymap]\r\n")
    run("sources", "remove", "drop")
    assert config.read_bytes() == before + b"\r\n[keymap]\r\n"
    config.write_bytes(before + table)
    run("sources", "remove", "drop")
    assert config.read_bytes() == before


def test_a_source_is_taken_out_whatever_the_data_file_is(run: Any, drop: Path, home: Path) -> None:
    """Neither it nor the database that lists what was read is asked first."""
    (home / "ringback.json").write_text("no JSON")
    for intake in home.rglob("intake*"):
        if intake.is_file():
            intake.write_bytes(b"no database")
    assert "what was read from it stays" in run("sources", "remove", "drop").out
    assert "drop" not in (home / "ringback.toml").read_text()


def test_a_source_that_is_not_there(run: Any, home: Path) -> None:
    """The names of those that are help."""
    assert "Known are: none." in run("sources", "remove", "drop", code=2).err
    run("sources", "add", "folder", "drop", "/x")
    assert "Known are: drop." in run("sources", "remove", "dorp", code=2).err
