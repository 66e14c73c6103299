"""One run: machines are set up, steps are taken, all is exchanged until nobody writes, and compared."""

import gzip
import json
import random
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from typing import NamedTuple

from tinydb import TinyDB

from simulation import checks
from simulation.machine import Machine
from simulation.steps import Step, take_step
from simulation.version import Version
from simulation.world import YEARS, World
from store.repository import Repository
from store.settings import Settings
from store.transaction import Transaction

ROUNDS = 4
"""Exchanges of everything with everybody, the last of which must write nothing."""
UNKNOWN = {"zoo": {"1": {"eyes": "blue", "legs": [4, 4.5]}}, "": {"7": {"": None, "odd key": {}}}}
"""Tables that no program of ours knows."""


class Figures(NamedTuple):
    """What a run was made of."""

    writes: int
    conflicts: int
    blurred: int


def run(folder: Path, seed: int, steps: Sequence[Step]) -> Figures:
    """Play steps and check all that must hold; raises AssertionError."""
    with World(folder, seed).running() as world:
        set_up(world)
        for step in steps:
            take_step(world, step)
        exchange(world)
        return check(world)


def set_up(world: World) -> None:
    """Begin with one file on two to four machines."""
    chance = random.Random(world.seed)
    for _ in range(chance.randint(2, 4)):
        world.add_machine(chance.randrange(-YEARS, YEARS))
    first, *others = world.machines
    with world.at(first), world.recorder.acting(first.known):
        repository = Repository.at(first.paths, Settings(), create=True)
        repository.transact("Begin", _begin)
        repository.close()
    plain = Version(0, _with_unknown(first.file.read_bytes()), frozenset(first.known), is_ours=False)
    world.versions.append(plain)
    first.put(plain)
    _visit(first)
    for machine in others:
        assert first.version is not None
        machine.put(first.version)


def _begin(transaction: Transaction) -> None:
    transaction.insert("opportunities", "opportunity:first", {})
    transaction.insert("widgets", "widget:first", {"size": 1, "weight": "unknown"})


def _with_unknown(data: bytes) -> bytes:
    return json.dumps({**json.loads(data), **UNKNOWN}).encode()


def exchange(world: World) -> None:
    """Bring everything to everybody, until a whole round writes nothing (I6)."""
    for machine in world.machines:
        machine.close_inbox()
        if machine.version is None:
            _bring_back(world, machine)
    for machine in sorted(world.machines, key=lambda each: not each.known):
        _visit(machine)
    for _ in range(ROUNDS):
        before = [(machine.version, machine.sequence()) for machine in world.machines]
        for one, other in permutations(world.machines, 2):
            assert one.version is not None
            other.put(one.version)
            _visit(other)
        if [(machine.version, machine.sequence()) for machine in world.machines] == before:
            return
    raise AssertionError(f"after {ROUNDS} rounds somebody still writes")


def _bring_back(world: World, machine: Machine) -> None:
    there = [other.version for other in world.machines if other.version is not None]
    if machine.vanished is not None or there:
        machine.put(machine.vanished or there[0])
        return
    repository = machine.open()
    assert repository is not None
    with world.at(machine):
        repository.publish(recreate=True)
    machine.look()
    machine.close(repository)


def _visit(machine: Machine) -> None:
    """Open a machine's file, take in what lies beside it, and close it."""
    with machine.quick() as repository:
        if repository is not None:
            machine.absorb(repository, remove=True)


def check(world: World) -> Figures:
    """Compare everything with the account, all machines being equal by now."""
    account, machines = world.account, world.machines
    known = frozenset[int]().union(*(machine.known for machine in machines))
    data = machines[0].file.read_bytes()
    assert all(machine.file.read_bytes() == data for machine in machines), "machines differ"
    missing = account.acknowledged - known - account.forgiven
    assert not missing, f"nobody has {missing}"
    version = world.version(data, known, frozenset())
    world.written(machines[0], version)
    tables = version.tables()
    for table, documents in UNKNOWN.items():
        assert tables.get(table) == documents, f"{table} did not survive (I8)"
    _check_tinydb(machines[0].file)
    _check_forgotten(world, known)
    writes = [event for event in account.events if event.kind == "write"]
    met = sum(
        len(checks.values_at(document, path)) > 1
        for documents in tables.values()
        for document in documents.values()
        for path in document.get("_m", {}).get("x", {})
    )
    return Figures(len(writes), met, len(account.blurred))


def _check_tinydb(path: Path) -> None:
    """Stock TinyDB reads every table (I9)."""
    with TinyDB(path, access_mode="r") as stock:
        for table in stock.tables():
            assert len(stock.table(table).all()) > 0


def _check_forgotten(world: World, known: frozenset[int]) -> None:
    """What was purged is in no file of any machine any more."""
    gone = world.account.purged(known)
    secrets = {
        value.strip('"').encode()
        for place, values in world.account.said.items()
        if place[:2] in gone
        for value in values
        if "!" in value and not value.startswith("{")
    }
    for machine in world.machines:
        for path in machine.root.rglob("*"):
            if path.is_file() and secrets:
                _check_clean(machine, path, secrets)


def _check_clean(machine: Machine, path: Path, secrets: set[bytes]) -> None:
    raw = path.read_bytes()
    raw = gzip.decompress(raw) if path.suffix == ".gz" else raw
    found = [secret for secret in secrets if secret in raw]
    assert not found, f"machine {machine.number}: {found} in {path.relative_to(machine.root)}"
