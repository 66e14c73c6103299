"""The tables of the data export: rows by the names of their columns; a bad row takes no other with it."""

import csv
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from store.sources.entries import Entry, no_progress
from store.sources.linkedin.moments import moment
from store.sources.source import Progress
from store.sources.unpacking import Readable

_CHUNK = 1024 * 1024
_TALLEST = 2_000
"""Lines that one row may take."""
_LONGEST = 16 * 1024 * 1024
"""Characters of one row."""
_WIDEST = 500
"""Columns that a head may have."""
_SEPARATORS = (",", ";", "\t")
"""What may stand between cells: a program for tables writes the table again as its country does."""
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
        records = _Records(_lines(stream, progress))
        for line, cells in records:
            if isinstance(cells, str):
                yield Row(line, {}, cells)
            elif not head:
                head = records.head(layout)
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

    A quote that is never closed costs its own line only: without that, it would swallow those below, to
    their end or to the next such quote. It is told by its columns, which are not as many as the head has,
    and by rows that seem to stand in the quote.
    """

    def __init__(self, lines: Iterator[str]) -> None:
        csv.field_size_limit(_LONGEST)  # it is one for the whole process
        self._lines = lines
        self._waiting: list[str] = []
        self._place = 1
        self._read: list[str] = []
        """The lines of the newest record."""
        self._separator = _SEPARATORS[0]
        self._width = 0
        """Columns of the head, once it was found."""
        self._dated = -1
        """The column with a date, of those."""

    def head(self, layout: Layout) -> list[str]:
        """Return the newest record's cells, folded, if it is the head of the table; nothing if not."""
        for separator in _SEPARATORS:
            head = _folded(next(csv.reader(self._read, delimiter=separator), []))
            if len(head) < _WIDEST and all(name in head for name in layout.needed):
                self._separator, self._width = separator, len(head)
                self._dated = head.index(layout.dated) if layout.dated in head else -1
                return head
        return []

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
        self._read = self._waiting[:count]
        try:
            cells = next(csv.reader(self._read, delimiter=self._separator), [])
        except csv.Error as error:
            return 1, f"It is no row of a table: {error}."
        if (
            count > 1
            and self._width
            and (len(cells) != self._width or any(map(self._begins, self._read[1:])))
        ):
            return 1, _UNCLOSED
        return count, cells

    def _begins(self, line: str) -> bool:
        """Tell whether a row begins with a line: it has a date where rows have one."""
        if self._dated < 0 or line.count(self._separator) < self._dated:
            return False
        try:
            cells = next(csv.reader([line], delimiter=self._separator), [])
        except csv.Error:
            return False
        return len(cells) > self._dated and moment(cells[self._dated]) is not None
