"""TinyDB over the documents: its queries and tables work, and decode a document only when it is read.

Writing goes through transactions, which know stamps; a write through TinyDB is refused.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from tinydb.storages import Storage

from store.errors import StoreError
from store.file.documents import Documents, key_of


class _LazyTable(Mapping[str, dict[str, Any]]):
    """One table, its documents decoded as they are asked for."""

    def __init__(self, documents: Documents, table: str) -> None:
        self._documents = documents
        self._table = table

    def __getitem__(self, key: str) -> dict[str, Any]:
        document = self._documents.get(self._table, key_of(key))
        if document is None:
            raise KeyError(key)
        return document

    def __iter__(self) -> Iterator[str]:
        return (str(id) for id, _ in self._documents.raw_items(self._table))

    def __len__(self) -> int:
        return sum(1 for _ in self._documents.raw_items(self._table))


class DocumentsStorage(Storage):
    """What TinyDB reads from."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def read(self) -> dict[str, dict[str, Any]]:
        """Return every table, none of it decoded yet."""
        return {table: _LazyTable(self._documents, table) for table in self._documents.tables()}  # type: ignore[misc]

    def write(self, data: dict[str, dict[str, Any]]) -> None:  # noqa: ARG002 - the interface of TinyDB
        """Refuse: a write without a stamp would be taken for somebody else's."""
        raise StoreError("The data is changed by transactions only.", "Use Repository.transact.")
