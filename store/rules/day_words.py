"""Days in words: `tomorrow`, `next fri`, `24 dec`, `2w`, `2026-11` as spans of calendar days."""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from store.errors import UsageError

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
YEARS = range(1970, 9000)
"""Years that are read; the ends of what a calendar can hold are left out."""

_WEEKDAY = (
    r"(?P<weekday>mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?"
    r"|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
)
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t|tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?P<day>[0-9]{1,2})"
_YEAR = r"(?P<year>[0-9]{4})"
_COUNT = rf"(?P<count>[0-9]{{1,4}}|{'|'.join(NUMBERS)})"
_AMOUNT = rf"{_COUNT} ?(?P<unit>d|days?|w|wks?|weeks?|m|mo|months?|y|yrs?|years?)(?P<ago> ago)?"


class Span(NamedTuple):
    """Calendar days from `first` up to, not including, `after`."""

    first: date
    after: date


class Horizon(NamedTuple):
    """Where words are read from, and which way they point."""

    today: date
    forward: bool
    nearest: date
    """The first day, looking forward, or the last, looking back, that a date without a year may mean."""


def read_days(words: str, horizon: Horizon) -> Span | None:
    """Read lower-cased words as days; None where they are none, UsageError where no such day exists."""
    for form, read in _FORMS:
        if found := re.fullmatch(form, words):
            try:
                span = read(found, horizon)
            except (ValueError, OverflowError):
                raise UsageError(f"There is no such day as {words}.", EXAMPLES) from None
            if span.first.year not in YEARS:
                raise UsageError(f"{words} is too far away.", EXAMPLES)
            return span
    return None


EXAMPLES = "Write it like tomorrow, mon 9am, 2w, 24 dec or 2027-01-31."


def _one(day: date) -> Span:
    return Span(day, day + timedelta(days=1))


def _month_span(year: int, month: int) -> Span:
    """Return the days of a month; months beyond 12 or below 1 run on into other years."""
    first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    return Span(first, (first + timedelta(days=32)).replace(day=1))


def _named(found: re.Match[str], horizon: Horizon) -> Span:
    step = {"today": 0, "yesterday": -1}.get(found[0], 1)
    return _one(horizon.today + timedelta(days=step))


def _weekday(found: re.Match[str], horizon: Horizon) -> Span:
    """Read a weekday: the coming one, looking back the last one; `next fri` is the one in next week."""
    today, wanted = horizon.today, _number(found["weekday"], WEEKDAYS)
    monday = today - timedelta(days=today.weekday())
    if found["which"] in {"next", "last"}:
        return _one(monday + timedelta(days=wanted + (7 if found["which"] == "next" else -7)))
    if horizon.forward:
        return _one(today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1))
    return _one(horizon.nearest - timedelta(days=(horizon.nearest.weekday() - wanted) % 7))


def _period(found: re.Match[str], horizon: Horizon) -> Span:
    """Read `next week`, `this month`, `weekend`; looking back, a bare `weekend` is the last one begun."""
    today, step = horizon.today, {"next": 1, "last": -1}.get(found["which"] or "", 0)
    if found["period"] == "year":
        return Span(date(today.year + step, 1, 1), date(today.year + step + 1, 1, 1))
    if found["period"] == "month":
        return _month_span(today.year, today.month + step)
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
    if found["period"] == "week":
        return Span(monday, monday + timedelta(weeks=1))
    if not step and today.weekday() >= 5 and horizon.forward:
        monday += timedelta(weeks=1)
    if not step and today.weekday() < 5 and not horizon.forward:
        monday -= timedelta(weeks=1)
    return Span(monday + timedelta(days=5), monday + timedelta(days=7))


def _amount(found: re.Match[str], horizon: Horizon) -> Span:
    """Read `3 days`, `2w`, `1m` as the day that lies so far ahead, or back."""
    count, unit = NUMBERS.get(found["count"]) or int(found["count"]), found["unit"]
    if unit == "m" and count > 12:
        raise UsageError(
            f"{count}m could be {count} minutes or {count} months.", f"Write {count}min or {count} months."
        )
    if found["ago"] or not horizon.forward:
        count = -count
    if unit[0] in "dw":
        return _one(horizon.today + timedelta(days=count * (7 if unit[0] == "w" else 1)))
    month = _month_span(horizon.today.year, horizon.today.month + count * (12 if unit[0] == "y" else 1))
    return _one(min(month.first + timedelta(days=horizon.today.day - 1), _last(month)))


