"""Times in words: what people type for a snooze, for a call that was, and in a query."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from store.clock import DAY, HOUR, MINUTE
from store.errors import UsageError
from store.rules.dates import age, describe, parse_at, parse_when, period

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> int:
    """Return a local time in Berlin, in milliseconds."""
    return int(datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp() * 1000)


NOW = at("2026-11-18 10:12:45")  # a Wednesday


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("tomorrow", "2026-11-19 08:00"),
        ("Tomorrow 9:30", "2026-11-19 09:30"),
        ("tomorrow at 9", "2026-11-19 09:00"),
        ("tomorrow evening", "2026-11-19 18:00"),
        ("today", "2026-11-18 18:00"),
        ("today 18:00", "2026-11-18 18:00"),
        ("tonight", "2026-11-18 18:00"),
        ("evening", "2026-11-18 18:00"),
        ("9am", "2026-11-19 09:00"),
        ("11:30", "2026-11-18 11:30"),
        ("12am", "2026-11-19 00:00"),
        ("12pm", "2026-11-18 12:00"),
        ("noon", "2026-11-18 12:00"),
        ("mon", "2026-11-23 08:00"),
        ("wed", "2026-11-25 08:00"),
        ("monday 9am", "2026-11-23 09:00"),
        ("9 a.m. on Monday", "2026-11-23 09:00"),
        ("fri", "2026-11-20 08:00"),
        ("this fri", "2026-11-20 08:00"),
        ("next fri", "2026-11-27 08:00"),
        ("next week", "2026-11-23 08:00"),
        ("next month", "2026-12-01 08:00"),
        ("next year", "2027-01-01 08:00"),
        ("weekend", "2026-11-21 08:00"),
        ("next weekend", "2026-11-28 08:00"),
        ("2h", "2026-11-18 12:12"),
        ("in 90 minutes", "2026-11-18 11:42"),
        ("half an hour", "2026-11-18 10:42"),
        ("3d", "2026-11-21 08:00"),
        ("in 3 days", "2026-11-21 08:00"),
        ("2w", "2026-12-02 08:00"),
        ("in a week", "2026-11-25 08:00"),
        ("2 weeks 14:00", "2026-12-02 14:00"),
        ("1m", "2026-12-18 08:00"),
        ("1y", "2027-11-18 08:00"),
        ("2026-12-24", "2026-12-24 08:00"),
        ("2026-12-24 18:00", "2026-12-24 18:00"),
        ("2026-12-24T18:00:30", "2026-12-24 18:00:30"),
        ("2026-12-24T18:00Z", "2026-12-24 19:00"),
        ("2026-12-24T18:00 -0500", "2026-12-25 00:00"),
        ("2027-03", "2027-03-01 08:00"),
        ("24 dec", "2026-12-24 08:00"),
        ("24dec", "2026-12-24 08:00"),
        ("dec 24", "2026-12-24 08:00"),
        ("December 24th, 2027", "2027-12-24 08:00"),
        ("the 24th of december", "2026-12-24 08:00"),
        ("3 apr", "2027-04-03 08:00"),
        ("18 nov", "2026-11-18 18:00"),
        ("17 nov", "2027-11-17 08:00"),
        ("18 nov 11am", "2026-11-18 11:00"),
        ("29 feb", "2028-02-29 08:00"),
        ("december", "2026-12-01 08:00"),
        ("24/12", "2026-12-24 08:00"),
        ("12/24", "2026-12-24 08:00"),
        ("4/4", "2027-04-04 08:00"),
        ("24.12.", "2026-12-24 08:00"),
        ("3.4.2027 9:15", "2027-04-03 09:15"),
        ("Thu 24 Dec 08:00", "2026-12-24 08:00"),
    ],
)
def test_snooze_words_name_a_time_ahead(words: str, expected: str) -> None:
    """Words a person would type mean the next such time; days begin at eight."""
    assert parse_when(words, NOW, BERLIN) == at(expected)


def test_the_hour_at_which_days_begin_can_be_chosen() -> None:
    """The setting for the snooze hour moves days and mornings, not stated times."""
    assert parse_when("mon", NOW, BERLIN, hour=6) == at("2026-11-23 06:00")
    assert parse_when("tomorrow morning", NOW, BERLIN, hour=6) == at("2026-11-19 06:00")
    assert parse_when("mon 9am", NOW, BERLIN, hour=6) == at("2026-11-23 09:00")


def test_today_is_the_morning_before_the_morning() -> None:
    """Before eight, today means eight; later it means the evening; after that it is past."""
    assert parse_when("today", at("2026-11-18 06:00"), BERLIN) == at("2026-11-18 08:00")
    with pytest.raises(UsageError, match="past"):
        parse_when("today", at("2026-11-18 19:00"), BERLIN)


@pytest.mark.parametrize(
    ("now", "words", "expected"),
    [
        ("2026-10-24 12:00", "tomorrow", "2026-10-25 08:00"),
        ("2026-03-28 12:00", "tomorrow", "2026-03-29 08:00"),
        ("2026-03-01 12:00", "1m", "2026-04-01 08:00"),
        ("2026-01-31 12:00", "1m", "2026-02-28 08:00"),
    ],
)
def test_days_are_counted_in_the_calendar(now: str, words: str, expected: str) -> None:
    """Eight o'clock stays eight o'clock across a change of clocks, and a month ends where it ends."""
    assert parse_when(words, at(now), BERLIN) == at(expected)


def test_hours_are_counted_by_the_clockwork() -> None:
    """Two hours are two hours, also in the night in which the clocks are set back."""
    now = at("2026-10-25 01:30")
    assert parse_when("2h", now, BERLIN) - now == 2 * HOUR


def test_an_hour_shown_twice_is_the_one_ahead() -> None:
    """At the second half past two of that night, 2:45 is in a quarter of an hour."""
    second = int(datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1).timestamp() * 1000)
    assert parse_when("2:45", second, BERLIN) - second == 15 * MINUTE


@pytest.mark.parametrize("words", ["yesterday", "2026-11-17", "17 nov 2026", "0h", "last week", "2 days ago"])
def test_the_past_is_refused(words: str) -> None:
    """A snooze into the past is a slip of the hand; the sentence names the date that was read."""
    with pytest.raises(UsageError, match=r"\d{2}:\d{2} is past\.") as refused:
        parse_when(words, NOW, BERLIN)
    assert "tomorrow" in refused.value.hint


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", '"" is not a time.'),
        ("soonish", '"soonish" is not a time.'),
        ("11", '"11" is not a time.'),
        ("25:00", "There is no such time as 25:00."),
        ("13pm", "There is no such time as 13pm."),
        ("31 feb", "There is no such day as 31 feb."),
        ("2026-13-01", "There is no such day as 2026-13-01."),
        ("2026-12-24T18:61", "There is no such time as 2026-12-24t18:61."),
        ("Fri 24 Dec", "24 Dec 2026 is a Thursday, not a Friday."),
        ("3/4", "3/4 could be 3 Apr or 4 Mar."),
        ("30m", "30m could be 30 minutes or 30 months."),
        ("9999y", "There is no such day as 9999y."),
        ("x" * 500, '"' + "x" * 60 + '…" is not a time.'),
    ],
)
def test_nonsense_is_named(words: str, sentence: str) -> None:
    """What cannot be read, or reads two ways, is told in a sentence with a way out."""
    with pytest.raises(UsageError) as refused:
        parse_when(words, NOW, BERLIN)
    assert refused.value.sentence == sentence
    assert refused.value.hint


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2h", "2026-11-18 08:12:45"),
        ("2h ago", "2026-11-18 08:12:45"),
        ("today", "2026-11-18 10:12:45"),
        ("yesterday", "2026-11-17 12:00"),
        ("yesterday 17:40", "2026-11-17 17:40"),
        ("9am", "2026-11-18 09:00"),
        ("17:40", "2026-11-17 17:40"),
        ("mon 10:12", "2026-11-16 10:12"),
        ("wed 9am", "2026-11-18 09:00"),
        ("wed 11am", "2026-11-11 11:00"),
        ("24 dec", "2025-12-24 12:00"),
        ("18 nov", "2026-11-18 10:12:45"),
        ("3 weeks ago", "2026-10-28 12:00"),
        ("2026-11-13T09:05", "2026-11-13 09:05"),
    ],
)
def test_what_happened_is_read_backwards(words: str, expected: str) -> None:
    """For a call that was, a weekday or a date without a year is the latest one."""
    assert parse_at(words, NOW, BERLIN) == at(expected)


@pytest.mark.parametrize(
    ("words", "forward", "first", "after"),
    [
        ("today", False, "2026-11-18", "2026-11-19"),
        ("mon", False, "2026-11-16", "2026-11-17"),
        ("mon", True, "2026-11-23", "2026-11-24"),
        ("2w", False, "2026-11-04", "2026-11-05"),
        ("2w", True, "2026-12-02", "2026-12-03"),
        ("last week", False, "2026-11-09", "2026-11-16"),
        ("weekend", False, "2026-11-14", "2026-11-16"),
        ("2026-11", False, "2026-11-01", "2026-12-01"),
        ("2025", False, "2025-01-01", "2026-01-01"),
        ("24 dec", False, "2025-12-24", "2025-12-25"),
        ("mon 9am", False, "2026-11-16 09:00", "2026-11-16 09:00"),
        ("2026-10-25", False, "2026-10-25", "2026-10-26"),
    ],
)
def test_a_query_asks_for_whole_days(words: str, forward: bool, first: str, after: str) -> None:
    """Days, weeks, months and years run from midnight to midnight, whatever the clocks do between."""
    assert period(words, NOW, BERLIN, forward=forward) == (at(first), at(after))


def test_without_a_zone_the_machines_own_one_counts() -> None:
    """The tests' machine stands in Central Europe."""
    assert parse_when("mon 9am", NOW, None) == at("2026-11-23 09:00")
    assert describe(NOW, NOW, None) == "Wed 18 Nov 10:12"


