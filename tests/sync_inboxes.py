"""Inboxes that are open on several machines, taking turns with a syncer until nobody changes anything."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from store.joining import merge_files
from sync_support import Machine, copies_in


class Inbox:
    """An inbox that is open on a machine: `look` does once what tui/publisher.py does again and again."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.repository = machine.open()
        self._absorbed: dict[Path, bytes] = {}

    def publish(self) -> None:
        """Bring every change into the synced file, as a second after a key."""
        self.repository.publish()
        self.repository.refresh()

    def look(self) -> None:
        """Follow what others wrote, merge what the syncer put in place, and absorb conflict copies."""
        repository = self.repository
        repository.refresh()
        self._absorb()
        if repository.unpublished or repository.replaced():
            repository.publish(recreate=not self.machine.file.exists() and bool(self._absorbed))
        for copy, held in self._absorbed.items():
            if copy.exists() and copy.read_bytes() == held:
                copy.unlink()
        self._absorbed.clear()
        repository.refresh()

    def _absorb(self) -> None:
        """Merge the conflict copies that lie there; they go once the file that holds them is written."""
        for copy in copies_in(self.machine.folder):
            held = copy.read_bytes()
            merge_files(self.repository, [copy])
            self._absorbed[copy] = held

    def close(self) -> None:
        """Close it, as `q` does."""
        self.repository.close()


@contextmanager
def inboxes(*machines: Machine) -> Iterator[list[Inbox]]:
    """Open an inbox on each machine until the block ends."""
    opened: list[Inbox] = []
    try:
        opened += map(Inbox, machines)
        yield opened
    finally:
        for inbox in opened:
            inbox.close()


def settle(inboxes: Sequence[Inbox], carry: Callable[[], None], *, rounds: int = 8) -> int:
    """Let the syncer and the inboxes take turns until nobody changes anything; return how many turns.

    Fails where that does not come within `rounds`, with what lies in the folders then.
    """
    machines = [inbox.machine for inbox in inboxes]
    for count in range(rounds):
        carry()
        before = contents(machines)
        for inbox in inboxes:
            inbox.look()
        if contents(machines) == before and len(set(map(_fingerprint, before.values()))) == 1:
            return count
    raise AssertionError(f"the syncer was not silent after {rounds} rounds: {listing(machines)}")


def contents(machines: Iterable[Machine]) -> dict[str, dict[str, bytes]]:
    """Return the bytes of what is synced, by machine and name; what programs keep for themselves left out."""
    return {machine.name: _files(machine.folder) for machine in machines}


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in sorted(folder.iterdir())
        if path.is_file() and not path.name.startswith((".git", ".st", ".syncthing", ".unison"))
    }


def _fingerprint(files: Mapping[str, bytes]) -> tuple[tuple[str, bytes], ...]:
    return tuple(sorted(files.items()))


def listing(machines: Iterable[Machine]) -> dict[str, dict[str, int]]:
    """Return the sizes of what is synced, for the message of a failure."""
    return {
        name: {file: len(data) for file, data in files.items()} for name, files in contents(machines).items()
    }
