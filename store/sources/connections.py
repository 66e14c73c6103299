"""`Connections.csv` of LinkedIn's data export: the people one is connected with.

Layouts seen: with and without a note of three lines above the head, with and without a URL column.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from store.errors import StoreError

_NEEDED = ("first name", "last name")
_COLUMNS = {
    "email address": "email",
    "url": "profile",
    "company": "employer",
    "position": "title",
    "connected on": "connected",
}
_LARGEST = 64 * 1024 * 1024


class Row(NamedTuple):
    """A line of the file: a person's fields, or why it cannot be read."""

    line: int
    fields: dict[str, str]
    problem: str = ""


def is_connections(path: Path) -> bool:
    """Tell whether a file is named as LinkedIn names its export of connections."""
    return path.name.casefold().startswith("connections") and path.suffix.casefold() == ".csv"


def read(path: Path) -> Iterator[Row]:
    """Yield every row after the head; raises StoreError where the file cannot be read or has no such head."""
    try:
        if path.stat().st_size > _LARGEST:
            raise StoreError(f"{path} is larger than any list of connections.", "Is it the right file?")
        text = path.read_bytes().decode("utf-8-sig", "replace")
    except OSError as error:
        raise StoreError(
            f"{path} cannot be read: {error.strerror}.", "Check the name and its permissions."
        ) from error
    rows = csv.reader(io.StringIO(text.replace("\0", "")))
    head: list[str] = []
    try:
        for cells in rows:
            head = [cell.strip().casefold() for cell in cells]
            if all(name in head for name in _NEEDED):
                break
        else:
            raise StoreError(
                f"{path} has no columns First Name and Last Name.",
                "It is read as LinkedIn's Connections.csv: take it from the data export as it is.",
            )
        yield from (row for cells in rows if (row := _row(rows.line_num, head, cells)) is not None)
    except csv.Error as error:
        yield Row(rows.line_num, {}, f"it is no CSV from here on: {error}")


def _row(line: int, head: list[str], cells: list[str]) -> Row | None:
    """Read one line; None for those without a name, whom LinkedIn has forgotten."""
    if not any(cell.strip() for cell in cells):
        return None
    if len(cells) != len(head):
        return Row(line, {}, f"it has {len(cells)} columns, the head has {len(head)}")
    found = dict(zip(head, (" ".join(cell.split()) for cell in cells), strict=True))
    name = " ".join(filter(None, (found["first name"], found["last name"])))
    if not name:
        return None
    fields = {ours: found[theirs] for theirs, ours in _COLUMNS.items() if found.get(theirs)}
    profile = fields.get("profile", "").split("?")[0].rstrip("/").casefold()
    return Row(line, {**fields, "name": name, **({"profile": profile} if profile else {})})
