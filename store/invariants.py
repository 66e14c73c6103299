"""What must always hold of file, copies and state, as far as it can be looked at from outside.

Each check changes nothing in the data file's folder; a finding says what is wrong in words and what to do.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from store.file import absorb, disk, shadow
from store.file.codec import META, DamagedError, decode_document
from store.file.document import MERGE_DATA, take_apart
from store.file.documents import key_of
from store.file.foreign import TABLES
from store.file.journal import look_into
from store.file.lines import Lines, parse_any
from store.file.merge import merge_states
from store.file.meta import meta_of
from store.file.node import known_node
from store.file.places import StateFolder
from store.file.purge import PURGED
from store.finding import Finding
from store.sync.absorbing import holds
from store.sync.copies import Notes, beside

_SYNC = "ringback sync merges what lies beside the file; any command that opens it merges the rest."


def check(path: Path, folder: StateFolder, state: Lines) -> Iterator[Finding]:
    """Check a readable data file against what this machine knows of it."""
    yield _tinydb(path)
    yield _carried(state)
    found = _known(folder)
    if found is not None and meta_of(found[0]).is_same(meta_of(state)):
        known, last = found
        yield _merges(state, known)
        yield _lacks(state, known)
        yield _one_dot_one_value(state, known)
        yield _issued(folder, state, last)
    yield _exchange(folder)
    yield from _copies(path, folder, state)


def _known(folder: StateFolder) -> tuple[Lines, int] | None:
    """Return what shadow and journal hold together, and the last sequence; None where they cannot be read."""
    looked = look_into(folder.journal)
    copy = shadow.newest(folder, looked[0].identity) if looked is not None else None
    if looked is None or copy is None:
        return None
    header, records = looked
    changes: dict[str, dict[int | str, bytes | None]] = {}
    for each in (each for record in records if record.sequence > copy.sequence for each in record.became):
        changes.setdefault(each.table, {})[key_of(each.key)] = each.document
    try:
        whole = copy.read().with_changes(changes)
    except (OSError, ValueError):
        return None
    return whole, records[-1].sequence if records else header.base


def _tinydb(path: Path) -> Finding:
    """Let stock TinyDB read every table."""
    import tinydb

    try:
        with tinydb.TinyDB(path, access_mode="r") as database:
            count = sum(len(database.table(name)) for name in database.tables())
    except (ValueError, TypeError, OSError, AttributeError) as error:
        return Finding(
            False,
            f"Stock TinyDB cannot read the file: {error}.",
            "The next change writes it in its own form.",
        )
    return Finding(True, f"Stock TinyDB reads every table: {count} documents.")


def _carried(state: Lines) -> Finding:
    """Name the tables that this program does not know, and carries along."""
    foreign = [name for name in state.tables if name not in TABLES | {META, PURGED}]
    what = f"carried along unread: {', '.join(foreign)}" if foreign else "every table is known"
    return Finding(True, f"Nothing unknown is lost: {what}.")


def _merges(state: Lines, known: Lines) -> Finding:
    """Merge file and own copy both ways, and again."""
    one = state.with_changes(merge_states(state, known))
    two = known.with_changes(merge_states(known, state))
    if one.data != two.data or merge_states(one, known) or merge_states(one, state):
        return Finding(
            False,
            "The file and this machine's copy do not merge to the same bytes.",
            "Keep a copy of both and report it: that must never be.",
        )
    return Finding(True, "The file and this machine's copy merge to the same bytes, in either order.")


def _lacks(state: Lines, known: Lines) -> Finding:
    """Count what this machine knows and the file does not hold."""
    count = sum(map(len, merge_states(state, known).values()))
    if count:
        documents = "document is" if count == 1 else "documents are"
        return Finding(False, f"{count} {documents} newer here than in the file.", _SYNC)
    return Finding(True, "Everything this machine knows is in the file.")


def _one_dot_one_value(state: Lines, known: Lines) -> Finding:
    """Look for a stamp that stands for two values, which a copied state folder would make."""
    for table in known.tables:
        for order, mine, raw in state.differing(known, table) if table != META else ():
            if mine is not None and (path := _twice(mine, raw)):
                return Finding(
                    False,
                    f"One stamp names two values: {path} of {table} {order[0]}.",
                    "Was this machine's state folder copied to another one? Both values are kept.",
                )
    return Finding(True, "No stamp names two values.")


def _twice(one: bytes, two: bytes) -> str:
    try:
        first, second = decode_document(one), decode_document(two)
    except DamagedError:
        return ""
    if MERGE_DATA not in first or MERGE_DATA not in second:
        return ""
    mine, theirs = take_apart(first).written, take_apart(second).written
    for path in mine.keys() & theirs.keys():
        known = dict(mine[path].keys())
        if any(known.get(text, raw) != raw for text, raw in theirs[path]):
            return path
    return ""


def _issued(folder: StateFolder, state: Lines, last: int) -> Finding:
    """Compare the highest dot of this node in the file with the journal's last sequence."""
    node = known_node(folder)
    if node and absorb.highest_sequence(state, node) > last:
        return Finding(
            False,
            "The file holds writes of this machine that its journal does not know.",
            "The next change takes a new name for this machine, so that nothing is overwritten.",
        )
    return Finding(True, "Every write of this machine is in its journal.")


def _exchange(folder: StateFolder) -> Finding:
    """Try whether the system can swap two names in one step, on files of our own."""
    one, two = (folder.folder / f".~doctor.{os.urandom(8).hex()}.tmp" for _ in range(2))
    try:
        for path in (one, two):
            os.close(disk.create(path))
        can = disk.exchange(one, two)
    except OSError:
        can = False
    finally:
        disk.remove(one)
        disk.remove(two)
    if can:
        return Finding(True, "The file can be replaced in one step beside other programs.")
    return Finding(
        True,
        "This system cannot swap two files in one step; what a syncer writes meanwhile is merged from it.",
    )


def _copies(path: Path, folder: StateFolder, state: Lines) -> Iterator[Finding]:
    """Check that absorbed copies are contained, and name those that wait."""
    meta = meta_of(state)
    for copy in beside(path, Notes(folder, meta), meta):
        if copy.is_absorbed and not _contains(state, copy.path):
            yield Finding(False, f"{copy.path.name} holds what the file does not.", _SYNC)
        elif copy.is_absorbed:
            may = "leave it there" if copy.service.removal == "never" else "it can be removed"
            yield Finding(True, f"{copy.path.name} is in the file; {may}.")
        elif copy.waits:
            yield Finding(False, f"{copy.path.name} is a conflict copy that is not merged.", _SYNC)
        else:
            yield Finding(
                False,
                f"{copy.path.name} is a conflict copy that cannot be merged whole.",
                "ringback sync says why; what can be read of it is merged. Move it away once you looked.",
            )


def _contains(state: Lines, path: Path) -> bool:
    try:
        return holds(state, parse_any(path.read_bytes()))
    except (OSError, DamagedError):
        return False
