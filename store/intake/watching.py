"""Looking into the folders of the configuration for files that were not read yet, without reading any."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from store.file.places import StateFolder
from store.intake.configured import Folder, configured
from store.intake.memory import Memory
from store.intake.read_files import Look, look
from store.settings import Paths, Settings
from store.sources.finding import belongs_to_a_program
from store.sources.maildir import is_maildir

_MOST = 200_000
"""Files looked at in one go."""


def new_files(settings: Settings, paths: Paths, state: StateFolder) -> list[tuple[str, str, Look]]:
    """Return (source, path, how it looks) of every file that is new or changed; raises StoreError."""
    folders = [each for each in configured(settings, paths) if isinstance(each, Folder)]
    found = []
    with Memory(state) as memory:
        for folder in folders:
            with suppress(OSError):  # the page of sources says what cannot be opened
                for path in _files(folder.folder):
                    seen = look(path)
                    if seen is not None and memory.files.is_new(path, seen):
                        found.append((folder.name, str(path), seen))
    return found


def _files(root: Path) -> Iterator[Path]:
    """Yield the files below a folder as a pull walks it."""
    if root.is_file():
        yield root
        return
    count = 0
    seen: set[tuple[int, int]] = set()
    for name, folders, files in os.walk(root, followlinks=True):
        folder = Path(name)
        status = folder.stat()
        if (status.st_dev, status.st_ino) in seen:  # a link leads back
            folders.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        folders[:] = sorted(each for each in folders if _is_walked(folder, each))
        for each in sorted(files):
            if not belongs_to_a_program(each):
                yield folder / each
                count += 1
                if count >= _MOST:
                    return


def _is_walked(folder: Path, name: str) -> bool:
    """Whether a pull would go into a folder: hidden ones are walked where they belong to a Maildir."""
    if name.startswith("."):
        return is_maildir(folder / name)
    return name != "tmp" or not is_maildir(folder)
