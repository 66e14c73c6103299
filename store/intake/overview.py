"""The sources as a page shows them: each with its newest reading, and what to do next."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from store.intake.configured import Configured, Folder, configured
from store.intake.memory import Memory
from store.intake.reads import Reading
from store.repository import Repository


class Overview(NamedTuple):
    """One source, of the configuration or read by hand."""

    name: str
    kind: str
    """folder, imap, or `by hand`."""
    place: str
    """Where it is, in words."""
    reading: Reading | None
    """The newest one on this machine."""
    next: str
    """What to do about it; empty where all is well."""


def overviews(repository: Repository) -> list[Overview]:
    """Return the sources of the configuration, then what was read by hand, the newest first."""
    sources = configured(repository.settings, repository.paths)
    with Memory.of(repository) as memory:
        readings = memory.reads.all()
    by_name = {reading.source: reading for reading in readings}
    found = [_of(source, by_name.get(source.name)) for source in sources]
    names = {source.name for source in sources}
    by_hand = [reading for reading in readings if reading.source not in names]
    return found + [
        Overview(reading.source, "by hand", reading.source, reading, _step(reading)) for reading in by_hand
    ]


def _of(source: Configured, reading: Reading | None) -> Overview:
    if isinstance(source, Folder) and not Path(source.folder).exists():
        return Overview(source.name, source.kind, source.place, reading, f"{source.folder} is not there.")
    step = _step(reading) if reading is not None else f"ringback pull {source.name}"
    return Overview(source.name, source.kind, source.place, reading, step)


def _step(reading: Reading) -> str:
    return reading.failures[0].reason if reading.failures else ""


def left_out_count(repository: Repository) -> int:
    """Return how many messages were left out on this machine."""
    with Memory.of(repository) as memory:
        return memory.left_out.count()


def counts(reading: Reading) -> Sequence[tuple[str, int]]:
    """Return what a reading found, in words and numbers."""
    named = (
        ("read", reading.read),
        ("new", reading.added),
        ("to review", reading.review),
        ("left out", reading.left_out),
        ("skipped", reading.skipped),
        ("not read", reading.failed),
    )
    return [(name, count) for name, count in named if count or name in ("read", "new")]
