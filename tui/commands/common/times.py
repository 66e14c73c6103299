"""Times as people write them on a command line."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.clock import local, now
from store.errors import StoreError, UsageError
from store.rules.dates import describe, parse_at, parse_when

if TYPE_CHECKING:
    from store.index import Index


def future(words: str, *, hour: int) -> tuple[int, str]:
    """Read "tomorrow", "mon 9am", "2w" as a time to come, in milliseconds and as a date in words.

    A day without a time of day begins at `hour`.
    """
    at = parse_when(words, now(), None, hour=hour)
    return at, describe(at, now(), None)


def any_time(words: str) -> int:
    """Read words or an ISO date as a time, past or to come, in milliseconds."""
    return parse_at(words, now(), None)


def split_when(words: Sequence[str], index: "Index") -> tuple[Sequence[str], str]:
    """Take the time from the end of the words: `abcd mon 9am` is the id `abcd` and "mon 9am".

    A short code may look like a year or like weeks, so a word that is the code of an opportunity is one.
    Where no words at the end are a time, the last one is returned, for the sentence that refuses it.
    """
    first = 0
    while first < len(words) - 1 and _is_code(words[first], index):
        first += 1
    for start in range(first, len(words)):
        if _is_time(" ".join(words[start:])):
            return words[:start], " ".join(words[start:])
    return words[:-1], words[-1]


def _is_code(word: str, index: "Index") -> bool:
    """Tell whether a word names an opportunity as lists show it; a shorter one may be meant as a time."""
    try:
        return len(word) >= len(index.code(index.resolve(word).id))
    except StoreError:
        return False


def _is_time(words: str) -> bool:
    for read in (parse_when, parse_at):
        try:
            read(words, now(), None)
        except UsageError:
            continue
        return True
    return False


def end_of_day() -> int:
    """Return the last millisecond of today in the user's zone."""
    from datetime import datetime, time, timedelta

    tomorrow = local(now()).date() + timedelta(days=1)
    return int(datetime.combine(tomorrow, time()).timestamp()) * 1000 - 1
