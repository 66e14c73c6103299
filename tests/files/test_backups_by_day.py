"""Backups: one a day, ten days and twelve months of them, and nothing half written."""

import contextlib
import errno
import os
from datetime import date
from pathlib import Path

import pytest
import time_machine

from fault_support import ERRORS, FALLIBLE, a_state, calls_of, failing, watched
from store.clock import DAY
from store.errors import FileError
from store.file import backups, disk
from store.file.backups import all_backups, is_due, newest_backup, take_backup
from store.file.places import StateFolder


@pytest.fixture
def state(tmp_path: Path) -> StateFolder:
    """Make a state folder."""
    return a_state(tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Make a data file."""
    file = tmp_path / "ringback.json"
    file.write_bytes(b'{"k":"test"}\n' * 1_000)
    return file


def test_a_backup_holds_the_bytes(state: StateFolder, file: Path, frozen: time_machine.Traveller) -> None:
    """What was published comes back, and its day is the user's."""
    assert newest_backup(state) is None
    made = take_backup(state, file)
    assert newest_backup(state) == made
    assert made.read() == file.read_bytes()
    assert made.day == date(2026, 11, 16)
    assert made.path.stat().st_mode & 0o777 == 0o600


def test_one_a_day(state: StateFolder, file: Path, frozen: time_machine.Traveller) -> None:
    """A backup is due once a day; a second one of a day takes the first one's place."""
    assert is_due(state, file, hurried=False)
    take_backup(state, file)
    assert not is_due(state, file, hurried=False)
    take_backup(state, file)
    assert len(all_backups(state)) == 1
    frozen.shift(DAY / 1000)
    assert is_due(state, file, hurried=False)


def test_who_is_in_a_hurry_waits_with_a_large_file(
    state: StateFolder, file: Path, frozen: time_machine.Traveller
) -> None:
    """A quick add backs up a small file at once, a large one only if nobody did for three days."""
    assert is_due(state, file, hurried=True)
    take_backup(state, file)
    frozen.shift(DAY / 1000)
    assert is_due(state, file, hurried=True)
    with file.open("ab") as handle:
        handle.truncate(3 * 1024 * 1024)
    assert not is_due(state, file, hurried=True)
    frozen.shift(2 * DAY / 1000)
    assert is_due(state, file, hurried=True)


def test_ten_days_and_twelve_months_stay(
    state: StateFolder, file: Path, frozen: time_machine.Traveller
) -> None:
    """After a year and a half of days, the newest ten are there and the first of each of twelve months."""
    for _ in range(550):
        take_backup(state, file)
        frozen.shift(DAY / 1000)
    days = [backup.day for backup in all_backups(state)]
    assert days[0] == date(2028, 5, 18)
    assert days[:10] == [date.fromordinal(days[0].toordinal() - back) for back in range(10)]
    assert days[10:] == [
        date(2028 - (month > 5), month, 1) for month in (5, 4, 3, 2, 1, 12, 11, 10, 9, 8, 7, 6)
    ]


def test_a_clock_that_was_ahead_stops_no_backup(
    state: StateFolder, file: Path, frozen: time_machine.Traveller
) -> None:
    """Backups dated in the future neither stand for today's nor push it out."""
    ahead = [state.backups / f"2036-01-{day:02}.json.gz" for day in range(1, 15)]
    for path in ahead:
        path.touch()
    assert is_due(state, file, hurried=True)
    made = take_backup(state, file)
    assert not is_due(state, file, hurried=True)
    assert {*ahead, made.path} == set(state.backups.iterdir())


def test_foreign_names_are_left_alone(state: StateFolder, file: Path) -> None:
    """What somebody else put into the folder is neither a backup nor removed."""
    names = ("notes.gz", "2026-13-40.json.gz", "2026-11-16.json")
    for name in names:
        (state.backups / name).touch()
    made = take_backup(state, file)
    assert all_backups(state) == [made]
    assert {path.name for path in state.backups.iterdir()} == {*names, made.path.name}


@pytest.mark.parametrize("keep", [0, 5, 40, -1])
def test_a_damaged_backup_is_said(state: StateFolder, file: Path, keep: int) -> None:
    """A backup that was cut short gives its path and what to do, not half a file."""
    made = take_backup(state, file)
    data = made.path.read_bytes()
    made.path.write_bytes(data[:keep] if keep else b"no gzip")
    with pytest.raises(FileError, match="cannot be read") as caught:
        made.read()
    assert str(made.path) in caught.value.sentence


def test_a_backup_on_a_failing_disk(state: StateFolder, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error leaves no temporary and no half backup."""
    monkeypatch.setattr(backups, "_PIECE", 1_000)
    calls = calls_of(lambda: take_backup(state, file), FALLIBLE)
    for at, name in enumerate(calls):
        for code in ERRORS:
            for old in all_backups(state):
                old.path.unlink()
            with watched(failing(at, code), FALLIBLE), contextlib.suppress(OSError):
                take_backup(state, file)
            assert not list(state.backups.glob(".~*"))
            assert all(made.read() == file.read_bytes() for made in all_backups(state)), name


def test_a_full_disk_is_the_callers_to_tell(
    state: StateFolder, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Running out of space while compressing raises the system's error."""
    create = disk.create

    def full(path: Path) -> int:
        os.close(create(path))
        return os.open("/dev/full", os.O_RDWR)

    monkeypatch.setattr(disk, "create", full)
    with pytest.raises(OSError, match="No space left") as caught:
        take_backup(state, file)
    assert caught.value.errno == errno.ENOSPC
    assert not list(state.backups.iterdir())
