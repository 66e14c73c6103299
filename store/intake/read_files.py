"""Which files of a drop folder were read: one that has not changed since is not read again."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple


class Look(NamedTuple):
    """What tells that a file changed."""

    size: int
    """Bytes."""
    modified: int
    """Nanoseconds since 1970."""


def look(path: Path) -> Look | None:
    """Look at a file; None where it is gone."""
    try:
        status = path.stat()
    except OSError:
        return None
    return Look(status.st_size, status.st_mtime_ns)


class ReadFiles:
    """Every file that was read, as it was then."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[str, Look] | None = None

    def is_new(self, path: Path, found: Look) -> bool:
        """Tell whether a file that looks like this was never read, or changed since."""
        if self._known is None:
            rows = self._connection.execute("SELECT path, size, modified FROM files")
            self._known = {name: Look(size, modified) for name, size, modified in rows}
        return self._known.get(str(path)) != found

    def keep(self, files: Mapping[Path, Look]) -> None:
        """Remember files as they were before they were read. The caller commits."""
        kept = [(str(path), *found) for path, found in files.items()]
        self._connection.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", kept)
        self._known = None
