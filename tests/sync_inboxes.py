"""Inboxes that are open on several machines, taking turns with a syncer until nobody changes anything."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from store.sync.copies import QUIET
from sync_support import PATIENCE, Machine, copies_in, wait_until


class Inbox:
    """An inbox that is open on a machine: `look` does once what tui/publisher.py does again and again."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.repository = machine.open()

    def publish(self) -> None:
        """Bring every change into the synced file, as a second after a key."""
        self.repository.publish()
        self.repository.refresh()

    def look(self) -> None:
        """Follow what others wrote, merge what the syncer put in place, and absorb its conflict copies."""
        wait_until_quiet(self.machine)
        self.repository.refresh()
        # Where there is no file, publishing says that, and everything stays in the journal.
        if self.machine.file.exists() and (self.repository.unpublished or self.repository.replaced()):
            self.repository.publish()
        self.repository.refresh()

    def remove_copies(self) -> None:
        """Remove the copies that are merged, as `ringback sync --remove-absorbed`."""
        self.repository.absorb(wait=PATIENCE, remove=True)
        self.repository.refresh()


def wait_until_quiet(machine: Machine) -> None:
    """Wait until the copies on a machine have lain there for so long that they are looked into."""

    def is_quiet() -> bool:
        youngest = max((path.stat().st_ctime for path in copies_in(machine.folder)), default=0.0)
        return time.time() - youngest > QUIET

    wait_until(is_quiet, "copies that nobody writes to", lambda: listing([machine]))


@contextmanager
def inboxes(*machines: Machine) -> Iterator[list[Inbox]]:
    """Open an inbox on each machine until the block ends."""
    with ExitStack() as stack:
        opened = []
        for machine in machines:
            opened.append(Inbox(machine))
            stack.enter_context(opened[-1].repository)
        yield opened


def settle(inboxes: Sequence[Inbox], carry: Callable[[], None], *, rounds: int = 8) -> int:
    """Let the syncer and the inboxes take turns until nobody writes anything; return how many turns.

    Fails where that does not come within `rounds`, with what lies in the folders then: writing the same
    bytes again is no silence either, for a syncer carries that too.
    """
    machines = [inbox.machine for inbox in inboxes]
    for count in range(rounds):
        carry()
        before = _versions(machines)
        for inbox in inboxes:
            inbox.look()
        held = list(contents(machines).values())
        if _versions(machines) == before and all(each == held[0] for each in held):
            assert all(machine.file.exists() for machine in machines), listing(machines)
            return count
    raise AssertionError(f"the syncer was not silent after {rounds} rounds: {listing(machines)}")


def _versions(machines: Iterable[Machine]) -> list[tuple[Path, int, int]]:
    """Return what tells each version of each file from the next, as a syncer sees it."""
    return [
        (path, path.stat().st_ino, path.stat().st_mtime_ns)
        for machine in machines
        for path in _files(machine.folder)
    ]


def contents(machines: Iterable[Machine]) -> dict[str, dict[str, bytes]]:
    """Return the bytes of what is synced, by machine and name; what programs keep for themselves left out."""
    return {
        machine.name: {path.name: path.read_bytes() for path in _files(machine.folder)}
        for machine in machines
    }


def _files(folder: Path) -> list[Path]:
    own = (".git", ".st", ".syncthing", ".unison")
    return [path for path in sorted(folder.iterdir()) if path.is_file() and not path.name.startswith(own)]


def listing(machines: Iterable[Machine]) -> dict[str, dict[str, int]]:
    """Return the sizes of what is synced, for the message of a failure."""
    return {
        name: {file: len(data) for file, data in files.items()} for name, files in contents(machines).items()
    }
