"""Rows and an open inbox for tests of screens."""

from collections.abc import Iterable
from typing import Any

from textual.app import App

from store.ids import document_id
from store.records.message import Message, message_fields
from store.repository import Repository
from store.rules.row import Row
from store.settings import Settings
from store.transaction import Transaction
from support import ago
from tui.app import RingbackApp
from tui.screens.inbox import InboxScreen
from tui.widgets.lines import Lines

WIDE, NARROW = (120, 36), (80, 24)


def a_row(id: int = 1, who: str = "Dana Whitfield", role: str = "Staff Engineer", **fields: Any) -> Row:
    """Make the row of a new, unread mail that came a day ago; any field of Row may be given."""
    at = fields.pop("at", ago(days=1))
    known: dict[str, Any] = {
        "messages": (id,),
        "keys": (),
        "documents": (),
        "notes": (),
        "at": at,
        "first_at": at,
        "inbound_at": at,
        "answered_at": 0,
        "channel": "email",
        "firm": "",
        "company": "",
        "email": "",
        "phone": "",
        "pay": "",
        "mandate": "",
        "attempts": 1,
        "place": "new",
        "until": 0,
        "nudge": 0,
        "labels": (),
        "role_known": True,
        "starred": False,
        "unread": True,
        "muted": False,
        "blocked": False,
        "trashed": False,
        "late": False,
        "impulse": "",
        "subject": "",
    }
    return Row(id=id, who=who, role=role, **{**known, **fields})


def fill(repository: Repository, *messages: Message) -> list[int]:
    """Put messages into a repository as a pull would; return their ids."""

    def write(transaction: Transaction) -> None:
        for message in messages:
            transaction.insert("messages", message.k, message_fields(message))

    repository.transact("Pull", write)
    return [document_id(message.k) for message in messages]


def inbox(repository: Repository, *, view: str = "new", **settings: Any) -> RingbackApp:
    """Return an app that shows the inbox of a repository."""
    return RingbackApp(repository, Settings(**settings), plain_text=False, view=view)


def screen_of(app: App[Any]) -> InboxScreen:
    """Return the inbox, whatever lies over it."""
    screen = app.screen_stack[0]
    assert isinstance(screen, InboxScreen)
    return screen


def text_of(widget: Lines) -> list[str]:
    """Return what a widget shows, line by line."""
    return [widget.render_line(y).text.rstrip(" │") for y in range(widget.size.height)]


def shown(app: App[Any]) -> str:
    """Return everything on the screen as text."""
    width, height = app.size
    lines = app.screen._compositor.render_strips()
    assert len(lines) == height
    assert all(line.cell_length == width for line in lines)
    return "\n".join(line.text.rstrip() for line in lines)


def rows_by_id(rows: Iterable[Row]) -> dict[int, Row]:
    """Return rows by id."""
    return {row.id: row for row in rows}
