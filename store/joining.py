"""Merging other copies of the data file by hand: into it, into a file of its own, or as git asks for it."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from store.clock import now
from store.errors import FileError, ReadOnlyError, StoreError
from store.file import disk
from store.file.absorb import Found, found_at, is_newer
from store.file.codec import META, decode_document
from store.file.document import MET, conflicts
from store.file.lines import Lines
from store.file.merge import merge_states
from store.file.meta import adopting, meta_of, read_meta
from store.file.stamps import Stamp
from store.file.state import newer_sentence
from store.repository import Repository


@dataclass(frozen=True)
class Merged:
    """What one copy held that this file did not."""

    path: Path
    documents: int
    by_table: Mapping[str, int]
    damage: str = ""
    """What was wrong with the copy; what could be read of it is merged."""


def merge_files(
    repository: Repository, paths: Sequence[Path], *, dry_run: bool = False, adopt: bool = False
) -> list[Merged]:
    """Merge copies of this database into it; raises FileError before anything is changed.

    The copies themselves are never written to. With `adopt`, another database becomes one with this one.
    """
    report = []
    for path, found in _read_all(repository, paths, adopt=adopt):
        before = repository.joined()
        made, together = _together(before, found)
        if not dry_run:
            # Whether it holds edits by other programs, only taking it in can tell.
            repository.take(path, together)
            made = merge_states(before, repository.joined())
        report.append(_report(path, found, made))
    return report


def merge_into(
    repository: Repository, paths: Sequence[Path], output: Path, *, adopt: bool = False
) -> tuple[list[Merged], int]:
    """Write the merge of this database and its copies into a new file, and change none of them.

    Returns how many documents of it hold values that met, too. Raises StoreError, too, where there is a file
    already or it cannot be written.
    """
    if output.exists():
        raise StoreError(f"{output} is there already.", "Name a file that is not there yet.")
    whole, report = repository.joined(), []
    for path, found in _read_all(repository, paths, adopt=adopt):
        made, _ = _together(whole, found)
        report.append(_report(path, found, made))
        whole = whole.with_changes(made)
    try:
        disk.write_whole(output, [whole.data])
    except OSError as error:
        raise StoreError(f"{output} cannot be written: {disk.reason(error)}.", disk.remedy(error)) from error
    met = sum(bool(conflicts(decode_document(raw))) for _, _, raw in whole.holding(MET))
    return report, met


def merge_for_git(base: Path, ours: Path, theirs: Path) -> str:
    """Merge `theirs` into `ours`, as git asks its merge drivers to; return what was damaged, in a sentence.

    What was edited by hand since `base` counts as a write. Raises FileError where one of them holds nothing,
    a newer program wrote it, or the two are different databases.
    """
    before = _side(base) if base.exists() and base.stat().st_size else None
    sides = [(path, _side(path)) for path in (ours, theirs)]
    states = []
    for path, found in sides:
        if not any(meta_of(state).app == "ringback" for state in found.states):
            raise FileError(f"{path} is not a Ringback data file.", "git keeps both sides; choose one.")
        if is_newer(found):
            raise ReadOnlyError(newer_sentence(path), "Update Ringback on this machine, then merge again.")
        states += [_with_edits(before, state) for state in found.states]
    whole = states[0]
    for state in states[1:]:
        whole = whole.with_changes(merge_states(whole, state))
    ours.write_bytes(whole.data)
    damaged = [found.damage for _, found in sides if found.damage]
    return f"A side was damaged: {'; '.join(damaged)}. What could be read is merged." if damaged else ""


def _side(path: Path) -> Found:
    return found_at(path) or Found()


def _with_edits(before: Found | None, state: Lines) -> Lines:
    """Return a side, what another program edited in it since they parted as writes of a node of its own."""
    from store.file.foreign import adopt

    known = before.states[0] if before is not None and before.states and not before.damage else None
    same = known is not None and meta_of(known).is_same(meta_of(state))
    return adopt(known, state, _stamp()) if known is not None and same else state


def _stamp() -> Stamp:
    """Return a stamp that nobody ever had: of a node that writes once."""
    return Stamp(f"once{os.urandom(6).hex()}", 1, now())


def _together(whole: Lines, found: Found) -> tuple[dict[str, dict[int | str, bytes | None]], Lines]:
    """Return what a copy changes, edits by other programs too, and the copy as one state; git leaves two."""
    from store.file.foreign import adopt

    first, *others = found.states
    for other in others:
        first = first.with_changes(merge_states(first, other))
    return merge_states(whole, adopt(whole, first, _stamp())), first


def _report(path: Path, found: Found, made: Mapping[str, Mapping[int | str, bytes | None]]) -> Merged:
    counts = {name: len(changed) for name, changed in made.items() if changed}
    return Merged(path, sum(counts.values()), counts, found.damage)


def _read_all(repository: Repository, paths: Sequence[Path], *, adopt: bool) -> list[tuple[Path, Found]]:
    return [(path, _copy(repository, path, adopt=adopt)) for path in paths]


def _copy(repository: Repository, path: Path, *, adopt: bool) -> Found:
    if path.is_dir():
        raise FileError(f"{path} is a folder.", "Name a copy of the data file.")
    found = found_at(path)
    if found is None:
        raise FileError(f"There is no file {path}.", "Name a copy of the data file.")
    if not any(state.tables for state in found.states):
        raise FileError(f"{path} is damaged: {found.damage}.", "Nothing in it can be read.")
    if not any(meta_of(state).app == "ringback" for state in found.states):
        raise FileError(f"{path} is not a Ringback data file.", "Name a copy of the data file.")
    mine = repository.documents.raw(META, 1)
    theirs = [meta_of(state) for state in found.states]
    if not all(each.is_same(read_meta(mine)) for each in theirs if each.names):
        if not adopt:
            raise FileError(
                f"{path} holds another database than {repository.path}.",
                "Nothing was changed. If they were begun apart and are to be one, --adopt makes them so.",
            )
        found.states = [
            state.with_changes({META: {1: adopting(mine or b"{}", meta)}})
            for state, meta in zip(found.states, theirs, strict=True)
        ]
    if is_newer(found):
        raise ReadOnlyError(
            f"{path} was written by a newer Ringback.",
            "Nothing was changed. Update Ringback on this machine.",
        )
    return found
