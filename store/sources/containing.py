"""Keeping an error that no reader foresaw to the source that it came from."""

from collections.abc import Iterator
from typing import TypeVar

from store.errors import StoreError
from store.sources.source import Unreadable
from store.sources.text import one_line

T = TypeVar("T")


def contained(place: str, items: Iterator[T]) -> Iterator[T | Unreadable]:
    """Yield items; where they end with an error that is no sentence yet, say so, and end these alone.

    One file that breaks its reader must not keep all others from being read, pull after pull.
    """
    try:
        yield from items
    except (StoreError, BrokenPipeError):  # that is of whoever is told how far it has come
        raise
    except Exception as error:
        told = one_line(f"{type(error).__name__}: {error}", 200)
        yield Unreadable(place, f"Reading it ended with an error of Ringback ({told}). Please report it.")
