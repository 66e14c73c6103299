"""A table of approaches that somebody kept by hand, as csv: columns named, or guessed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from store.errors import UsageError
from store.records.message import Message
from store.sources.source import Item, Progress, Unreadable
from store.sources.table_columns import MOST_COLUMNS, WHO_OR_WHAT, columns_of
from store.sources.table_reading import Cell, UnclearError, message_of
from store.sources.table_rows import Records, Swallows, cells_of, separator_of, text_of
from store.sources.text import one_line, place_of
from store.sources.written_dates import Order, order_of, unclear

_LARGEST = 64 * 1024 * 1024
_OWN = ("id", "code", "view")
"""How the table begins that `ringback export csv opportunities` writes."""
_OWN_BOOKKEEPING = ("id", "code", "view", "at", "attempts")
"""Columns of that table which the inbox works out again."""
_SHOWN_COLUMNS = 30
_SEPARATOR = "sep="
"""With it, Excel's first line may say what parts the columns."""


class Plan(NamedTuple):
    """How a table is read."""

    head: tuple[str, ...]
    """Names of the columns; made up where the table has no head."""
    fields: Mapping[int, str]
    """What each column stands for; of the others, name and value go into the text."""
    dropped: frozenset[int]
    """Columns that say nothing to anybody: of Ringback's own export, what it works out again."""
    guessed: bool
    """Whether columns were told by what stands in them."""
    order: Order


class _Row(NamedTuple):
    line: int
    cells: list[str]
    problem: str = ""


class Table:
    """A table, opened: its plan may be looked at before anything is read."""

    trusted = True
    """Whoever keeps a table of approaches wants all of it."""

    def __init__(
        self,
        path: Path,
        *,
        named: Mapping[str, str] | None = None,
        delimiter: str = "",
        order: Order = "",
    ) -> None:
        """Open a table; `named` says which column stands for a field.

        Raises UsageError where it cannot be read, a column is not there, or it is not clear how to read it.
        """
        self.place = place_of(path)
        text = _text(path)
        self.size = len(text)
        self._rows = _rows(text, delimiter)
        if not any(not row.problem for row in self._rows):
            raise UsageError(f"{self.place} holds no rows.", "A table has a row for each approach.")
        self.plan = self._planned(named or {}, order)

    def _planned(self, named: Mapping[str, str], order: Order) -> Plan:
        rows = [row.cells for row in self._rows if not row.problem]
        first = [one_line(cell, 100) for cell in rows[0]]
        columns = columns_of(rows, head=not {*named.values()}.isdisjoint(first))
        width = min(max(map(len, rows)), MOST_COLUMNS)
        names = first if columns.head else []
        head = (*names, *(f"column {number}" for number in range(len(names) + 1, width + 1)))
        fields = columns.fields
        own = tuple(name.casefold() for name in first[:3]) == _OWN
        if own:
            fields = {place: field for place, field in fields.items() if head[place] not in _OWN_BOOKKEEPING}
        for field, column in named.items():
            fields = {place: each for place, each in fields.items() if each != field}
            fields[self._column(column, head)] = field
        if columns.head:
            self._rows.remove(next(row for row in self._rows if not row.problem))
        self._check(fields, head)
        dropped = frozenset(
            place
            for place, name in enumerate(head)
            if own and name in _OWN_BOOKKEEPING and place not in fields
        )
        return Plan(head, fields, dropped, columns.guessed and bool(fields), order or self._order(fields))

    def _check(self, fields: Mapping[int, str], head: Sequence[str]) -> None:
        """Raise UsageError where something is missing without which no row says anything."""
        there = {*fields.values()}
        if there.isdisjoint(WHO_OR_WHAT):
            raise UsageError(
                f"Nothing in {self.place} says who wrote, or what: its columns are {_listed(head)}.",
                "Name one: --map from=COLUMN",
            )
        if "date" not in there:
            raise UsageError(
                f"Nothing in {self.place} says when: its columns are {_listed(head)}.",
                "Name the column of the dates: --map date=COLUMN",
            )

    def _column(self, column: str, head: Sequence[str]) -> int:
        """Return where a column stands that was named by its name or its number."""
        names = [name.casefold() for name in head]
        if column.strip().casefold() in names:
            return names.index(column.strip().casefold())
        if column.isascii() and column.isdecimal() and 0 < int(column[:6]) <= len(head):
            return int(column) - 1
        raise UsageError(f"{self.place} has no column {column}.", f"Its columns are {_listed(head)}.")

    def _order(self, fields: Mapping[int, str]) -> Order:
        """Return whether days or months come first; raises UsageError where the dates do not tell."""
        place = next(place for place, field in fields.items() if field == "date")
        cells = [row.cells[place] for row in self._rows if place < len(row.cells)]
        order = order_of(cells)
        if order is None:
            shown = ", but also ".join(filter(None, unclear(cells)))
            raise UsageError(
                f"The dates of {self.place} may be read two ways: {shown}.",
                "Say which: --dates dmy or --dates mdy",
            )
        return order

    def read(self, progress: Progress) -> Iterator[Item]:
        """Yield a message for each row, or why it cannot be read, with its line."""
        for _, item in self.numbered():
            yield item
        progress(self.size)

    def numbered(self) -> Iterator[tuple[int, Message | Unreadable]]:
        """Yield the same, each with its line."""
        for row in self._rows:
            yield row.line, self._message(row)

    def _message(self, row: _Row) -> Message | Unreadable:
        place = f"{self.place}, line {row.line}"
        if row.problem:
            return Unreadable(place, row.problem)
        if len(row.cells) > MOST_COLUMNS:
            return Unreadable(place, f"It has {len(row.cells)} columns; {MOST_COLUMNS} are read at most.")
        values: dict[str, tuple[str, str]] = {}
        rest: list[tuple[str, str]] = []
        for column, cell in enumerate(row.cells):
            if cell.strip() and column not in self.plan.dropped:
                named = (self.plan.head[column], _bare(cell.strip()))
                if field := self.plan.fields.get(column):
                    values[field] = named
                else:
                    rest.append(named)
        try:
            return message_of(_key([*values.values(), *rest]), values, rest, self.plan.order)
        except UnclearError as error:
            return Unreadable(place, str(error))


