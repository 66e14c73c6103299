"""Full-text search over an open inbox: one lower-cased text of all messages, scanned as bytes.

A scan of 85 MB takes some hundredths of a second, so there is nothing to keep in step but the text itself,
to which new messages are appended. A word may stand in different messages of one opportunity, or in what
the list shows of it.
"""

import threading
from bisect import bisect_right
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from store.index import Index
from store.records.message import Message
from store.rules.query import Query
from store.rules.row import Row
from store.rules.views import sort_key

_SLICE = 200
"""Messages that are read at a stretch before others may go on."""
_SHORTEST = 2
"""Letters from which a word is looked for in messages; one letter is in all of them."""
_SEPARATOR = 0
_MANY = 1_000
"""Results from which it is quicker to follow the order of the lists than to sort."""


class Search:
    """Finds opportunities by query; threads may share it with whoever holds `guard` to change the index."""

    def __init__(self, index: Index, guard: threading.RLock) -> None:
        self._index = index
        self._guard = guard
        self._busy = threading.Lock()
        self._text = bytearray()
        self._starts: list[int] = []
        self._messages: list[int] = []
        self._known: set[int] = set()
        self._heads: dict[int, tuple[Row, str]] = {}
        self._last: tuple[bytes, list[int]] | None = None
        self._read_version = -1

    def warm(self) -> None:
        """Read the messages that were not read yet; others get their turn in between."""
        with self._busy:
            for _ in self._read():
                pass

    def find(self, query: Query, now: int, *, silent_days: int) -> list[int]:
        """Return the ids of the opportunities that a query fits, in the order of a list."""
        with self._busy:
            if query.words:
                for _ in self._read():
                    pass
            with self._guard:
                rows = dict(self._index.rows)
                order = [*self._index.view("all"), *self._index.view("trash")]
            candidates: AbstractSet[int] = rows.keys()
            for word in query.words:
                candidates = candidates & self._holding(word, rows)
            text = self._text_of if query.needs_texts else None
            found = {id for id in candidates if query.matches(rows[id], text)}
        if len(found) > _MANY:
            listed = [id for id in order if id in found]
            return listed if len(listed) == len(found) else [*listed, *sorted(found.difference(listed))]
        return sorted(found, key=lambda each: sort_key(rows[each], now, silent_days))

    def _read(self) -> Iterator[None]:
        """Append the text of messages that are new, a slice at a time."""
        with self._guard:
            version = self._index.version
            if version == self._read_version:
                return
            fresh = [id for row in self._index.rows.values() for id in row.messages if id not in self._known]
        for start in range(0, len(fresh), _SLICE):
            with self._guard:
                for id in fresh[start : start + _SLICE]:
                    message = self._index.message(id)
                    if message is not None:
                        self._append(id, _text(message))
            yield
        self._read_version = version
        if fresh:
            self._last = None

    def _append(self, id: int, text: str) -> None:
        self._starts.append(len(self._text))
        self._messages.append(id)
        self._known.add(id)
        self._text += text.encode("utf-8", "replace")
        self._text.append(_SEPARATOR)

    def _holding(self, word: str, rows: dict[int, Row]) -> set[int]:
        """Return the opportunities that hold a word, in what the list shows or in a message."""
        holding = {id for id, row in rows.items() if word in self._head(row)}
        if len(word) < _SHORTEST:
            return holding
        with self._guard:
            for position in self._positions(word.encode("utf-8", "replace")):
                row = self._index.row_of_message(self._messages[position])
                if row is not None:
                    holding.add(row.id)
        return holding

    def _positions(self, word: bytes) -> list[int]:
        """Return which messages hold a word; a word typed further is looked for where it was found before."""
        if self._last is not None and word.startswith(self._last[0]):
            ends = [*self._starts[1:], len(self._text)]
            found = [
                position
                for position in self._last[1]
                if self._text.find(word, self._starts[position], ends[position]) >= 0
            ]
        else:
            found = list(self._scan(word))
        self._last = (word, found)
        return found

    def _scan(self, word: bytes) -> Iterator[int]:
        at = self._text.find(word)
        while at >= 0:
            position = bisect_right(self._starts, at) - 1
            yield position
            if position + 1 == len(self._starts):
                return
            at = self._text.find(word, self._starts[position + 1])

    def _head(self, row: Row) -> str:
        """Return what the list shows of a row, case folded."""
        kept = self._heads.get(row.id)
        if kept is None or kept[0] is not row:
            shown = (row.who, row.firm, row.role, row.company, row.email, row.phone, row.subject, *row.labels)
            kept = self._heads[row.id] = (row, "\n".join(shown).casefold())
        return kept[1]

    def _text_of(self, row: Row) -> str:
        with self._guard:
            messages = [message for id in row.messages if (message := self._index.message(id)) is not None]
        return "\n".join([self._head(row), *map(_text, messages)])


def _text(message: Message) -> str:
    sender = message.sender
    parts = (
        message.subject,
        message.body,
        message.quoted,
        message.signature,
        sender.name,
        sender.email,
        sender.phone,
    )
    return "\n".join(filter(None, parts)).casefold()
