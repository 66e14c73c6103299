"""Locks between processes, and between threads of one process.

flock belongs to an open file, so each holder opens the lock file anew. A lock ends with its holder,
however that ends. Lock files stay where they are: to remove one would let two holders in.
"""

import errno
import fcntl
import os
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from store.errors import StoreError
from store.file import disk

_BUSY = (errno.EWOULDBLOCK, errno.EACCES)
_SHORTEST, _LONGEST = 0.0005, 0.02  # seconds between two attempts


class BusyError(StoreError):
    """Somebody else holds the lock."""


class Held:
    """A lock that is held until `release`, or to the end of the `with` that it opens."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def release(self) -> None:
        """Let the next one in; a second call does nothing."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            try:  # unlocked by name: a child that was forked meanwhile may share the open file
                fcntl.flock(descriptor, fcntl.LOCK_UN)
            finally:
                os.close(descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def try_lock(path: Path, *, shared: bool = False) -> Held | None:
    """Take the lock of this path, or return None at once where somebody holds it.

    With `shared` others may hold it so, too. Raises StoreError where there can be no lock. Not re-entrant.
    """
    how = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        while True:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            if not _take(descriptor, how):
                os.close(descriptor)
                return None
            if _is_at(descriptor, path):
                return Held(descriptor)
            os.close(descriptor)  # the folder was removed or replaced while we waited
    except OSError as error:
        raise StoreError(
            f"{path} cannot be locked: {disk.reason(error)}.",
            "Set RINGBACK_STATE to a folder on a local disk that you may write to.",
        ) from error


def is_free(path: Path) -> bool:
    """Tell whether nobody holds the lock of this path; raises StoreError where there can be no lock."""
    held = try_lock(path)
    if held is not None:
        held.release()
    return held is not None


def lock(path: Path, *, wait: float = 20.0) -> Held:
    """Take the lock of this path, waiting at most `wait` seconds; raises BusyError after that.

    Use it as `with lock(path): …`.
    """
    end = time.monotonic() + wait
    pause = _SHORTEST
    while (held := try_lock(path)) is None:
        left = end - time.monotonic()
        if left <= 0:
            raise BusyError(
                f"Another Ringback has been writing for {wait:.0f} seconds.",
                f"Try again; if it hangs, see which program holds {path}.",
            )
        time.sleep(min(pause, left))
        pause = min(pause * 1.5, _LONGEST)
    return held


def _take(descriptor: int, how: int) -> bool:
    try:
        fcntl.flock(descriptor, how | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _BUSY:
            return False
        os.close(descriptor)
        raise
    return True


def _is_at(descriptor: int, path: Path) -> bool:
    mine = os.fstat(descriptor)
    try:
        there = path.stat()
    except FileNotFoundError:
        return False
    return (mine.st_dev, mine.st_ino) == (there.st_dev, there.st_ino)
