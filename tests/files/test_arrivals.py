"""What arrives at the data file's place and must not be merged, or not whole: neither side loses anything."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store import clock
from store.errors import FileError, NotPublishedError, ReadOnlyError
from store.file import disk, locking, publish
from store.file.places import StateFolder
from store.joining import merge_files
from store.records.message import message_fields
from store.repository import Repository
from store.transaction import Transaction
from support import a_message

LEFTOVER = ".~ringback.0123456789abcdef.tmp"


def put(repository: Repository, subject: str) -> None:
    """Import a message."""

    def write(transaction: Transaction) -> None:
        message = a_message(subject, sender=f"Sender {subject}")
        transaction.insert("messages", message.k, message_fields(message))

    repository.transact("Import", write)


def subjects(repository: Repository) -> list[str]:
    """Return the subjects of all messages."""
    return sorted(str(each.get("subject")) for _, each in repository.documents.items("messages"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Make a data file with one message."""
    path = tmp_path / "ringback.json"
    with Repository.open(path) as repository:
        put(repository, "one")
    return path


def newer(data: bytes) -> bytes:
    """Return the file as a newer version writes it."""
    return data.replace(b'"min_writer":1', b'"min_writer":2')


def foreign(data: bytes) -> bytes:
    """Return the file of another database."""
    tables = json.loads(data)
    tables["_meta"]["1"]["db"] = "other"
    return json.dumps(tables).encode()


def no_data_file(data: bytes) -> bytes:
    """Return what some other program keeps."""
    return b'{"dolls":{"1":{"eyes":"blue"}}}'


def aside(path: Path) -> list[bytes]:
    """Return what was put aside."""
    return [kept.read_bytes() for kept in sorted(folder(path).aside.iterdir())]


def folder(path: Path) -> StateFolder:
    """Return the state folder of a data file."""
    return StateFolder.at(path, Path(os.environ["RINGBACK_STATE"]))


def test_a_newer_file_that_arrives_is_never_replaced(path: Path) -> None:
    """Publishing over a newer version's file keeps the file and the change, and ends changes here."""
    repository = Repository.open(path)
    put(repository, "mine")
    data = newer(path.read_bytes())
    path.write_bytes(data)
    records = repository._state.journal.last_sequence
    with pytest.raises(NotPublishedError, match=r"newer.*do not repeat"):
        repository.publish()
    assert path.read_bytes() == data
    assert repository._state.journal.last_sequence == records
    with pytest.raises(ReadOnlyError):
        put(repository, "more")
    repository.close()
    with Repository.open(path) as again:
        assert "newer" in again.read_only
        assert subjects(again) == ["mine", "one"]
    assert path.read_bytes() == data
    path.write_bytes(data.replace(b'"min_writer":2', b'"min_writer":1'))
    with Repository.open(path) as again:
        assert not again.read_only
    assert b"mine" in path.read_bytes()


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_newer_copy_is_not_merged(path: Path, tmp_path: Path, dry_run: bool) -> None:
    """`merge` of a newer version's copy is refused before anything is written."""
    copy = tmp_path / "copy.json"
    copy.write_bytes(newer(path.read_bytes()))
    before = path.read_bytes()
    with Repository.open(path) as repository, pytest.raises(ReadOnlyError, match="newer"):
        merge_files(repository, [copy], dry_run=dry_run)
    with Repository.open(path) as repository:
        assert not repository.read_only
        put(repository, "two")
    assert b'"min_writer":1' in before


def test_what_a_newer_version_wrote_into_the_journal_is_read_only(path: Path) -> None:
    """Where the journal says that the file is a newer version's, nothing is written any more."""
    repository = Repository.open(path)
    other = Repository.open(path)
    other.transact("Newer", lambda transaction: transaction.set("_meta", 1, "min_writer", 2))
    with pytest.raises(ReadOnlyError):
        put(repository, "two")
    with Repository.open(path) as again:
        assert "newer" in again.read_only
    repository._state.journal.close()
    other._state.journal.close()


@pytest.mark.parametrize("arriving", [foreign, no_data_file])
def test_a_change_that_cannot_go_out_is_said_to_be_kept(
    path: Path, arriving: Callable[[bytes], bytes]
) -> None:
    """Where something that is not ours lies there, publishing says that the change is kept; both stay."""
    repository = Repository.open(path)
    put(repository, "mine")
    good = path.read_bytes()
    path.write_bytes(arriving(good))
    with pytest.raises(NotPublishedError, match="do not repeat it") as caught:
        repository.publish()
    assert "Nothing was changed" not in caught.value.hint
    assert path.read_bytes() == arriving(good)
    path.write_bytes(good)
    repository.close()
    with Repository.open(path) as again:
        assert subjects(again) == ["mine", "one"]


