"""Finding opportunities by a query, for commands."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.repository import Repository
    from store.rules.row import Row


def find(repository: "Repository", text: str, view: str = "") -> "list[Row]":
    """Return what a query finds, in the order of the inbox; in one view where that is named."""
    from store.clock import now
    from store.rules.query import parse

    query = parse(text, now(), None, silent_days=repository.settings.silent_days)
    index = repository.index
    rows = (index.rows[number] for number in index.view(view or "all"))
    if query.everything:
        return list(rows)

    def texts(row: "Row") -> str:
        return "\n".join(_texts(repository, row))

    found = [row for row in rows if query.matches(row, texts)]
    if not view and (query.in_all or query.in_hidden):
        shown = set(index.view("all"))
        rest = (row for row in index.rows.values() if row.id not in shown and query.matches(row, texts))
        found += sorted(rest, key=lambda row: -row.at)
    return found


def _texts(repository: "Repository", row: "Row") -> "Iterable[str]":
    for number in row.messages:
        message = repository.message(number)
        yield from (message.subject, message.body, message.quoted, message.signature, message.footer)
    for _, note in repository.notes(row):
        yield note.text or ""
