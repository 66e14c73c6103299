"""Finding opportunities by a query, for commands."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.repository import Repository
    from store.rules.row import Row


def find(repository: "Repository", text: str, view: str = "") -> "list[Row]":
    """Return what a query finds, in the order of the inbox; in one view where that is named."""
    raise NotImplementedError
