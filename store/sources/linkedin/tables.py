"""The tables of the data export: rows by the names of their columns; a bad row takes no other with it."""

import csv
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from store.sources.entries import Entry, no_progress
from store.sources.linkedin.moments import moment
from store.sources.source import Progress
from store.sources.table_rows import LONGEST, Records, Swallows, cells_of
from store.sources.unpacking import Readable

_CHUNK = 1024 * 1024
_WIDEST = 500
"""Columns that a head may have."""
_SEPARATORS = (",", ";", "\t")
"""What may stand between cells: a program for tables writes the table again as its country does."""
_HEAD_WITHIN = 12
"""Rows in which the head must stand; LinkedIn writes notes above it."""


class Row(NamedTuple):
    """A row of a table: its cells by column, or why it cannot be read."""

    line: int
    cells: dict[str, str]
    problem: str = ""


class Layout(NamedTuple):
    """Which columns tell the head from the notes above it, and are needed."""

    needed: tuple[str, ...]
    dated: str = ""
    """The column with a date, by which a row is told that a quote seems to hold."""


class UnknownLayoutError(Exception):
    """A table has no head with the columns that are needed; its text says which it has."""

    def __init__(self, seen: Sequence[Sequence[str]], layout: Layout) -> None:
        super().__init__(_wanted(seen, layout))
        self.columns = {name for cells in seen for name in _folded(cells)}
        """What may be names of columns, in lower case."""


def rows(entry: Entry, layout: Layout, progress: Progress = no_progress) -> Iterator[Row]:
    """Yield the rows behind the head; column names are in lower case. `progress` is told bytes of the table.

    Raises UnknownLayoutError, OSError or DamagedError.
    """
    with entry.open() as stream:
        head: list[str] = []
        seen: list[list[str]] = []
        records = Records(_lines(stream, progress))
        for line, cells in records:
            if isinstance(cells, str):
                yield Row(line, {}, cells)
            elif not head:
                head = _found_head(records, layout)
                if not head and any(_folded(cells)):
                    seen.append(cells)
                if not head and len(seen) >= _HEAD_WITHIN:
                    break
            elif any(cell.strip() for cell in cells):
                yield _row(line, head, cells)
        if not head:
            raise UnknownLayoutError(seen, layout)


def _folded(cells: Sequence[str]) -> list[str]:
    return [" ".join(cell.split()).casefold() for cell in cells[:_WIDEST]]


def _row(line: int, head: Sequence[str], cells: Sequence[str]) -> Row:
    if len(cells) > len(head) and not any(cells[len(head) :]):
        cells = cells[: len(head)]
    if len(cells) != len(head):
        return Row(line, {}, f"It has {len(cells)} columns, the head has {len(head)}.")
    return Row(line, dict(zip(head, cells, strict=True)))


def _wanted(seen: Sequence[Sequence[str]], layout: Layout) -> str:
    first = max(seen, key=len, default=[])
    columns = ", ".join(cell.strip()[:40] for cell in first[:20]) or "none"
    needed = ", ".join(name.title() for name in layout.needed)
    return (
        f"Its layout is not known. Its columns are {columns}; needed are {needed}. "
        "Take the file from LinkedIn's export as it is, or read it with ringback import csv."
    )


def _lines(stream: Readable, progress: Progress) -> Iterator[str]:
    """Yield the lines of a file, decoded; what is no UTF-8 is read as Windows writes it."""
    left = b""
    first = True
    done = 0
    while chunk := stream.read(_CHUNK):
        done += len(chunk)
        progress(done)
        if first:
            chunk, first = chunk.removeprefix(b"\xef\xbb\xbf"), False
        if chunk.endswith(b"\r"):
            chunk += stream.read(1)
        chunk = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        parts = (left + chunk).split(b"\n")
        left = parts.pop()
        if len(left) > LONGEST:
            parts.append(left)
            left = b""
        for part in parts:
            yield _decoded(part) + "\n"
    if left:
        yield _decoded(left)


def _decoded(line: bytes) -> str:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        text = line.decode("cp1252", "replace")
    return text.replace("\0", "")


def _found_head(records: Records, layout: Layout) -> list[str]:
    """Return the newest record's cells, folded, if it is the head of the table; nothing if not."""
    for separator in _SEPARATORS:
        head = _folded(cells_of(records.newest, separator))
        if len(head) < _WIDEST and all(name in head for name in layout.needed):
            dated = head.index(layout.dated) if layout.dated in head else -1
            records.separator = separator
            records.swallows = _swallows(len(head), separator, dated)
            return head
    return []


def _swallows(width: int, separator: str, dated: int) -> Swallows:
    """Tell a quote that is not closed by its columns, or by a row with a date that seems to stand in it."""
    return lambda cells, lines: len(cells) != width or any(_begins(line, separator, dated) for line in lines)


def _begins(line: str, separator: str, dated: int) -> bool:
    """Tell whether a row begins with a line: it has a date where rows have one."""
    if dated < 0 or line.count(separator) < dated:
        return False
    try:
        cells = cells_of([line], separator)
    except csv.Error:
        return False
    return len(cells) > dated and moment(cells[dated]) is not None
