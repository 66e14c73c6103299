"""Other syncers that make conflict copies, between two open inboxes: for `make prove`."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store import verbs
from support import needs
from sync_edits import hear_from, label, labels, note, notes, put_into, senders
from sync_inboxes import Inbox, contents, inboxes, settle, wait_until_quiet
from sync_support import Machine, is_copy_of

ROUNDS = 10
Carry = Callable[[], None]
pytestmark = pytest.mark.full


@pytest.fixture
def machines(tmp_path: Path) -> tuple[Machine, Machine]:
    """Two machines, of which the first has the data file."""
    one, two = Machine.at(tmp_path, "one"), Machine.at(tmp_path, "two")
    for number in range(5):
        (one.folder / f"letter {number}.txt").write_text(f"Dear Dana, {number}")
    return one, two


def unison(one: Machine, two: Machine) -> Carry:
    """Unison as its manual has it run unasked: the newer version stays, a copy is kept of the other."""

    def carry() -> None:
        words = "-ui text -batch -times -prefer newer -copyonconflict".split()
        archives = str(one.home / "unison")
        one.run("unison", str(one.folder), str(two.folder), *words, UNISON=archives)

    return carry


def rclone(one: Machine, two: Machine) -> Carry:
    """Bisync of rclone, its first run done."""
    configuration = one.home / "rclone.conf"
    configuration.touch()

    def carry(*more: str) -> None:
        words = ["--force", "--workdir", str(one.home / "bisync"), "--config", str(configuration), *more]
        one.run("rclone", "bisync", str(one.folder), str(two.folder), *words)

    carry("--resync")
    return carry


def names_of_copies(machine: Machine) -> Iterator[str]:
    """Yield the names of what the syncer put beside the file."""
    for name in contents([machine])[machine.name]:
        if name != machine.file.name and not name.startswith("letter "):
            yield name


@pytest.mark.parametrize(
    ("program", "syncer"),
    [
        pytest.param("Unison", unison, marks=needs("unison")),
        pytest.param("rclone", rclone, marks=needs("rclone")),
    ],
)
def test_rounds_of_edits_on_both_sides_lose_nothing(
    machines: tuple[Machine, Machine], program: str, syncer: Callable[[Machine, Machine], Carry]
) -> None:
    """Ten times both sides edit before they are synced: all is on both, and every copy's name is known."""
    with machines[0].open() as repository:
        shared = hear_from(repository, "Dana Whitfield")
    carry = syncer(*machines)
    carry()
    chance = random.Random(7)
    seen = set[str]()
    with inboxes(*machines) as (one, two):
        for number in range(ROUNDS):
            for inbox in (one, two):
                work(inbox, shared, number)
            carry()
            seen.update(names_of_copies(one.machine), names_of_copies(two.machine))
            if not one.machine.file.exists():
                bring_back(chance.choice((one, two)))
            settle([one, two], carry)
        for inbox in (one, two):
            check(inbox, shared)
    assert machines[0].file.read_bytes() == machines[1].file.read_bytes()
    print(program, sorted(seen))  # noqa: T201 - for whoever looks for names that are new
    assert seen, "both sides changed the file, so there was something to copy"
    assert [name for name in seen if not is_copy_of(program, name)] == []


def bring_back(inbox: Inbox) -> None:
    """Write the file anew, as its user is told to: rclone renames both sides and leaves no file at all."""
    wait_until_quiet(inbox.machine)
    inbox.repository.publish(recreate=True)


def work(inbox: Inbox, shared: int, number: int) -> None:
    """Do what cannot be confused with another machine's, or another round's."""
    name = f"{inbox.machine.name} {number}"
    hear_from(inbox.repository, f"Kim {name}")
    note(inbox.repository, shared, f"noted by {name}")
    label(inbox.repository, shared, name)
    put_into(inbox.repository, shared, verbs.later if number % 2 else verbs.aside)
    inbox.publish()


def check(inbox: Inbox, shared: int) -> None:
    """Everything that was done on either machine is there."""
    names = sorted(f"{machine} {number}" for machine in ("one", "two") for number in range(ROUNDS))
    assert senders(inbox.repository) == ["Dana Whitfield", *(f"Kim {name}" for name in names)]
    assert notes(inbox.repository) == [f"noted by {name}" for name in names]
    assert labels(inbox.repository, shared) == set(names)
