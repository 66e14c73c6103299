"""The dates of the export: each table and year writes its own way, always in English."""

import re
from datetime import UTC, datetime
from typing import Literal, NamedTuple

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_PLAIN = re.compile(r"(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?(?: ?UTC| ?Z)?$")
_AMERICAN = re.compile(
    r"(\d{1,2})/(\d{1,2})/(\d{2,4}),? (\d{1,2}):(\d\d)(?::(\d\d))?[ \u202f]?([AP]M)?$", re.IGNORECASE
)
_DAY = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3})[a-z]*[ -](\d{2,4})$")
_CENTURY = 100


class Moment(NamedTuple):
    """A time as the export has it."""

    at: int
    """Milliseconds since 1970; read as UTC where no zone is named."""
    precision: Literal["s", "min", "day"]
    zone: bool
    """Whether a zone is named."""


def moment(text: str) -> Moment | None:
    """Read a date of the export, None where it is none."""
    text = text.strip()
    if found := _PLAIN.match(text):
        year, month, day, hour, minute = map(int, found.groups()[:5])
        return _made(year, month, day, hour, minute, int(found[6] or 0), "s", zone=True)
    if found := _AMERICAN.match(text):
        month, day, year, hour, minute = map(int, found.groups()[:5])
        if found[7]:
            hour = hour % 12 + (12 if found[7].upper() == "PM" else 0)
        return _made(_full(year), month, day, hour, minute, int(found[6] or 0), "min", zone=False)
    if (found := _DAY.match(text)) and found[2].lower() in _MONTHS:
        month = _MONTHS.index(found[2].lower()) + 1
        return _made(_full(int(found[3])), month, int(found[1]), 12, 0, 0, "day", zone=False)
    return None


def _full(year: int) -> int:
    return year + 2000 if year < _CENTURY else year


def _made(
    year: int,
    month: int,
    day: int,
    hour: int,
    minute: int,
    second: int,
    precision: Literal["s", "min", "day"],
    *,
    zone: bool,
) -> Moment | None:
    try:
        at = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
    return Moment(int(at.timestamp() * 1000), precision, zone)