def test_a_time_is_described_with_its_year_only_where_it_differs() -> None:
    """The echo of a snooze is short, and never leaves the year open."""
    assert describe(at("2026-11-16 08:00"), NOW, BERLIN) == "Mon 16 Nov 08:00"
    assert describe(at("2027-01-04 08:00"), NOW, BERLIN) == "Mon 4 Jan 2027 08:00"


@pytest.mark.parametrize(
    ("past", "expected"),
    [
        (-HOUR, "now"),
        (59_999, "now"),
        (5 * MINUTE, "5m"),
        (2 * HOUR, "2h"),
        (13 * DAY, "13d"),
        (14 * DAY, "2w"),
        (80 * 7 * DAY, "80w"),
        (800 * DAY, "2y"),
    ],
)
def test_an_age_fits_three_characters(past: int, expected: str) -> None:
    """The list's narrow column shows minutes, hours, days, weeks or years."""
    assert age(NOW - past, NOW) == expected


@pytest.mark.parametrize("text", ["2030-01-01", "2027-03-01 10:00", "tomorrow"])
def test_what_happened_does_not_lie_ahead(text: str) -> None:
    """A call or an answer cannot have happened tomorrow: a sentence, with times that can be meant."""
    with pytest.raises(UsageError) as caught:
        parse_at(text, NOW, None)
    assert caught.value.hint
