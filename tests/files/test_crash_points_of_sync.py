"""A process that ends at any system call of absorbing, of removing a copy, of forgetting: nothing is lost."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fault_support import every_crash
from store import forgetting, meant, network
from store.clock import MINUTE, now
from store.quick_add import QuickAdd, add
from store.repository import Repository

COPY = "ringback.sync-conflict-20261125-101530-ABCDEFG.json"
NAME = "Sam Lindqvist"


@pytest.fixture
def kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a data file with a person, and a copy beside it that holds one message more; keep both aside."""
    monkeypatch.setattr("store.sync.copies.QUIET", 0)
    folder = home / "work"
    folder.mkdir()
    file = folder / "ringback.json"
    place(monkeypatch, folder)
    with Repository.open(file) as repository:
        add(repository, QuickAdd(channel="call", sender="Dana Whitfield"))
        repository.transact("Add", lambda t: network.add_person(t, NAME, email="sam@orchard.example"))
    other = shutil.copytree(folder, home / "other") / "ringback.json"
    place(monkeypatch, home / "other")
    with Repository.open(other) as repository:
        add(repository, QuickAdd(channel="call", sender="Tom Birch", new=True))
    shutil.copy(other, folder / COPY)
    place(monkeypatch, folder)
    return Path(shutil.copytree(folder, home / "kept"))


def place(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let a folder hold the data file and the state."""
    monkeypatch.setenv("RINGBACK_STATE", str(folder / "state"))


def afresh(kept: Path) -> Path:
    """Put everything back as it was and return the data file."""
    folder = kept.with_name("work")
    shutil.rmtree(folder)
    shutil.copytree(kept, folder, copy_function=shutil.copy2)
    for node in folder.rglob("node.json"):
        node.unlink()  # else a reused inode decides whether a node is made, and so how many calls there are
    return folder / "ringback.json"


def names(file: Path) -> set[str]:
    """Open the file as the next start does, and return who is in it."""
    with Repository.open(file) as repository:
        return {row.who for row in repository.index.rows.values()}


def test_absorbing_that_ends_anywhere(kept: Path) -> None:
    """The copy stays until its content is in the file; the next start has everything."""

    def prepare() -> Callable[[], object]:
        file = afresh(kept)
        return lambda: Repository.open(file).close()

    def check(done: bool) -> None:
        file = kept.with_name("work") / "ringback.json"
        assert (file.parent / COPY).exists()
        assert names(file) == {"Dana Whitfield", "Tom Birch"}
        assert b"Tom Birch" in file.read_bytes()

    assert every_crash(prepare, check) > 20


def test_removing_a_copy_that_ends_anywhere(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy that is gone is in the file; one that is there goes with a later start."""
    ahead = 0
    monkeypatch.setattr("store.sync.absorbing.now", lambda: now() + ahead)

    def prepare() -> Callable[[], object]:
        nonlocal ahead
        file, ahead = afresh(kept), 0
        with Repository.open(file):
            pass
        ahead = 11 * MINUTE
        return lambda: Repository.open(file).close()

    def check(done: bool) -> None:
        file = kept.with_name("work") / "ringback.json"
        assert b"Tom Birch" in file.read_bytes()
        assert names(file) == {"Dana Whitfield", "Tom Birch"}
        assert not (file.parent / COPY).exists()

    assert every_crash(prepare, check) > 2


def test_forgetting_that_ends_anywhere(kept: Path) -> None:
    """Either nothing happened yet, or after the next start no file of the machine holds the name."""

    def prepare() -> Callable[[], object]:
        file = afresh(kept)
        (file.parent / COPY).unlink()

        def forget() -> None:
            with Repository.open(file) as repository:
                whom = meant.named(repository, NAME)
                repository.purge("Forget", lambda t: forgetting.forget(t, whom))

        return forget

    def check(done: bool) -> None:
        file = kept.with_name("work") / "ringback.json"
        with Repository.open(file) as repository:
            known = network.find(repository.documents, NAME)
            assert {row.who for row in repository.index.rows.values()} == {"Dana Whitfield"}
        assert not (done and known)
        if known is None:
            left = [path for path in file.parent.rglob("*") if path.is_file() and path.suffix != ".tmp"]
            assert [path for path in left if NAME.encode() in path.read_bytes()] == []

    assert every_crash(prepare, check) > 20
