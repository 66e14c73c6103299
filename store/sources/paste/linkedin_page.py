"""A conversation copied from LinkedIn's page: names, days and times stand on lines of their own."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b
from typing import NamedTuple

from store.clock import local
from store.records.message import Contact, Message
from store.sources.text import capped, normalise, one_line
from store.sources.written_dates import month_of

READER = 2
"""Version of this reader; grows when it decodes better, so that its reading replaces an older one."""
_SENT = re.compile(
    r"(.{1,100}?) sent the following messages? at (\d{1,2}):(\d{2})(?: ?([AaPp])\.?[Mm]\b\.?)?\s*$"
)
_SENT_ANYWHERE = re.compile(rf"^\s*{_SENT.pattern}", re.MULTILINE)
_VIEW = re.compile(r"View .{1,100}[’']s? profile\b")
_TIME = re.compile(r"\d{1,2}:\d{2}(?: ?[AaPp]\.?[Mm]\.?)?$")
_DEGREE = re.compile(r"(?:· ?)?(?:1st|2nd|3rd)\+?(?: degree connection)?$")
_PRONOUNS = re.compile(r"\(?(?:she|he|they)/\w+(?:/\w+)?\)?$", re.IGNORECASE)
_BESIDE = re.compile(
    r"(?:Active|Available|Away|Offline|Online|Mobile|Web|Status)\b.{0,60}$|.{0,30}\bago$|·$", re.IGNORECASE
)
"""What stands on the page beside a name: whether somebody is there."""
_BESIDE_NAME = (_DEGREE, _PRONOUNS, _BESIDE, _VIEW)
_COMPOSER = re.compile(
    r"(?:Write a message(?:…|\.\.\.)?|Maximize compose field|Press Enter to Send|Open send options"
    r"|Reply to conversation with .{1,200}|Drag & drop files to upload|Attach an? .{1,200}"
    r"|Open Emoji Keyboard)$"
)
"""Where the page goes on with the form for an answer."""
_DATE = re.compile(r"(?:([^\W\d_]{3,10})\.? (\d{1,2})|(\d{1,2})\.? ([^\W\d_]{3,10})\.?)(?:,? (\d{4}))?$")
_DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
_LONGEST = 200
_TWO = 2
_NEAR = 4
_LEAP_YEARS_APART = 8


class _Said(NamedTuple):
    """One message on the page."""

    name: str
    at: datetime
    """As the page says it, in no zone."""
    words: str


def is_page(text: str) -> bool:
    """Tell whether a text was copied from such a page."""
    return _SENT_ANYWHERE.search(text) is not None


def messages_of(text: str, now: int) -> Iterator[Message]:
    """Yield the messages; a day without a year is the nearest one in the past, seen from `now`."""
    lines = [line.strip() for line in text.split("\n")]
    heads = [place for place, line in enumerate(lines) if _SENT.match(line)]
    if not heads:
        return
    said = list(_said(lines, heads, local(now).replace(tzinfo=None)))
    before = lines[: heads[0]]
    names = list(dict.fromkeys(each.name for each in said))
    other = next((name for name in names if name in before), _head(before) or names[0] if names else "")
    firm = _firm(before, other)
    for each in said:
        # Of more than two, nobody can tell which one is the user.
        yield _made(each, other, firm, sent=len({*names, other}) == _TWO and each.name != other)


def _said(lines: Sequence[str], heads: Sequence[int], now: datetime) -> Iterator[_Said]:
    day: date | None = None
    for place, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        above = next((number for number in range(place - 1, -1, -1) if lines[number]), 0)
        day = _day(lines[above], now.date()) or day
        found = _SENT.match(lines[place])
        if found is None:
            continue
        at = datetime.combine(day or now.date(), _clock(found))
        if day is None and at > now:
            at -= timedelta(days=1)
        words = lines[place + 1 : end]
        if end < len(lines):
            below = next((number for number in range(len(words) - 1, -1, -1) if words[number]), 0)
            words = words[:below] if words and _day(words[below], now.date()) else words
        if kept := _words(words, found[1]):
            yield _Said(found[1], at, kept)


def _clock(found: re.Match[str]) -> time:
    hour = min(int(found[2]), 23)
    if half := (found[4] or "").upper():
        hour = hour % 12 + (12 if half == "P" else 0)
    return time(hour, min(int(found[3]), 59))


def _words(lines: Sequence[str], name: str) -> str:
    """Return a message without the name and the time that stand above it, and the form below."""
    start = 0
    while start < len(lines):
        line = lines[start]
        if _TIME.match(line):
            start += 1
            break
        if line and line != name and not any(each.match(line) for each in (_VIEW, _DEGREE, _PRONOUNS)):
            break
        start += 1
    end = next((place for place in range(start, len(lines)) if _COMPOSER.match(lines[place])), len(lines))
    return capped(normalise("\n".join(lines[start:end]))).strip()


def _head(before: Sequence[str]) -> str:
    """Return the name at the top of the page, where what stands beside names is beside it."""
    name, *beside = list(filter(None, before))[:_NEAR] or [""]
    found = any(line == name or any(each.match(line) for each in _BESIDE_NAME) for line in beside)
    return name if found else ""


def _firm(before: Sequence[str], name: str) -> str:
    """Return where somebody works, as the line below the name says it."""
    place = max((number for number, line in enumerate(before) if line == name), default=-1)
    for line in before[place + 1 :]:
        if (
            line
            and line != name
            and not any(each.match(line) for each in _BESIDE_NAME)
            and not _DATE.match(line)
        ):
            _, at, firm = line.rpartition(" at ") if " at " in line else line.rpartition(" @ ")
            return one_line(firm.partition("|")[0], _LONGEST) if at else ""
    return ""


def _made(said: _Said, other: str, firm: str, *, sent: bool) -> Message:
    raw = f"{said.name}|{said.at:%m-%d %H:%M}|{said.words}"
    key = "li-page:" + blake2b(raw.encode("utf-8", "replace"), digest_size=16).hexdigest()
    return Message(
        k=key,
        reader=READER,
        channel="linkedin_msg",
        direction="out" if sent else "in",
        at=int(said.at.replace(tzinfo=UTC).timestamp() * 1000),
        at_precision="min",
        at_zone=False,
        sender=Contact(name=one_line(said.name, _LONGEST), firm=firm if said.name == other else ""),
        recipients=(Contact(name=one_line(other, _LONGEST)),) if sent else (),
        body=said.words,
        threads=(key, "li-with:" + one_line(other, _LONGEST).casefold()),
    )


def _day(line: str, today: date) -> date | None:
    """Read a line that names a day, None for any other."""
    plain = line.upper()
    if plain in ("TODAY", "YESTERDAY"):
        return today - timedelta(days=plain == "YESTERDAY")
    if plain in _DAYS:
        return today - timedelta(days=(today.weekday() - _DAYS.index(plain)) % 7 or 7)
    found = _DATE.match(line)
    month = month_of(found[1] or found[4]) if found else 0
    if found is None or not month:
        return None
    day = int(found[2] or found[3])
    years = [int(found[5])] if found[5] else range(today.year, today.year - _LEAP_YEARS_APART - 1, -1)
    for year in years:
        try:
            at = date(year, month, day)
        except ValueError:
            continue
        if at <= today or found[5]:
            return at
    return None
