"""Where messages lie as they were received, as far as this machine has read them; nothing of what they say.

A mail may lie in several places: in each label of an export, in a mailbox and on the server.
"""

import sqlite3
from collections.abc import Iterable, Sequence

from store.ids import document_id
from store.sources.source import Original

_TABLES = (
    """
CREATE TABLE IF NOT EXISTS places (
    place INTEGER PRIMARY KEY,
    path BLOB NOT NULL,
    member BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    UNIQUE (path, member, epoch)
)""",
    """
CREATE TABLE IF NOT EXISTS originals (
    id INTEGER NOT NULL,
    place INTEGER NOT NULL,
    offset INTEGER NOT NULL,
    length INTEGER NOT NULL,
    PRIMARY KEY (id, place)
) WITHOUT ROWID""",
)
_REMEMBER = """
INSERT INTO originals VALUES (?, ?, ?, ?)
ON CONFLICT (id, place) DO UPDATE SET offset = excluded.offset, length = excluded.length
WHERE offset != excluded.offset OR length != excluded.length
"""
_FIND = """
SELECT path, member, offset, length, epoch FROM originals JOIN places USING (place)
WHERE id = ? ORDER BY place DESC
"""


class Originals:
    """The places of messages by the ids of their documents."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._last: tuple[tuple[str, str, int], int] = (("", "", 0), 0)
        """A mailbox has thousands of messages in one place."""
        for table in _TABLES:
            connection.execute(table)

    def remember(self, items: Iterable[Original]) -> None:
        """Take note of where messages lie, known ones too: they may have moved. The caller commits."""
        self._connection.executemany(
            _REMEMBER,
            [(document_id(each.k), self._place(each), each.offset, each.length) for each in items],
        )

    def find(self, k: str) -> list[Original]:
        """Return where the message with this key lies, the place that was learnt of last first."""
        found = self._connection.execute(_FIND, (document_id(k),))
        return [
            Original(k, _text(path), _text(member), offset, length, epoch)
            for path, member, offset, length, epoch in found
        ]

    def drop(self, ids: Sequence[int]) -> None:
        """Let go of where messages lie, by the ids of their documents. The caller commits."""
        self._connection.executemany("DELETE FROM originals WHERE id = ?", [(id,) for id in ids])

    def _place(self, original: Original) -> int:
        place = original.path, original.member, original.epoch
        if place != self._last[0]:
            key = _bytes(original.path), _bytes(original.member), original.epoch
            made = self._connection.execute(
                "INSERT OR IGNORE INTO places (path, member, epoch) VALUES (?, ?, ?)", key
            )
            found = (
                (made.lastrowid or 0,)
                if made.rowcount == 1
                else self._connection.execute(
                    "SELECT place FROM places WHERE path = ? AND member = ? AND epoch = ?", key
                ).fetchone()
            )
            self._last = place, int(found[0])
        return self._last[1]


def _bytes(name: str) -> bytes:
    """Names of files may be no text, so that a column of text would refuse them."""
    return name.encode("utf-8", "surrogatepass")


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogatepass")
