"""The user's present seat, inventory and own reasons: reading them, and the verbs that change them."""

from collections.abc import Iterable
from typing import Any, Protocol

import msgspec

from store.errors import NotFoundError, StoreError, UsageError
from store.ids import document_id, random_key
from store.records.reading import read_fields
from store.records.seat import ITEM_KINDS, SEAT_FIELDS, SEAT_KEY, Item, ItemKind, OwnReason, Seat
from store.rules.questions import OWN_KEYS
from store.transaction import Transaction

_NAMES: dict[ItemKind, str] = {
    "core": "Core work",
    "no-go": "No-go line",
    "pillar": "Pillar of the seat",
    "promise": "Promise",
}


class Reads(Protocol):
    """Documents that can be read, table by table."""

    def get(self, table: str, id: Any, /) -> dict[str, Any] | None:
        """Return a document."""

    def items(self, table: str, /) -> Iterable[tuple[Any, dict[str, Any]]]:
        """Return the documents of a table with their ids."""


def seat(documents: Reads) -> Seat:
    """Return the present seat; empty fields where nothing was said."""
    return read_fields(documents.get("settings", document_id(SEAT_KEY)) or {}, Seat)


def items(documents: Reads, kind: ItemKind) -> list[tuple[int, Item]]:
    """Return the lines of one kind with their ids, oldest first."""
    found = [
        (id, read_fields(document, Item))
        for id, document in documents.items("inventory")
        if isinstance(id, int) and document.get("kind") == kind and not document.get("gone")
    ]
    return sorted(found, key=lambda item: (item[1].at, item[0]))


def own_reasons(documents: Reads) -> list[OwnReason]:
    """Return the user's own reasons, oldest first.

    Where two machines gave the same key to two of them, the later one has the next that is free.
    """
    found = _reasons(documents)
    taken: set[str] = set()
    kept = []
    for reason in sorted((each for each in found if not each.gone), key=lambda each: (each.at, each.k)):
        key = reason.key if reason.key not in taken else _free_key(found, taken)
        taken.add(key)
        kept.append(msgspec.structs.replace(reason, key=key))
    return kept


def _reasons(documents: Reads) -> list[OwnReason]:
    return [read_fields(document, OwnReason) for _, document in documents.items("reasons")]


def _free_key(reasons: Iterable[OwnReason], taken: Iterable[str] = ()) -> str:
    """Return a key that no reason ever had: old entries still name it."""
    used = {*taken, *(reason.key for reason in reasons)}
    key = next((each for each in OWN_KEYS if each not in used), "")
    if not key:
        raise StoreError("There is no key left for another reason.", "Use F, something else, with a note.")
    return key


def set_seat(transaction: Transaction, **fields: str) -> str:
    """Set fields of the present seat (`SEAT_FIELDS`); an empty text: not said."""
    for name in fields:
        if name not in SEAT_FIELDS:
            raise UsageError(f"A seat has no field {name!r}.", f"Fields are {', '.join(SEAT_FIELDS)}.")
    document = transaction.ensure("settings", SEAT_KEY)
    for name, text in fields.items():
        transaction.set("settings", document, name, " ".join(text.split()) or None)
    return "Your seat: " + ", ".join(fields) if fields else "Nothing to change"


def add_item(transaction: Transaction, kind: ItemKind, text: str) -> str:
    """Add a line to the inventory."""
    text = " ".join(text.split())
    if kind not in ITEM_KINDS:
        raise UsageError(f"There is no list {kind!r}.", f"Lists are {', '.join(ITEM_KINDS)}.")
    if not text:
        raise UsageError("There are no words to keep.", "Write a few words.")
    # Lines written in one go keep their order by their times.
    last = max((item.at for _, item in items(transaction, kind)), default=0)
    fields = {"kind": kind, "text": text, "at": max(transaction.now, last + 1)}
    transaction.insert("inventory", random_key(), fields)
    return f"{_NAMES[kind]}: {text}"


def drop_item(transaction: Transaction, id: int) -> str:
    """Take a line out of the inventory; raises NotFoundError."""
    document = transaction.get("inventory", id)
    if document is None or document.get("gone"):
        raise NotFoundError("That line is gone.", "ringback seat lists what is there.")
    transaction.set("inventory", id, "gone", True)
    return f"Taken out: {read_fields(document, Item).text}"


def add_reason(transaction: Transaction, name: str, question: str) -> str:
    """Add a reason of the user's own, with the counter-question to put to it."""
    name, question = " ".join(name.split()), " ".join(question.split())
    if not name or not question:
        raise UsageError("A reason needs a name and a question to put to it.", "Fill in both.")
    fields = {"key": _free_key(_reasons(transaction)), "name": name, "question": question}
    transaction.insert("reasons", random_key(), {**fields, "at": transaction.now})
    return f"A reason of your own: {fields['key'].upper()} {name}"
