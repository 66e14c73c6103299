"""What simulated machines ran into (tests/simulation), each as short as it can be told."""

import gzip
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.file.document import conflicts
from store.joining import merge_files
from store.repository import Repository
from store.transaction import Transaction


class Machine:
    """A folder, and a state of its own."""

    def __init__(self, root: Path, patch: pytest.MonkeyPatch) -> None:
        self.file = root / "ringback.json"
        self._state = root / "state"
        self._patch = patch
        root.mkdir()

    def open(self) -> Repository:
        """Open the file as this machine."""
        self._patch.setenv("RINGBACK_STATE", str(self._state))
        return Repository.open(self.file)

    def change(self, change: Callable[[Transaction], object]) -> None:
        """Open, change something, close."""
        with self.open() as repository:
            repository.transact("Change", change)

    def tables(self) -> dict[str, Any]:
        """Read the file as another program does."""
        tables: dict[str, Any] = json.loads(self.file.read_bytes())
        return tables


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, frozen: object) -> Machine:
    """Make the machine that begins."""
    return Machine(tmp_path / "here", monkeypatch)


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Make another one, without a file yet."""
    return Machine(tmp_path / "there", monkeypatch)


def add_sam(transaction: Transaction) -> int:
    """Add somebody as an import of connections does: several fields at once."""
    return transaction.insert("people", "person:sam", {"name": "Sam Lee", "employer": "Orchard"})[0]


def the_sam(repository: Repository) -> tuple[int, dict[str, Any]]:
    """Return the only person."""
    ((id, document),) = repository.documents.items("people")
    assert isinstance(id, int)
    return id, document


def test_an_early_version_is_no_edit(here: Machine) -> None:
    """A version from before a field was ever changed does not bring the old value back."""
    here.change(add_sam)
    early = here.file.read_bytes()
    with here.open() as repository:
        id, _ = the_sam(repository)
        repository.transact("Edit", lambda t: t.set("people", id, "employer", "Northgate"))
    here.file.write_bytes(early)
    with here.open() as repository:
        _, sam = the_sam(repository)
        assert sam["employer"] == "Northgate"
        assert not conflicts(sam)


def test_what_a_program_added_has_one_place_on_every_machine(here: Machine, there: Machine) -> None:
    """A machine that knows nothing yet moves a document without key as others do, and then all are quiet."""
    here.change(add_sam)
    tables = here.tables()
    tables["notes"] = {"7": {"text": "by hand"}}
    here.file.write_text(json.dumps(tables))
    shutil.copy(here.file, there.file)
    for machine in (here, there):
        machine.open().close()
        assert "7" not in machine.tables()["notes"]
    assert here.file.read_bytes() == there.file.read_bytes()


def test_an_edit_in_a_copy_without_merge_data_counts(here: Machine, tmp_path: Path) -> None:
    """A value that a program set in a conflict copy, dropping `_m`, stands beside ours after the merge."""
    here.change(lambda t: t.set("people", t.ensure("people", "person:sam"), "employer", "Orchard"))
    tables = here.tables()
    for sam in tables["people"].values():
        del sam["_m"]
        sam["employer"] = "Northgate"
    copy = tmp_path / "copy.json"
    copy.write_text(json.dumps(tables))
    with here.open() as repository:
        (merged,) = merge_files(repository, [copy])
        assert merged.by_table == {"people": 1}
        assert [value for value, _ in conflicts(the_sam(repository)[1])["employer"]] == [
            "Northgate",
            "Orchard",
        ]
        assert merge_files(repository, [copy])[0].documents == 0


@pytest.mark.parametrize("is_torn", [False, True])
def test_an_old_version_leaves_nothing_of_what_was_purged(here: Machine, is_torn: bool) -> None:
    """An old file that comes back after a purge, whole or damaged, is in no backup and not put aside."""
    here.change(add_sam)
    old = here.file.read_bytes()
    with here.open() as repository:
        id, _ = the_sam(repository)
        repository.purge("Forget", lambda t: t.purge("people", id))
    with here.open() as repository:
        for backup in repository.state_folder.backups.iterdir():
            backup.unlink()  # as if it were another day
        here.file.write_bytes(old[:-4] if is_torn else old)
        repository.publish()
    kept = [path for path in here.file.parent.rglob("*") if path.is_file()]
    raw = [gzip.decompress(each.read_bytes()) if each.suffix == ".gz" else each.read_bytes() for each in kept]
    assert b"Sam Lee" not in b"".join(raw)


def test_a_lost_heading_moves_no_document(here: Machine) -> None:
    """Of a file that lost the line between two tables, no document ends up in a table that it is not of."""
    here.change(add_sam)
    here.change(lambda t: t.set("opportunities", t.ensure("opportunities", "opportunity:1"), "role", "CTO"))
    good = here.file.read_bytes()
    here.file.write_bytes(good.replace(b'},\n"opportunities":{\n', b"").replace(b'},\n"people":{\n', b""))
    with here.open() as repository:
        assert any("damaged" in sentence for sentence in repository.told)
    assert here.file.read_bytes() == good


def test_a_purge_in_a_damaged_file_is_still_one(here: Machine, there: Machine) -> None:
    """What a damaged file says was purged elsewhere goes here too."""
    here.change(add_sam)
    shutil.copy(here.file, there.file)
    with there.open() as repository:
        id, _ = the_sam(repository)
        repository.purge("Forget", lambda t: t.purge("people", id))
    here.file.write_bytes(there.file.read_bytes()[:-3])
    with here.open() as repository:
        assert not [*repository.documents.items("people")]


def edit_and_forget(machine: Machine) -> None:
    """Write to the only person there is, then purge it."""
    with machine.open() as repository:
        id, _ = the_sam(repository)
        repository.transact("Edit", lambda t: t.set("people", id, "employer", "Northgate"))
        repository.purge("Forget", lambda t: t.purge("people", id))


def test_two_purges_of_one_document_are_no_edit(here: Machine, there: Machine) -> None:
    """Machines that forgot the same apart agree on what either had seen, and write no values of their own."""
    here.change(add_sam)
    shutil.copy(here.file, there.file)
    for machine in (here, there):
        edit_and_forget(machine)
    shutil.copy(there.file, here.file)
    here.open().close()
    ((purge),) = here.tables()["purged"].values()
    assert purge.keys() == {"table", "seen"}
    assert len(purge["seen"]) == 2


def test_a_copy_by_another_program_keeps_nothing_of_what_was_purged(here: Machine) -> None:
    """What a program added in a conflict copy, under an id of its own, goes from the bytes that were kept."""
    here.change(add_sam)
    tables = here.tables()
    tables["notes"] = {"7": {"text": "by hand"}}
    here.file.with_name("ringback.sync-conflict-20261116-090000-ABCDEF7.json").write_text(json.dumps(tables))
    with here.open() as repository:
        repository.absorb(wait=3.0, remove=True)
        ((id, _),) = repository.documents.items("notes")
        assert isinstance(id, int)
        assert [*repository.state_folder.aside.iterdir()]
        repository.purge("Forget", lambda t: t.purge("notes", id))
    raw = [path.read_bytes() for path in here.file.parent.rglob("*") if path.is_file()]
    assert b"by hand" not in b"".join(raw)
