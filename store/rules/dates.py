"""Times in words, as people type them for a snooze, a nudge or a query, and back into words.

Times are milliseconds since 1970 UTC. Days are counted in the calendar of a zone, so that `tomorrow` is
eight o'clock on either side of a change of clocks; `zone` None is the machine's own.
"""

import re
from datetime import date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from store.clock import DAY, HOUR, MINUTE, local
from store.errors import UsageError
from store.rules.day_words import EXAMPLES, MONTHS, NUMBERS, WEEKDAYS, Horizon, read_days

EVENING = 18
_PARTS = {"noon": 12, "lunchtime": 12, "afternoon": 14, "evening": EVENING, "night": 21}
_FILLER = r"(?<!\S)(?:in|on|by|until|till|the|of|o'clock)(?!\S)"
_CLOCK = (
    r"(?<!\S)(?:(?P<at>at) )?"
    r"(?:(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2}))? ?(?P<half>[ap]m)?"
    rf"|(?P<part>morning|{'|'.join(_PARTS)}))(?!\S)"
)
_SOON = (
    rf"(?P<count>[0-9]{{1,4}}|half an|{'|'.join(NUMBERS)}) ?(?P<unit>min|mins|minutes?|h|hrs?|hours?)"
    r"(?P<ago> ago)?"
)
_ISO = r"[0-9]{4}-[0-9]{2}-[0-9]{2}[t ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:z| ?[+-][0-9]{2}:?[0-9]{2})?"
_LONGEST = 60
"""Characters beyond which nothing is a time."""


class _View(NamedTuple):
    """Where a time is read from, and whether words point ahead or back."""

    now: int
    zone: tzinfo | None
    forward: bool

    @property
    def today(self) -> date:
        return local(self.now, self.zone).date()

    def ahead(self, day: date, clock: time) -> bool:
        return self.place(day, clock) > self.now

    def place(self, day: date, clock: time) -> int:
        """Return the moment. An hour that clocks skip is read as if they had not.

        Of an hour that they show twice it is the first one, unless only the second lies ahead.
        """
        try:
            moment = datetime.combine(day, clock, self.zone)
            at = int(moment.timestamp()) * 1000
            if self.forward and at <= self.now:
                at = int(moment.replace(fold=1).timestamp()) * 1000
        except (ValueError, OverflowError, OSError):
            raise UsageError(f"{day} is too far away.", EXAMPLES) from None
        return at

    def horizon(self, clock: time | None) -> Horizon:
        """Return where days are read from: today counts where the clock time has not passed it."""
        step = 0
        if clock and self.ahead(self.today, clock) != self.forward:
            step = 1 if self.forward else -1
        return Horizon(self.today, self.forward, self.today + timedelta(days=step))


def parse_when(text: str, now: int, zone: tzinfo | None, *, hour: int = 8) -> int:
    """Read a time that lies ahead: `tomorrow`, `mon 9am`, `2w`, `24 dec`.

    Days begin at `hour`; what is left of today begins in the evening.
    Raises UsageError for what is no time, for two readings, and for the past.
    """
    view = _View(now, zone, forward=True)
    words = _tidy(text)
    at = _moment(words, view)
    if at is None:
        clock, days = _clock(words, hour)
        start = clock or time(hour)
        latest = clock or max(start, time(EVENING))
        day = _day(text, days, view.horizon(latest), stated=clock is not None)
        if clock is None and day == view.today and not view.ahead(day, start):
            start = time(EVENING)
        at = view.place(day, start)
    if at <= now:
        raise UsageError(f"{describe(at, now, zone)} is past.", "Give a time ahead, such as tomorrow or 2w.")
    return at


def parse_at(text: str, now: int, zone: tzinfo | None) -> int:
    """Read when something happened: `2h`, `yesterday 17:40`, `mon 9am`, an ISO time.

    A weekday or a date without a year is the latest one; a day alone stands for its noon, today for now.
    UsageError where the time cannot be read, or lies ahead.
    """
    view = _View(now, zone, forward=False)
    words = _tidy(text)
    at = _moment(words, view)
    if at is None:
        clock, days = _clock(words, 0)
        day = _day(text, days, view.horizon(clock), stated=clock is not None)
        at = view.place(day, clock or time(12))
        if clock is None and day == view.today:
            at = min(at, now)
    if at > now + MINUTE:
        raise UsageError(
            f'"{text}" lies ahead.', "Say when it was: 2h, yesterday 17:40, mon 9am, 2026-11-09."
        )
    return at


