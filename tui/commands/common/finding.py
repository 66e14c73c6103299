"""Finding opportunities by a query, as `/` in the inbox does."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.repository import Repository
    from store.rules.row import Row


def find(repository: "Repository", text: str, view: str = "") -> "list[Row]":
    """Return what a query finds, in the order of a list; in one view where that is named.

    An empty query finds all of the view. Raises UsageError where the query cannot be understood.
    """
    from store.clock import now
    from store.rules.query import parse

    index, silent_days = repository.index, repository.settings.silent_days
    moment = now()
    query = parse(text, moment, None, silent_days=silent_days)
    if query.everything:
        return [index.rows[number] for number in index.view(view or "all")]
    found = repository.search.find(query, moment, silent_days=silent_days)
    wanted = set(index.view(view)) if view else set(found)
    return [index.rows[number] for number in found if number in wanted]
