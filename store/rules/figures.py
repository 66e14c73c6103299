"""What every statistic is made of: a figure with its n, said as a count below five and never without data."""

from collections.abc import Sequence
from statistics import median
from typing import Any

import msgspec

LEAST_FOR_PERCENT = 5
"""The n from which a share may be said as a percentage."""


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One statistic."""

    name: str
    """Its key in JSON."""
    title: str
    n: int
    needs: int = 1
    """The n from which it says anything."""
    text: str = ""
    """What it says, in a line."""
    value: Any = None
    """The same for JSON."""
    table: tuple[tuple[str, ...], ...] = ()
    """Rows of words under it, the first one a head."""

    @property
    def is_enough(self) -> bool:
        """Whether there is enough to say anything."""
        return self.n >= self.needs

    @property
    def said(self) -> str:
        """The line, or that there is not enough yet."""
        return self.text if self.is_enough else f"not enough data yet (n = {self.n}, needs {self.needs})"


class Section(msgspec.Struct, frozen=True):
    """Figures under one heading."""

    title: str
    figures: tuple[Figure, ...]


def share(count: int, n: int) -> str:
    """Say a part of a whole: a count below five, with a percentage from there on."""
    if n < LEAST_FOR_PERCENT:
        return f"{count} of {n}"
    return f"{count} of {n} ({round(100 * count / n)} %)"


def ratio(count: int, n: int) -> dict[str, int]:
    """Return a part of a whole for JSON: counts, from which anybody may divide."""
    return {"count": count, "of": n}


def middle(values: Sequence[float]) -> float:
    """Return the median to one digit, 0 for none."""
    return round(float(median(values)), 1) if values else 0.0


def days(count: float) -> str:
    """Say a number of days."""
    shown = f"{count:g}"
    return f"{shown} day" if count == 1 else f"{shown} days"
