"""What a document is about, and which machine wrote something, in words."""

from collections.abc import Mapping
from typing import Any

from store.ids import document_id, read_id, short_code
from store.repository import Repository

_NAMED_BY = {
    "people": ("name", "email"),
    "referrals": ("name", "role"),
    "letters": ("side", "template"),
    "notes": ("text",),
    "promises": ("text",),
    "reasons": ("name", "text"),
    "inventory": ("text", "name"),
    "messages": ("subject",),
}
"""For each table, the fields that tell its documents apart for a reader."""
_LONGEST = 60


def about(repository: Repository, table: str, id: int, document: Mapping[str, Any]) -> str:
    """Return what a document is about: `Dana Whitfield, Staff Engineer`; its table and code at worst."""
    opportunity = id if table == "opportunities" else read_id(document.get("opportunity"))
    row = repository.index.find(opportunity) if opportunity else None
    if table == "messages" and row is None:
        row = repository.index.row_of_message(id)
    if table == "settings":
        return f"your {str(document.get('k', '')).removeprefix('settings:') or 'settings'}"
    words = [str(document[name]) for name in _NAMED_BY.get(table, ()) if document.get(name)]
    if row is not None:
        words = [row.who, row.role]
    text = ", ".join(filter(None, (" ".join(word.split()) for word in words)))
    return text[:_LONGEST] if text else f"{table} {short_code(id)}"


def machine(repository: Repository, node: str) -> str:
    """Return the name of the machine behind a node, where it has said it."""
    if node == repository.node:
        return "this machine"
    document = repository.document("machines", document_id(f"machine:{node}")) or {}
    name = document.get("name")
    return name if isinstance(name, str) and name else "another machine"
