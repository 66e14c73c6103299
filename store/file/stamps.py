"""Stamps, which name a write, and contexts, which say what writes a document has seen.

A node is one machine's state folder. Its writes are numbered, and no number is given twice, so that (node,
sequence) names a write for ever. The time is a machine's own clock and may be wrong: it decides only which
of two concurrent values is shown first.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

Context = dict[str, int]
"""Node → the highest sequence of that node that was seen."""

_FORM = re.compile(r"([a-z0-9]{6,32})\.(0|[1-9a-z][0-9a-z]{0,12})\.(0|[1-9a-z][0-9a-z]{0,12})", re.ASCII)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Stamp(NamedTuple):
    """The name of a write, written `node.sequence.time` with both numbers in base 36."""

    node: str
    sequence: int
    time: int
    """Milliseconds since 1970 UTC, by the writer's clock."""

    @classmethod
    def parse(cls, text: str) -> "Stamp | None":
        """Read a stamp; None where the text is not exactly what a stamp would be written as."""
        return _parse(text)

    @property
    def dot(self) -> tuple[str, int]:
        """Return the write's identity: the time is no part of it."""
        return self.node, self.sequence

    def __str__(self) -> str:
        return f"{self.node}.{_base36(self.sequence)}.{_base36(self.time)}"


@lru_cache(maxsize=4096)
def _parse(text: str) -> Stamp | None:
    form = _FORM.fullmatch(text)
    if form is None:
        return None
    return Stamp(form[1], int(form[2], 36), int(form[3], 36))


def _base36(number: int) -> str:
    if number < 0:
        raise ValueError(f"a stamp holds no negative number: {number}")
    text = ""
    while number >= 36:
        number, digit = divmod(number, 36)
        text = _DIGITS[digit] + text
    return _DIGITS[number] + text


def covers(context: Context, stamp: Stamp) -> bool:
    """Tell whether a document with this context has seen the write."""
    return context.get(stamp.node, 0) >= stamp.sequence


def join(contexts: Iterable[Context]) -> Context:
    """Return the context that has seen what any of these has."""
    joined: Context = {}
    for context in contexts:
        for node, sequence in context.items():
            if sequence > joined.get(node, 0):
                joined[node] = sequence
    return joined
