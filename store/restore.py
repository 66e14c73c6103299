"""Restoring from a backup or an older copy: its values as new writes, so that they win and can be undone."""

import gzip
from pathlib import Path
from typing import Any

from store.errors import FileError, StoreError
from store.file.absorb import found_at, meta_of
from store.file.codec import META, DamagedError, decode_document
from store.file.document import UNWRITTEN, join_path
from store.file.lines import Lines, parse_any
from store.repository import Repository
from store.transaction import Transaction

_LABELS = ("labels", "addresses")
"""Fields that are objects of one value a path."""


def restore(repository: Repository, path: Path) -> str:
    """Write every value of an older file again where it differs from now, and bring back what is missing.

    What is newer than that file and not in it stays. Raises FileError where it is no copy of this database.
    """
    state = _read(path)
    mine = repository.document(META, 1) or {}
    if meta_of(state).db != mine.get("db"):
        raise FileError(
            f"{path} is not a copy of {repository.path}: it holds another database.",
            "ringback where names the folder of the backups.",
        )
    count = repository.transact(f"Restore {path.name}", lambda transaction: _write(transaction, state))
    if not count:
        return f"Nothing to restore: everything in {path.name} is as it was then."
    return f"Restored {count} {'document' if count == 1 else 'documents'} from {path.name}."


def _read(path: Path) -> Lines:
    if path.suffix != ".gz":
        found = found_at(path)
        if found is None:
            raise FileError(f"There is no file {path}.", "ringback where names the folder of the backups.")
        if found.damage or not found.states:
            raise FileError(f"{path} is damaged: {found.damage}.", "Try another copy.")
        return found.states[0]
    try:
        return parse_any(gzip.decompress(path.read_bytes()))
    except (OSError, EOFError, DamagedError) as error:
        raise FileError(f"The backup {path} cannot be read: {error}.", "Try another copy.") from error


def _write(transaction: Transaction, state: Lines) -> int:
    changed = 0
    for table in state.tables:
        if table == META:
            continue
        for id, raw in state.items(table):
            if isinstance(id, int):
                changed += _write_document(transaction, table, id, decode_document(raw))
    return changed


def _write_document(transaction: Transaction, table: str, id: int, old: dict[str, Any]) -> bool:
    if transaction.get(table, id) is None:
        key = old.get("k")
        if not isinstance(key, str):
            raise StoreError(f"Document {id} of {table} has no key and cannot be restored.")
        transaction.insert(table, key, {name: value for name, value in old.items() if name != "_m"})
        return True
    before = transaction.writes
    if (transaction.get(table, id) or {}).get("gone") and not old.get("gone"):
        transaction.set(table, id, "gone", False)
    for name, value in old.items():
        if name in UNWRITTEN:
            continue
        if name in _LABELS and isinstance(value, dict):
            for label, on in value.items():
                transaction.set(table, id, join_path(name, label), on)
        else:
            transaction.set(table, id, name, value)
    return transaction.writes > before
