"""Taking in the people of LinkedIn's export, all in one step of undo, with a report."""

from pathlib import Path
from typing import NamedTuple

from store import network
from store.repository import Repository
from store.sources import connections
from store.transaction import Transaction


class Report(NamedTuple):
    """What came of a file of connections."""

    place: str
    read: int
    added: int
    failures: tuple[tuple[str, str], ...]
    """(place with its line, reason) of each row that could not be read."""


def take_in(repository: Repository, path: Path, *, dry_run: bool = False) -> Report:
    """Read a `Connections.csv`; a broken row is reported with its line, and the others are taken in."""
    rows = list(connections.read(path))
    failures = tuple((f"{path}, line {row.line}", row.problem) for row in rows if row.problem)
    people = [row.fields for row in rows if not row.problem]
    if dry_run:
        known = network.identities(repository.documents)
        added = sum(network.is_new(each, known, repository.documents) for each in people)
        return Report(str(path), len(people), added, failures)

    def write(transaction: Transaction) -> int:
        known = network.identities(transaction)
        return sum(network.take_in(transaction, fields, known) for fields in people)

    return Report(str(path), len(people), repository.transact("Pull", write), failures)
