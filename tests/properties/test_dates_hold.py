"""What must hold for times in words whatever is typed, whenever and wherever."""

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from store.clock import MINUTE
from store.errors import UsageError
from store.rules.dates import age, describe, parse_at, parse_when, period

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia")
zones = st.sampled_from(ZONES).map(ZoneInfo)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)).map(
    lambda moment: int(moment.timestamp() * 1000)
)
WORDS = (
    "tomorrow today tonight evening noon mon friday next last this week month weekend in at 9am 18:00 24 "
    "12 dec feb 31 29 2028 2026-12-24 2h 3d 2w 1m 6y ago a half an hour 3/4 24.12. t z +01:00 99999 13pm , ٣d"
).split()
typed = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join) | st.text(max_size=20)
UNDERSTOOD = "tomorrow|evening|mon|fri 9am|next week|next month|2h|3d|2w|1m|1y|24 dec|29 feb|5pm|0:30|2:30"
understood = st.sampled_from(UNDERSTOOD.split("|"))


def refused_or(read: Callable[[], bool]) -> bool:
    """Tell whether the reading holds, or was refused in a sentence."""
    try:
        return read()
    except UsageError as refused:
        return bool(refused.sentence and refused.hint)


@given(typed, moments, zones)
def test_anything_typed_is_a_time_ahead_or_a_sentence(text: str, now: int, zone: tzinfo) -> None:
    """Snooze words give a time ahead or a UsageError, never anything else."""
    assert refused_or(lambda: parse_when(text, now, zone) > now)


@given(understood, moments, zones)
def test_the_echo_reads_back_as_itself(text: str, now: int, zone: tzinfo) -> None:
    """What is echoed before a snooze is saved, typed again, is the same time in the same words."""
    at = parse_when(text, now, zone)
    echo = describe(at, now, zone)
    again = parse_when(echo, now, zone)
    assert describe(again, now, zone) == echo
    assert at % MINUTE == 0


@given(typed, moments, zones, st.booleans())
def test_queries_and_past_times_never_break(text: str, now: int, zone: tzinfo, forward: bool) -> None:
    """A span of days begins before it ends, and the past is read or refused in a sentence."""

    def ordered() -> bool:
        first, after = period(text, now, zone, forward=forward)
        return first <= after

    assert refused_or(ordered)
    assert refused_or(lambda: isinstance(parse_at(text, now, zone), int))


@given(moments, moments)
def test_an_age_is_always_short(at: int, now: int) -> None:
    """No pair of times makes an age that the list's column cannot hold."""
    assert 2 <= len(age(at, now)) <= 3
