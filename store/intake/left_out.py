"""Messages that were left out because they are no outreach: kept whole on this machine, and never synced.

They are kept so that nothing is lost: they can be looked at, and one that turns out to belong, as its thread
or its sender does, is taken in without reading its source again. What was taken in, on any machine, stays
here, hidden, for as long as it is in the file: undo makes it one that was left out again.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import NamedTuple

from store.records.message import Contact, Message
from store.records.packed import unpack
from store.rules.correcting import domain_of, firm_key
from store.sources.appraising import Prepared

_AT_ONCE = 500
"""Values in one question; SQLite allows more, and old ones 999."""
_TABLES = (
    "CREATE TABLE IF NOT EXISTS forgotten (id INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE hidden (id INTEGER PRIMARY KEY)",
    "CREATE TEMP VIEW shown AS SELECT * FROM left_out WHERE id NOT IN (SELECT id FROM hidden)",
)
_KEEP = """
INSERT OR IGNORE INTO left_out (id, at, score, sender, domain, firm, message) VALUES (?, ?, ?, ?, ?, ?, ?)
"""


class Left(NamedTuple):
    """A message that was left out."""

    id: int
    """What its document's id would be."""
    score: int
    message: Message


class LeftOut:
    """The messages left out, by id, by time, by sender, and by the keys that kin are found by."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        there: AbstractSet[int] = frozenset(),
        purged: AbstractSet[int] = frozenset(),
    ) -> None:
        """Hide what is in the file, and let go of what was purged from it: both by the ids of documents."""
        self._connection = connection
        for table in _TABLES:
            connection.execute(table)
        if there or purged:
            ids = {id for (id,) in connection.execute("SELECT id FROM left_out")}
            self.hide(ids & there)
            self.drop(sorted(ids & purged))
        connection.commit()

    def hide(self, ids: Iterable[int]) -> None:
        """Hide messages that are in the file now."""
        self._connection.executemany("INSERT OR IGNORE INTO hidden VALUES (?)", [(id,) for id in ids])

    def keep(self, messages: Iterable[tuple[Prepared, int]]) -> int:
        """Keep messages with their scores; return how many were not there before. The caller commits."""
        rows, keys = [], []
        for each, score in messages:
            id, kinship = each.id, each.kinship
            rows.append((id, kinship.at, score, *_columns(each.sender), each.packed))
            keys += [(key, id) for key in kinship.keys]
        before = self._connection.total_changes
        self._connection.executemany(_KEEP, rows)
        added = self._connection.total_changes - before
        self._connection.executemany("INSERT OR IGNORE INTO left_keys VALUES (?, ?)", keys)
        return added

    def known(self, ids: Sequence[int]) -> set[int]:
        """Return those of the ids that are here."""
        return {id for (id,) in self._ask("SELECT id FROM shown WHERE id IN", ids)}

    def sharing(self, keys: Sequence[int]) -> list[Left]:
        """Return the messages that hold one of these keys, oldest first."""
        ids = {id for (id,) in self._ask("SELECT id FROM left_keys WHERE key IN", keys)}
        return self.named(sorted(ids))

    def named(self, ids: Sequence[int]) -> list[Left]:
        """Return the messages with these ids, oldest first."""
        found = self._ask("SELECT id, score, message FROM shown WHERE id IN", ids)
        return sorted(map(_read, found), key=lambda left: (left.message.at, left.id))

    def from_sender(self, identity: str = "", *, domain: str = "", firm: str = "") -> list[Left]:
        """Return what came from an identity (`mailto:…`), from a mail domain, or for a firm, oldest first.

        Of a domain and of a firm all are looked through, which is quick enough for how seldom that is asked.
        """
        column, value = next(
            each for each in (("sender", identity), ("domain", domain), ("firm", firm)) if each[1]
        )
        found = self._connection.execute(
            f"SELECT id, score, message FROM shown WHERE {column} = ? ORDER BY at, id",
            (value,),
        )
        return [_read(row) for row in found]

    def newest(self, limit: int, *, offset: int = 0) -> list[Left]:
        """Return some of them, the newest first."""
        found = self._connection.execute(
            "SELECT id, score, message FROM shown ORDER BY at DESC, id LIMIT ? OFFSET ?", (limit, offset)
        )
        return [_read(row) for row in found]

    def everything(self) -> Iterator[Left]:
        """Yield all of them, the newest first."""
        yield from map(
            _read,
            self._connection.execute("SELECT id, score, message FROM shown ORDER BY at DESC, id"),
        )

    def with_code(self, remainder: int, modulus: int) -> list[Left]:
        """Return the messages whose ids have a remainder: those that a short code names."""
        found = self._connection.execute(
            "SELECT id, score, message FROM shown WHERE id % ? = ? LIMIT 20", (modulus, remainder)
        )
        return [_read(row) for row in found]

    def count(self) -> int:
        """Return how many there are."""
        (count,) = self._connection.execute("SELECT count(*) FROM shown").fetchone()
        return int(count)

    def drop(self, ids: Sequence[int]) -> None:
        """Let go of messages for good. The caller commits."""
        for some in _portions(ids):
            marks = ", ".join("?" * len(some))
            self._connection.execute(f"DELETE FROM left_out WHERE id IN ({marks})", some)
            self._connection.execute(f"DELETE FROM left_keys WHERE id IN ({marks})", some)

    def forget(self, words: Collection[str], identities: Collection[str]) -> None:
        """Let go of what somebody sent or got: `words` are their whole names and addresses."""
        wanted = {" ".join(word.casefold().split()) for word in words}
        theirs = set(identities)
        gone = []
        everything = self._connection.execute("SELECT id, score, message FROM left_out")
        for left in map(_read, everything):
            people = (left.message.sender, *left.message.recipients)
            named = {
                " ".join(value.casefold().split())
                for each in people
                for value in (each.name, each.email, each.phone, each.profile)
            }
            if any(each.identity() in theirs for each in people) or not wanted.isdisjoint(named):
                gone.append(left.id)
        if gone:
            self.drop(gone)
            self._connection.executemany("INSERT OR IGNORE INTO forgotten VALUES (?)", [(id,) for id in gone])
            self._connection.commit()
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def forgotten(self) -> set[int]:
        """Return the ids of what was let go of with somebody: reading it again does not bring it back."""
        return {id for (id,) in self._connection.execute("SELECT id FROM forgotten")}

    def clear(self) -> int:
        """Let go of all of them but what is in the file, which undo may leave out again; return how many."""
        count = self.count()
        with self._connection:
            for table in ("left_keys", "left_out"):
                self._connection.execute(f"DELETE FROM {table} WHERE id NOT IN (SELECT id FROM hidden)")
        self._connection.execute("VACUUM")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return count

    def _ask(self, question: str, values: Sequence[int]) -> Iterator[tuple[int, ...]]:
        for some in _portions(values):
            yield from self._connection.execute(f"{question} ({', '.join('?' * len(some))})", some)


@lru_cache(maxsize=2048)
def _columns(sender: Contact) -> tuple[str, str, str]:
    """Return a sender's identity, domain and firm; the same people write again and again."""
    return sender.identity(), domain_of(sender), firm_key(sender.firm)


def _portions(values: Sequence[int]) -> Iterator[Sequence[int]]:
    for begin in range(0, len(values), _AT_ONCE):
        yield values[begin : begin + _AT_ONCE]


def _read(row: tuple[int, ...]) -> Left:
    id, score, data = row
    return Left(id, score, unpack(data))  # type: ignore[arg-type]