def _last(span: Span) -> date:
    return span.after - timedelta(days=1)


def _iso(found: re.Match[str], horizon: Horizon) -> Span:  # noqa: ARG001 - every form has one signature
    year, month, day = int(found["year"]), found["month"], found["day"]
    if day:
        return _one(date(year, int(month), int(day)))
    if month:
        first = date(year, int(month), 1)
        return Span(first, (first + timedelta(days=32)).replace(day=1))
    return Span(date(year, 1, 1), date(year + 1, 1, 1))


def _worded(found: re.Match[str], horizon: Horizon) -> Span:
    """Read `24 dec`, `dec 24 2026`, `Thu 24 Dec`: without a year the nearest one that way."""
    groups, month = found.groupdict(), _number(found["month"], MONTHS)
    day = _dated(int(found["day"]), month + 1, found["year"], horizon)
    weekday = day.weekday()
    if groups.get("weekday") and weekday != (said := _number(groups["weekday"], WEEKDAYS)):
        named = f"{day.day} {MONTHS[month]} {day.year}"
        raise UsageError(f"{named} is a {LONG[weekday]}, not a {LONG[said]}.", EXAMPLES)
    return _one(day)


def _month_name(found: re.Match[str], horizon: Horizon) -> Span:
    first = _dated(1, _number(found["month"], MONTHS) + 1, None, horizon)
    return _month_span(first.year, first.month)


def _numeric(found: re.Match[str], horizon: Horizon) -> Span:
    """Read `24.12.` and `24/12`; with a slash both orders are in use, so that 3/4 is refused."""
    day, month = int(found["day"]), int(found["month"])
    if "/" in found[0] and day != month:
        if max(day, month) <= 12:
            raise UsageError(
                f"{found[0]} could be {day} {MONTHS[month - 1]} or {month} {MONTHS[day - 1]}.",
                f"Write {day} {MONTHS[month - 1].lower()} or {month} {MONTHS[day - 1].lower()}.",
            )
        day, month = max(day, month), min(day, month)
    return _one(_dated(day, month, found["year"], horizon))


def _dated(day: int, month: int, year: str | None, horizon: Horizon) -> date:
    """Return the date; without a year the nearest one looking forward or back (29 Feb needs a leap year)."""
    if year:
        return date(int(year), month, day)
    start = horizon.nearest.year
    for candidate in range(start, start + 9) if horizon.forward else range(start, start - 9, -1):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if found == horizon.nearest or (found > horizon.nearest) == horizon.forward:
            return found
    raise ValueError("no year has this day")


def _number(word: str, names: Iterable[str]) -> int:
    return [name.lower() for name in names].index(word[:3])


_FORMS: tuple[tuple[str, Callable[[re.Match[str], Horizon], Span]], ...] = (
    (r"today|tomorrow|tmrw|tmr|tom|yesterday", _named),
    (rf"(?:(?P<which>this|next|last) )?{_WEEKDAY}", _weekday),
    (r"(?P<which>this|next|last) (?P<period>week|month|year)", _period),
    (r"(?:(?P<which>this|next|last) )?(?P<period>weekend)", _period),
    (_AMOUNT, _amount),
    (rf"{_YEAR}(?:-(?P<month>[0-9]{{1,2}})(?:-{_DAY})?)?", _iso),
    (rf"(?:{_WEEKDAY} )?{_DAY}(?:st|nd|rd|th|\.)? ?{_MONTH}(?: {_YEAR})?", _worded),
    (rf"(?:{_WEEKDAY} )?{_MONTH} {_DAY}(?:st|nd|rd|th)?(?: {_YEAR})?", _worded),
    (_MONTH, _month_name),
    (rf"{_DAY}\.(?P<month>[0-9]{{1,2}})\.{_YEAR}?", _numeric),
    (rf"{_DAY}/(?P<month>[0-9]{{1,2}})(?:/{_YEAR})?", _numeric),
)
"""Patterns as text: compiled, and kept by `re`, only once a day is read."""
