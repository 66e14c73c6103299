"""A transaction: field writes over the documents as they stand, gathered until they go to the journal."""

from collections.abc import Iterator, Sequence
from typing import Any

from store.errors import NotFoundError, StoreError
from store.file import document as documents_form
from store.file.codec import Key, encode, encode_document
from store.file.documents import Documents
from store.file.journal import Became, FieldChange
from store.file.merge import reader_of
from store.file.purge import PURGED, made_again, purge_of, seen_of
from store.file.sealed import OPEN, is_intact
from store.file.stamps import Stamp, join
from store.ids import document_id
from store.index import Index
from store.records.message import Message
from store.rules.identities import identifies
from store.rules.row import Row
from store.rules.summarize import is_outgoing


def clean(value: Any) -> Any:
    """Return a value without lone surrogates, which no reader of the file could decode again."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {clean(key): clean(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [clean(inner) for inner in value]
    return value


class Transaction:
    """What a verb writes to: every value it sets gets this transaction's stamp."""

    def __init__(self, documents: Documents, index: Index, stamp: Stamp, now: int) -> None:
        self._documents = documents
        self._index = index
        self._stamp = stamp
        self._changed: dict[tuple[str, int], dict[str, Any]] = {}
        self._purged: set[tuple[str, int]] = set()
        self._undo: dict[tuple[str, int, str], FieldChange] = {}
        self.now = now
        """When it began (milliseconds)."""

    @property
    def index(self) -> Index:
        """The rows as they stood when it began."""
        return self._index

    def row(self, id: int) -> Row:
        """Return the row of an opportunity; raises NotFoundError where it is gone."""
        row = self._index.find(id)
        if row is None:
            raise NotFoundError("That opportunity is gone.", "ringback inbox lists what is there.")
        return row

    def get(self, table: str, id: int) -> dict[str, Any] | None:
        """Return a document as this transaction has left it so far."""
        if (table, id) in self._purged:
            return None
        changed = self._changed.get((table, id))
        return changed if changed is not None else self._documents.get(table, id)

    def _must_get(self, table: str, id: int) -> dict[str, Any]:
        document = self.get(table, id)
        if document is None:
            raise NotFoundError(f"There is no document {id} in {table}.", "ringback doctor checks the file.")
        return document

    def items(self, table: str) -> Iterator[tuple[Key, dict[str, Any]]]:
        """Yield (id, document) of every document of a table, as this transaction has left it so far."""
        for id, document in self._documents.items(table):
            if (table, id) not in self._changed and (table, id) not in self._purged:
                yield id, document
        yield from ((id, document) for (name, id), document in self._changed.items() if name == table)

    def context(self, table: str, id: int) -> dict[str, int]:
        """Return everything that a document has seen, this transaction's writes included."""
        context = dict(documents_form.context(self.get(table, id) or {}))
        context[self._stamp.node] = max(context.get(self._stamp.node, 0), self._stamp.sequence)
        return context

    def message(self, id: int) -> Message | None:
        """Return a message, None where there is none."""
        return self._index.message(id)

    def is_outgoing(self, message: int) -> bool:
        """Tell whether the user wrote a message."""
        record = self._index.message(message)
        return record is not None and is_outgoing(record, self._index.own)

    def sender_identity(self, row: Row) -> str:
        """Return the identity of the newest sender who has one, or an empty text."""
        for id in reversed(row.messages):
            record = self._index.message(id)
            if record is not None and not is_outgoing(record, self._index.own):
                identity = identifies(record.sender) or record.sender.identity()
                if identity:
                    return identity
        return ""

    def ensure(self, table: str, key: str) -> int:
        """Return the id of the document with this key, made empty if it is missing, purged or not."""
        key = clean(key)
        id = document_id(key)
        if self.get(table, id) is None:
            purge = self.get(PURGED, id)
            self._create(
                table, id, {"k": key} if purge is None else made_again(key, seen_of(purge), self._stamp)
            )
        return id

    def insert(self, table: str, key: str, fields: dict[str, Any]) -> tuple[int, bool]:
        """Make a document of fields that came from outside or are new; return its id and whether it is new.

        One that undo removed comes back; one that is there stays as it is, one that was purged stays away.
        """
        id = document_id(key)
        known = self.get(table, id)
        if known is None and self.get(PURGED, id) is not None:
            return id, False
        if known is None:
            self._create(table, id, self._new(key, clean(fields)))
        elif known.get("gone"):
            self.set(table, id, "gone", False)
        else:
            return id, False
        return id, True

    def set(self, table: str, id: int, path: str, value: Any) -> None:
        """Write a value (JSON, no floats) at a path of a document, unless it stands there already."""
        path, value = clean(path), clean(value)
        document = self._must_get(table, id)
        had, old = documents_form.value_at(document, path)
        if (had and old == value) or (not had and value is None):
            return
        if path not in OPEN and is_intact(document):
            raise StoreError(
                "A sealed entry cannot be changed.",
                "Write a note beside it, or decide again: that supersedes it.",
            )
        self._keep(table, id, path, document, documents_form.write(document, path, value, self._stamp))

    def resolve(self, table: str, id: int, path: str, value: Any) -> None:
        """Write the value that is to stand at a path where several met; the others go.

        Raises NotFoundError where the document is gone, as one is that was purged meanwhile.
        """
        document = self._must_get(table, id)
        met = documents_form.conflicts(document).get(path, ())
        others = tuple(encode(each) for each, _ in met[1:])
        written = documents_form.write(document, path, clean(value), self._stamp, resolve=True)
        self._keep(table, id, path, document, written, beside=others)

    def take_back(self, table: str, id: int, path: str, value: Any) -> None:
        """Write a value over all that one write put at a path; what others wrote there meanwhile stays."""
        document = self._must_get(table, id)
        met = documents_form.conflicts(document).get(path, [])
        others = tuple(encode(each) for each, stamp in met[1:] if stamp.dot == met[0][1].dot)
        written = documents_form.write_back(document, path, clean(value), self._stamp)
        self._keep(table, id, path, document, written, beside=others)

    def meet_again(self, table: str, id: int, path: str, values: Sequence[Any]) -> None:
        """Put other values beside the one that this transaction wrote, as they stood before a choice."""
        document = self._must_get(table, id)
        stamp = documents_form.stamp_at(document, path) or self._stamp
        self._changed[table, id] = documents_form.beside(document, path, values, stamp)

    def _keep(
        self,
        table: str,
        id: int,
        path: str,
        document: dict[str, Any],
        written: dict[str, Any],
        *,
        beside: tuple[bytes, ...] = (),
    ) -> None:
        """Take a changed document, and what undo needs to know of the change."""
        known = self._undo.get((table, id, path))
        had, old = documents_form.value_at(document, path)
        before = documents_form.stamp_at(document, path)
        self._undo[table, id, path] = FieldChange(
            table=table,
            key=str(id),
            path=path,
            had=known.had if known else had,
            old=known.old if known else encode(old) if had else b"",
            old_stamp=known.old_stamp if known else str(before or ""),
            stamp=str(documents_form.stamp_at(written, path) or ""),
            created=False,
            beside=known.beside if known else beside,
        )
        self._changed[table, id] = written

    def introduce(self, machine: str) -> None:
        """Say which machine it is that writes here, once a node: others are told whose value is whose."""
        key = f"machine:{self._stamp.node}"
        id = document_id(key)
        if self._changed and self.get("machines", id) is None:
            self._changed["machines", id] = {"k": key, "name": clean(machine)}

    def purge(self, table: str, id: int) -> None:
        """Take a document out for good, here and wherever this file is merged; it cannot be undone."""
        seen, known = documents_form.context(self.get(table, id) or {}), self.get(PURGED, id) or {}
        self._changed[PURGED, id] = purge_of(table, join([seen, seen_of(known)]))
        self._changed.pop((table, id), None)
        self._purged.add((table, id))

    def _new(self, key: str, fields: dict[str, Any]) -> dict[str, Any]:
        """Return a new document; one made by hand says that this transaction made it.

        So an early version of it cannot be mistaken for one of which another program dropped `_m`. Imports
        are the same bytes on every machine instead, and nobody writes over their fields.
        """
        made = {**fields, "k": key}
        if not fields or reader_of(fields) or documents_form.MERGE_DATA in fields:
            return made
        return documents_form.seen_by(made, self._stamp)

    def _create(self, table: str, id: int, document: dict[str, Any]) -> None:
        self._purged.discard((table, id))
        self._changed[table, id] = document
        self._undo[table, id, ""] = FieldChange(
            table=table, key=str(id), path="", had=False, old=b"", old_stamp="", stamp="", created=True
        )

    @property
    def writes(self) -> int:
        """How many values and documents it has written so far."""
        return len(self._undo)

    @property
    def became(self) -> tuple[Became, ...]:
        """The changed documents, as they go into the journal."""
        return tuple(
            Became(table, str(id), encode_document(document))
            for (table, id), document in self._changed.items()
        ) + tuple(Became(table, str(id), None) for table, id in sorted(self._purged))

    @property
    def undo(self) -> tuple[FieldChange, ...]:
        """What undo needs to know about each write; a purge leaves it nothing."""
        return tuple(
            change for change in self._undo.values() if (change.table, int(change.key)) not in self._purged
        )