def _key(cells: Iterable[Cell]) -> str:
    """Return what tells a row from others: its cells with their columns, in whatever order these stand."""
    told = sorted(f"{' '.join(name.casefold().split())}\x1f{value}" for name, value in cells)
    return "table:" + blake2b("\x1e".join(told).encode("utf-8", "replace"), digest_size=16).hexdigest()


def _text(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
    except OSError as error:
        place = place_of(path)
        raise UsageError(f"{place} cannot be read: {error.strerror or error}.", "Check the name.") from error
    if len(data) > _LARGEST:
        raise UsageError(f"{place_of(path)} is larger than any table of approaches.", "Is it the right file?")
    return text_of(data)


def _rows(text: str, delimiter: str) -> list[_Row]:
    """Return the rows that hold something, each with its line, and those that cannot be read."""
    lines = text.split("\n")
    said = lines[0].strip('"\n')
    skipped = 0
    if said.lower().startswith(_SEPARATOR) and len(said) == len(_SEPARATOR) + 1:
        delimiter, skipped = delimiter or said[-1], 1
    if delimiter and (len(delimiter) > 1 or delimiter in '"\n\r'):
        raise UsageError(f"{delimiter!r} cannot part columns.", "Give one sign, such as --delimiter ';'.")
    ended = [f"{line}\n" for line in lines[skipped:]]
    records = Records(iter(ended), delimiter or separator_of(ended))
    rows: list[_Row] = []
    for line, cells in records:
        if isinstance(cells, str):
            rows.append(_Row(line + skipped, [], cells))
        elif any(cell.strip() for cell in cells):
            records.swallows = records.swallows or _swallows(len(cells), records.separator)
            rows.append(_Row(line + skipped, cells))
    return rows


def _swallows(width: int, separator: str) -> Swallows:
    """Tell a quote that is not closed by more columns than the head has, or as many in a line of it.

    Whoever keeps a table by hand leaves out empty cells at the end.
    """

    def swallows(cells: Sequence[str], lines: Sequence[str]) -> bool:
        if len(cells) == width:
            return False
        return len(cells) > width or any(
            line.count(separator) + 1 >= width and len(cells_of([line], separator)) == width for line in lines
        )

    return swallows


def _bare(cell: str) -> str:
    """Take away the sign that keeps a spreadsheet from reading a cell as a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell


def _listed(head: Sequence[str]) -> str:
    more = ", …" if len(head) > _SHOWN_COLUMNS else ""
    return ", ".join(one_line(name, 40) or "(no name)" for name in head[:_SHOWN_COLUMNS]) + more
