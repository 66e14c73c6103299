"""The doctor: checks the file, the state beside it and the configuration, and says what to do."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from store import settings
from store.errors import StoreError
from store.file import publish
from store.file.absorb import found_at, meta_of
from store.file.backups import all_backups
from store.file.codec import META, decode_document
from store.file.lines import Lines
from store.file.places import StateFolder
from store.ids import document_id
from store.repository import Repository


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    ok: bool
    sentence: str
    hint: str = ""


def examine(paths: settings.Paths) -> list[Finding]:
    """Look at everything without changing anything."""
    return [*_configuration(paths), *_file(paths), *_state(paths)]


def recreate(path: Path | None) -> str:
    """Write a missing data file anew from this machine's own copy."""
    with Repository.open(path, create=False) as repository:
        if publish.signature(repository.path) is not None:
            return f"{repository.path} is there; nothing was written."
        repository.publish(recreate=True)
    return f"{repository.path} was written anew from this machine's copy."


def _configuration(paths: settings.Paths) -> Iterator[Finding]:
    try:
        settings.load(paths)
    except StoreError as error:
        yield Finding(False, error.sentence, error.hint)
    else:
        there = "is fine" if paths.config.exists() else "is not there: the defaults hold"
        yield Finding(True, f"The configuration {paths.config} {there}.")


def _file(paths: settings.Paths) -> Iterator[Finding]:
    try:
        found = found_at(paths.file)
    except StoreError as error:
        yield Finding(False, error.sentence, error.hint)
        return
    if found is None:
        yield Finding(
            False, f"There is no data file {paths.file} yet.", "ringback add and ringback pull make it."
        )
        return
    if found.damage:
        yield Finding(
            False,
            f"The data file {paths.file} is damaged: {found.damage}.",
            "Any command that opens it heals it from this machine's copy; ringback where names the backups.",
        )
        return
    yield _mode(paths.file, 0o077, "chmod 600")
    yield from _content(paths.file, found.states[0], found.raw)


def _content(path: Path, state: Lines, raw: bytes) -> Iterator[Finding]:
    if meta_of(state).app != "ringback":
        yield Finding(False, f"{path} is not a Ringback data file.", "Name another file with --file.")
        return
    counts = ", ".join(f"{state.count(table)} {table}" for table in state.tables if table != META)
    yield Finding(True, f"The data file is readable: {counts or 'nothing in it yet'}.")
    yield Finding(
        state.data == raw,
        "Its form is canonical." if state.data == raw else "Another program has rewritten the data file.",
        "" if state.data == raw else "The next change writes it in its own form again.",
    )
    wrong = [
        f"{table} {id}"
        for table in state.tables
        if table != META
        for id, document in state.items(table)
        if isinstance(key := decode_document(document).get("k"), str) and document_id(key) != id
    ]
    if wrong:
        yield Finding(
            False, f"{len(wrong)} documents stand under a wrong id, first {wrong[0]}.", "Restore a backup."
        )
    else:
        yield Finding(True, "Every document stands under the id of its key.")


def _state(paths: settings.Paths) -> Iterator[Finding]:
    try:
        folder = StateFolder.of(paths.file, paths.state)
    except StoreError as error:
        yield Finding(False, error.sentence, error.hint)
        return
    yield _mode(folder.folder, 0o077, "chmod 700")
    left = publish.leftovers(paths.file) if paths.file.parent.is_dir() else []
    if left:
        yield Finding(
            False,
            f"A crash left {left[0].name} beside the data file.",
            "Any command that opens the file merges it.",
        )
    published = publish.read_published(folder)
    here = publish.signature(paths.file)
    if published is not None and here is not None and published.signature != here:
        yield Finding(True, "The data file came from elsewhere; the next command merges it.")
    kept = all_backups(folder)
    yield Finding(
        True,
        f"{len(kept)} backups in {folder.backups}."
        if kept
        else "No backup yet: the first comes with the next day's first change.",
    )


def _mode(path: Path, forbidden: int, command: str) -> Finding:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & forbidden:
        return Finding(False, f"Others on this machine may read {path} (mode {mode:o}).", f"{command} {path}")
    return Finding(True, f"Only you may read {path}.")
