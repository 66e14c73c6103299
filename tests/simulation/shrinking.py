"""Making a failing list of steps shorter, until every step that is left is needed."""

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")
_PATIENCE = 60.0
"""Seconds that are spent on it at most."""


def shrink(steps: Sequence[T], fails: Callable[[Sequence[T]], bool]) -> list[T]:
    """Return fewer of these steps that still fail: halves are left out first, single steps last."""
    left, size = list(steps), max(1, len(steps) // 2)
    end = time.monotonic() + _PATIENCE
    while size and time.monotonic() < end:
        before, at = len(left), 0
        while at < len(left) and time.monotonic() < end:
            without = left[:at] + left[at + size :]
            if fails(without):
                left = without
            else:
                at += size
        size = size // 2 if size > 1 or len(left) == before else 1
    return left
