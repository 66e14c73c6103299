"""Restoring an older copy: every value as it was then, and undo takes it back."""

import gzip
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store import verbs
from store.errors import FileError, StoreError
from store.quick_add import QuickAdd, add
from store.repository import Repository
from store.restore import restore
from store.rules.row import Row
from store.transaction import Transaction

Change = Callable[[Transaction], object]


@pytest.fixture
def id(repository: Repository) -> int:
    """Add an opportunity."""
    added = add(repository, QuickAdd(channel="email", sender="Dana <dana@northgate.example>", role="CTO"))
    repository.publish()
    return added.row.id


def row(repository: Repository, id: int) -> Row:
    """Return the row of the opportunity."""
    found = repository.index.find(id)
    assert found is not None
    return found


def change(repository: Repository, *changes: Change) -> None:
    """Make changes and publish them."""
    for each in changes:
        repository.transact("Change", each)
    repository.publish()


@pytest.fixture
def copied(repository: Repository, tmp_path: Path) -> Callable[[], Path]:
    """Copy the file as it is now."""
    return lambda: Path(shutil.copy(repository.path, tmp_path / "copy.json"))


def with_opportunity(copy: Path, **fields: Any) -> Path:
    """Set fields of the opportunity's document in a copy."""
    tables = json.loads(copy.read_bytes())
    next(iter(tables["opportunities"].values())).update(fields)
    copy.write_text(json.dumps(tables))
    return copy


def test_what_was_in_the_trash_is_there_again(
    repository: Repository, id: int, copied: Callable[[], Path]
) -> None:
    """A copy in which the opportunity was trashed puts it into the trash, whatever else it writes."""
    change(repository, lambda t: verbs.edit(t, [id], role="CEO"), lambda t: verbs.trash(t, [id]))
    copy = copied()
    change(repository, lambda t: verbs.reopen(t, [id]), lambda t: verbs.edit(t, [id], role="CIO"))
    assert restore(repository, copy).documents == 1
    assert row(repository, id).trashed
    assert restore(repository, copy).documents == 0
    repository.undo()
    assert not row(repository, id).trashed
    assert row(repository, id).role == "CIO"


def test_what_was_not_in_the_trash_comes_out(
    repository: Repository, id: int, copied: Callable[[], Path]
) -> None:
    """What was trashed since the copy is back, and undo trashes it again."""
    change(repository, lambda t: verbs.edit(t, [id], role="CEO"))
    copy = copied()
    change(repository, lambda t: verbs.trash(t, [id]))
    assert restore(repository, copy).documents == 1
    assert not row(repository, id).trashed
    repository.undo()
    assert row(repository, id).trashed


@pytest.mark.parametrize("name", ["a~b", "a/b", "a/b/c", "~", "/", ""])
def test_any_name_of_a_field_is_restored(
    repository: Repository, id: int, copied: Callable[[], Path], name: str
) -> None:
    """Fields that another program added come back under their own names."""
    change(repository, lambda t: verbs.star(t, [id]))
    restore(repository, with_opportunity(copied(), **{name: 1}))
    (document,) = (each for _, each in repository.documents.items("opportunities"))
    assert document.get(name) == (1 if name else None)
    assert {key for key in document if key.startswith("a")} == ({name} if name[:1] == "a" else set())


@pytest.mark.parametrize("spoil", [30, 0, 12])
def test_a_damaged_backup_is_refused(
    repository: Repository, id: int, copied: Callable[[], Path], tmp_path: Path, spoil: int
) -> None:
    """A compressed copy that is damaged anywhere gives a sentence."""
    data = bytearray(gzip.compress(copied().read_bytes()))
    data[spoil : spoil + 30] = b"\xff" * 30
    (tmp_path / "bad.gz").write_bytes(data)
    with pytest.raises(FileError, match=r"bad\.gz cannot be read"):
        restore(repository, tmp_path / "bad.gz")


def test_undo_takes_back_what_restoring_brought(
    repository: Repository,
    id: int,
    copied: Callable[[], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Documents that were missing come back with their values, and undo takes the values away again."""
    (tmp_path / "there").mkdir()
    before = copied().rename(tmp_path / "there" / "before.json")
    change(
        repository,
        lambda t: verbs.block(t, [id], "sender"),
        lambda t: verbs.star(t, [id]),
        lambda t: verbs.label(t, [id], "hot/cold"),
        lambda t: verbs.note(t, [id], "words"),
    )
    copy = copied()
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("RINGBACK_STATE", str(tmp_path / "elsewhere"))
        with Repository.open(before) as other:
            assert restore(other, copy).documents >= 3
            found = row(other, id)
            assert (found.blocked, found.starred, found.labels) == (True, True, ("hot/cold",))
            assert len(found.notes) == 1
            other.undo()
            found = row(other, id)
            assert (found.blocked, found.starred, found.labels) == (False, False, ())
            assert found.notes == ()
            assert other.undo_title() is None


def test_a_document_without_its_key_stops_everything(
    repository: Repository, id: int, copied: Callable[[], Path]
) -> None:
    """Where a missing document cannot be told by its key, nothing is changed."""
    change(repository, lambda t: verbs.star(t, [id]))
    copy = with_opportunity(copied(), starred=False)
    tables = json.loads(copy.read_bytes())
    tables["people"] = {str(2**60): {"name": "Kim Osei"}}
    copy.write_text(json.dumps(tables))
    with pytest.raises(StoreError, match="cannot be restored"):
        restore(repository, copy)
    assert row(repository, id).starred
