"""Times as people write them on a command line."""

from collections.abc import Sequence

from tui.commands.common.opening import paths


def future(words: str) -> tuple[int, str]:
    """Read "tomorrow", "mon 9am", "2w" as a time to come, in milliseconds and as a date in words."""
    from store.clock import now
    from store.rules.dates import describe, parse_when
    from store.settings import load

    at = parse_when(words, now(), None, hour=load(paths()).snooze_hour)
    return at, describe(at, now(), None)


def split_when(words: Sequence[str]) -> tuple[Sequence[str], str]:
    """Take the time from the end of the words: `abcd mon 9am` is the id `abcd` and "mon 9am".

    Where no words at the end are a time, the last one is returned, for the sentence that refuses it.
    """
    from store.errors import UsageError

    for count in range(len(words), 0, -1):
        when = " ".join(words[-count:])
        for read in (future, any_time):
            try:
                read(when)
            except UsageError:
                continue
            return words[:-count], when
    return words[:-1], words[-1]


def any_time(words: str) -> int:
    """Read words or an ISO date as a time, past or to come, in milliseconds."""
    from store.clock import now
    from store.rules.dates import parse_at

    return parse_at(words, now(), None)


def end_of_day() -> int:
    """Return the last millisecond of today in the user's zone."""
    from datetime import datetime, time, timedelta

    from store.clock import local, now

    tomorrow = local(now()).date() + timedelta(days=1)
    return int(datetime.combine(tomorrow, time()).timestamp()) * 1000 - 1
