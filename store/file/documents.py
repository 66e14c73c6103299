"""The documents as they stand: the canonical bytes of a file, and what changed since, laid over them."""

from collections.abc import Iterable, Iterator
from typing import Any

from store.file.codec import Key, decode_document
from store.file.lines import Lines
from store.ids import read_id


def key_of(text: str) -> Key:
    """Return a document's key as the tables hold it: a number where it is written as one."""
    return 0 if text == "0" else read_id(text) or text


class Documents:
    """Raw documents by table and id, decoded when asked for."""

    def __init__(self, base: Lines) -> None:
        self._base = base
        self._over: dict[str, dict[Key, bytes | None]] = {}
        self._held: tuple[Lines, bytes, list[tuple[str, Key, bytes]]] | None = None

    def raw(self, table: str, id: Key) -> bytes | None:
        """Return a document's canonical bytes, None where there is none."""
        over = self._over.get(table)
        if over is not None and id in over:
            return over[id]
        return self._base.get(table, id)

    def get(self, table: str, id: Key) -> dict[str, Any] | None:
        """Return a document, None where there is none."""
        raw = self.raw(table, id)
        return decode_document(raw) if raw is not None else None

    def tables(self) -> list[str]:
        """Return the names of all tables."""
        return sorted({*self._base.tables, *self._over})

    def raw_items(self, table: str) -> Iterator[tuple[Key, bytes]]:
        """Yield (id, bytes) of every document of a table, changed ones last."""
        over = dict(self._over.get(table, ()))
        for id, raw in self._base.items(table):
            if id not in over:
                yield id, raw
        yield from ((id, raw) for id, raw in over.items() if raw is not None)

    def items(self, table: str) -> Iterator[tuple[Key, dict[str, Any]]]:
        """Yield (id, document) of every document of a table."""
        for id, raw in self.raw_items(table):
            yield id, decode_document(raw)

    def holding(self, needle: bytes) -> Iterator[tuple[str, Key, bytes]]:
        """Yield (table, id, bytes) of each document in whose canonical bytes these stand."""
        self.look_for(needle)
        for table, id, raw in self._held[2] if self._held is not None else ():
            if id not in self._over.get(table, ()):
                yield table, id, raw
        for table, over in self.over().items():
            yield from ((table, id, raw) for id, raw in over.items() if raw is not None and needle in raw)

    def look_for(self, needle: bytes) -> None:
        """Look through the unchanged bytes for what `holding` will be asked for; from any thread.

        They may be 85 MB: later calls remember what was found.
        """
        base = self._base
        if self._held is None or self._held[0] is not base or self._held[1] != needle:
            self._held = (base, needle, list(base.holding(needle)))

    def put(self, changes: Iterable[tuple[str, Key, bytes | None]]) -> None:
        """Lay changed documents over the others; None takes one out."""
        for table, id, raw in changes:
            self._over.setdefault(table, {})[id] = raw

    def replace(self, base: Lines) -> None:
        """Begin anew on other bytes."""
        self._base = base
        self._over = {}

    @property
    def base(self) -> Lines:
        """The bytes under the changes."""
        return self._base

    def over(self) -> dict[str, dict[Key, bytes | None]]:
        """Return a copy of the changes."""
        return {table: dict(documents) for table, documents in self._over.items()}
