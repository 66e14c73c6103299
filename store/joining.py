"""Merging other copies of the data file by hand: into it, into a file of its own, or as git asks for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from store.errors import FileError, ReadOnlyError
from store.file import disk
from store.file.absorb import Found, found_at, is_newer
from store.file.codec import META
from store.file.lines import Lines
from store.file.merge import merge_states
from store.file.meta import adopting, meta_of, read_meta
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
) -> list[Merged]:
    """Write the merge of this database and its copies into a new file, and change none of them.

    Raises FileError, too, where there is a file already.
    """
    if output.exists():
        raise FileError(f"{output} is there already.", "Name a file that is not there yet.")
    whole, report = repository.joined(), []
    for path, found in _read_all(repository, paths, adopt=adopt):
        made, _ = _together(whole, found)
        report.append(_report(path, found, made))
        whole = whole.with_changes(made)
    try:
        disk.write_whole(output, [whole.data])
    except OSError as error:
        raise FileError(f"{output} cannot be written: {disk.reason(error)}.", disk.remedy(error)) from error
    return report


def merge_for_git(ours: Path, theirs: Path) -> str:
    """Merge `theirs` into `ours`, as git asks its merge drivers to; return what was damaged, in a sentence.

    Raises FileError where one of them holds nothing, or the two are different databases.
    """
    states: list[Lines] = []
    damaged = []
    for path in (ours, theirs):
        found = found_at(path) or Found()
        states += found.states
        damaged += [found.damage] if found.damage else []
        if not any(meta_of(state).app == "ringback" for state in found.states):
            raise FileError(
                f"{path} is not a Ringback data file.", "git keeps both sides; choose one of them."
            )
    whole = states[0]
    for state in states[1:]:
        whole = whole.with_changes(merge_states(whole, state))
    ours.write_bytes(whole.data)
    return f"A side was damaged: {'; '.join(damaged)}. What could be read is merged." if damaged else ""


def _together(whole: Lines, found: Found) -> tuple[dict[str, dict[int | str, bytes | None]], Lines]:
    """Return what a copy changes, and the copy as one state: git leaves two in a file."""
    first, *others = found.states
    for other in others:
        first = first.with_changes(merge_states(first, other))
    return merge_states(whole, first), first


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
        raise FileError(
            f"{path} is damaged: {found.damage}.", "Nothing in it can be read; nothing was changed."
        )
    if not any(meta_of(state).app == "ringback" for state in found.states):
        raise FileError(f"{path} is not a Ringback data file.", "Name a copy of the data file.")
    mine = repository.documents.raw(META, 1)
    theirs = [meta_of(state) for state in found.states]
    if not all(each.is_same(read_meta(mine)) for each in theirs if each.names):
        if not adopt:
            raise FileError(
                f"{path} holds another database than {repository.path}.",
                "Nothing was changed. Where both were begun as one, --adopt makes them one.",
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