def period(text: str, now: int, zone: tzinfo | None, *, forward: bool) -> tuple[int, int]:
    """Read days as a query means them: when they begin and when the next begin; a clock time is no span."""
    view = _View(now, zone, forward)
    words = _tidy(text)
    at = _moment(words, view)
    if at is None:
        clock, days = _clock(words, 0)
        if clock is None and (span := read_days(days, view.horizon(None))):
            midnights = _View(now, zone, forward=False)
            return midnights.place(span.first, time()), midnights.place(span.after, time())
        at = view.place(_day(text, days, view.horizon(clock), stated=clock is not None), clock or time())
    return at, at


def describe_day(at: int, now: int, zone: tzinfo | None = None) -> str:
    """Write a day as `Mon 16 Nov`, with its year where that is not the present one."""
    return describe(at, now, zone).rpartition(" ")[0]


def describe(at: int, now: int, zone: tzinfo | None) -> str:
    """Write a time as `Mon 16 Nov 08:00`, with its year where that is not the present one."""
    moment, year = local(at, zone), local(now, zone).year
    day = f"{WEEKDAYS[moment.weekday()]} {moment.day} {MONTHS[moment.month - 1]}"
    return f"{day}{'' if moment.year == year else f' {moment.year}'} {moment:%H:%M}"


def age(at: int, now: int) -> str:
    """Write how long ago something was, in at most three characters: `now` `5m` `2h` `13d` `5w` `2y`."""
    past = now - at
    if past < MINUTE:
        return "now"
    if past < HOUR:
        return f"{past // MINUTE}m"
    if past < DAY:
        return f"{past // HOUR}h"
    if past < 14 * DAY:
        return f"{past // DAY}d"
    return f"{past // (7 * DAY)}w" if past < 99 * 7 * DAY else f"{past // (365 * DAY)}y"


def _tidy(text: str) -> str:
    """Fold case and spaces and drop the words that carry nothing, so that one form of each is left."""
    if len(text) > _LONGEST:
        raise _unreadable(text)
    words = " ".join(text.casefold().replace(",", " ").replace("a.m.", "am").replace("p.m.", "pm").split())
    return " ".join(re.sub(_FILLER, " ", words.replace("tonight", "today evening")).split())


def _day(text: str, words: str, horizon: Horizon, *, stated: bool) -> date:
    """Return the day that the words name; where only a clock time was stated, the nearest one with it."""
    if not words and stated:
        return horizon.nearest
    span = read_days(words, horizon)
    if span is None:
        raise _unreadable(text)
    return span.first


def _moment(words: str, view: _View) -> int | None:
    """Read what names a moment without a calendar: hours and minutes from now, or a full ISO time."""
    if found := re.fullmatch(_SOON, words):
        unit, count = HOUR if found["unit"].startswith("h") else MINUTE, found["count"]
        length = unit // 2 if count == "half an" else unit * (NUMBERS.get(count) or int(count))
        if not view.forward or found["ago"]:
            return view.now - length
        return (view.now + length) // MINUTE * MINUTE
    if not re.fullmatch(_ISO, words):
        return None
    try:
        moment = datetime.fromisoformat(words.replace(" +", "+").replace(" -", "-").upper())
        return (
            view.place(moment.date(), moment.time())
            if moment.tzinfo is None
            else int(moment.timestamp()) * 1000
        )
    except (ValueError, OverflowError):
        raise UsageError(f"There is no such time as {words}.", EXAMPLES) from None


def _clock(words: str, hour: int) -> tuple[time | None, str]:
    """Take the time of day out of the words; a bare number is one only after `at`."""
    for found in re.finditer(_CLOCK, words):
        if found["part"]:
            value, minute = _PARTS.get(found["part"], hour), 0
        elif found["at"] or found["minute"] or found["half"]:
            value, minute = int(found["hour"]), int(found["minute"] or 0)
            if found["half"]:
                if not 1 <= value <= 12:
                    raise UsageError(f"There is no such time as {found[0]}.", EXAMPLES)
                value = value % 12 + (12 if found["half"] == "pm" else 0)
        else:
            continue
        if value > 23 or minute > 59:
            raise UsageError(f"There is no such time as {found[0]}.", EXAMPLES)
        return time(value, minute), " ".join((words[: found.start()] + words[found.end() :]).split())
    return None, words


def _unreadable(text: str) -> UsageError:
    shown = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    return UsageError(f'"{shown}" is not a time.', EXAMPLES)
