"""The doctor's look at what must always hold: found where it does not."""

import json
import os
import shutil
from pathlib import Path

import pytest

from store import settings, verbs
from store.doctor import examine
from store.file.places import StateFolder
from store.quick_add import QuickAdd, add
from store.repository import Repository

COPY = "ringback.sync-conflict-20261125-101530-ABCDEFG.json"


@pytest.fixture
def path(home: Path, frozen: object) -> Path:
    """Make a data file with one opportunity that something was said about."""
    with Repository.open() as repository:
        id = add(repository, QuickAdd(channel="call", sender="Kim Osei")).row.id
        repository.transact("Edit", lambda t: verbs.edit(t, [id], pay="$100k"))
    return repository.path


def wrong() -> list[str]:
    """Return what the doctor finds wrong."""
    return [each.sentence for each in examine(settings.locate()) if not each.ok]


def test_a_healthy_file_holds_all(path: Path) -> None:
    """Merging, stamps, TinyDB, unknown tables and the swap of names are looked at and found well."""
    said = "\n".join(each.sentence for each in examine(settings.locate()))
    assert wrong() == []
    for words in ("Stock TinyDB reads every table", "merge to the same bytes", "No stamp names two values"):
        assert words in said
    assert "Everything this machine knows is in the file." in said
    assert "Every write of this machine is in its journal." in said


def test_an_unknown_table_is_named(path: Path) -> None:
    """What a newer version or another program keeps is carried along, and said."""
    tables = json.loads(path.read_bytes())
    tables["hobbies"] = {"1": {"name": "chess"}}
    path.write_text(json.dumps(tables))
    said = "\n".join(each.sentence for each in examine(settings.locate()))
    assert "carried along unread: hobbies" in said


def test_an_older_file_lacks_something(path: Path, tmp_path: Path) -> None:
    """A version of before that was put back is found before any command heals it."""
    before = path.read_bytes()
    with Repository.open() as repository:
        add(repository, QuickAdd(channel="call", sender="Tom Birch"))
    path.write_bytes(before)
    assert "1 document is newer here than in the file." in wrong()


def test_a_stamp_of_two_values(path: Path) -> None:
    """A value that was changed under its stamp is found."""
    path.write_bytes(path.read_bytes().replace(b"$100k", b"$900k"))
    assert any(sentence.startswith("One stamp names two values: pay of opp") for sentence in wrong())


def test_a_write_that_the_journal_does_not_know(path: Path) -> None:
    """A state folder that was put back to an earlier day is found."""
    state = StateFolder.at(path, Path(os.environ["RINGBACK_STATE"])).folder
    kept = shutil.copytree(state, state.with_name("kept"))
    with Repository.open() as repository:
        id = next(iter(repository.index.rows))
        repository.transact("Edit", lambda t: verbs.edit(t, [id], role="CTO"))
    shutil.copy(kept / "journal.log", state / "journal.log")
    assert "The file holds writes of this machine that its journal does not know." in wrong()


def test_copies_beside_the_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that waits is wrong; once absorbed it is only named."""
    monkeypatch.setattr("store.sync.copies.QUIET", 0)
    shutil.copy(path, path.with_name(COPY))
    assert f"{COPY} is a conflict copy that is not merged." in wrong()
    with Repository.open():
        pass
    assert wrong() == []
    assert f"{COPY} is in the file; it can be removed." in [
        each.sentence for each in examine(settings.locate())
    ]
