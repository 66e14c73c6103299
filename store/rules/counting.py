"""Counts in words: 1 person, 2 people."""

from collections.abc import Mapping
from typing import Final

_ONE: Final[Mapping[str, str]] = {"people": "person", "opportunities": "opportunity"}


def counted(number: int, plural: str) -> str:
    """Say how many there are of something that is named by its plural."""
    return f"{number} {_ONE.get(plural, plural.removesuffix('s')) if number == 1 else plural}"
