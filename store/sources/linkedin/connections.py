"""`Connections.csv`: the people one is connected with, and since when."""

from collections.abc import Iterator

from store.rules.profiles import canonical_profile
from store.sources.entries import Entry
from store.sources.linkedin.moments import moment
from store.sources.linkedin.tables import Layout, rows
from store.sources.source import Acquaintance, Item, Unreadable

CONNECTIONS = Layout(("first name", "last name"))
_COLUMNS = {
    "email address": "email",
    "company": "employer",
    "position": "title",
    "connected on": "connected",
}


def read_connections(entry: Entry, connected: dict[str, int]) -> Iterator[Item]:
    """Yield everybody, and note in `connected` since when each is; closed accounts are passed over."""
    for row in rows(entry, CONNECTIONS):
        if row.problem:
            yield Unreadable(f"{entry.place}, line {row.line}", row.problem)
            continue
        cells = {name: " ".join(cell.split()) for name, cell in row.cells.items()}
        name = " ".join(filter(None, (cells["first name"], cells["last name"])))
        if not name:
            continue
        fields = {ours: cells[theirs] for theirs, ours in _COLUMNS.items() if cells.get(theirs)}
        if profile := canonical_profile(cells.get("url", "")):
            fields["profile"] = profile
            since = moment(fields.get("connected", ""))
            connected[profile] = since.at if since else 0
        yield Acquaintance({**fields, "name": name})
