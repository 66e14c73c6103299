"""Opportunities that are likely one: found for the screen and the shell, and refused for good."""

from collections.abc import Sequence

from store.errors import StoreError
from store.file.document import join_path
from store.ids import read_id
from store.network import everybody
from store.repository import Repository
from store.rules.numbers import is_line, number_key
from store.rules.row import Row
from store.rules.suggestions import Suggestion, suggestions
from store.transaction import Transaction
from store.verbs import opportunity_document


def alike(repository: Repository, row: Row) -> list[Suggestion]:
    """Return what an opportunity may be one with, with reasons."""
    if not row.counts:
        return []
    return suggestions(row, repository.index.rows.values(), _known(repository), _refused(repository, row))


def all_alike(repository: Repository) -> list[tuple[Row, Suggestion]]:
    """Return every pair that may be one, each once, the newest first."""
    known = _known(repository)
    pairs: dict[tuple[int, int], tuple[Row, Suggestion]] = {}
    rows = sorted((row for row in repository.index.rows.values() if row.counts), key=lambda row: -row.at)
    for row in rows:
        near = [other for other in rows if _may_be(row, other)]
        for each in suggestions(row, near, known, _refused(repository, row)) if near else ():
            pairs.setdefault((min(row.id, each.row.id), max(row.id, each.row.id)), (row, each))
    return list(pairs.values())


def _may_be(row: Row, other: Row) -> bool:
    return other.id != row.id and (
        other.who == row.who or (bool(row.phone) and other.phone == row.phone) or other.firm == row.firm
    )


def refuse(transaction: Transaction, row: Row, other: Row) -> str:
    """Remember that two opportunities are not one."""
    if row.id == other.id:
        raise StoreError("These are one already.", "ringback split parts them.")
    document = opportunity_document(transaction, row)
    transaction.set("opportunities", document, join_path("unlike", str(other.id)), True)
    return f"{row.who}, {row.role}: not the same as {other.who}, {other.role}"


def refuse_all(transaction: Transaction, ids: Sequence[int], other: int) -> str:
    """Remember of opportunities that they are not one with another."""
    sentences = [refuse(transaction, transaction.row(id), transaction.row(other)) for id in ids]
    return sentences[0] if len(sentences) == 1 else f"{len(sentences)} are not the same as that"


def _refused(repository: Repository, row: Row) -> frozenset[int]:
    """Return the opportunities that the user said are others: said of either, it holds for both."""
    said = repository.index.said(row).unlike if row.documents else {}
    mine = {read_id(id) for id, on in said.items() if on}
    theirs = {
        other.id
        for other in repository.index.rows.values()
        if other.documents and repository.index.said(other).unlike.get(str(row.id))
    }
    return frozenset(mine | theirs)


def _known(repository: Repository) -> dict[str, str]:
    """Return whom each address, line and full name stands for, of the people that the user keeps."""
    known: dict[str, str] = {}
    for each in everybody(repository.documents):
        person, id = each.person, str(each.id)
        if person.email:
            known["mailto:" + person.email.casefold()] = id
        if person.phone and is_line(person.phone):
            known["line:" + number_key(person.phone)] = id
        if person.name and " " in person.name:
            known.setdefault(" ".join(person.name.casefold().split()), id)
    return known


def sentence(found: Sequence[Suggestion], code: str) -> str:
    """Say in a line what an opportunity may be one with; `code` names the first of them."""
    first = found[0]
    return f"perhaps one with {code}, {first.row.who}: {', '.join(first.reasons)}"
