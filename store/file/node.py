"""The name of this machine's state in stamps.

Two machines must never share a node, or one stamp would mean two values. So a node is random, and made
anew once the state may be a copy: after every start of the machine, on another file system, for another
journal. It costs a few letters; to keep one wrongly would cost an edit.
"""

import os
import sys
from pathlib import Path

import msgspec

from store.errors import StoreError
from store.file import disk
from store.file.journal import Journal
from store.file.places import StateFolder

_LENGTH = 8
_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class Node(msgspec.Struct, frozen=True):
    """A node and the circumstances that it was made in; it ends with any of them."""

    node: str
    boot: str
    device: int
    inode: int
    """Of the journal's lock file, which stays while generations of the journal come and go."""
    journal: str


def current_node(state: StateFolder, journal: Journal) -> str:
    """Return this machine's node, made anew where the state is new or may be a copy.

    Call it under the journal's lock. Raises StoreError where a new one cannot be kept.
    """
    known = _read(state)
    if known is not None and known == _circumstances(known.node, state, journal):
        return known.node
    return renew(state, journal)


def known_node(state: StateFolder) -> str:
    """Return the node that this machine wrote under last, an empty text where it has none."""
    known = _read(state)
    return known.node if known is not None else ""


def renew(state: StateFolder, journal: Journal) -> str:
    """Make and keep a new node, under the journal's lock.

    Needed, too, when a file holds a stamp of this node that the journal has not reached: another machine
    has issued it, or this journal was put back to an earlier day.
    """
    made = _circumstances(_random_name(), state, journal)
    try:
        disk.write_whole(state.node, [msgspec.json.encode(made)])
    except OSError as error:
        raise StoreError(
            f"The change could not be kept, so it was not made: {disk.reason(error)}.", disk.remedy(error)
        ) from error
    return made.node


def _read(state: StateFolder) -> Node | None:
    try:
        return msgspec.json.decode(state.node.read_bytes(), type=Node)
    except (OSError, msgspec.DecodeError):
        return None


def _circumstances(node: str, state: StateFolder, journal: Journal) -> Node:
    about = state.journal_lock.stat()
    return Node(node, _boot(), about.st_dev, about.st_ino, journal.identity)


def _random_name() -> str:
    number = int.from_bytes(os.urandom(16), "big")
    return "".join(_ALPHABET[number // 36**place % 36] for place in range(_LENGTH))


def _boot() -> str:
    """Return what names this run of the machine; "" where the system does not say."""
    if sys.platform == "darwin":
        return _boot_of_macos()
    try:
        return _BOOT_ID.read_text("utf-8").strip()
    except OSError:
        return ""


def _boot_of_macos() -> str:
    import ctypes

    text = ctypes.create_string_buffer(64)
    length = ctypes.c_size_t(len(text))
    system = ctypes.CDLL(None)
    failed = system.sysctlbyname(b"kern.bootsessionuuid", text, ctypes.byref(length), None, 0)
    return "" if failed else text.value.decode("ascii", "replace")
