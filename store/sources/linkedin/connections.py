"""`Connections.csv`: the people one is connected with, and since when."""

from collections.abc import Iterator

from store.rules.profiles import canonical_profile
from store.sources.entries import Entry
from store.sources.linkedin.moments import moment
from store.sources.linkedin.tables import Layout, rows
from store.sources.source import Acquaintance, Item, Progress, Unreadable
from store.sources.text import one_line

CONNECTIONS = Layout(("first name", "last name"), "connected on")
_COLUMNS = {
    "email address": "email",
    "company": "employer",
    "position": "title",
    "connected on": "connected",
}
_LONGEST = 500
"""Characters of a cell that are kept."""


def read_connections(entry: Entry, progress: Progress, connected: dict[str, int]) -> Iterator[Item]:
    """Yield everybody; closed accounts are passed over.

    Notes in `connected` since when each is, by their profile, or by their name in exports without any.
    """
    for row in rows(entry, CONNECTIONS, progress):
        if row.problem:
            yield Unreadable(f"{entry.place}, line {row.line}", row.problem)
            continue
        cells = {name: one_line(cell, _LONGEST) for name, cell in row.cells.items()}
        name = " ".join(filter(None, (cells["first name"], cells["last name"])))
        if not name:
            continue
        fields = {ours: cells[theirs] for theirs, ours in _COLUMNS.items() if cells.get(theirs)}
        if profile := canonical_profile(cells.get("url", "")):
            fields["profile"] = profile
        since = moment(fields.get("connected", ""))
        connected[profile or name.casefold()] = since.at if since else 0
        yield Acquaintance({**fields, "name": name})
