"""A machine: a folder that is synced, a state folder that is not, a wrong clock, and Ringback on it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from simulation.version import Version
from store.errors import FileError, NotFoundError, NotPublishedError
from store.file.places import StateFolder
from store.repository import Repository
from store.settings import Paths, Settings

if TYPE_CHECKING:
    from simulation.world import World


class Machine:
    """One of the machines of a world."""

    def __init__(self, world: "World", number: int, offset: int) -> None:
        self.world = world
        self.number = number
        self.offset = offset
        """How wrong its clock is (milliseconds)."""
        self.boot = f"boot {number}"
        self.root = world.folder / f"machine{number}"
        self.file = self.root / "data" / "ringback.json"
        self.file.parent.mkdir(parents=True)
        self.known: set[int] = set()
        """The events that led to what it knows: its journal and shadow."""
        self.version: Version | None = None
        """What lies in its folder."""
        self.vanished: Version | None = None
        self.copies: dict[str, Version] = {}
        """Conflict copies beside the file, by name."""
        self.absorbed: set[str] = set()
        """Those that it looks into no more."""
        self.leftovers: dict[str, Version] = {}
        self.inbox: Repository | None = None

    @property
    def paths(self) -> Paths:
        """Where Ringback looks on this machine."""
        return Paths(self.file, self.root / "ringback.toml", self.root / "state", {"file": "--file"})

    @property
    def state_folder(self) -> Path:
        """The folder of what this machine alone keeps."""
        return StateFolder.at(self.file, self.paths.state).folder

    # What a syncer does to it

    def put(self, version: Version, *, in_place: bool = False) -> None:
        """Lay a version into the folder, as a syncer does."""
        target = self.file if in_place else self.file.with_name(".syncthing.ringback.json.tmp")
        target.write_bytes(version.data)
        self.world.touch(target)
        if not in_place:
            target.replace(self.file)
        self.version, self.vanished = version, None

    def beside(self, name: str, version: Version) -> None:
        """Lay a version beside the file."""
        path = self.file.with_name(name)
        path.write_bytes(version.data)
        self.world.touch(path)

    def vanish(self) -> None:
        """Take the file away for a while."""
        if self.version is not None:
            self.file.unlink()
            self.version, self.vanished = None, self.version

    # What Ringback does on it

    @contextmanager
    def quick(self) -> Iterator[Repository | None]:
        """Open the file as a command does, and close it; None where that must be refused."""
        repository = self.open()
        try:
            yield repository
        finally:
            if repository is not None:
                self.close(repository)

    def open(self) -> Repository | None:
        """Open the file; without a state of its own, a machine refuses one that is missing or damaged."""
        version, leftovers = self.version, self.leftovers
        may_refuse = not self.known and (version is None or version.is_torn)
        with self.world.at(self):
            try:
                repository = Repository.at(self.paths, Settings(), create=False)
            except FileError:
                assert may_refuse
                return None
        assert not may_refuse
        if version is not None:
            self.take(version)
            for name in sorted(leftovers):
                self.take(leftovers[name])
            self.leftovers = {}
        self._take_copies()
        self.look()
        return repository

    def take(self, version: Version) -> None:
        """Note that a version was merged."""
        self.world.take(self.known, version)

    def act(self, repository: Repository, change: Callable[[Repository], object]) -> None:
        """Run a change; one that is refused changes nothing."""
        with self.world.at(self):
            try:
                with self.world.recorder.acting(self.known):
                    change(repository)
            except NotFoundError:
                pass
        self.look()

    def publish(self, repository: Repository) -> None:
        """Publish what is known; refused where the file is missing."""
        version = self.version
        if version is not None:
            self.take(version)
        with self.world.at(self):
            try:
                repository.publish()
            except NotPublishedError:
                assert version is None
            else:
                self._take_copies()
        self.look()

    def close(self, repository: Repository) -> None:
        """Close the file; it is published if that is due."""
        version = self.version
        publishes = bool(repository._state.position.sequence) and repository.unpublished
        if publishes and version is not None:
            self.take(version)
        with self.world.at(self):
            try:
                repository.close()
            except NotPublishedError:
                assert version is None
        if publishes and version is not None:
            self._take_copies()
        self.look()

    def close_inbox(self) -> None:
        """Close the inbox, if one is open."""
        if self.inbox is not None:
            inbox, self.inbox = self.inbox, None
            self.close(inbox)

    def kill(self) -> None:
        """End the inbox as `kill -9` does."""
        if self.inbox is not None:
            self.inbox._state.journal.close()
            self.inbox = None

    def absorb(self, repository: Repository, *, remove: bool) -> None:
        """Absorb the conflict copies as `ringback sync` does; a person removes what is left."""
        version = self.version
        if version is not None:
            self.take(version)
        with self.world.at(self):
            try:
                repository.absorb(wait=0.0, remove=remove)
            except NotPublishedError:
                assert version is None
        self._take_copies()
        for name in [*self.copies] if remove else ():
            self.file.with_name(name).unlink()
            del self.copies[name]
        self.look()

    def _take_copies(self) -> None:
        """Note that the copies beside the file were merged; absorbed ones may be gone."""
        for name in sorted(self.copies):
            if name not in self.absorbed:
                self.take(self.copies[name])
            if self.version is not None:  # else it could not be written, and nothing counts as absorbed
                self.absorbed.add(name)
            if not self.file.with_name(name).exists():
                del self.copies[name]

    def look(self) -> None:
        """See whether Ringback has written the file; if so, it holds what the machine knows."""
        data = self.file.read_bytes() if self.file.exists() else None
        if data is not None and (self.version is None or data != self.version.data):
            past = self.version.past | {self.version.number} if self.version else frozenset[int]()
            self.version = self.world.version(data, frozenset(self.known), past)
            self.world.written(self, self.version)

    def lose(self) -> None:
        """Lose the state folder, and with it what no other machine has seen."""
        self.kill()
        shutil.rmtree(self.paths.state, ignore_errors=True)
        self.world.account.forgiven |= self.known
        self.known, self.absorbed = set(), set()

    def clone(self, other: "Machine") -> None:
        """Become a copy of another machine."""
        if other.paths.state.exists():
            self.state_folder.parent.mkdir(parents=True)
            shutil.copytree(other.state_folder, self.state_folder)
        self.known = set(other.known)
        if other.version is not None:
            self.put(other.version)

    def sequence(self) -> int:
        """Return the size of its journal, which grows with every record."""
        journal = self.state_folder / "journal.log"
        return journal.stat().st_size if journal.exists() else 0
