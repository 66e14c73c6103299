"""A world of machines: what they share, and the clock, the randomness and the disk that they see."""

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from simulation import checks, programs
from simulation.account import Account, Known
from simulation.machine import Machine
from simulation.recorder import Recorder
from simulation.version import Version
from store import clock, upkeep
from store.clock import DAY
from store.file import disk, node, published_file
from store.file.journal import Record
from store.file.state import State
from store.sync import absorbing, copies
from support import NOW

MOST = 5
"""Machines that there can be."""


class LostError(AssertionError):
    """Something is not as the account says; the sentences begin with `lost` or `new`."""

    def __init__(self, sentences: list[str], where: str) -> None:
        super().__init__(f"{where}: " + "; ".join(sentences[:5]))
        self.lost = sum(sentence.startswith("lost") for sentence in sentences)


class World:
    """Everything of one run; use it as `with World(…).running() as world`."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.seed = seed
        self.account = Account()
        self.recorder = Recorder(self.account)
        self.machines: list[Machine] = []
        self.versions: list[Version] = []
        """All there ever were, for stale ones to come back from."""
        self.ambush: tuple[Machine, Version] | None = None
        """A version that a syncer puts into its place in the middle of the next publishing."""
        self._stamps: checks.Stamps = {}
        self._issued: set[tuple[str, int]] = set()
        self._now = NOW
        self._acting: Machine | None = None
        self._touched = 0

    @contextmanager
    def running(self) -> Iterator["World"]:
        """Let Ringback see this world instead of the real one."""
        chance = random.Random(self.seed)
        exchange = disk.exchange

        def ambushed(one: Path, other: Path) -> bool:
            ambush, self.ambush = self.ambush, None
            if ambush is not None:
                machine, version = ambush
                machine.put(version)
                machine.take(version)
            return exchange(one, other)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(clock, "now", self._clock)
            patch.setattr(os, "urandom", chance.randbytes)
            patch.setattr(node, "_boot", lambda: self._acting.boot if self._acting else "")
            # Power cuts are for the crash points; here a flushed cache is as good as a disk.
            patch.setattr(disk, "sync", lambda descriptor: None)
            patch.setattr(disk, "sync_folder", lambda folder: None)
            patch.setattr(disk, "exchange", ambushed)
            patch.setattr(published_file, "_RENAME_WAIT", 0.0)
            patch.setattr(copies, "QUIET", 0.0)
            patch.setattr(absorbing, "QUIET", 0.0)
            patch.setattr(State, "append", self._counting(State.append))
            patch.setattr(upkeep, "_WORTHWHILE", 4_000)
            self.recorder.listen(patch)
            try:
                yield self
            finally:
                for machine in self.machines:
                    machine.kill()

    def _counting(self, append: Callable[..., Record | None]) -> Callable[..., Record | None]:
        """Watch that no dot is issued twice, whatever machine it is on (I5)."""

        def counting(state: State, *arguments: Any, **options: Any) -> Record | None:
            record = append(state, *arguments, **options)
            if record is not None:
                dot = (record.node, record.sequence)
                assert dot not in self._issued, f"{dot} was issued twice"
                self._issued.add(dot)
            return record

        return counting

    def add_machine(self, offset: int) -> Machine:
        """Add a machine whose clock is so many milliseconds wrong."""
        machine = Machine(self, len(self.machines), offset)
        self.machines.append(machine)
        return machine

    @contextmanager
    def at(self, machine: Machine) -> Iterator[None]:
        """Let a machine act: its clock, its name."""
        self._acting = machine
        self._now += 1_000
        try:
            yield
        finally:
            self._acting, self.ambush = None, None

    def _clock(self) -> int:
        return self._now + (self._acting.offset if self._acting else 0)

    def pass_time(self, milliseconds: int) -> None:
        """Let time pass on all machines."""
        self._now += milliseconds

    def touch(self, path: Path) -> None:
        """Give a file that a syncer wrote a time of its own: two must not be taken for one."""
        self._touched += 1
        at = 1_700_000_000_000_000_000 + self._touched * 1_000_003
        os.utime(path, ns=(at, at))

    def version(self, data: bytes, known: Known, past: frozenset[int]) -> Version:
        """Make a version."""
        made = Version(len(self.versions), data, known, past)
        self.versions.append(made)
        return made

    def take(self, known: set[int], version: Version) -> None:
        """Let a machine that knows so much merge a version."""
        programs.take(self.account, known, version)

    def written(self, machine: Machine, version: Version) -> None:
        """Compare what a machine has just written with the account."""
        tables = version.tables()
        found = [*checks.problems(self.account, version.known, tables)]
        found += checks.stamps_twice(self._stamps, self.account, tables)
        if found:
            raise LostError(found, f"machine {machine.number}")


YEARS = 3_652 * DAY
