"""A node lasts as long as its state is certainly the only one, and not a moment longer."""

import os
import shutil
from pathlib import Path

import pytest

from fault_support import a_state, append
from store.errors import StoreError
from store.file import disk, node
from store.file.journal import Journal
from store.file.node import current_node
from store.file.places import StateFolder


@pytest.fixture
def boot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in for what names this run of the machine."""
    path = tmp_path / "boot_id"
    path.write_text("first\n")
    monkeypatch.setattr(node, "_BOOT_ID", path)
    return path


@pytest.fixture
def state(tmp_path: Path, boot: Path) -> StateFolder:
    """Make a state whose journal has a record."""
    state = a_state(tmp_path)
    append(Journal(state))
    return state


def node_of(state: StateFolder) -> str:
    """Ask as a new process does."""
    journal = Journal(state)
    with journal.lock():
        return current_node(state, journal)


def test_a_node_stays(state: StateFolder) -> None:
    """Processes of one machine and one run of it share a node, across generations of the journal."""
    first = node_of(state)
    assert first == node_of(state)
    journal = Journal(state)
    with journal.lock():
        journal.compact(1)
    assert first == node_of(state)
    assert "." not in first
    assert "/" not in first


def test_a_restart_makes_a_new_node(state: StateFolder, boot: Path) -> None:
    """A cloned disk starts as another machine, so every start is one."""
    first = node_of(state)
    boot.write_text("second\n")
    second = node_of(state)
    assert first != second
    assert second == node_of(state)


def test_a_copied_state_gets_a_new_node(state: StateFolder, tmp_path: Path) -> None:
    """A state that was copied differs in its lock file's inode, and the original keeps its node."""
    first = node_of(state)
    copy = StateFolder(tmp_path / "copy")
    shutil.copytree(state.folder, copy.folder)
    assert node_of(copy) not in (first, "")
    assert node_of(state) == first


@pytest.mark.parametrize("lost", ["node.json", "journal.log", "journal.lock"])
def test_a_state_with_a_gap_gets_a_new_node(state: StateFolder, lost: str) -> None:
    """Without the node, the journal or its lock nothing shows that the sequences are the node's."""
    first = node_of(state)
    gap = state.folder / lost
    spare = state.folder / "spare"  # else the file system might give its inode to the next file
    os.link(gap, spare)
    gap.unlink()
    assert node_of(state) != first


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"node":1}', b"\xff"])
def test_a_damaged_note_is_none(state: StateFolder, data: bytes) -> None:
    """A note that cannot be read is replaced."""
    first = node_of(state)
    state.node.write_bytes(data)
    second = node_of(state)
    assert second != first
    assert second == node_of(state)


def test_a_machine_that_does_not_say(state: StateFolder, boot: Path) -> None:
    """Where the system names no run of it, the other signs are left."""
    boot.unlink()
    assert node_of(state) == node_of(state)


def test_renewing(state: StateFolder) -> None:
    """A node that another machine was seen to use is replaced at once."""
    journal = Journal(state)
    with journal.lock():
        first = current_node(state, journal)
        second = node.renew(state, journal)
        assert first != second
        assert current_node(state, journal) == second


def test_a_node_that_cannot_be_kept_is_not_used(state: StateFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """No change is made under a name that the next process would not know."""

    def full(*arguments: object, **options: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(disk, "write_whole", full)
    with pytest.raises(StoreError, match="No space left"):
        node_of(state)


def test_nodes_differ() -> None:
    """A thousand names are a thousand nodes, each eight letters of a stamp's alphabet."""
    names = {node._random_name() for _ in range(1_000)}
    assert len(names) == 1_000
    assert all(len(name) == 8 and name.isalnum() and name == name.lower() for name in names)
