"""Which files of a drop folder were read: one that has not changed since is not read again."""

import os
import re
import sqlite3
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple

_WITHIN = re.compile(r", |: ")
"""What stands between a file and where in it, in the places of failures."""


class Look(NamedTuple):
    """What tells that a file changed."""

    size: int
    """Bytes."""
    modified: int
    """Nanoseconds since 1970."""


class _Known(NamedTuple):
    """A file as it was looked at last."""

    look: Look
    failed: bool
    """Whether it could not be read: it is tried again when somebody asks for its source."""


def look(path: Path) -> Look | None:
    """Look at a file; None where it is gone."""
    try:
        status = path.stat()
    except OSError:
        return None
    return Look(status.st_size, status.st_mtime_ns)


class ReadFiles:
    """Every file that was read, or tried, as it was then."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._loaded: dict[bytes, _Known] | None = None

    def is_new(self, path: Path, found: Look) -> bool:
        """Tell whether a file that looks like this was never tried, or changed since."""
        known = self._known.get(os.fsencode(path))
        return known is None or known.look != found

    def is_unread(self, path: Path, found: Look) -> bool:
        """Tell whether a file that looks like this was never read, or changed since."""
        known = self._known.get(os.fsencode(path))
        return known is None or known.look != found or known.failed

    def keep(self, files: Mapping[Path, Look], failed: Collection[Path]) -> None:
        """Remember files as they were before they were tried, and which could not be read.

        The caller commits.
        """
        kept = [(os.fsencode(path), *found, path in failed) for path, found in files.items()]
        self._connection.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", kept)
        self._loaded = None

    def unchanged_file(self, place: str) -> Path | None:
        """Return the file that a failure's place lies in, where it looks as it did when it was tried."""
        ends = [len(place), *(found.start() for found in _WITHIN.finditer(place))]
        for path in (Path(place[:end]) for end in ends):
            known = self._known.get(os.fsencode(path))
            if known is not None and known.look == look(path):
                return path
        return None

    @property
    def _known(self) -> dict[bytes, _Known]:
        if self._loaded is None:
            rows = self._connection.execute("SELECT path, size, modified, failed FROM files")
            self._loaded = {path: _Known(Look(size, at), bool(failed)) for path, size, at, failed in rows}
        return self._loaded