def test_a_change_beside_a_busy_publisher_is_said_to_be_kept(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who cannot get the publish lock learns that the change is kept."""

    def busy(where: Path, **_: Any) -> locking.Held:
        raise locking.BusyError("Another Ringback has been writing for 20 seconds.")

    repository = Repository.open(path)
    put(repository, "mine")
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("store.file.published_file.lock", busy)
        with pytest.raises(NotPublishedError, match=r"20 seconds.*do not repeat it"):
            repository.publish()
    repository.close()
    assert b"mine" in path.read_bytes()


@pytest.mark.parametrize("exchanges", [True, False])
@pytest.mark.parametrize("arriving", [foreign, no_data_file, newer])
def test_what_came_out_of_the_exchange_and_is_not_ours_goes_back(
    path: Path, monkeypatch: pytest.MonkeyPatch, arriving: Callable[[bytes], bytes], exchanges: bool
) -> None:
    """A version swapped out that must not be merged gets its place again, else it is kept and named."""
    repository = Repository.open(path)
    put(repository, "mine")
    theirs = arriving(path.read_bytes())
    exchange, calls = disk.exchange, []

    def overtaken(one: Path, other: Path) -> bool:
        calls.append(one)
        if len(calls) == 1:
            fresh = path.with_name("arriving")
            fresh.write_bytes(theirs)
            fresh.rename(path)
        return (len(calls) == 1 or exchanges) and exchange(one, other)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(disk, "exchange", overtaken)
        with pytest.raises(NotPublishedError, match="do not repeat it") as caught:
            repository.publish()
    assert str(path) in caught.value.sentence
    assert publish.leftovers(path) == []
    if exchanges:
        assert path.read_bytes() == theirs
        assert aside(path) == []
    else:
        assert aside(path) == [theirs]
        assert str(folder(path).aside) in caught.value.sentence
    repository._state.journal.close()


def test_a_damaged_leftover_gives_what_it_holds(path: Path, tmp_path: Path) -> None:
    """Of a half written temporary the whole documents are merged, and its bytes are kept."""
    theirs = tmp_path / "theirs.json"
    shutil.copy(path, theirs)
    with Repository.open(theirs) as repository:
        put(repository, "precious")
    data = theirs.read_bytes()[:-3]
    (tmp_path / LEFTOVER).write_bytes(data)
    with Repository.open(path) as repository:
        assert subjects(repository) == ["one", "precious"]
        assert any("half written" in sentence for sentence in repository.told)
    assert not (tmp_path / LEFTOVER).exists()
    assert aside(path) == [data]


@pytest.mark.parametrize("arriving", [foreign, no_data_file, newer])
def test_a_leftover_that_is_not_ours_is_moved_away(
    path: Path, tmp_path: Path, arriving: Callable[[bytes], bytes]
) -> None:
    """It is put aside once, and said, so that the next opening is quick again."""
    data = arriving(path.read_bytes())
    (tmp_path / LEFTOVER).write_bytes(data)
    with Repository.open(path) as repository:
        assert any(str(folder(path).aside) in sentence for sentence in repository.told)
    assert publish.leftovers(path) == []
    assert aside(path) == [data]
    with Repository.open(path) as repository:
        assert repository.told == []
        assert subjects(repository) == ["one"]


def test_what_is_put_aside_has_a_name_of_its_own_and_ends(path: Path, frozen: Any) -> None:
    """Two damaged versions of one moment are both kept, and go after a month."""
    for damage in (b"hello", b"world"):
        path.write_bytes(damage)
        with Repository.open(path) as repository:
            assert subjects(repository) == ["one"]
    assert sorted(aside(path)) == [b"hello", b"world"]
    for kept in folder(path).aside.iterdir():
        os.utime(kept, (clock.now() / 1000, clock.now() / 1000))
    folder(path).sweep()
    assert len(aside(path)) == 2
    frozen.shift(31 * 86_400)
    folder(path).sweep()
    assert aside(path) == []


def test_damage_that_cannot_be_kept_aside_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no room for the damaged bytes, they stay where they are and that is said."""
    path.write_bytes(b"hello")

    def full(where: Path, chunks: Any, **_: Any) -> None:
        if where.parent.name == "aside":
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk, "write_whole", full)
    with pytest.raises(FileError, match="No space left"):
        Repository.open(path)
    assert path.read_bytes() == b"hello"


def test_a_shadow_lost_beside_unpublished_changes(path: Path) -> None:
    """What only the journal holds is merged with the file where the shadow went away."""
    good = path.read_bytes()
    path.unlink()
    with pytest.raises(NotPublishedError), Repository.open(path) as repository:
        put(repository, "unpublished")
    for shadow in folder(path).folder.glob("shadow-*"):
        shadow.unlink()
    path.write_bytes(good)
    with Repository.open(path) as repository:
        assert subjects(repository) == ["one", "unpublished"]


def test_a_state_folder_that_goes_away_under_an_open_inbox(path: Path) -> None:
    """An inbox whose journal and shadow were removed shows all that it knows and all that others add."""
    inbox = Repository.open(path)
    put(inbox, "mine")
    for gone in folder(path).folder.iterdir():
        if gone.is_file() and gone.suffix != ".lock":
            gone.unlink()
    with Repository.open(path) as other:
        put(other, "theirs")
    for shadow in folder(path).folder.glob("shadow-*"):
        shadow.unlink()
    inbox.refresh()
    assert subjects(inbox) == ["mine", "one", "theirs"]
    inbox.close()
    with Repository.open(path) as again:
        assert subjects(again) == ["mine", "one", "theirs"]
