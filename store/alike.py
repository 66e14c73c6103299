"""Opportunities that are likely one: found for the screen and the shell, and refused for good."""

from collections.abc import Sequence

from store.errors import StoreError
from store.file.document import join_path
from store.ids import read_id
from store.network import everybody
from store.repository import Repository
from store.rules.numbers import is_line, number_key
from store.rules.row import Row
from store.rules.suggestions import Suggestion, suggestions, traits
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
    sharing: dict[str, list[Row]] = {}
    for row in rows:
        for trait in traits(row, known):
            sharing.setdefault(trait, []).append(row)
    refused = _all_refused(repository)
    for row in rows:
        near = {other.id: other for trait in traits(row, known) for other in sharing[trait]}
        if len(near) > 1:
            for each in suggestions(row, near.values(), known, refused.get(row.id, frozenset())):
                pairs.setdefault((min(row.id, each.row.id), max(row.id, each.row.id)), (row, each))
    return list(pairs.values())


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
    return frozenset(_all_refused(repository).get(row.id, ()))


def _all_refused(repository: Repository) -> dict[int, frozenset[int]]:
    """Return by opportunity which others it is not one with."""
    found: dict[int, set[int]] = {}
    for row in repository.index.rows.values():
        said = repository.index.said(row).unlike if row.documents else {}
        for name, on in said.items():
            if on:
                other = read_id(name)
                found.setdefault(row.id, set()).add(other)
                found.setdefault(other, set()).add(row.id)
    return {id: frozenset(others) for id, others in found.items()}


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
