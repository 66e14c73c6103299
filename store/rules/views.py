"""Which view an opportunity stands in, whether it is silent, who owes whom, and in what order."""

from typing import Literal

from store.clock import DAY
from store.rules.row import Row

SILENT_DAYS = 14
VIEWS = ("new", "later", "waiting", "snoozed", "aside", "done", "all")
LISTS = (*VIEWS, "screener", "trash")
"""Every list that keeps a count; the screener and the trash have no number of their own."""
TITLES = {
    "new": "New",
    "later": "Later",
    "waiting": "Waiting",
    "snoozed": "Snoozed",
    "aside": "Aside",
    "done": "Done",
    "all": "All",
    "screener": "Screener",
    "trash": "Trash",
}
_MARKS = {
    "new": "N",
    "later": "R",
    "waiting": "W",
    "snoozed": "Z",
    "aside": "A",
    "done": "D",
    "screener": "?",
    "trash": "T",
}


def view_of(row: Row, now: int) -> str:
    """Return the one view the row stands in: trash, hidden, screener, snoozed, or its place."""
    if row.trashed:
        return "trash"
    if row.hidden:
        return "hidden"
    if row.judged == "review":
        return "screener"
    if row.until > now:
        return "snoozed"
    return row.place


def is_silent(row: Row, now: int, silent_days: int = SILENT_DAYS) -> bool:
    """Tell whether an approach was neither answered nor decided within the silent limit (14 days)."""
    return _is_open(row) and now - row.inbound_at > silent_days * DAY


def _is_open(row: Row) -> bool:
    return row.inbound_at > row.answered_at and row.inbound_at > row.decided_at


def mark(row: Row, now: int, silent_days: int = SILENT_DAYS) -> str:
    """Return the letter that stands for the row's state."""
    view = view_of(row, now)
    if view == "hidden":
        return "M"
    if view != "trash" and is_silent(row, now, silent_days):
        return "S"
    return _MARKS[view]


def owes(row: Row) -> Literal["you", "them", ""]:
    """Tell who owes the other an answer."""
    if row.inbound_at > row.answered_at:
        return "you"
    return "them" if row.answered_at else ""


def sort_key(row: Row, now: int, silent_days: int = SILENT_DAYS) -> tuple[int, int, int]:
    """Order within a list: what is silent last, then the newest message first.

    What is snoozed or waits for a nudge goes by its date, the next one first.
    """
    if row.until > now:
        return (0, row.until, row.id)
    silent = is_silent(row, now, silent_days)
    return (1 if silent else 0, -row.at, row.id)


def next_change(row: Row, now: int, silent_days: int = SILENT_DAYS) -> int:
    """Return when the passing of time next moves the row (milliseconds), 0 for never."""
    if row.until > now:
        return row.until
    if _is_open(row) and not is_silent(row, now, silent_days):
        return row.inbound_at + silent_days * DAY + 1
    return 0
