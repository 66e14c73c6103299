"""Opportunities that are likely one: found for the screen and the shell, and refused for good."""

from collections.abc import Sequence

from store.errors import StoreError
from store.file.document import join_path
from store.index import Index
from store.repository import Repository
from store.rules.row import Row
from store.rules.suggestions import Refused, Suggestion, pairs, suggestions
from store.transaction import Transaction
from store.verbs import opportunity_document


def alike(repository: Repository, row: Row) -> list[Suggestion]:
    """Return what an opportunity may be one with, with reasons."""
    index = repository.index
    return suggestions(row, index.rows.values(), index.known, _refused(index))


def all_alike(repository: Repository) -> list[tuple[Row, Suggestion]]:
    """Return every pair that may be one, each once, the newest first."""
    index = repository.index
    return pairs(index.rows.values(), index.known, _refused(index))


def refuse(transaction: Transaction, row: Row, other: Row) -> str:
    """Remember that two opportunities are not one, on both: either may be merged or given a lower id."""
    if row.id == other.id:
        raise StoreError("These are one already.", "ringback split parts them.")
    documents = [opportunity_document(transaction, each) for each in (row, other)]
    for one, another in (documents, documents[::-1]):
        transaction.set("opportunities", one, join_path("unlike", str(another)), True)
    return f"{row.who}, {row.role}: not the same as {other.who}, {other.role}"


def refuse_all(transaction: Transaction, ids: Sequence[int], other: int) -> str:
    """Remember of opportunities that they are not one with another."""
    sentences = [refuse(transaction, transaction.row(id), transaction.row(other)) for id in ids]
    return sentences[0] if len(sentences) == 1 else f"{len(sentences)} are not the same as that"


def _refused(index: Index) -> Refused:
    """Return what tells whether the user said that two opportunities are not one."""

    def said(row: Row, other: Row) -> bool:
        unlike = index.said(row).unlike if row.documents else {}
        return any(unlike.get(str(id)) for id in (other.id, *other.documents))

    return lambda row, other: said(row, other) or said(other, row)


def sentence(found: Sequence[Suggestion], code: str) -> str:
    """Say in a line what an opportunity may be one with; `code` names the first of them."""
    first = found[0]
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    return f"perhaps one with {code}, {first.row.who}: {', '.join(first.reasons)}{more}"
