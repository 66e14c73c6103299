"""The steps of a run: drawn from a seed as a list, so that a failing one can be made shorter."""

import random
from typing import NamedTuple

from simulation import actions, programs, syncer
from simulation.machine import Machine
from simulation.world import MOST, YEARS, World
from store.clock import HOUR

OFTEN = {
    "quick": 14, "settle": 2, "open_inbox": 4, "act": 12, "publish": 6, "close_inbox": 3, "kill": 1,
    "sync": 16, "overwrite": 6, "stale": 3, "vanish": 2, "come_back": 4, "tear": 2, "leave": 2, "overtake": 2,
    "absorb": 5, "edit_elsewhere": 4, "purge": 1, "clone": 1, "lose": 1, "reboot": 1,
}  # fmt: skip
"""How often each kind of step is drawn."""


class Step(NamedTuple):
    """One step; all that is random in it follows from its own seed, whatever came before."""

    kind: str
    machine: int
    other: int
    seed: int


def draw(seed: int, count: int) -> list[Step]:
    """Draw the steps of a run."""
    chance = random.Random(seed)
    kinds = chance.choices([*OFTEN], [*OFTEN.values()], k=count)
    return [
        Step(kind, chance.randrange(MOST), chance.randrange(MOST), chance.randrange(10**9)) for kind in kinds
    ]


def take_step(world: World, step: Step) -> None:
    """Do a step, or nothing where there is nothing to do it with."""
    chance = random.Random(step.seed)
    machines = world.machines
    machine, other = machines[step.machine % len(machines)], machines[step.other % len(machines)]
    world.pass_time(chance.randrange(10 * HOUR))
    if step.kind in _OF_TWO:
        if machine is not other:
            _OF_TWO[step.kind](world, machine, other, chance)
    else:
        _OF_ONE[step.kind](world, machine, chance)


def _quick(world: World, machine: Machine, chance: random.Random) -> None:
    with machine.quick() as repository:
        if repository is not None:
            for _ in range(chance.choice([1, 2, 3, 4])):
                machine.act(repository, lambda opened: actions.act(world.account, opened, chance))


def _settle(world: World, machine: Machine, chance: random.Random) -> None:
    with machine.quick() as repository:
        if repository is not None:
            repository.hurried = False


def _open_inbox(world: World, machine: Machine, chance: random.Random) -> None:
    if machine.inbox is None:
        machine.inbox = machine.open()


def _act(world: World, machine: Machine, chance: random.Random) -> None:
    _open_inbox(world, machine, chance)
    if machine.inbox is not None:
        machine.inbox.refresh()
        for _ in range(chance.choice([1, 2, 3])):
            machine.act(machine.inbox, lambda opened: actions.act(world.account, opened, chance))


def _publish(world: World, machine: Machine, chance: random.Random) -> None:
    if machine.inbox is not None:
        machine.publish(machine.inbox)


def _purge(world: World, machine: Machine, chance: random.Random) -> None:
    with machine.quick() as repository:
        if repository is not None:
            machine.act(repository, lambda opened: actions.purge_note(opened, chance))


def _overtake(world: World, machine: Machine, chance: random.Random) -> None:
    versions = [version for version in world.versions if version.is_ours]
    if machine.inbox is not None and machine.version is not None and versions:
        machine.act(machine.inbox, lambda opened: actions.act(world.account, opened, chance))
        world.ambush = (machine, chance.choice(versions))
        machine.publish(machine.inbox)


def _absorb(world: World, machine: Machine, chance: random.Random) -> None:
    if machine.copies:
        with machine.quick() as repository:
            if repository is not None:
                machine.absorb(repository, remove=chance.random() < 0.5)


def _edit_elsewhere(world: World, machine: Machine, chance: random.Random) -> None:
    version = machine.version
    if version is not None and not version.is_torn:
        made = programs.edited(world.account, version, len(world.versions), chance)
        world.versions.append(made)
        machine.put(made, in_place=chance.random() < 0.5)


def _lose(world: World, machine: Machine, chance: random.Random) -> None:
    if any(other.known for other in world.machines if other is not machine):
        machine.lose()


def _reboot(world: World, machine: Machine, chance: random.Random) -> None:
    machine.kill()
    machine.boot += "+"


def _clone(world: World, machine: Machine, chance: random.Random) -> None:
    if len(world.machines) < MOST and machine.known:
        world.add_machine(chance.randrange(-YEARS, YEARS)).clone(machine)


_OF_ONE = {
    "quick": _quick, "settle": _settle, "open_inbox": _open_inbox, "act": _act, "publish": _publish,
    "close_inbox": lambda world, machine, chance: machine.close_inbox(), "purge": _purge,
    "kill": lambda world, machine, chance: machine.kill(), "overtake": _overtake, "absorb": _absorb,
    "edit_elsewhere": _edit_elsewhere, "lose": _lose, "reboot": _reboot, "clone": _clone,
    "stale": syncer.put_back_stale, "vanish": lambda world, machine, chance: machine.vanish(),
    "come_back": syncer.come_back, "tear": syncer.tear, "leave": syncer.leave_temporary,
}  # fmt: skip
_OF_TWO = {"sync": syncer.sync, "overwrite": syncer.overwrite}
