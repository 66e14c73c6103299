"""The rows of a table in csv, each with its line: a bad row takes no other with it."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from store.sources.charsets import decode

LONGEST: Final = 16 * 1024 * 1024
"""Characters of one row."""
_TALLEST = 2_000
"""Lines that one row may take."""
_UNCLOSED = "A quote in it is not closed, or it has a comma too many."
_SEPARATORS: Final = ",;\t|"
_LOOKED_AT = 50
"""Rows by which is told what parts the columns."""

Swallows = Callable[[Sequence[str], Sequence[str]], bool]
"""Given the cells of a record and its lines below the first: whether a quote swallowed rows that follow."""


def text_of(data: bytes) -> str:
    """Return a table as text with plain line ends: UTF-8, UTF-16 with its mark, else as Windows writes it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        text = decode(data.removeprefix(b"\xef\xbb\xbf"))
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def separator_of(lines: Sequence[str]) -> str:
    """Return what parts the columns: the sign by which most rows have equally many."""
    return max(_SEPARATORS, key=lambda sign: _fits(lines, sign))


def _fits(lines: Sequence[str], separator: str) -> tuple[float, int]:
    rows = [
        cells
        for _, cells in Records(iter(lines[:_LOOKED_AT]), separator)
        if not isinstance(cells, str) and any(cells)
    ]
    width, count = Counter(map(len, rows)).most_common(1)[0] if rows else (1, 0)
    return (round(count / len(rows), 1), width) if width > 1 else (0, 0)


class Records:
    """Each record with the line it begins on, or with why it is none.

    A quote that is never closed costs its own line only: without that, it would swallow those below, to
    their end or to the next such quote.
    """

    def __init__(self, lines: Iterator[str], separator: str = ",") -> None:
        csv.field_size_limit(LONGEST)  # it is one for the whole process
        self._lines = lines
        self._waiting: list[str] = []
        self._place = 1
        self.newest: list[str] = []
        """The lines of the newest record."""
        self.separator = separator
        self.swallows: Swallows | None = None
        """How such a quote is told; where the head is not known yet, it is not."""

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
            if length > LONGEST:
                break
            if quotes % 2 == 0:
                return self._parsed(count)
        return 1, _UNCLOSED

    def _parsed(self, count: int) -> tuple[int, list[str] | str]:
        self.newest = self._waiting[:count]
        try:
            cells = cells_of(self.newest, self.separator)
        except csv.Error as error:
            return 1, f"It is no row of a table: {error}."
        if count > 1 and self.swallows is not None and self.swallows(cells, self.newest[1:]):
            return 1, _UNCLOSED
        return count, cells


def cells_of(lines: Sequence[str], separator: str) -> list[str]:
    """Return the cells of one record; raises csv.Error where it is none."""
    return next(csv.reader(lines, delimiter=separator), [])
