"""The tables of the data export: rows by the names of their columns; a bad row takes no other with it."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from store.sources.entries import Entry
from store.sources.unpacking import Readable

_CHUNK = 1024 * 1024
_TALLEST = 2_000
"""Lines that one row may take."""
_LONGEST = 16 * 1024 * 1024
"""Characters of one row."""
_HEAD_WITHIN = 12
"""Rows in which the head must stand; LinkedIn writes notes above it."""
_UNCLOSED = "A quote in it is not closed, or it has a comma too many."


class Row(NamedTuple):
    """A row of a table: its cells by column, or why it cannot be read."""

    line: int
    cells: dict[str, str]
    problem: str = ""


class Layout(NamedTuple):
    """Which columns tell the head from the notes above it, and are needed."""

    needed: tuple[str, ...]


class UnknownLayoutError(Exception):
    """A table has no head with the columns that are needed; its text says which it has."""


def rows(entry: Entry, layout: Layout) -> Iterator[Row]:
    """Yield the rows behind the head; column names are in lower case.

    Raises UnknownLayoutError, OSError or DamagedError.
    """
    with entry.open() as stream:
        head: list[str] = []
        seen: list[list[str]] = []
        records = _Records(_lines(stream))
        for line, cells in records:
            if isinstance(cells, str):
                yield Row(line, {}, cells)
            elif not head:
                folded = [" ".join(cell.split()).casefold() for cell in cells]
                if all(name in folded for name in layout.needed):
                    head = folded
                    records.width = len(head)
                elif any(folded):
                    seen.append(cells)
                if not head and len(seen) >= _HEAD_WITHIN:
                    break
            elif any(cell.strip() for cell in cells):
                yield _row(line, head, cells)
        if not head:
            raise UnknownLayoutError(_wanted(seen, layout))


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


def _lines(stream: Readable) -> Iterator[str]:
    """Yield the lines of a file, decoded; what is no UTF-8 is read as Windows writes it."""
    left = b""
    first = True
    while chunk := stream.read(_CHUNK):
        if first:
            chunk, first = chunk.removeprefix(b"\xef\xbb\xbf"), False
        if chunk.endswith(b"\r"):
            chunk += stream.read(1)
        chunk = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        parts = (left + chunk).split(b"\n")
        left = parts.pop()
        if len(left) > _LONGEST:
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


class _Records:
    """Each record with the line it begins on, or with why it is none.

    A quote that is never closed costs its own line only: without that, it would swallow those below. It is
    told by the rows that seem to stand in the quote: they have not the columns of the head.
    """

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._waiting: list[str] = []
        self._place = 1
        self.width = 0
        """Columns of the head, once it was found."""

    def __iter__(self) -> Iterator[tuple[int, list[str] | str]]:
        while self._fill(1):
            place = self._place
            count, cells = self._first()
            del self._waiting[:count]
            self._place += count
            yield place, cells

    def _fill(self, count: int) -> bool:
        """Have so many lines at hand; tell whether there are that many."""
        while len(self._waiting) < count:
            line = next(self._lines, None)
            if line is None:
                return False
            self._waiting.append(line)
        return True

    def _first(self) -> tuple[int, list[str] | str]:
        """Return how many lines the first record takes, and its cells or what is wrong with it."""
        quotes = length = count = 0
        while count < _TALLEST and self._fill(count + 1):
            line = self._waiting[count]
            count += 1
            quotes += line.count('"')
            length += len(line)
            if length > _LONGEST:
                break
            if quotes % 2 == 0:
                return self._parsed(count)
        return 1, _UNCLOSED

    def _parsed(self, count: int) -> tuple[int, list[str] | str]:
        text = "".join(self._waiting[:count])
        try:
            cells = next(csv.reader(io.StringIO(text, newline="")), [])
        except csv.Error as error:
            return 1, f"It is no row of a table: {error}."
        if count > 1 and self.width and len(cells) != self.width:
            return 1, _UNCLOSED
        return count, cells
