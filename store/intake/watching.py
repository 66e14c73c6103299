"""Looking into the folders of the configuration for files that were not read yet, without reading any."""

import os
from collections.abc import Iterator
from pathlib import Path

from store.file.places import StateFolder
from store.intake.configured import Folder, configured
from store.intake.memory import Memory
from store.intake.read_files import Look, look
from store.settings import Paths, Settings
from store.sources.finding import belongs_to_a_program

_MOST = 200_000
"""Files looked at in one go."""
_ON_ITS_WAY = (".part", ".crdownload", ".tmp")


def new_files(settings: Settings, paths: Paths, state: StateFolder) -> list[tuple[str, str, Look]]:
    """Return (source, path, how it looks) of every file that is new or changed; raises StoreError."""
    folders = [each for each in configured(settings, paths) if isinstance(each, Folder)]
    found = []
    with Memory(state) as memory:
        for folder in folders:
            for path in _files(folder.folder):
                seen = look(path)
                if seen is not None and memory.files.is_new(path, seen):
                    found.append((folder.name, str(path), seen))
    return found


def _files(root: Path) -> Iterator[Path]:
    """Yield the files below a folder, hidden ones and those still on their way left out."""
    if root.is_file():
        yield root
        return
    count = 0
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "tmp")
        for name in sorted(files):
            if not belongs_to_a_program(name) and not name.startswith("~") and not name.endswith(_ON_ITS_WAY):
                yield Path(folder, name)
                count += 1
                if count >= _MOST:
                    return
