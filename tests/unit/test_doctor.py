"""What the doctor finds, changing nothing; and paths that lead nowhere."""

import os
import shutil
from pathlib import Path

import pytest

from store import settings
from store.doctor import examine
from store.errors import FileError, StoreError
from store.file import publish
from store.file.places import StateFolder
from store.file.tidying import settle_down
from store.finding import Finding
from store.quick_add import QuickAdd, add
from store.repository import Repository


@pytest.fixture
def folder(home: Path, frozen: object) -> StateFolder:
    """Make a data file with one opportunity and return its state folder."""
    with Repository.open() as repository:
        add(repository, QuickAdd(channel="call", sender="Kim Osei"))
    return StateFolder.at(repository.path, Path(os.environ["RINGBACK_STATE"]))


def wrong() -> list[str]:
    """Return what the doctor finds wrong."""
    return [each.sentence for each in examine(settings.locate()) if not each.ok]


def test_a_healthy_file_is_said_to_be(folder: StateFolder) -> None:
    """Journal and copy are looked at, and the sentence about the first backup is true."""
    found = examine(settings.locate())
    assert all(each.ok for each in found)
    assert Finding(True, "The journal leads on from this machine's copy of the data.") in found
    assert Finding(True, "No backup yet: the next change makes the first.") in found
    with Repository.open() as repository:
        add(repository, QuickAdd(channel="call", sender="Tom Birch"))
    assert f"1 backups in {folder.backups}." in [each.sentence for each in examine(settings.locate())]


def test_looking_makes_nothing(folder: StateFolder) -> None:
    """Where the state folder is missing, it is not made; a damaged journal stays as it is."""
    with folder.journal.open("ab") as file:
        file.write(b"half")
    before = folder.journal.read_bytes()
    examine(settings.locate())
    assert folder.journal.read_bytes() == before
    shutil.rmtree(folder.folder)
    assert wrong() == []
    assert not folder.folder.exists()


def test_a_journal_that_cannot_be_read_is_found(folder: StateFolder) -> None:
    """A spoilt header and a spoilt middle are told apart."""
    data = folder.journal.read_bytes()
    folder.journal.write_bytes(b"x" * 40 + data[40:])
    assert wrong() == [f"The journal {folder.journal} cannot be read."]
    at = data.index(b"Kim Osei")
    folder.journal.write_bytes(data[:at] + b"X" + data[at + 1 :] + data[data.index(b"\xff\xfeRB", 1) :])
    assert wrong() == [f"A part of the journal {folder.journal} is damaged."]


@pytest.mark.parametrize("damage", ["removed", "cut"])
def test_a_lost_copy_is_found(folder: StateFolder, damage: str) -> None:
    """A shadow that is missing or half is told."""
    (copy,) = folder.folder.glob("shadow-*")
    copy.unlink() if damage == "removed" else copy.write_bytes(copy.read_bytes()[:-4])
    assert wrong() == [f"The state folder {folder.folder} has lost its copy of the data."]


def test_a_copy_that_the_journal_left_behind_is_found(folder: StateFolder) -> None:
    """A journal that begins after the end of the copy is told."""
    (copy,) = folder.folder.glob("shadow-*")
    before = copy.read_bytes()
    with Repository.open() as repository:
        settle_down(repository._state)
    (newer,) = folder.folder.glob("shadow-*")
    newer.unlink()
    copy.write_bytes(before)
    assert wrong() == ["The journal does not lead on from this machine's copy of the data."]


def test_a_document_that_cannot_be_read_is_a_finding(
    folder: StateFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A document beyond what can be decoded stops no other check."""
    from store import doctor
    from store.file.codec import DamagedError, decode_document

    def spoilt(raw: bytes) -> dict[str, object]:
        if b"Kim" in raw:
            raise DamagedError("nested too deeply", "byte 0")
        return decode_document(raw)

    monkeypatch.setattr(doctor, "decode_document", spoilt)
    (sentence,) = wrong()
    assert sentence.startswith("1 documents cannot be read, first messages ")


def test_a_home_of_nobody_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A path below the home of a user who does not exist is refused with the place that names it."""
    monkeypatch.setenv("RINGBACK_FILE", "~nosuchuser/x.json")
    with pytest.raises(FileError, match=r"RINGBACK_FILE names ~nosuchuser/x\.json"):
        settings.locate()


@pytest.mark.parametrize("kind", ["loop", "long"])
def test_a_path_that_cannot_be_reached_is_said(tmp_path: Path, kind: str) -> None:
    """A loop of links and a name that is too long end in a sentence and the code of the file."""
    path = tmp_path / ("x" * 300 if kind == "long" else "loop.json")
    if kind == "loop":
        path.symlink_to(path)
    with pytest.raises(FileError, match="cannot be reached"):
        publish.signature(path)
    with pytest.raises(StoreError) as caught:
        Repository.open(path)
    assert caught.value.exit_code == 3
    assert [each.ok for each in examine(settings.locate(path))].count(False) == 1
