"""Dates as people and mail programs write them, in five languages, to milliseconds since 1970 UTC."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple

from store.sources.dates import usable

Order = Literal["", "dmy", "mdy"]
"""Whether day or month comes first in a date of figures; empty where none asks for it."""
_LONGEST = 200
_MONTHS = (
    *("jan|ene|gen", "feb|fev", "mar|mrz|maer", "apr|abr|avr", "may|mai|mag", "jun|juin|giu"),
    *("jul|juil|lug", "aug|ago|aou", "sep|set", "oct|okt|ott", "nov", "dec|dez|dic"),
)
"""How the names of each month begin: English, German, French, Spanish, Italian, accents apart."""
_MONTH = {begin: number for number, begins in enumerate(_MONTHS, 1) for begin in begins.split("|")}
_NAME = r"([^\W\d_]{3,10})\.?"
_ISO = re.compile(r"(?<!\d)(\d{4})([-/.]?)(\d{2}|(?<=[-/.])\d)\2(\d{2}|(?<=[-/.])\d)(?!\d)")
_FIGURES = re.compile(r"(?<![\d.])(\d{1,2})([./-])[ ]?(\d{1,2})\2[ ]?(\d{4}|\d{2})(?!\d)")
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[ -](?:de )?"
    rf"{_NAME}[, -]{{1,2}}(?:de )?(\d{{4}}|\d{{2}})(?!\d)"
)
_MONTH_FIRST = re.compile(rf"{_NAME} (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})(?!\d)")
_TIME = re.compile(
    r"(?<![\d:.])(\d{1,2})(?:[:h.](\d{2})(?:[:.](\d{2})(?:\.\d{1,9})?)?)?[ ]?([ap]\.?m\b\.?)?"
    r"[ ]?(?:([+-])(\d{2}):?(\d{2})|(z|utc|gmt)\b(?![+-]))?(?!\d)",
    re.IGNORECASE,
)
_SERIAL = re.compile(r"([2-7]\d{4})(?:[.,](\d{1,10}))?$")
_FIRST_SERIAL = datetime(1899, 12, 30, tzinfo=UTC)
"""What spreadsheets count days from."""
_CENTURY, _TURN, _NOON = 100, 70, 12


class Written(NamedTuple):
    """A date that was read."""

    at: int
    """Milliseconds since 1970 UTC; of a day alone, its noon."""
    precision: Literal["s", "min", "day"]
    zone: bool
    """Whether it named a time zone; without one, the figures are kept as those of UTC."""


class _Day(NamedTuple):
    year: int
    month: int
    day: int
    rest: str
    """What stands around the day: the time, as far as there is one."""


def read_date(text: str, order: Order = "") -> Written | None:
    """Read a date wherever it stands in a short text; None where there is none, or none that exists."""
    text = " ".join(text[:_LONGEST].split())
    if found := _SERIAL.match(text):
        days = float(f"{found[1]}.{found[2] or 0}")
        at = _FIRST_SERIAL + timedelta(minutes=round(days * 1440) if found[2] else days * 1440 + 720)
        return _written(at, "min" if found[2] else "day", zone=False)
    day = _day(text, order)
    if day is None:
        return None
    hour, minute, second, east, is_time = _time(day.rest)
    try:
        at = datetime(day.year, day.month, day.day, hour, minute, second or 0, tzinfo=UTC)
        at -= timedelta(seconds=east or 0)
    except (ValueError, OverflowError):
        return None
    precision: Literal["s", "min", "day"] = "day" if not is_time else "min" if second is None else "s"
    return _written(at, precision, zone=east is not None)


def order_of(texts: Iterable[str]) -> Order | None:
    """Return which comes first in dates of figures, day or month; None where they do not tell."""
    found = [match for text in texts if (match := _figures(" ".join(text[:_LONGEST].split())))]
    found = [match for match in found if min(int(match[1]), int(match[3])) <= _NOON]  # others are none
    days = any(match[2] == "." or int(match[1]) > _NOON for match in found)
    months = any(match[2] != "." and int(match[3]) > _NOON for match in found)
    if not found or days != months:
        return "mdy" if months else "dmy" if days else ""
    return "dmy" if all(match[1] == match[3] for match in found) else None


def unclear(texts: Iterable[str]) -> tuple[str, str]:
    """Return a date of which nothing tells the order, or two that contradict each other."""
    shown: dict[Order | None, str] = {}
    for text in texts:
        if match := _figures(" ".join(text[:_LONGEST].split())):
            shown.setdefault(order_of([match[0]]), match[0])
    if "dmy" in shown and "mdy" in shown:
        return shown["dmy"], shown["mdy"]
    return shown.get(None, ""), ""


def _figures(text: str) -> re.Match[str] | None:
    return None if _ISO.search(text) else _FIGURES.search(text)


def _day(text: str, order: Order) -> _Day | None:
    if found := _ISO.search(text):
        return _Day(int(found[1]), int(found[3]), int(found[4]), _around(text, found))
    if found := _FIGURES.search(text):
        day, month = (found[3], found[1]) if order == "mdy" and found[2] != "." else (found[1], found[3])
        return _Day(_year(found[4]), int(month), int(day), _around(text, found))
    for found in _DAY_FIRST.finditer(text):
        if month_number := month_of(found[2]):
            return _Day(_year(found[3]), month_number, int(found[1]), _around(text, found))
    for found in _MONTH_FIRST.finditer(text):
        if month_number := month_of(found[1]):
            return _Day(_year(found[3]), month_number, int(found[2]), _around(text, found))
    return None


def _around(text: str, found: re.Match[str]) -> str:
    return f"{text[found.end() :].removeprefix('T')} {text[: found.start()]}"


def _time(rest: str) -> tuple[int, int, int | None, int | None, bool]:
    """Return hour, minute, second and seconds east of UTC, each where it is said, and whether one was."""
    for found in _TIME.finditer(rest):
        hour, half = int(found[1]), (found[4] or "").lower()
        if (found[2] is None and not half) or hour > 23 or int(found[2] or 0) > 59:
            continue
        if half and hour <= _NOON:
            hour = hour % _NOON + (_NOON if half[0] == "p" else 0)
        east = (int(found[6]) * 60 + int(found[7])) * (-60 if found[5] == "-" else 60) if found[5] else None
        second = min(int(found[3]), 59) if found[3] else None
        return hour, int(found[2] or 0), second, 0 if found[8] else east, True
    return _NOON, 0, None, None, False


def month_of(name: str) -> int:
    """Return the number of a month by how its name begins, 0 for none."""
    folded = name.casefold().replace("ä", "ae")
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    return _MONTH.get(plain[:4], _MONTH.get(plain[:3], 0))


def _year(written: str) -> int:
    year = int(written)
    return year if year >= _CENTURY else year + (1900 if year >= _TURN else 2000)


def _written(at: datetime, precision: Literal["s", "min", "day"], *, zone: bool) -> Written | None:
    when = usable(int(at.timestamp() * 1000), zone=zone)
    return Written(when[0], precision, zone) if when is not None else None
