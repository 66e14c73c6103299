"""The doctor: checks the file, the state beside it and the configuration, and says what to do."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from store import settings
from store.errors import FileError, StoreError
from store.file import publish, shadow
from store.file.absorb import found_at
from store.file.backups import all_backups
from store.file.codec import META, DamagedError, decode_document
from store.file.generation import Generation
from store.file.lines import Lines
from store.file.meta import meta_of
from store.file.places import StateFolder
from store.file.reading import is_canonical
from store.file.sealed import SEAL, is_intact
from store.finding import Finding
from store.ids import document_id
from store.repository import Repository
from store.summary import hint_for_missing

_RESTORE = "ringback restore brings back an older copy; ringback where names the backups."


def examine(paths: settings.Paths) -> list[Finding]:
    """Look at everything without changing anything."""
    return [*_configuration(paths), *_file(paths), *_state(paths), *_invariants(paths)]


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
        yield Finding(False, f"There is no data file {paths.file}.", hint_for_missing(paths))
        return
    if found.damage:
        yield Finding(
            False,
            f"The data file {paths.file} is damaged: {found.damage}.",
            "Any command that opens it heals it from this machine's copy; ringback where names the backups.",
        )
        return
    yield _mode(paths.file, 0o077, "chmod 600")
    if not os.access(paths.file.parent, os.W_OK):
        yield Finding(
            False,
            f"The folder {paths.file.parent} cannot be written to.",
            "Make it writable for you: until then changes are kept on this machine only.",
        )
    yield from _content(paths.file, found.states[0], found.raw)


def _content(path: Path, state: Lines, raw: bytes) -> Iterator[Finding]:
    try:
        app = meta_of(state).app
    except DamagedError:
        app = ""
    if app != "ringback":
        yield Finding(False, f"{path} is not a Ringback data file.", "Name another file with --file.")
        return
    if meta_of(state).is_newer:
        yield Finding(
            False,
            f"{path} was written by a newer Ringback and is read-only here.",
            "Update Ringback on this machine to change anything.",
        )
    counts = ", ".join(f"{state.count(table)} {table}" for table in state.tables if table != META)
    yield Finding(True, f"The data file is readable: {counts or 'nothing in it yet'}.")
    yield Finding(
        state.data == raw,
        "Its form is canonical." if state.data == raw else "Another program has rewritten the data file.",
        "" if state.data == raw else "The next change writes it in its own form again.",
    )
    yield from _documents(state)


def _invariants(paths: settings.Paths) -> Iterator[Finding]:
    """Check what must hold between file, copies and state, where all of them can be read."""
    folder = StateFolder.at(paths.file, paths.state)
    try:
        found = found_at(paths.file)
    except StoreError:
        return
    if found is not None and not found.damage and folder.folder.is_dir():
        from store.invariants import check

        yield from check(paths.file, folder, found.states[0])


def _documents(state: Lines) -> Iterator[Finding]:
    wrong, damaged, broken = [], [], []
    for table in state.tables:
        for id, raw in state.items(table):
            try:
                document = decode_document(raw)
            except DamagedError:
                damaged.append(f"{table} {id}")
                continue
            key = document.get("k")
            if SEAL in document and not is_intact(document):
                broken.append(f"{table} {id}")
            if table != META and isinstance(key, str) and document_id(key) != id:
                wrong.append(f"{table} {id}")
    if damaged:
        yield Finding(False, f"{len(damaged)} documents cannot be read, first {damaged[0]}.", _RESTORE)
    if broken:
        sentence = f"{len(broken)} sealed documents were changed after they were sealed, first {broken[0]}."
        yield Finding(False, sentence, _RESTORE)
    if wrong:
        yield Finding(False, f"{len(wrong)} documents stand under a wrong id, first {wrong[0]}.", _RESTORE)
    else:
        yield Finding(True, "Every document stands under the id of its key.")


def _state(paths: settings.Paths) -> Iterator[Finding]:
    folder = StateFolder.at(paths.file, paths.state)
    if not folder.folder.is_dir():
        yield Finding(True, "This machine keeps nothing for the data file yet.")
        return
    yield _mode(folder.folder, 0o077, "chmod 700")
    yield from _journal(folder)
    left = publish.leftovers(paths.file) if paths.file.parent.is_dir() else []
    if left:
        yield Finding(
            False,
            f"A crash left {left[0].name} beside the data file.",
            "Any command that opens the file merges it.",
        )
    published = publish.read_published(folder)
    here = None
    with suppress(FileError):
        here = publish.signature(paths.file)
    if published is not None and here is not None and published.signature != here:
        yield Finding(True, "The data file came from elsewhere; the next command merges it.")
    kept = all_backups(folder)
    yield Finding(
        True,
        f"{len(kept)} backups in {folder.backups}."
        if kept
        else "No backup yet: the next change makes the first.",
    )


def _journal(folder: StateFolder) -> Iterator[Finding]:
    """Read journal and shadow without their lock, which would mend the journal."""
    try:
        generation = Generation.open(folder.journal, writable=False)
        whole = generation is not None and generation.read(generation.first, past_damage=False)[1] >= 0
    except FileNotFoundError:
        yield Finding(True, "No change was made on this machine yet.")
        return
    except (OSError, msgspec.DecodeError):
        generation, whole = None, False
    if generation is None:
        yield Finding(
            False,
            f"The journal {folder.journal} cannot be read.",
            "The next command begins it anew and keeps its bytes.",
        )
        return
    yield Finding(
        whole,
        "The journal is whole." if whole else f"A part of the journal {folder.journal} is damaged.",
        "" if whole else "What is whole of it is used. Copy the data file to a safe place.",
    )
    yield _shadow(folder, generation)


def _shadow(folder: StateFolder, generation: Generation) -> Finding:
    """Check that this machine's copy can be read and that the journal leads on from it."""
    try:
        copy = shadow.newest(folder, generation.header.identity)
        readable = copy is not None and is_canonical(copy.path.read_bytes())
    except OSError:
        copy, readable = None, False
    if copy is None or not readable:
        return Finding(
            False,
            f"The state folder {folder.folder} has lost its copy of the data.",
            "The data file itself is the only copy: keep another one in a safe place.",
        )
    if copy.sequence < generation.header.base:
        return Finding(
            False,
            "The journal does not lead on from this machine's copy of the data.",
            f"Move {folder.folder} away; the data file itself is then read anew.",
        )
    return Finding(True, "The journal leads on from this machine's copy of the data.")


def _mode(path: Path, forbidden: int, command: str) -> Finding:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & forbidden:
        return Finding(False, f"Others on this machine may read {path} (mode {mode:o}).", f"{command} {path}")
    return Finding(True, f"Only you may read {path}.")
