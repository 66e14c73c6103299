"""Counts in words."""

import pytest

from store.rules.counting import counted


@pytest.mark.parametrize(
    ("number", "plural", "said"),
    [
        (1, "people", "1 person"),
        (2, "people", "2 people"),
        (0, "messages", "0 messages"),
        (1, "messages", "1 message"),
        (1, "opportunities", "1 opportunity"),
    ],
)
def test_one_is_not_many(number: int, plural: str, said: str) -> None:
    """One of something has its own word."""
    assert counted({plural: number}) == said
