"""The shadow: a copy of the whole state, kept where no syncer reaches it.

Its file name holds the journal and the sequence in it that the copy reaches, so that both change in one
rename. A syncer that overwrites the published file with an older one cannot take away what the shadow and
the journal after it hold.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from store.file import disk
from store.file.lines import Lines
from store.file.places import StateFolder

_NAME = re.compile(r"shadow-([0-9a-f]+)-(\d+)\.json")


class Shadow(NamedTuple):
    """A shadow by what it reaches in which journal."""

    sequence: int
    journal: str
    path: Path

    def read(self) -> Lines:
        """Return the state it holds."""
        return Lines(self.path.read_bytes())


def newest(folder: StateFolder, journal: str) -> Shadow | None:
    """Return the newest shadow, None where there is none.

    One of another journal than the one with this identity reaches nothing of it: its sequence is 0.
    """
    found = _all(folder)
    mine = [each for each in found if each.journal == journal]
    if mine:
        return max(mine)
    others = sorted(found, key=lambda each: each.path.stat().st_mtime_ns)
    return others[-1]._replace(sequence=0) if others else None


def write(folder: StateFolder, chunks: Iterable[disk.Chunk], reaches: int, journal: str) -> None:
    """Write the state at a sequence of a journal as the new shadow, durably, and remove older ones."""
    path = folder.folder / f"shadow-{journal}-{reaches}.json"
    disk.write_whole(path, chunks)
    for other in _all(folder):
        if other.path != path:
            disk.remove(other.path)


def _all(folder: StateFolder) -> list[Shadow]:
    found = []
    for path in folder.folder.glob("shadow-*.json"):
        match = _NAME.fullmatch(path.name)
        if match is not None:
            found.append(Shadow(int(match[2]), match[1], path))
    return found
