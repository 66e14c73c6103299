"""`Connections.csv` of LinkedIn's data export: the people one is connected with.

Layouts seen: with and without a note of three lines above the head, with and without a URL column.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from store.errors import StoreError

READER = 1
"""The version of this reader: of two that differ, what the newer one read stands."""
_NEEDED = ("first name", "last name")
_COLUMNS = {
    "email address": "email",
    "url": "profile",
    "company": "employer",
    "position": "title",
    "connected on": "connected",
}
_UNCLOSED = "a quote in it is not closed, or it has a comma too many"
_TALLEST = 50
"""Lines that one row may take."""
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
    rows = _rows(list(io.StringIO(text.replace("\0", ""), newline="")))
    head = _head(path, rows)
    yield from (row for line, cells in rows if (row := _row(line, head, cells)) is not None)


def _head(path: Path, rows: Iterator[tuple[int, list[str] | str]]) -> list[str]:
    """Read up to the line that names the columns; LinkedIn writes a note above it."""
    for _, cells in rows:
        if not isinstance(cells, str) and all(name in _folded(cells) for name in _NEEDED):
            return _folded(cells)
    raise StoreError(
        f"{path} has no columns First Name and Last Name.",
        "It is read as LinkedIn's Connections.csv: take it from the data export as it is.",
    )


def _folded(cells: list[str]) -> list[str]:
    return [cell.strip().casefold() for cell in cells]


def _rows(lines: list[str]) -> Iterator[tuple[int, list[str] | str]]:
    """Yield each row with the line it begins on, or with why it is none.

    A quote that is never closed costs its own line only: without that, it would swallow those below.
    """
    place, width = 0, 0
    while place < len(lines):
        reader = csv.reader(lines[place : place + _TALLEST])
        try:
            cells = next(reader)
        except csv.Error as error:
            yield place + 1, str(error)
            place += 1
            continue
        spans = reader.line_num
        is_torn = spans > 1 and len(cells) != width
        yield place + 1, _UNCLOSED if is_torn else cells
        place += 1 if is_torn else spans
        if not width and all(name in _folded(cells) for name in _NEEDED):
            width = len(cells)


def _row(line: int, head: list[str], cells: list[str] | str) -> Row | None:
    """Read one row; None for those without a name, whom LinkedIn has forgotten."""
    if isinstance(cells, str):
        return Row(line, {}, cells)
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
