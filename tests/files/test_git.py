"""Real git: two clones that both changed the file, merged with Ringback's driver and without."""

from pathlib import Path

import pytest

from git_support import Clone
from store import doctor
from support import needs
from sync_edits import check_that_both_are_there, hear_from, senders, work_at_the_desk, work_on_the_train
from sync_inboxes import inboxes
from sync_support import Machine

pytestmark = needs("git")
ways = pytest.mark.parametrize("rebase", [False, True], ids=["merge", "rebase"])


@pytest.fixture
def clones(tmp_path: Path) -> tuple[Clone, Clone]:
    """Two machines with a clone each."""
    bare = tmp_path / "shared.git"
    return Clone(Machine.at(tmp_path, "one"), bare), Clone(Machine.at(tmp_path, "two"), bare)


def begin(clones: tuple[Clone, Clone], *, driver: bool) -> int:
    """Put a data file with one opportunity into both clones, and return that opportunity."""
    one, two = clones
    with one.machine.open() as repository:
        shared = hear_from(repository, "Dana Whitfield")
    if driver:
        one.machine.ringback("git-setup")
    one.commit("Begin")
    one.push()
    two.pull()
    if driver:
        two.machine.ringback("git-setup")
    return shared


def work_apart(clones: tuple[Clone, Clone], shared: int) -> None:
    """Change the same lines on both sides, and add others; one side is pushed."""
    one, two = clones
    with one.machine.open() as repository:
        work_on_the_train(repository, shared)
    one.commit("On the train")
    one.push()
    with two.machine.open() as repository:
        work_at_the_desk(repository, shared)
    two.commit("At the desk")


def check_both(clones: tuple[Clone, Clone], shared: int) -> None:
    """After one more push and pull, both sides have everything, and equal files that doctor likes."""
    one, two = clones
    two.push()
    one.pull()
    for clone in clones:
        clone.machine.file.chmod(0o600)  # git keeps no modes
        with clone.machine.open() as repository:
            check_that_both_are_there(repository, shared)
        assert [each for each in doctor.examine(clone.machine.paths) if not each.ok] == []
        assert clone.git("status", "--porcelain").stdout == "", "opening changed nothing"
    assert one.machine.file.read_bytes() == two.machine.file.read_bytes()


@ways
def test_the_driver_merges_what_both_changed(clones: tuple[Clone, Clone], rebase: bool) -> None:
    """With `ringback git-setup`, what both sides did to the same lines is merged without a conflict."""
    shared = begin(clones, driver=True)
    work_apart(clones, shared)
    clones[1].pull(rebase=rebase)
    assert b"<<<<<<<" not in clones[1].machine.file.read_bytes()
    check_both(clones, shared)


@pytest.mark.parametrize("style", ["merge", "diff3", "zdiff3"])
@ways
def test_conflict_markers_are_healed(clones: tuple[Clone, Clone], rebase: bool, style: str) -> None:
    """Without the driver git leaves its markers in the file; the next opening has both sides, and says so."""
    shared = begin(clones, driver=False)
    work_apart(clones, shared)
    _, two = clones
    two.git("config", "merge.conflictStyle", style)
    pulled = two.pull(rebase=rebase, check=False)
    assert pulled.returncode != 0, pulled.stdout
    assert b"\n<<<<<<< " in two.machine.file.read_bytes()
    with two.machine.open() as repository:
        check_that_both_are_there(repository, shared)
        assert any("git left both sides" in sentence for sentence in repository.told), repository.told
    assert b"<<<<<<<" not in two.machine.file.read_bytes()
    two.go_on(rebase=rebase)
    check_both(clones, shared)


def test_an_open_inbox_follows_a_pull(clones: tuple[Clone, Clone]) -> None:
    """git replaces the file under an open inbox, with what was merged: the inbox shows it."""
    shared = begin(clones, driver=True)
    work_apart(clones, shared)
    with inboxes(clones[1].machine) as (inbox,):
        clones[1].pull()
        inbox.look()
        check_that_both_are_there(inbox.repository, shared)
    check_both(clones, shared)


def test_an_open_inbox_heals_the_markers_of_a_pull(clones: tuple[Clone, Clone]) -> None:
    """Without the driver, an open inbox takes both sides out of the markers."""
    shared = begin(clones, driver=False)
    work_apart(clones, shared)
    with inboxes(clones[1].machine) as (inbox,):
        clones[1].pull(check=False)
        inbox.look()
        check_that_both_are_there(inbox.repository, shared)
    clones[1].go_on(rebase=False)
    check_both(clones, shared)


def test_an_older_commit_checked_out_loses_nothing(clones: tuple[Clone, Clone]) -> None:
    """`git checkout` of an older version of the file: the next opening has everything again."""
    begin(clones, driver=True)
    one, _ = clones
    with one.machine.open() as repository:
        hear_from(repository, "Kim Osei")
    one.commit("More")
    newest = one.machine.file.read_bytes()
    one.git("checkout", "--quiet", "HEAD~1", "--", one.machine.file.name)
    assert one.machine.file.read_bytes() != newest
    with one.machine.open() as repository:
        assert senders(repository) == ["Dana Whitfield", "Kim Osei"]
    assert one.machine.file.read_bytes() == newest
