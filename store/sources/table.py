"""A table of approaches that somebody kept by hand, as csv: columns named, or guessed."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Literal, NamedTuple

from store.errors import UsageError
from store.records.message import Channel, Contact, Message
from store.records.opportunity import MANDATES
from store.rules.profiles import canonical_profile
from store.sources.loose import place_of
from store.sources.phone.numbers import as_number
from store.sources.source import Item, Progress, Unreadable
from store.sources.table_columns import FIELDS, by_looks, by_names, is_head
from store.sources.text import capped, normalise, one_line

READER = 1
"""Version of this reader; grows when it decodes better, so that its reading replaces an older one."""
Dates = Literal["", "dmy", "mdy"]
_LARGEST = 64 * 1024 * 1024
_LONGEST = 300
_LONGEST_CELL = 131_072
"""Characters of a cell; more is a quotation mark that was left open."""
_TOO_LONG = ["\0"]
"""Stands for a row that holds a cell beyond what the csv module takes; no other row can be like it."""
_DELIMITERS = ",;\t|"
_CHANNELS: Mapping[str, Channel] = {
    "email": "email",
    "e-mail": "email",
    "mail": "email",
    "linkedin": "linkedin_msg",
    "li": "linkedin_msg",
    "inmail": "linkedin_inmail",
    "call": "call",
    "phone": "call",
    "anruf": "call",
    "missed call": "call_missed",
    "voicemail": "voicemail",
    "vm": "voicemail",
    "text": "sms",
    "sms": "sms",
    "whatsapp": "whatsapp",
    "calendar": "calendar",
}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2}))?")
_NUMBERS = re.compile(
    r"(\d{1,2})[./-](\d{1,2})[./-](\d{2,4})(?:,? (\d{1,2}):(\d{2})(?::\d{2})?(?: ?([AaPp])\.?[Mm])?)?"
)
_WORDS = re.compile(r"(\d{1,2})\.? ([A-Za-zäé]{3,9})\.? (\d{2,4})|([A-Za-z]{3,9}) (\d{1,2}), (\d{4})")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_OTHER_MONTHS = {
    "mär": "mar",
    "mai": "may",
    "okt": "oct",
    "dez": "dec",
    "ene": "jan",
    "abr": "apr",
    "ago": "aug",
}
_CENTURY, _YEAR_MONTHS = 100, 12


class Plan(NamedTuple):
    """How a table is read."""

    head: tuple[str, ...]
    """Names of the columns; made up where the table has no head."""
    fields: Mapping[int, str]
    """What each column stands for; of the others, name and value go into the text."""
    guessed: bool
    """Whether the columns were told by what stands in them."""
    dates: Dates
    """Whether day or month comes first; empty where no date asks for it."""


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
        dates: Dates = "",
    ) -> None:
        """Open a table; raises UsageError where it cannot be read, or a column is not there."""
        self.place = place_of(path)
        self._path = str(path.absolute())
        if len(delimiter) > 1 or delimiter in ('"', "\r", "\n"):
            raise UsageError(f"{delimiter!r} cannot part columns.", "Name one sign, such as ; or \\t.")
        text = _text(path)
        self.size = len(text)
        self._rows = _rows(text, delimiter)
        if not self._rows:
            raise UsageError(f"{self.place} holds no rows.", "A table has a row for each approach.")
        self.plan = self._planned(named or {}, dates)

    def _planned(self, named: Mapping[str, str], dates: Dates) -> Plan:
        first = [cell.strip() for cell in self._rows[0][1]]
        has_head = is_head(first) or bool(named and {*named.values()} & {*first})
        rows = [cells for _, cells in self._rows if cells != _TOO_LONG]
        width = max(map(len, rows), default=0)
        if has_head:
            head = (*first, *(f"column {n}" for n in range(len(first) + 1, width + 1)))
            self._rows = self._rows[1:]
            fields = by_names(head)
        else:
            head = tuple(f"column {number}" for number in range(1, width + 1))
            fields = by_looks(rows)
        for field, column in named.items():
            fields = {place: each for place, each in fields.items() if each != field}
            fields[_place_of(column, head, self.place)] = field
        if not {"from", "email", "phone", "profile", "message"} & {*fields.values()}:
            raise UsageError(
                f"Nothing in {self.place} says who wrote, or what: its columns are {', '.join(head)}.",
                "Name one: --map from=COLUMN",
            )
        return Plan(head, fields, not has_head, self._order(fields, dates))

    def _order(self, fields: Mapping[int, str], dates: Dates) -> Dates:
        """Return whether days or months come first; raises UsageError where the dates do not tell."""
        place = next((place for place, field in fields.items() if field == "date"), None)
        cells = [cells[place] for _, cells in self._rows if place is not None and place < len(cells)]
        found = [
            match
            for cell in cells
            if (match := _NUMBERS.match(cell.strip())) and not _ISO.match(cell.strip())
        ]
        if dates or not found:
            return dates
        if any("." in match[0] for match in found) or any(int(match[1]) > _YEAR_MONTHS for match in found):
            return "dmy"
        if any(int(match[2]) > _YEAR_MONTHS for match in found):
            return "mdy"
        raise UsageError(
            f"The dates of {self.place} may be read two ways: {found[0][0]}.",
            "Say which: --dates dmy or --dates mdy",
        )

    def read(self, progress: Progress) -> Iterator[Item]:
        """Yield a message for each row, or why it cannot be read, with its line."""
        for line, cells in self._rows:
            if cells == _TOO_LONG:
                yield Unreadable(
                    f"{self.place}, line {line}", "A cell is too long. Is a quotation mark left open there?"
                )
            else:
                yield self._message(line, cells)
        progress(self.size)

    def _message(self, line: int, cells: Sequence[str]) -> Item:
        place = f"{self.place}, line {line}"
        values = {
            field: cells[column].strip()
            for column, field in self.plan.fields.items()
            if column < len(cells) and cells[column].strip()
        }
        rest = [
            f"{self.plan.head[column]}: {cell.strip()}"
            for column, cell in enumerate(cells)
            if column not in self.plan.fields and cell.strip()
        ]
        channel = _CHANNELS.get(values.get("channel", "").casefold())
        mandate = values.get("mandate", "").casefold()
        unsaid = {
            "location": True,
            "channel": channel is None,
            "mandate": mandate not in MANDATES,
        }
        rest += [
            f"{self.plan.head[column]}: {values[field]}"
            for column, field in self.plan.fields.items()
            if unsaid.get(field) and field in values
        ]
        when = _date(values.get("date", ""), self.plan.dates)
        if when is None:
            return Unreadable(place, f"Its date cannot be read: {one_line(values.get('date', 'none'), 40)}.")
        sender = Contact(
            name=one_line(values.get("from", ""), _LONGEST),
            email=_address(values.get("email", "") or values.get("from", "")),
            phone=as_number(one_line(values.get("phone", ""), 40)),
            profile=canonical_profile(values.get("profile", "")),
            firm=one_line(values.get("firm", ""), _LONGEST),
        )
        body = capped(normalise("\n".join((values.get("message", ""), *rest)))).strip()
        if sender == Contact() and not body:
            return Unreadable(place, "It says neither who wrote nor what.")
        raw = "\x1f".join(cells).encode("utf-8", "replace")
        key = "table:" + blake2b(raw, digest_size=16).hexdigest()
        return Message(
            k=key,
            reader=READER,
            channel=channel or "pasted",
            at=when[0],
            at_precision="min" if when[1] else "day",
            at_zone=False,
            sender=sender,
            subject=one_line(values.get("subject", ""), _LONGEST),
            body=body,
            threads=(key,),
            role=one_line(values.get("role", ""), _LONGEST),
            company=one_line(values.get("company", ""), _LONGEST),
            pay=one_line(values.get("pay", ""), _LONGEST),
            mandate=mandate if mandate in MANDATES else "",
        )


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}.", "Check the name.") from error
    if len(data) > _LARGEST:
        raise UsageError(f"{path} is larger than any table of approaches.", "Is it the right file?")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _rows(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Return the rows that hold something, each with its line."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    chosen = delimiter or max(_DELIMITERS, key=first.count)
    rows: list[tuple[int, list[str]]] = []
    csv.field_size_limit(_LONGEST_CELL)  # it is one for the whole process
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=chosen)
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            cells = _TOO_LONG
        if cells is None:
            return rows
        if any(cell.strip() for cell in cells):
            rows.append((line, cells))
        line = reader.line_num + 1


def _place_of(column: str, head: Sequence[str], place: str) -> int:
    """Return where a column stands that was named by its name or its number."""
    names = [name.casefold() for name in head]
    if column.casefold() in names:
        return names.index(column.casefold())
    if column.isascii() and column.isdecimal() and 0 < int(column) <= len(head):
        return int(column) - 1
    raise UsageError(f"{place} has no column {column}.", f"Its columns are {', '.join(head)}.")


def _address(text: str) -> str:
    found = re.search(r"[^\s<>,;\"]+@[^\s<>,;\"]+\.[^\s<>,;\"]+", text[:500])
    return found[0].lower() if found else ""


def _date(text: str, dates: Dates) -> tuple[int, bool] | None:
    """Return (milliseconds, whether a time of day was given), None for what is no date."""
    text = text.strip()
    if found := _ISO.match(text):
        return _made(found[1], found[2], found[3], found[4], found[5])
    if found := _NUMBERS.match(text):
        day, month = (found[2], found[1]) if dates == "mdy" else (found[1], found[2])
        return _made(found[3], month, day, _hour(found[4], found[6]), found[5])
    if found := _WORDS.match(text):
        name = (found[2] or found[4])[:3].casefold()
        name = _OTHER_MONTHS.get(name, name)
        if name in _MONTHS:
            month = str(_MONTHS.index(name) + 1)
            return _made(found[3] or found[6], month, found[1] or found[5], None, None)
    return None


def _hour(hour: str | None, half: str | None) -> str | None:
    """Return an hour of the day of one of a half of it."""
    if hour is None or half is None:
        return hour
    return str(int(hour) % 12 + (12 if half in "Pp" else 0))


def _made(year: str, month: str, day: str, hour: str | None, minute: str | None) -> tuple[int, bool] | None:
    full = int(year) + 2000 if int(year) < _CENTURY else int(year)
    try:
        at = datetime(full, int(month), int(day), int(hour or 12), int(minute or 0), tzinfo=UTC)
    except ValueError:
        return None
    return int(at.timestamp() * 1000), hour is not None


__all__ = ["FIELDS", "Dates", "Plan", "Table"]
