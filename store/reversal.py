"""Taking a step back, or doing it again: new writes of the values that stood there before."""

from collections.abc import Mapping
from typing import Any

from store.errors import StoreError
from store.file.codec import decode
from store.file.document import conflicts, stamp_at
from store.file.journal import FieldChange
from store.file.stamps import Stamp
from store.history import PULL, History, Step
from store.transaction import Transaction

_REMOVED = frozenset(
    {"decisions", "inventory", "letters", "messages", "notes", "people", "promises", "reasons", "referrals"}
    | {"reviews", "steps"}
)
"""Tables whose documents are marked as gone when their making is undone; others lose their fields."""


def reverse(transaction: Transaction, step: Step, history: History) -> int:
    """Write back what stood before a step; return how many values stay, as somebody changed them since."""
    # The trash holds everything that was seen, so it is put back when all else is.
    order = sorted(enumerate(step.changes), key=lambda item: (item[1].path == "trash", -item[0]))
    return sum(not _put_back(transaction, change, history) for _, change in order)


def sentence_of(done: str, step: Step, kept: int) -> str:
    """Say what was reversed, of a pull how much, and what of it stays."""
    sentence = f"{done}: {step.title}"
    if step.title == PULL and (count := len({change.key for change in step.changes if _adds(change)})):
        sentence += f" of {count} message{'s' * (count > 1)}"
    if not kept:
        return sentence
    stays = "value was changed since and stays" if kept == 1 else "values were changed since and stay"
    return f"{sentence}; {kept} {stays}"


def _adds(change: FieldChange) -> bool:
    """Tell whether a change put a message into the file, or took it out or back."""
    return change.table == "messages" and (change.created or change.path == "gone")


def _put_back(transaction: Transaction, change: FieldChange, history: History) -> bool:
    """Reverse one write; False where somebody wrote there since, and the value stays."""
    document_id = int(change.key)
    document = transaction.get(change.table, document_id)
    if document is None:
        return True
    if change.created:
        if change.table == "decisions" and _is_reviewed(transaction, change.key):
            raise StoreError(
                "This decision has been looked back on, so it stays.", "Decide again: that supersedes it."
            )
        if change.table in _REMOVED:
            transaction.set(change.table, document_id, "gone", True)
        return True
    place = (change.table, change.key, change.path)
    stands = str(stamp_at(document, change.path) or "")
    if history.origin(*place, stands) != history.origin(*place, change.stamp):
        return False
    old = decode(change.old) if change.had else None
    if change.path == "trash" and old:
        old = transaction.context(change.table, document_id)
    if change.beside or _put_together(document, change):
        transaction.take_back(change.table, document_id, change.path, old)
        if change.beside:
            others = [decode(each) for each in change.beside]
            transaction.meet_again(change.table, document_id, change.path, others)
    else:
        transaction.set(change.table, document_id, change.path, old)
    return True


def _put_together(document: Mapping[str, Any], change: FieldChange) -> bool:
    """Tell whether several values stand there that this one change put beside each other."""
    met, stamp = conflicts(document).get(change.path, ()), Stamp.parse(change.stamp)
    return stamp is not None and sum(each.dot == stamp.dot for _, each in met) > 1


def _is_reviewed(transaction: Transaction, decision: str) -> bool:
    return any(
        document.get("decision") == decision and not document.get("gone")
        for _, document in transaction.items("reviews")
    )
