"""Dates as mail writes them, to milliseconds since 1970 UTC."""

import re
from datetime import date
from email.utils import parsedate_tz
from functools import lru_cache

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = {name: number for number, name in enumerate(_MONTHS, 1)}
_COMMON = re.compile(
    r"\s*(?:[A-Za-z]{3}\s*,\s*)?(\d{1,2})\s+([A-Za-z]{3})\s+(\d{4})\s+"
    r"(\d{1,2}):(\d\d)(?::(\d\d))?\s*(?:([+-])(\d\d)(\d\d)|(GMT|UTC|UT|Z)\b)?"
)
_SEPARATOR = re.compile(
    r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\s+(?:([A-Z][a-z]{2})\s+(\d{1,2})|(\d{1,2})\s+([A-Z][a-z]{2})),?\s+"
    r"(?:(\d{4})\s+)?(\d{1,2}):(\d\d)(?::(\d\d))?((?:\s+(?:[+-]\d{4}|[A-Z][A-Za-z]{1,4}))*)(?:\s+(\d{4}))?"
)
_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)")
_GREENWICH = re.compile(r"\+0000|\b(?:GMT|UTC|UT|Z)\b")
_EPOCH = date(1970, 1, 1).toordinal()
_LATEST = 4_102_444_800_000
"""Years from 2100 on are typing errors, or bait to stand on top of every list."""

When = tuple[int, bool]
"""Milliseconds since 1970 UTC, and whether a zone was named."""


@lru_cache(maxsize=1024)
def _day(year: int, month: int, day: int) -> int:
    return date(year, month, day).toordinal() - _EPOCH


@lru_cache(maxsize=1024)
def _written_day(day: str, month: str, year: str) -> int | None:
    """Return the days since 1970 of a `16`, `Nov`, `2026`, None where there is no such day."""
    try:
        return _day(int(year), _MONTH[month.lower()], int(day))
    except (ValueError, KeyError):
        return None


def parse_date(text: str) -> When | None:
    """Read a date header; None where it is unusable. Without a zone, or with `-0000`, it is taken as UTC."""
    common = _COMMON.match(text)
    if common is None:
        return _parse_odd(text[:200])
    day, month, year, hour, minute, second, sign, east, past, named = common.groups()
    days = _written_day(day, month, year)
    if days is None:
        return None
    if sign is None and named is None:
        return _parse_odd(text[:200])
    offset = (int(east) * 60 + int(past)) * (-60 if sign == "-" else 60) if sign else 0
    seconds = days * 86_400 + int(hour) * 3_600 + int(minute) * 60 + int(second or 0) - offset
    return usable(seconds * 1000, zone=not (sign == "-" and not offset))


def _parse_odd(text: str) -> When | None:
    """Read what the common form does not cover: two-digit years, named zones, asctime."""
    try:
        parsed = parsedate_tz(text)
        if parsed is None:
            return None
        days = _day(*parsed[:3])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    offset = parsed[9] or 0
    seconds = days * 86_400 + parsed[3] * 3_600 + parsed[4] * 60 + parsed[5] - offset
    return usable(seconds * 1000, zone=offset != 0 or _GREENWICH.search(text) is not None)


def usable(at: int, *, zone: bool) -> When | None:
    """Return the time where it is one that a message can have."""
    return (at, zone) if 0 < at < _LATEST else None


def separator_date(line: str) -> When | None:
    """Read the date of a `From ` line in an mbox; its seconds may lack, its zone may follow the year."""
    found = _SEPARATOR.search(line)
    if found is None:
        return None
    month, day, other_day, other_month, year, hour, minute, second, zone, late_year = found.groups()
    try:
        days = _day(
            int(year or late_year or 0), _MONTH[(month or other_month).lower()], int(day or other_day)
        )
    except (ValueError, KeyError):
        return None
    offset = _OFFSET.search(zone or line[found.end() :])
    east = (int(offset[2]) * 60 + int(offset[3])) * (-60 if offset[1] == "-" else 60) if offset else 0
    seconds = days * 86_400 + int(hour) * 3_600 + int(minute) * 60 + int(second or 0) - east
    return usable(seconds * 1000, zone=offset is not None)
