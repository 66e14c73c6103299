"""Counts in words: one message, two messages."""

from collections.abc import Mapping

_ONE = {
    "decisions": "decision",
    "identities": "address or number",
    "letters": "letter",
    "messages": "message",
    "notes": "note",
    "opportunities": "opportunity",
    "people": "person",
    "promises": "promise",
    "referrals": "referral",
    "reviews": "review",
    "steps": "step",
}
"""What one document of a table is called."""
_MANY = {"identities": "addresses or numbers"}


def count_of(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun: `1 opportunity`, `2 opportunities`; the plural of most has an s."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def size_of(count: int) -> str:
    """Return a number of bytes in words: `812 bytes`, `12 kB`, `3.4 MB`."""
    if count < 1000:
        return count_of(count, "byte")
    return f"{count / 1000:.0f} kB" if count < 999_500 else f"{count / 1_000_000:.1f} MB"


def counted(counts: Mapping[str, int]) -> str:
    """Return counts of documents by table in words: `1 person, 2 messages`; empty where there are none."""
    return ", ".join(
        count_of(count, _ONE.get(table, table), _MANY.get(table, table)) for table, count in counts.items()
    )
