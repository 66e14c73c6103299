"""Merging other copies of the data file into this one, by hand."""

from dataclasses import dataclass
from pathlib import Path

from store.errors import FileError, ReadOnlyError
from store.file.absorb import found_at, is_newer, meta_of
from store.file.codec import META
from store.file.lines import Lines
from store.file.merge import merge_states
from store.repository import Repository


@dataclass(frozen=True)
class Merged:
    """What one copy held that this file did not."""

    path: Path
    documents: int
    by_table: dict[str, int]


def merge_files(repository: Repository, paths: list[Path], *, dry_run: bool = False) -> list[Merged]:
    """Merge copies of this database into it; raises FileError before anything is changed.

    The copies themselves are never written to.
    """
    states = [(path, _copy(repository, path)) for path in paths]
    report = []
    for path, state in states:
        before = repository.joined()
        if not dry_run:
            # Whether it holds edits by other programs, only taking it in can tell.
            repository.take(path, state)
        changes = merge_states(before, state if dry_run else repository.joined())
        report.append(
            Merged(
                path,
                sum(map(len, changes.values())),
                {name: len(made) for name, made in changes.items() if made},
            )
        )
    return report


def _copy(repository: Repository, path: Path) -> Lines:
    found = found_at(path)
    if found is None:
        raise FileError(f"There is no file {path}.", "Name a copy of the data file.")
    if found.damage or not found.states:
        raise FileError(f"{path} is damaged: {found.damage}.", "Nothing was changed.")
    meta = meta_of(found.states[0])
    if meta.app != "ringback":
        raise FileError(f"{path} is not a Ringback data file.", "Name a copy of the data file.")
    mine = repository.document(META, 1) or {}
    if meta.db != mine.get("db"):
        raise FileError(f"{path} holds another database than {repository.path}.", "Nothing was changed.")
    if is_newer(found):
        raise ReadOnlyError(
            f"{path} was written by a newer Ringback.",
            "Nothing was changed. Update Ringback on this machine.",
        )
    return found.states[0]
