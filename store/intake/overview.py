"""The sources as a page shows them: each with its newest reading, and what to do next."""

import os
import shlex
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from store.errors import FileError, NotFoundError, UsageError
from store.file.disk import reason
from store.file.places import StateFolder
from store.intake.configured import Configured, Folder, configured
from store.intake.configuring import remove
from store.intake.memory import Memory
from store.intake.reads import Reading
from store.repository import Repository
from store.settings import Paths, with_sources


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
    is_configured: bool
    """Whether the configuration has it, so that it can be read by its name."""


def overviews(repository: Repository) -> list[Overview]:
    """Return the sources of the configuration, then what else was read, the newest first."""
    repository.settings = with_sources(repository.settings, repository.paths)
    sources = configured(repository.settings, repository.paths)
    with Memory.of(repository) as memory:
        readings = memory.reads.all()
    by_name = {reading.source: reading for reading in readings}
    names = {source.name for source in sources}
    others = [_of_another(reading) for reading in readings if reading.source not in names]
    return [_of(source, by_name.get(source.name)) for source in sources] + others


def let_go(repository: Repository, name: str) -> str:
    """Take what the configuration does not have off the list; return a sentence.

    Raises UsageError for a source of the configuration, NotFoundError for what is not on the list.
    """
    repository.settings = with_sources(repository.settings, repository.paths)
    if name in repository.settings.sources:
        raise UsageError(
            f"{name} is a source of the configuration.",
            f"ringback sources remove {shlex.quote(name)} takes it out.",
        )
    with Memory.of(repository) as memory:
        if memory.reads.of(name) is None:
            raise NotFoundError(f"{name} is not on the list.", "ringback sources shows it.")
        memory.reads.forget(name)
    return f"{name} is off the list; what was read from it stays."


def take_out(paths: Paths, name: str) -> str:
    """Take a source out of the configuration, and off the list; return a sentence.

    Raises UsageError where the configuration does not have it, or cannot be written.
    """
    remove(paths, name)
    state = StateFolder.at(paths.file, paths.state)
    # A list that cannot be read is told by whoever shows it; there the source is out of the configuration.
    with suppress(FileError):
        if state.intake.exists():
            with Memory(state) as memory:
                memory.reads.forget(name)
    return f"{name} is no source any more; what was read from it stays."


def _of(source: Configured, reading: Reading | None) -> Overview:
    step = _step(reading) if reading is not None else f"ringback pull {source.name}"
    if isinstance(source, Folder):
        step = _closed(source.folder, source.name) or step
    return Overview(source.name, source.kind, source.place, reading, step, is_configured=True)


def _of_another(reading: Reading) -> Overview:
    name, step = reading.source, _step(reading)
    if not reading.kind:
        return Overview(name, "by hand", name, reading, step, is_configured=False)
    place = "no longer in the configuration"
    return Overview(name, reading.kind, place, reading, step, is_configured=False)


def _closed(folder: Path, name: str) -> str:
    """Say why a folder, or a file, cannot be looked into; empty where it can be."""
    try:
        if folder.is_dir():
            os.scandir(folder).close()
        else:
            folder.stat()
    except (FileNotFoundError, NotADirectoryError):
        return f"{folder} is not there. Mount it, or take it out: ringback sources remove {name}."
    except OSError as error:
        return f"{folder} cannot be opened: {reason(error)}."
    return ""


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
