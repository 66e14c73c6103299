"""Locks: one holder among processes and threads, and none after a death."""

import fcntl
import os
import signal
import threading
from pathlib import Path

import pytest

from fault_support import DONE, end_of, run_in_child, start_child
from store.errors import StoreError
from store.file.locking import BusyError, lock, try_lock


def test_one_holder_among_processes(tmp_path: Path) -> None:
    """While one process holds the lock another is refused at once, or after its patience."""
    path = tmp_path / "a.lock"

    def refused() -> None:
        assert try_lock(path) is None
        with pytest.raises(BusyError, match="Another Ringback"):
            lock(path, wait=0.01)

    with lock(path):
        assert run_in_child(refused) == DONE
    held = try_lock(path)
    assert held is not None
    held.release()
    held.release()


def test_one_holder_among_threads(tmp_path: Path) -> None:
    """Threads exclude one another: a count that is read and written by eight of them is right."""
    path, number = tmp_path / "a.lock", tmp_path / "number"
    number.write_text("0")

    def count() -> None:
        for _ in range(20):
            with lock(path):
                number.write_text(str(int(number.read_text()) + 1))

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert number.read_text() == "160"


def test_a_death_lets_go(tmp_path: Path) -> None:
    """The lock of a killed process is free at once."""
    path = tmp_path / "a.lock"
    reading, writing = os.pipe()

    def hold() -> None:
        with lock(path):
            os.write(writing, b"!")
            signal.pause()

    child = start_child(hold)
    assert os.read(reading, 1) == b"!"
    assert try_lock(path) is None
    os.kill(child, signal.SIGKILL)
    assert end_of(child) == -signal.SIGKILL
    with lock(path, wait=0):
        pass
    os.close(reading)
    os.close(writing)


def test_a_child_does_not_inherit_the_lock(tmp_path: Path) -> None:
    """A forked child that outlives the holder's block keeps nobody out."""
    path = tmp_path / "a.lock"
    with lock(path):
        child = start_child(signal.pause)
    with lock(path, wait=0):
        os.kill(child, signal.SIGKILL)
        end_of(child)


def test_a_lock_file_that_is_replaced_holds_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock on a file that is no longer at the path is no lock: the one that is there is taken."""
    path = tmp_path / "a.lock"
    flock = fcntl.flock

    def late(descriptor: int, operation: int) -> None:
        monkeypatch.setattr(fcntl, "flock", flock)
        path.rename(tmp_path / "gone.lock")
        flock(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", late)
    with lock(path):
        assert try_lock(path) is None


def test_a_lock_needs_its_folder(tmp_path: Path) -> None:
    """Where there can be no lock file, the sentence names it."""
    with pytest.raises(StoreError, match="cannot be locked"):
        lock(tmp_path / "missing" / "a.lock")
