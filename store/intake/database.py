"""What this machine remembers of its sources, in an SQLite database in the state folder.

What was left out, where originals lie, how far a server was read: none of it is synced, and all of it
comes back by reading the sources again. So a damaged one is put aside, and an empty one takes its place.
"""

import sqlite3
from contextlib import suppress
from pathlib import Path

from store.errors import FileError
from store.file import disk
from store.file.places import StateFolder

_BEFORE, _FORM = 2, 3
"""Grows when a table changes its shape: the one before is taken over, any other is put aside."""
_PAGE = 16_384
"""Bytes that are written at once, in a new database: a page holds several mails."""
_PATIENCE = 10.0
"""Seconds to wait for another process that writes."""
# What takes room, the messages left out, is numbered as it comes, and so written one behind the other:
# ids are hashes, which would put each of a pull's into another page.
_TABLES = """
CREATE TABLE IF NOT EXISTS left_out (
    number INTEGER PRIMARY KEY,
    id INTEGER NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    score INTEGER NOT NULL,
    sender TEXT NOT NULL,
    domain TEXT NOT NULL,
    firm TEXT NOT NULL,
    message BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS left_out_at ON left_out (at);
CREATE INDEX IF NOT EXISTS left_out_sender ON left_out (sender) WHERE sender != '';
CREATE TABLE IF NOT EXISTS left_keys (
    key INTEGER NOT NULL,
    id INTEGER NOT NULL,
    PRIMARY KEY (key, id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS checkpoints (
    key TEXT PRIMARY KEY,
    state TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (
    path BLOB PRIMARY KEY,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    failed INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reads (
    source TEXT PRIMARY KEY,
    report TEXT NOT NULL
) WITHOUT ROWID;
"""
_MIGRATION = f"""
BEGIN IMMEDIATE;
ALTER TABLE left_out RENAME TO left_out_before;
DROP INDEX IF EXISTS left_out_at;
DROP INDEX IF EXISTS left_out_sender;
DROP INDEX IF EXISTS left_out_domain;
{_TABLES}
INSERT INTO left_out (id, at, score, sender, domain, firm, message)
    SELECT id, at, score, sender, domain, firm, message FROM left_out_before ORDER BY at;
DROP TABLE left_out_before;
PRAGMA user_version = {_FORM};
COMMIT;
"""


def connect(state: StateFolder) -> sqlite3.Connection:
    """Open the database, made where it is missing; raises FileError where that cannot be.

    A connection belongs to the thread that opened it.
    """
    path = state.intake
    try:
        return _open(path)
    except OSError as error:
        raise FileError(
            f"{path} cannot be made: {disk.reason(error)}.", "Check its permissions, and the disk."
        ) from error
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise FileError(
                f"{path} cannot be opened: {error}.", "Check its permissions, and the disk."
            ) from error
    put_aside(state)
    try:
        return _open(path)
    except sqlite3.DatabaseError as error:
        raise FileError(f"{path} is damaged and cannot be put aside: {error}.", "Remove it.") from error


def put_aside(state: StateFolder) -> None:
    """Put a damaged database where it can be looked at, so that an empty one is made."""
    path = state.intake
    with suppress(OSError):
        path.replace(state.aside_path(path.name))
        for ending in ("-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)


def _open(path: Path) -> sqlite3.Connection:
    if not path.exists():
        with suppress(FileExistsError):
            path.touch(mode=0o600, exist_ok=False)
    connection = sqlite3.connect(path, timeout=_PATIENCE)
    try:
        (form,) = connection.execute("PRAGMA user_version").fetchone()
        if form not in (0, _BEFORE, _FORM):
            raise sqlite3.DatabaseError("it has another form")
        if not form:
            # Before anything is written, which settles it.
            connection.execute(f"PRAGMA page_size = {_PAGE}")
        connection.execute("PRAGMA journal_mode = WAL")
        # What is let go of does not stay in the file; left-out mail is kept as plain text.
        connection.execute("PRAGMA secure_delete = ON")
        # Losing the last moments in a power cut costs reading them again, no more.
        connection.execute("PRAGMA synchronous = NORMAL")
        if form == _BEFORE:
            connection.executescript(_MIGRATION)
        elif form != _FORM:
            with connection:
                connection.executescript(_TABLES)
                connection.execute(f"PRAGMA user_version = {_FORM}")
    except BaseException:
        connection.close()
        raise
    return connection
