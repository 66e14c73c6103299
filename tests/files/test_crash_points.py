"""A process that ends at any system call of a write leaves the old or the new, whole."""

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from fault_support import (
    a_state,
    append,
    end_of,
    every_crash,
    sequences,
    start_child,
)
from store import clock
from store.file import disk, publish
from store.file.journal import START, Journal
from store.file.locking import lock
from store.file.places import StateFolder

OLD, NEW = b"old " * 5_000, b"new" * 9_000
KILLS = int(os.environ.get("RINGBACK_KILLS", "40"))


def replace_it(file: Path) -> object:
    """Replace the file that is there."""
    return publish.replace(file, [NEW[:7], NEW[7:]], publish.signature(file))


@pytest.mark.parametrize("case", ["first", "exchange", "plain", "mounted"])
def test_a_save_that_ends_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    """The file is the whole old or the whole new; whatever else is there is found as a leftover.

    A mounted file is written in place and may be torn; then the whole new bytes are a leftover.
    """
    file = tmp_path / "synced" / "ringback.json"

    def fixed(one: Path, other: Path) -> bool:
        raise OSError(16, "busy")

    if case == "plain":
        monkeypatch.setattr(disk, "exchange", lambda one, other: False)
    elif case == "mounted":
        monkeypatch.setattr(disk, "exchange", fixed)

    def prepare() -> Callable[[], object]:
        shutil.rmtree(file.parent, ignore_errors=True)
        file.parent.mkdir()
        if case != "first":
            file.write_bytes(OLD)
        return lambda: replace_it(file)

    def check(done: bool) -> None:
        left = publish.leftovers(file)
        there = file.read_bytes() if file.exists() else b""
        whole = (NEW,) if done else (b"", NEW) if case == "first" else (OLD, NEW)
        assert there in whole or (case == "mounted" and left[0].read_bytes() == NEW)
        assert not (done and left)
        assert set(file.parent.iterdir()) <= {file, *left}

    assert every_crash(prepare, check) > 6


def a_journal(folder: Path, *, base: int = 0) -> StateFolder:
    """Make a state with four records, of which those up to a base are slim."""
    shutil.rmtree(folder, ignore_errors=True)
    state = a_state(folder)
    journal = Journal(state)
    append(journal, 4, time=clock.now())
    if base:
        with journal.lock():
            journal.compact(base)
    return state


@pytest.mark.parametrize("fresh", [True, False])
def test_an_append_that_ends_anywhere(tmp_path: Path, fresh: bool) -> None:
    """All that was acknowledged is there, the next writer goes on, and nobody reads half a record."""
    folder = tmp_path / "home"

    def prepare() -> Callable[[], object]:
        state = a_journal(folder)
        if fresh:
            state.journal.unlink()
        return lambda: append(Journal(state))

    before = 0 if fresh else 4

    def check(done: bool) -> None:
        state = a_state(folder)
        found = sequences(state)
        assert found in ([*range(1, before + 1)], [*range(1, before + 2)])
        assert not done or len(found) == before + 1
        assert append(Journal(state)) == [len(found) + 1]
        assert sequences(state) == [*found, len(found) + 1]

    assert every_crash(prepare, check) >= 5


def test_a_compaction_that_ends_anywhere(tmp_path: Path) -> None:
    """Documents beyond the base stay, what undo needs stays, and the temporary goes within the hour."""
    folder = tmp_path / "home"
    position = START

    def prepare() -> Callable[[], object]:
        nonlocal position
        state = a_journal(folder, base=1)
        position = Journal(state).tail().position

        def compact() -> None:
            journal = Journal(state)
            with journal.lock():
                journal.compact(3)

        return compact

    def check(done: bool) -> None:
        state = a_state(folder)
        journal = Journal(state)
        tail = journal.tail(position)
        assert (tail.records, tail.restarted) == ((), False)
        records = journal.tail().records
        assert [len(record.undo) for record in records] == [1, 1, 1, 1]
        assert [len(record.became) for record in records] in ([0, 1, 1, 1], [0, 0, 0, 1])
        assert append(journal) == [5]
        for left in state.folder.glob("*.tmp"):
            assert not done
            os.utime(left, (0, 0))
        state.sweep()
        assert not list(state.folder.glob(".~*"))

    assert every_crash(prepare, check) > 8


def write_for_ever(state: StateFolder, file: Path, told: int) -> None:
    """Append, publish, and compact now and then; tell a pipe each time that a record is safe."""
    journal = Journal(state)
    while True:
        sequence = append(journal, time=clock.now(), size=3_000)[-1]
        os.write(told, b"%06d" % sequence)
        with lock(state.publish_lock):
            publish.replace(file, [b"%06d\n" % sequence] * 2_000, publish.signature(file))
            if sequence % 7 == 0:
                with journal.lock():
                    journal.compact(sequence - 2)


def test_kill_at_a_random_moment(tmp_path: Path) -> None:
    """Killed in the middle of writing, again and again: every acknowledged record is in the journal."""
    file = tmp_path / "ringback.json"
    state = a_state(tmp_path)
    dice = random.Random(11)
    known = 0
    for _ in range(KILLS):
        reading, writing = os.pipe()
        child = start_child(partial(write_for_ever, state, file, writing))
        os.close(writing)
        for _ in range(dice.randrange(1, 4)):
            known = int(os.read(reading, 6))
        moment = time.perf_counter() + dice.random() / 300
        while time.perf_counter() < moment:
            pass
        os.kill(child, signal.SIGKILL)
        assert end_of(child) == -signal.SIGKILL
        while rest := os.read(reading, 6):
            known = int(rest)
        os.close(reading)
        journal = Journal(state)
        found = [record.sequence for record in journal.tail().records]
        assert found[-1] >= known
        assert found == list(range(found[0], found[-1] + 1))
        assert journal.base < known
        lines = file.read_bytes().splitlines() if file.exists() else []
        assert len(lines) in (0, 2_000)
        assert len(set(lines)) <= 1
        for left in publish.leftovers(file):
            left.unlink()
    assert known > KILLS
