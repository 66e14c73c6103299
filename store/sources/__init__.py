"""Readers of what the user has: each yields messages, or the reason why one could not be read."""

from collections.abc import Iterator
from pathlib import Path

from store.sources.source import (
    Acquaintance,
    Item,
    Original,
    Own,
    Progress,
    Skipped,
    Source,
    Unreadable,
    Wanted,
)

__all__ = [
    "Acquaintance",
    "Item",
    "Original",
    "Own",
    "Progress",
    "Skipped",
    "Source",
    "Unreadable",
    "Wanted",
    "identify",
    "identify_text",
]


def identify(path: Path, wanted: Wanted | None = None) -> Iterator[Source | Unreadable]:
    """Yield what can be read at a path that the user named: a file, or all below a folder.

    `wanted` is asked about each file; without it, all are read.
    """
    from store.sources.finding import find

    return find(path, wanted)


def identify_text(data: bytes) -> Source:
    """Return how to read what came on standard input: a mailbox, a mail, or words."""
    from store.sources.finding import find_text

    return find_text(data)
