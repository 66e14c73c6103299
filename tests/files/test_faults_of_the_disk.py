"""A disk that refuses any one call of a write: a sentence, the old bytes, and no stray temporary."""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fault_support import ERRORS, FALLIBLE, a_state, append, calls_of, failing, sequences, watched
from store import clock
from store.errors import NotPublishedError, StoreError
from store.file import disk, publish
from store.file.journal import Journal
from store.file.places import StateFolder

OLD, NEW = b"old " * 5_000, b"new" * 9_000


def every_fault(
    prepare: Callable[[], Callable[[], object]], check: Callable[[StoreError | None, str, int], None]
) -> None:
    """Let each call of what `prepare` returns fail with each error; `check` gets what was raised."""
    calls = calls_of(prepare(), FALLIBLE)
    for at, name in enumerate(calls):
        for code in ERRORS:
            action = prepare()
            raised: StoreError | None = None
            with watched(failing(at, code), FALLIBLE):
                try:
                    action()
                except StoreError as error:
                    raised = error
            assert raised is None or os.strerror(code) in raised.sentence, (name, raised)
            check(raised, name, code)


@pytest.mark.parametrize("case", ["first", "exchange", "plain", "mounted"])
def test_a_save_on_a_failing_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    """The file is whole, a failure is said, and no temporary stays beside it.

    Only a mounted file may be torn, and then the whole new bytes lie beside it.
    """
    file = tmp_path / "synced" / "ringback.json"

    def fixed(one: Path, other: Path) -> bool:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))

    if case == "plain":
        monkeypatch.setattr(disk, "exchange", lambda one, other: False)
    elif case == "mounted":
        monkeypatch.setattr(disk, "exchange", fixed)

    def prepare() -> Callable[[], object]:
        shutil.rmtree(file.parent, ignore_errors=True)
        file.parent.mkdir()
        if case != "first":
            file.write_bytes(OLD)
        return lambda: publish.replace(file, [NEW], publish.signature(file))

    def check(raised: StoreError | None, name: str, code: int) -> None:
        there = file.read_bytes() if file.exists() else b""
        left = [path.read_bytes() for path in publish.leftovers(file)]
        if case == "mounted" and left:
            assert left == [NEW]
            assert raised
        else:
            assert there in ((NEW,) if raised is None else (OLD if case != "first" else b"", NEW))
            assert not left
        assert raised is None or isinstance(raised, NotPublishedError)
        assert raised or name not in ("writev", "replace")

    every_fault(prepare, check)


def a_journal(folder: Path) -> StateFolder:
    """Make a state with three records."""
    shutil.rmtree(folder, ignore_errors=True)
    state = a_state(folder)
    append(Journal(state), 3, time=clock.now())
    return state


def test_an_append_on_a_failing_disk(tmp_path: Path) -> None:
    """A record that could not be written is not there; one whose fsync failed is there and said to be."""
    state = a_state(tmp_path)

    def prepare() -> Callable[[], object]:
        nonlocal state
        state = a_journal(tmp_path / "home")
        return lambda: append(Journal(state))

    def check(raised: StoreError | None, name: str, code: int) -> None:
        there = sequences(state)
        assert there == [1, 2, 3, 4] if raised is None or name == "fsync" else [1, 2, 3]
        if raised and name == "fsync":
            assert "does not confirm" in raised.sentence
        if raised and name == "writev":
            assert "was not made" in raised.sentence
        assert append(Journal(state)) == [len(there) + 1]

    every_fault(prepare, check)


def test_a_write_that_fails_leaves_the_same_journal_usable(tmp_path: Path) -> None:
    """The object that met a full disk goes on when there is space again."""
    state = a_journal(tmp_path)
    journal = Journal(state)
    append(journal)
    calls = calls_of(lambda: append(journal), FALLIBLE)
    before = state.journal.read_bytes()
    with watched(failing(calls.index("writev"), errno.ENOSPC), FALLIBLE), pytest.raises(StoreError) as caught:
        append(journal)
    assert caught.value.hint == "Free some space."
    assert state.journal.read_bytes() == before
    assert append(journal) == [6]
    assert sequences(state) == [1, 2, 3, 4, 5, 6]


def test_a_compaction_on_a_failing_disk(tmp_path: Path) -> None:
    """No record is lost, no temporary stays, and the journal goes on."""
    state = a_state(tmp_path)

    def prepare() -> Callable[[], object]:
        nonlocal state
        state = a_journal(tmp_path / "home")
        journal = Journal(state)

        def compact() -> None:
            with journal.lock():
                journal.compact(2)

        return compact

    def check(raised: StoreError | None, name: str, code: int) -> None:
        records = Journal(state).tail().records
        assert [len(record.became) for record in records] in ([1, 1, 1], [0, 0, 1])
        assert not list(state.folder.glob(".~*"))
        assert append(Journal(state)) == [4]

    every_fault(prepare, check)


@pytest.mark.parametrize("is_public", [False, True])
def test_a_small_file_on_a_failing_disk(tmp_path: Path, *, is_public: bool) -> None:
    """A file of the state folder is the old or the new one, and no temporary stays."""
    file = tmp_path / "home" / "summary.json"

    def prepare() -> Callable[[], object]:
        shutil.rmtree(file.parent, ignore_errors=True)
        file.parent.mkdir()
        file.write_bytes(OLD)

        def write() -> None:
            try:
                disk.write_whole(file, [NEW], is_public=is_public)
            except OSError as error:
                raise StoreError(disk.reason(error)) from error

        return write

    def check(raised: StoreError | None, name: str, code: int) -> None:
        assert file.read_bytes() in ((NEW,) if raised is None else (OLD, NEW))
        assert [path.name for path in file.parent.iterdir()] == [file.name]

    every_fault(prepare, check)


def test_a_state_folder_that_may_only_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A journal on a disk that is mounted read-only can still be read."""
    state = a_journal(tmp_path)
    really_open = os.open

    def read_only(path: Path, flags: int, mode: int = 0o777) -> int:
        if flags & (os.O_RDWR | os.O_WRONLY):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return really_open(path, flags, mode)

    monkeypatch.setattr(os, "open", read_only)
    assert sequences(state) == [1, 2, 3]
    with pytest.raises(StoreError, match="cannot be locked"):
        append(Journal(state))
