"""Files that each hold one mail, as Maildirs and folders of exports have them: many are read at once."""

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from store.sources.appraising import load
from store.sources.containing import contained
from store.sources.crew import PORTION_BYTES, work
from store.sources.in_step import Steps, in_step
from store.sources.source import Carried, Item, Progress, once, pack_items, unpack_items
from store.sources.text import place_of

Read = Callable[[Path], Steps[Item]]
"""Yields what a file holds, perhaps in steps; it goes to other processes."""


class _Sized(NamedTuple):
    path: Path
    size: int

    @property
    def weight(self) -> int:
        """What it weighs in a portion: a file whose size nobody knows fills one."""
        return self.size or PORTION_BYTES


def read_files(files: Sequence[Path], read: Read, progress: Progress) -> Iterator[Item]:
    """Yield what files hold, in their order, each of the user's own addresses once."""
    yield from once(_read_all([_Sized(path, size_of(path)) for path in files], read, progress))


def _read_all(files: Sequence[_Sized], read: Read, progress: Progress) -> Iterator[Item]:
    size, done = sum(file.size for file in files), 0
    for packed, portion in work(partial(_read_portion, read), files, size, attrgetter("weight"), load):
        yield from unpack_items(packed)
        done += portion
        progress(done)


def _read_portion(read: Read, files: Sequence[_Sized]) -> tuple[bytes | list[Carried], int]:
    """Return what some files hold, packed, and how many bytes they have."""
    readings = [contained(place_of(path), read(path)) for path, _ in files]
    return pack_items(in_step(readings)), sum(file.size for file in files)


def size_of(path: Path) -> int:
    """Return how many bytes a file has; 0 for one that is not there, or closed."""
    try:
        return os.stat(path).st_size  # noqa: PTH116 - of thousands of files; a Path takes three times as long
    except OSError:
        return 0
