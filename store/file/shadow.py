"""The shadow: a copy of the whole state, kept where no syncer reaches it.

Its file name holds the journal's sequence that it reaches, so that the copy and its place in the journal
change in one rename. A syncer that overwrites the published file with an older one cannot take away what
the shadow and the journal after it hold.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from store.file import disk
from store.file.lines import Lines
from store.file.places import StateFolder

_NAME = re.compile(r"shadow-(\d+)\.json")


def _shadows(folder: StateFolder) -> list[tuple[int, Path]]:
    found = []
    for path in folder.folder.glob("shadow-*.json"):
        match = _NAME.fullmatch(path.name)
        if match is not None:
            found.append((int(match[1]), path))
    return sorted(found, reverse=True)


def newest(folder: StateFolder) -> tuple[int, Lines] | None:
    """Return the newest shadow and the sequence that it reaches, None where there is none."""
    for sequence, path in _shadows(folder):
        return sequence, Lines(path.read_bytes())
    return None


def sequence(folder: StateFolder) -> int:
    """Return the sequence that the newest shadow reaches, -1 where there is none."""
    return next((sequence for sequence, _ in _shadows(folder)), -1)


def write(folder: StateFolder, chunks: Iterable[disk.Chunk], reaches: int) -> None:
    """Write the state at a sequence as the new shadow, durably, and remove older ones."""
    path = folder.folder / f"shadow-{reaches}.json"
    disk.write_whole(path, chunks)
    for _, other in _shadows(folder):
        if other != path:
            disk.remove(other)
