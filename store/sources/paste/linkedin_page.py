"""A conversation copied from LinkedIn's page: names, days and times stand on lines of their own."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from store.records.message import Contact, Message
from store.sources.text import capped, normalise, one_line

READER = 1
"""Version of this reader; grows when it decodes better, so that its reading replaces an older one."""
_SENT = re.compile(
    r"^(.{1,100}?) sent the following messages? at (\d{1,2}):(\d{2})(?:[ \u202f]?([AP]M))?\s*$", re.MULTILINE
)
_VIEW = re.compile(r"^View .{1,100}[’']s? profile\b")
_TIME = re.compile(r"^\d{1,2}:\d{2}(?:[ \u202f]?[AP]M)?$")
_DEGREE = re.compile(r"·? ?(?:1st|2nd|3rd)\+?(?: degree connection)?$")
_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
_DAYS = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]
_DATE = re.compile(r"^([A-Z]{3})[A-Z]* (\d{1,2})(?:, (\d{4}))?$")
_LONGEST = 200


def is_page(text: str) -> bool:
    """Tell whether a text was copied from such a page."""
    return _SENT.search(text) is not None


def messages_of(text: str, now: int) -> Iterator[Message]:
    """Yield the messages; a day without a year is the nearest one in the past, seen from `now`."""
    lines = [line.strip() for line in text.split("\n")]
    first = next((line for line in lines if line), "")
    headline = _headline(lines, first)
    day = datetime.fromtimestamp(now / 1000, UTC)
    current: tuple[str, datetime] | None = None
    words: list[str] = []
    for line in lines:
        if (found := _SENT.match(line)) is not None:
            yield from _made(current, words, first, headline)
            hour = int(found[3 - 1]) % 12 + (12 if (found[4] or "").upper() == "PM" else 0)
            hour = hour if found[4] else int(found[2])
            current, words = (found[1], day.replace(hour=min(hour, 23), minute=min(int(found[3]), 59))), []
        elif (other := _day(line, now)) is not None:
            yield from _made(current, words, first, headline)
            day, current, words = other, None, []
        elif current is not None and not (_VIEW.match(line) or _TIME.match(line) or line == current[0]):
            words.append(line)
    yield from _made(current, words, first, headline)


def _headline(lines: list[str], name: str) -> str:
    """Return the line below the name and the degree: what somebody does, and where."""
    for place, line in enumerate(lines[:8]):
        if _DEGREE.search(line) or line == name:
            continue
        if place and line and not _DATE.match(line) and _SENT.match(line) is None:
            return one_line(line, _LONGEST)
    return ""


def _made(
    current: tuple[str, datetime] | None, words: list[str], other: str, headline: str
) -> Iterator[Message]:
    body = capped(normalise("\n".join(words))).strip()
    if current is None or not body:
        return
    name, at = current
    sent = bool(other) and name != other and not other.startswith(name)
    firm = headline.rpartition(" at ")[2] if " at " in headline else ""
    raw = f"{name}|{at:%m-%d %H:%M}|{body}"
    key = "li-page:" + blake2b(raw.encode("utf-8", "replace"), digest_size=16).hexdigest()
    yield Message(
        k=key,
        reader=READER,
        channel="linkedin_msg",
        direction="out" if sent else "in",
        at=int(at.timestamp() * 1000),
        at_precision="min",
        at_zone=False,
        sender=Contact(name=one_line(name, _LONGEST), firm="" if sent else one_line(firm, _LONGEST)),
        recipients=(Contact(name=one_line(other, _LONGEST)),) if sent else (),
        body=body,
        threads=(key, "li-with:" + one_line(other or name, _LONGEST).casefold()),
    )


def _day(line: str, now: int) -> datetime | None:
    """Read a line that names a day, None for any other."""
    plain = line.upper()
    today = datetime.fromtimestamp(now / 1000, UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    if plain in ("TODAY", "YESTERDAY"):
        return today - timedelta(days=plain == "YESTERDAY")
    if plain in _DAYS:
        return today - timedelta(days=(today.weekday() - _DAYS.index(plain)) % 7 or 7)
    found = _DATE.match(plain)
    if found is None or found[1] not in _MONTHS:
        return None
    try:
        year = int(found[3] or today.year)
        at = today.replace(year=year, month=_MONTHS.index(found[1]) + 1, day=int(found[2]))
    except ValueError:
        return None
    return (
        at.replace(year=at.year - 1) if at > today and not found[3] and (at.month, at.day) != (2, 29) else at
    )
