"""Compressed copies of the published file in the state folder: ten days, twelve months.

To compress 85 MB takes most of a second, which a quick add must not wait for. So who has time (an open
inbox, a pull) takes the day's backup; who is in a hurry does so only where it costs little, or where
nobody with time has come by for days.
"""

import gzip
import os
import re
import shutil
import zlib
from datetime import date
from pathlib import Path
from typing import NamedTuple

from store import clock
from store.errors import FileError
from store.file import disk
from store.file.places import StateFolder

DAILY = 10
MONTHLY = 12
_SMALL = 2 * 1024 * 1024  # bytes, compressed in about 20 ms
_OVERDUE = 3  # days
_LEVEL = 1  # four times faster than the default, for a file a fifth larger
_PIECE = 1 << 20
_NAME = re.compile(r"(\d{4}-\d\d-\d\d)\.json\.gz")


class Backup(NamedTuple):
    """One backup and its day, in the user's zone."""

    path: Path
    day: date

    def read(self) -> bytes:
        """Return the file as it was; raises FileError where the backup is damaged."""
        try:
            with gzip.open(self.path) as file:
                return file.read()
        except (OSError, EOFError, zlib.error) as error:
            raise FileError(
                f"The backup {self.path} cannot be read: {error}.", "Try an older one."
            ) from error


def all_backups(state: StateFolder) -> list[Backup]:
    """Return the backups there are, newest first."""
    found = ((path, _NAME.fullmatch(path.name)) for path in state.backups.glob("*.gz"))
    backups = [Backup(path, day) for path, match in found if match and (day := _day(match[1]))]
    return sorted(backups, key=lambda backup: backup.day, reverse=True)


def newest_backup(state: StateFolder) -> Backup | None:
    """Return the newest backup, or None."""
    return next(iter(all_backups(state)), None)


def is_due(state: StateFolder, published: Path, *, hurried: bool) -> bool:
    """Whether to take a backup now: once a day; `hurried` only if that is cheap or days overdue."""
    # A backup from a day when the clock was ahead says nothing about today.
    newest = next((backup for backup in all_backups(state) if backup.day <= _today()), None)
    if newest is None:
        return True
    age = (_today() - newest.day).days
    return age >= _OVERDUE or (age > 0 and (not hurried or published.stat().st_size <= _SMALL))


def take_backup(state: StateFolder, published: Path) -> Backup:
    """Compress the published file as today's backup and let go of those that are too old.

    Raises OSError with nothing half written. It takes about 9 ms for each MB, mostly outside Python's
    global lock, so a worker thread may do it.
    """
    backup = Backup(state.backups / f"{_today().isoformat()}.json.gz", _today())
    temporary = disk.temporary_beside(backup.path)
    try:
        with published.open("rb") as source, os.fdopen(disk.create(temporary), "wb") as raw:
            with gzip.GzipFile("", "wb", _LEVEL, raw, mtime=0) as target:
                shutil.copyfileobj(source, target, _PIECE)
            raw.flush()
            disk.sync(raw.fileno())
        temporary.replace(backup.path)
    except BaseException:
        disk.remove(temporary)
        raise
    disk.sync_folder(state.backups)
    for old in _too_many([each for each in all_backups(state) if each.day <= backup.day]):
        disk.remove(old.path)
    return backup


def _too_many(backups: list[Backup]) -> list[Backup]:
    """Return what is neither one of the newest days nor the first of one of the newest months."""
    firsts = {
        (backup.day.year, backup.day.month): backup for backup in backups
    }  # the last one stays: the first
    monthly = list(firsts.values())[:MONTHLY]
    return [backup for backup in backups[DAILY:] if backup not in monthly]


def _today() -> date:
    return clock.local(clock.now()).date()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
