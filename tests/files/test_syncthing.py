"""Two real Syncthings on loopback, an inbox on each side: nothing is lost, and they fall silent."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from store import doctor
from store.errors import NotPublishedError
from support import needs
from sync_edits import (
    check_that_both_are_there,
    hear_from,
    note,
    notes,
    senders,
    work_at_the_desk,
    work_on_the_train,
)
from sync_inboxes import Inbox, contents, inboxes, settle, wait_until_quiet
from sync_support import Machine, copies_in, is_copy_of
from syncthing_support import Pair, syncthings

pytestmark = needs("syncthing")
ROUNDS = 3
"""Carryings after which nothing may change any more."""


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    """Two machines that Syncthing keeps together."""
    with syncthings(Machine.at(tmp_path, "one"), Machine.at(tmp_path, "two")) as joined:
        yield joined


def begin(pair: Pair) -> int:
    """Put a data file with one opportunity on both machines, and return that opportunity."""
    one, two = pair.machines
    with one.open() as repository:
        shared = hear_from(repository, "Dana Whitfield")
    pair.wait_until_in_sync()
    assert two.file.read_bytes() == one.file.read_bytes()
    return shared


def test_a_file_that_was_edited_apart_leaves_a_copy(pair: Pair) -> None:
    """Syncthing itself: of two edits one stays, the other becomes a copy with the name that we look for."""
    one, two = pair.machines
    one.file.write_bytes(b"begun\n")
    pair.wait_until_in_sync()
    pair.part()
    one.file.write_bytes(b"begun\nby one\n")
    two.file.write_bytes(b"begun\nby the other\n")
    pair.join()
    pair.wait_until_in_sync()
    assert contents([one])["one"] == contents([two])["two"]
    (copy,) = copies_in(one.folder)
    assert is_copy_of("Syncthing", copy.name), copy.name
    assert copy.name[-12:-5] in (pair.one.device.id[:7], pair.two.device.id[:7]), (
        "it ends with the device that lost"
    )
    assert {one.file.read_bytes(), copy.read_bytes()} == {b"begun\nby one\n", b"begun\nby the other\n"}


def work_apart(one: Inbox, two: Inbox, shared: int) -> None:
    """Do things on both sides, of which some meet in one opportunity."""
    work_on_the_train(one.repository, shared)
    work_at_the_desk(two.repository, shared)
    one.publish()
    two.publish()


def test_open_inboxes_that_worked_apart_meet(pair: Pair) -> None:
    """Both sides edit while apart, and go on when joined: everything is on both, byte-equal, and it rests."""
    shared = begin(pair)
    with inboxes(*pair.machines) as (one, two):
        pair.part()
        work_apart(one, two, shared)
        pair.join()
        assert settle([one, two], pair.wait_until_in_sync) <= ROUNDS
        check_that_both_are_there(one.repository, shared)
        check_that_both_are_there(two.repository, shared)
        assert copies_in(one.machine.folder), "a copy stays until the other side had the time to see it"
        two.remove_copies()
        hear_from(two.repository, "Mira Lund")
        two.publish()
        assert settle([one, two], pair.wait_until_in_sync) <= ROUNDS
        assert not copies_in(one.machine.folder)
        assert "Mira Lund" in senders(one.repository)
    assert pair.machines[0].file.read_bytes() == pair.machines[1].file.read_bytes()


def test_a_side_that_is_overwritten_without_a_copy_comes_back(tmp_path: Path) -> None:
    """Where Syncthing keeps no copies, the file of one side is gone; what it held is not."""
    with syncthings(Machine.at(tmp_path, "one"), Machine.at(tmp_path, "two"), copies=0) as pair:
        shared = begin(pair)
        with inboxes(*pair.machines) as (one, two):
            pair.part()
            work_apart(one, two, shared)
            pair.join()
            pair.wait_until_in_sync()
            assert not copies_in(pair.machines[0].folder)
            assert settle([one, two], pair.wait_until_in_sync) <= ROUNDS
            check_that_both_are_there(one.repository, shared)
            check_that_both_are_there(two.repository, shared)


def test_a_file_that_is_deleted_on_one_side_empties_no_inbox(pair: Pair) -> None:
    """The deletion is carried; the other inbox has everything, keeps what is added, and can bring it back."""
    begin(pair)
    one, two = pair.machines
    with inboxes(two) as (inbox,):
        one.file.unlink()
        pair.wait_until_in_sync()
        assert not two.file.exists(), "Syncthing carries the deletion"
        inbox.look()
        hear_from(inbox.repository, "Kim Osei")
        with pytest.raises(NotPublishedError, match="missing"):
            inbox.publish()
        pair.wait_until_in_sync()
        assert not one.file.exists(), "a file that somebody deleted is not made anew unasked"
        assert senders(inbox.repository) == ["Dana Whitfield", "Kim Osei"]
        inbox.repository.publish(recreate=True)
        pair.wait_until_in_sync()
    with one.open() as repository:
        assert senders(repository) == ["Dana Whitfield", "Kim Osei"]


def test_a_file_that_is_deleted_here_and_edited_there_stays(pair: Pair) -> None:
    """Of a deletion and an edit the edit wins, and the machine where it was deleted has everything again."""
    begin(pair)
    one, two = pair.machines
    with inboxes(one, two) as (here, there):
        pair.part()
        one.file.unlink()
        hear_from(there.repository, "Kim Osei")
        there.publish()
        pair.join()
        settle([here, there], pair.wait_until_in_sync)
        assert senders(here.repository) == senders(there.repository) == ["Dana Whitfield", "Kim Osei"]


def settle_by_commands(pair: Pair) -> None:
    """Run a command on each side, by turns, until both have the same file."""
    one, two = pair.machines
    for _ in range(ROUNDS):
        for machine in (one, two):
            wait_until_quiet(machine)
            machine.ringback("status")
        pair.wait_until_in_sync()
        if one.file.read_bytes() == two.file.read_bytes():
            return
    raise AssertionError(f"still two files: {pair.seen()}")


def test_commands_on_both_sides_lose_nothing(pair: Pair) -> None:
    """Quick adds from the shell on both sides while apart, no inbox open: the next command finds the copy."""
    begin(pair)
    one, two = pair.machines
    pair.part()
    one.ringback("add", "call", "--from", "Kim Osei", "called about a role")
    two.ringback("add", "call", "--from", "Ravi Menon", "called too")
    pair.join()
    pair.wait_until_in_sync()
    settle_by_commands(pair)
    for machine in (one, two):
        with machine.open() as repository:
            assert senders(repository) == ["Dana Whitfield", "Kim Osei", "Ravi Menon"]
        assert not [each for each in doctor.examine(machine.paths) if not each.ok]
    assert one.file.read_bytes() == two.file.read_bytes()


@pytest.mark.full
@pytest.mark.parametrize("seed", range(4))
def test_edits_on_both_sides_while_files_travel(pair: Pair, seed: int) -> None:
    """Both inboxes write while Syncthing carries what they wrote: nothing is lost, nothing stays behind."""
    chance = random.Random(seed)
    shared = begin(pair)
    with inboxes(*pair.machines) as (one, two):
        for number in range(60):
            inbox = chance.choice((one, two))
            note(inbox.repository, shared, f"note {number:02}")
            inbox.publish()
            if chance.random() < 0.5:
                chance.choice((pair.one, pair.two)).scan()
            if chance.random() < 0.2:
                chance.choice((one, two)).look()
        settle([one, two], pair.wait_until_in_sync)
        for inbox in (one, two):
            assert notes(inbox.repository) == [f"note {number:02}" for number in range(60)]
        left = {path.name for path in one.machine.folder.iterdir() if not path.name.startswith(".st")}
        copies = {path.name for path in copies_in(one.machine.folder)}
        assert left - copies <= {one.machine.file.name, ".syncthing.ringback.json.tmp"}
