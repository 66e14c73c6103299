"""Dates as the reader writes them, aligned so that days and hours stand under each other."""

from typing import Literal

from store.clock import local
from tui.text import Safe

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WIDTH = 16


def stamp(at: int, now: int, precision: Literal["s", "min", "day"] = "min") -> Safe:
    """Write a time in 16 cells: `Thu 12 Nov 17:40`; in another year than now's, the year and no hour."""
    when = local(at)
    if when.year != local(now).year:
        return Safe(f"{when.day:>6} {_MONTHS[when.month - 1]} {when.year}".rjust(WIDTH))
    hour = "     " if precision == "day" else f"{when:%H:%M}"
    return Safe(f"{_DAYS[when.weekday()]} {when.day:>2} {_MONTHS[when.month - 1]} {hour}")
