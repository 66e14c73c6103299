"""What the inbox sees in folders is what a pull reads there; what cannot be opened is told."""

import os
from pathlib import Path

import pytest

from intake_support import box, pitch, with_folder
from mails import in_mbox
from store.errors import UsageError
from store.intake.overview import overviews
from store.intake.pulling import Request, pull
from store.intake.watching import new_files
from store.repository import Repository
from store.settings import Settings

TOO_LONG = "x" * 300
"""No file system takes this name; asked about it, Python raises as about what lies below a closed folder."""


def seen(repository: Repository) -> list[str]:
    """Return the paths of the files that the inbox sees, from their folder on."""
    found = new_files(repository.settings, repository.paths, repository.state_folder)
    return [path.partition("drop/")[2] for _, path, _ in found]


def test_the_inbox_sees_what_a_pull_reads(repository: Repository, tmp_path: Path) -> None:
    """Folders that are linked to, each once; hidden ones that are Maildirs; `tmp` where it is none's."""
    folder = tmp_path / "drop"
    elsewhere = tmp_path / "elsewhere"
    box(elsewhere, pitch(1))
    box(folder / "tmp", pitch(2))
    box(folder / ".hidden", pitch(3))
    for number, name in enumerate((".Archive", "mail")):
        for part in ("cur", "new", "tmp"):
            (folder / name / part).mkdir(parents=True)
            raw = pitch(10 * number + len(part) + 10, message_id=f"<{name}{part}@x.example>")
            (folder / name / part / f"1.{part}.vale").write_bytes(raw)
    (folder / "linked").symlink_to(elsewhere)
    (folder / "linked again").symlink_to(elsewhere)
    (elsewhere / "back").symlink_to(folder)
    with_folder(repository, folder)
    expected = [
        ".Archive/cur/1.cur.vale",
        ".Archive/new/1.new.vale",
        "linked/box.mbox",
        "mail/cur/1.cur.vale",
        "mail/new/1.new.vale",
        "tmp/box.mbox",
    ]
    assert sorted(seen(repository)) == expected
    assert pull(repository, Request(names=["drop"])).read == len(expected)
    assert seen(repository) == []


def test_a_file_by_itself(repository: Repository, tmp_path: Path) -> None:
    """It is looked at as a folder is, and seen until it was read."""
    with_folder(repository, box(tmp_path / "drop", pitch(1)))
    assert seen(repository) == ["box.mbox"]
    pull(repository, Request(names=["drop"]))
    assert seen(repository) == []


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """Have a folder that nobody may enter."""
    if os.geteuid() == 0:
        pytest.skip("everything is open to root")
    folder = tmp_path / "closed"
    box(folder / "drop", pitch(1))
    folder.chmod(0)
    return folder / "drop"


def test_a_name_that_no_folder_can_have(repository: Repository) -> None:
    """The inbox goes on, and the page says what is wrong."""
    with_folder(repository, Path("/", TOO_LONG))
    assert seen(repository) == []
    (found,) = overviews(repository)
    assert found.next == f"/{TOO_LONG} cannot be opened: File name too long."


def test_a_folder_below_a_closed_one(repository: Repository, closed: Path) -> None:
    """Likewise."""
    with_folder(repository, closed)
    assert seen(repository) == []
    (found,) = overviews(repository)
    assert found.next == f"{closed} cannot be opened: Permission denied."


def test_what_is_wrong_with_one_hides_no_other(repository: Repository, tmp_path: Path) -> None:
    """The others are looked into."""
    box(tmp_path / "drop", pitch(1))
    folders = {"long": f"/{TOO_LONG}", "gone": "/nowhere", "drop": str(tmp_path / "drop")}
    tables = {name: {"kind": "folder", "path": path} for name, path in folders.items()}
    repository.settings = Settings(sources=tables)
    assert seen(repository) == ["box.mbox"]
    assert [each.next for each in overviews(repository)][1:] == [
        "/nowhere is not there. Mount it, or take it out: ringback sources remove gone.",
        "ringback pull drop",
    ]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"kind": "folder", "path": "~nosuchuser/x"}, "~nosuchuser/x names a home folder that is not there"),
        ({"kind": "folder", "path": "a\0b"}, "path"),
        ({"kind": "folder", "path": ""}, "path"),
        (
            {"kind": "imap", "host": "h.example", "user": "u", "ca_file": "~nosuchuser/x"},
            "~nosuchuser/x names a home folder that is not there",
        ),
    ],
)
def test_a_path_that_is_none(repository: Repository, table: dict[str, str], words: str) -> None:
    """The entry is named."""
    repository.settings = Settings(sources={"x": table})
    with pytest.raises(UsageError, match=r"sources\.x") as raised:
        seen(repository)
    assert words in raised.value.sentence


def test_files_on_their_way_wait(repository: Repository, tmp_path: Path) -> None:
    """A browser renames them when they are whole."""
    for name in ("box.mbox.part", "box.crdownload", "~box", ".hidden"):
        (tmp_path / "drop").mkdir(exist_ok=True)
        (tmp_path / "drop" / name).write_bytes(in_mbox(pitch(1)))
    with_folder(repository, tmp_path / "drop")
    assert seen(repository) == []
