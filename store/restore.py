"""Restoring from a backup or an older copy: its values as new writes, so that they win and can be undone."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from store.errors import FileError, StoreError
from store.file.absorb import found_at
from store.file.backups import Backup
from store.file.codec import META, DamagedError, decode_document
from store.file.document import (
    MERGE_DATA,
    UNWRITTEN,
    is_trashed,
    join_path,
    place_of,
    take_apart,
)
from store.file.foreign import TABLES
from store.file.lines import Lines, parse_any
from store.file.meta import meta_of, read_meta
from store.file.purge import PURGED
from store.file.sealed import is_intact
from store.ids import document_id
from store.repository import Repository
from store.transaction import Transaction

_OBJECTS = frozenset({"labels", "addresses"})
"""Fields that are objects of one value a path."""
_WHOLE = frozenset({"messages", "notes"})
"""Tables whose documents undo takes away as a whole, so that they are brought back as a whole."""
_TRASH = "trash"


class Restored(NamedTuple):
    """What restoring did, in a sentence, and to how many documents."""

    sentence: str
    documents: int


def restore(repository: Repository, path: Path) -> Restored:
    """Write every value of an older file again where it differs from now, and bring back what is missing.

    What is newer than that file and not in it stays. Raises FileError where it is no copy of this database.
    """
    state = _read(path)
    if not meta_of(state).is_same(read_meta(repository.documents.raw(META, 1))):
        raise FileError(
            f"{path} is not a copy of {repository.path}: it holds another database.",
            "ringback where names the folder of the backups.",
        )
    count = repository.transact(f"Restore {path.name}", lambda transaction: _write(transaction, state))
    if not count:
        return Restored(f"Nothing to restore: everything in {path.name} is as it was then.", 0)
    documents = "document" if count == 1 else "documents"
    return Restored(f"Restored {count} {documents} from {path.name}.", count)


def _read(path: Path) -> Lines:
    if path.suffix != ".gz":
        found = found_at(path)
        if found is None:
            raise FileError(f"There is no file {path}.", "ringback where names the folder of the backups.")
        if found.damage or not found.states:
            raise FileError(f"{path} is damaged: {found.damage}.", "Try another copy.")
        return found.states[0]
    try:
        return parse_any(Backup(path, date.min).read())
    except DamagedError as error:
        raise FileError(f"The backup {path} cannot be read: {error.reason}.", "Try another copy.") from error


def _write(transaction: Transaction, state: Lines) -> int:
    """Write what differs; return how many documents changed."""
    changed = set()
    old = [each for each in _documents(state) if transaction.get(PURGED, each[1]) is None]
    for table, id, document in old:
        before = transaction.writes
        _write_document(transaction, table, id, document)
        if transaction.writes > before:
            changed.add((table, id))
    # The trash holds everything that was seen, all that was just written included.
    for table, id, document in old:
        now = transaction.get(table, id) or {}
        if is_trashed(document) and not is_trashed(now) and not now.get("gone"):
            transaction.set(table, id, _TRASH, transaction.context(table, id))
            changed.add((table, id))
    return len(changed)


def _documents(state: Lines) -> Iterator[tuple[str, int, dict[str, Any]]]:
    for table in state.tables:
        for id, raw in state.items(table) if table != META else ():
            document = decode_document(raw)
            key = document.get("k")
            if table == PURGED:
                continue
            if table in TABLES and isinstance(key, str):
                yield table, document_id(key), document
            elif isinstance(id, int):
                yield table, id, document


def _write_document(transaction: Transaction, table: str, id: int, old: dict[str, Any]) -> None:
    known = transaction.get(table, id)
    if known is None:
        _bring_back(transaction, table, id, old)
        known = transaction.get(table, id) or {}
    if known.get("gone") and not old.get("gone"):
        transaction.set(table, id, "gone", False)
    if is_intact(known):
        return
    if is_trashed(known) and not is_trashed(old):
        transaction.set(table, id, _TRASH, None)
    for path, value in _values(old, known):
        transaction.set(table, id, path, value)


def _bring_back(transaction: Transaction, table: str, id: int, old: dict[str, Any]) -> None:
    """Make a missing document of what nobody wrote; what somebody did is written after that."""
    key = old.get("k")
    if not isinstance(key, str) or document_id(key) != id:
        raise StoreError(
            f"Document {id} of {table} stands under an id that is not its key's and cannot be restored.",
            "Nothing was changed. ringback merge takes in what such a copy holds.",
        )
    fields = {name: value for name, value in old.items() if name not in (MERGE_DATA, _TRASH)}
    if table not in _WHOLE:
        written = take_apart(old).written
        for name in [place_of(path)[0] for path in written]:
            if name in fields and (join_path(name) in written or not isinstance(fields[name], dict)):
                del fields[name]
            elif name in fields:
                fields[name] = {
                    key: value for key, value in fields[name].items() if join_path(name, key) not in written
                }
                if not fields[name]:
                    del fields[name]
    transaction.insert(table, key, fields)


def _values(old: dict[str, Any], known: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the values to be written by path, of an object that is written key by key each of its own."""
    paths = [*take_apart(old).written, *take_apart(known).written]
    objects = _OBJECTS | {field for field, key in map(place_of, paths) if key is not None}
    for name, value in old.items():
        if name in UNWRITTEN or name in ("", _TRASH):
            continue
        if name in objects and isinstance(value, dict):
            yield from ((join_path(name, key), each) for key, each in value.items())
        else:
            yield join_path(name), value
