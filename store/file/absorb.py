"""Reading what lies at the published place, whoever wrote it and in whatever state."""

import re
from contextlib import suppress
from itertools import chain
from pathlib import Path

import msgspec

from store.errors import FileError
from store.file import disk, publish
from store.file.codec import DamagedError
from store.file.lines import Lines, parse_any
from store.file.meta import meta_of
from store.file.places import StateFolder
from store.file.publish import Signature

_READINGS = 5


class Found(msgspec.Struct):
    """What a file holds: one state, or two where git left both sides in it."""

    states: list[Lines] = []
    raw: bytes = b""
    signature: Signature | None = None
    """The version that these bytes are."""
    damage: str = ""
    """What was wrong with it, in words; empty where nothing was."""


def found_at(path: Path) -> Found | None:
    """Read a data file, saving what can be saved; None where there is none. Raises FileError."""
    try:
        raw, signature = _read_version(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unreadable(path, error) from error
    try:
        return Found([parse_any(raw)], raw, signature)
    except DamagedError:
        from store.file.damage import salvage

        saved = salvage(raw)
        return Found(saved.states, raw, signature, saved.reason)


def read(path: Path) -> bytes:
    """Return the bytes of a data file; raises FileError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from error


def _read_version(path: Path) -> tuple[bytes, Signature | None]:
    """Return bytes and the version they are; None for the version where it changed under every reading."""
    for _ in range(_READINGS):
        before = publish.signature(path)
        raw = path.read_bytes()
        if publish.signature(path) == before:
            return raw, before
    return raw, None


def unreadable(path: Path, error: OSError) -> FileError:
    """Return what to raise where a data file cannot be read."""
    return FileError(
        f"The data file {path} cannot be read: {error.strerror or error}.",
        "Check its permissions, or name another with --file.",
    )


def highest_sequence(state: Lines, node: str) -> int:
    """Return the highest sequence that a node has reached in stamps and contexts anywhere in a file."""
    name = re.escape(node.encode())
    stamps = (int(found[1], 36) for found in re.finditer(name + rb"\.([0-9a-z]{1,13})\.", state.data))
    contexts = (int(found[1]) for found in re.finditer(b'"' + name + rb'":(\d{1,19})', state.data))
    return max(chain(stamps, contexts), default=0)


def is_newer(found: Found) -> bool:
    """Tell whether a newer program wrote what was found."""
    return any(meta_of(state).is_newer for state in found.states)


def _kept_already(folder: StateFolder, raw: bytes) -> Path | None:
    """Return where the same bytes are kept: what cannot be written is tried again with every opening."""
    with suppress(OSError):
        for path in folder.aside.iterdir():
            if path.stat().st_size == len(raw) and path.read_bytes() == raw:
                return path
    return None


def keep_aside(folder: StateFolder, path: Path, raw: bytes) -> Path:
    """Keep bytes that are about to be replaced, once, and return where; raises FileError."""
    kept = _kept_already(folder, raw) or folder.aside_path(path.name)
    try:
        disk.write_whole(kept, [raw])
    except OSError as error:
        raise FileError(
            f"What lies at {path} could not be kept aside, so nothing was changed: {disk.reason(error)}.",
            disk.remedy(error),
        ) from error
    return kept
