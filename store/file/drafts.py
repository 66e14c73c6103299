"""What is being typed into a form, kept on disk with every key, so that a crash costs no word.

One file for each form and process, in the state folder. Its owner holds a lock on it; a file that nobody
holds was left behind by a process that died.
"""

import fcntl
import os
import re
import threading
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from store.errors import StoreError
from store.file import disk
from store.file.places import StateFolder
from store.rules.mentions import folded, says

_EVERY = 1.0  # seconds between two fsyncs
_FORM = re.compile(r"[a-z0-9-]+")


class Draft:
    """The words of one open form. One thread saves while another may sync."""

    def __init__(self, state: StateFolder, form: str) -> None:
        if not _FORM.fullmatch(form):
            raise ValueError(f"{form!r} does not name a form")
        self._path = state.drafts / f"{form}.{os.urandom(8).hex()}.json"
        self._guard = threading.Lock()
        self._descriptor = -1
        self._synced = 0.0
        self._dirty = False

    def save(self, values: Mapping[str, str]) -> None:
        """Keep these words in place of the last: a crash of the program from here on loses none of them.

        Raises StoreError where they cannot be written; the last ones stay.
        """
        temporary = disk.temporary_beside(self._path)
        try:
            descriptor = disk.create(temporary)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                disk.write_all(descriptor, [msgspec.json.encode(_utf8(values))])
                temporary.replace(self._path)
            except BaseException:
                os.close(descriptor)
                disk.remove(temporary)
                raise
        except OSError as error:
            raise StoreError(
                f"What you typed cannot be kept as a draft: {disk.reason(error)}.", disk.remedy(error)
            ) from error
        self._hold(descriptor)

    def sync_if_due(self) -> None:
        """Bring the words to the disk, for the case that the machine fails; at most once a second.

        Takes milliseconds, so a worker thread may call it. Raises nothing: the next second tries again.
        """
        with self._guard:
            due = self._dirty and time.monotonic() - self._synced >= _EVERY
            if self._descriptor < 0 or not due:
                return
            descriptor = os.dup(self._descriptor)
            self._dirty, self._synced = False, time.monotonic()
        try:
            disk.sync(descriptor)
            disk.sync_folder(self._path.parent)
        except OSError:
            self._dirty = True
        finally:
            os.close(descriptor)

    def discard(self) -> None:
        """Forget the words: they were sent, saved, or are no longer wanted."""
        disk.remove(self._path)
        self._hold(-1)

    def leave(self) -> None:
        """Let go of the words but keep them, for the form to offer next time."""
        self._hold(-1)

    def _hold(self, descriptor: int) -> None:
        with self._guard:
            before, self._descriptor = self._descriptor, descriptor
            self._dirty = descriptor >= 0
        if before >= 0:
            os.close(before)


class Abandoned(msgspec.Struct, frozen=True):
    """Words that were left behind in a form."""

    path: Path
    at: int
    """When they were last typed at, in milliseconds."""
    values: dict[str, str]

    def discard(self) -> None:
        """Forget them: another draft has taken them over, or they are not wanted."""
        disk.remove(self.path)


def abandoned(state: StateFolder, form: str) -> Abandoned | None:
    """Return the newest draft of a form that no living process holds, or None."""
    found = [left for path in state.drafts.glob(f"{form}.*.json") if (left := _left(path))]
    return max(found, key=lambda left: left.at, default=None)


def drop_mentions(state: StateFolder, words: Iterable[str], ids: Iterable[int]) -> None:
    """Remove the drafts whose form names one of these ids, and those left behind that hold one of the words.

    What somebody is typing now stays, unless its form is about what these ids were.
    """
    wanted, named = {folded(word) for word in words}, {str(id) for id in ids}
    for path in state.drafts.glob("*.json"):
        form = path.name.partition(".")[0]
        if not named.isdisjoint(form.split("-")) or _is_left_with(path, wanted):
            with suppress(OSError):
                disk.remove(path)


def _is_left_with(path: Path, words: Iterable[str]) -> bool:
    left = _left(path)
    text = folded("\n".join(left.values.values())) if left is not None else ""
    return any(says(text, word) for word in words)


def _left(path: Path) -> Abandoned | None:
    """Read a draft, or return None where its owner lives or there is nothing in it."""
    with suppress(OSError, msgspec.DecodeError), path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        about = os.fstat(file.fileno())
        values = msgspec.json.decode(file.read(), type=dict[str, str])
        if path.stat().st_ino == about.st_ino and any(values.values()):  # else just saved anew by its owner
            return Abandoned(path, about.st_mtime_ns // 1_000_000, values)
    return None


def _utf8(values: Mapping[str, str]) -> dict[str, str]:
    """Replace what a terminal may send but no file can hold: half a surrogate pair."""
    return {name: text.encode("utf-8", "replace").decode() for name, text in values.items()}
