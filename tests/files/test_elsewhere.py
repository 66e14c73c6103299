"""What changed elsewhere is told by document and value, with the machine that wrote it."""

import shutil
from pathlib import Path

import pytest

from store import elsewhere, verbs
from store.file.tidying import settle_down
from store.joining import merge_files
from store.quick_add import QuickAdd, add
from store.repository import Repository


@pytest.fixture
def changed(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """Merge a copy on which another machine noted a call and put an opportunity into Done."""
    added = add(repository, QuickAdd(channel="email", sender="Dana <dana@northgate.example>", role="CTO"))
    repository.transact("Label", lambda t: verbs.label(t, [added.row.id], "here"))
    repository.publish()
    copy = Path(shutil.copy(repository.path, tmp_path / "copy.json"))
    with monkeypatch.context() as patch:
        patch.setenv("RINGBACK_STATE", str(tmp_path / "elsewhere"))
        patch.setattr("store.repository.host", lambda: "thinkpad")
        with Repository.open(copy) as other:
            other.transact("Done", lambda t: verbs.done(t, [added.row.id]))
            add(other, QuickAdd(channel="call", sender="Tom Birch", new=True))
    merge_files(repository, [copy])
    return repository


def test_each_change_names_document_value_and_machine(changed: Repository) -> None:
    """A new message is new, a changed field has its value as it stands now; own changes are not told."""
    found = {(each.about, each.what, each.machine) for each in elsewhere.changes(changed)}
    assert found == {
        ("Dana, CTO", "view: Done", "thinkpad"),
        ("Tom Birch, call", "new message", ""),
    }
    assert "Changed on thinkpad: " in elsewhere.sentence(elsewhere.changes(changed))


def test_it_survives_compaction_and_restart(changed: Repository) -> None:
    """The list is there for as long as undo is."""
    changed.hurried = False
    changed.close()
    with Repository.open(changed.path) as again:
        settle_down(again._state)
        assert len(elsewhere.changes(again)) == 2


def test_nothing_is_told_where_nothing_came(repository: Repository) -> None:
    """A machine that is alone has nothing from elsewhere."""
    add(repository, QuickAdd(channel="call", sender="Tom Birch"))
    assert elsewhere.changes(repository) == []
    assert elsewhere.sentence([]) == ""


def test_a_merge_is_not_undone(changed: Repository) -> None:
    """Undo takes back this machine's own action, never what came with a merge."""
    assert changed.undo().sentence.startswith("Undone: Label")
    assert {row.place for row in changed.index.rows.values()} == {"done", "new"}
