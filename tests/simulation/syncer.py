"""Syncers, good ones and bad ones: they move whole files between the folders of machines."""

import random
from dataclasses import replace

from simulation.machine import Machine
from simulation.version import Version, torn
from simulation.world import World


def sync(world: World, one: Machine, other: Machine, chance: random.Random) -> None:
    """Do as Syncthing does: copy where one side changed; where both did, keep one and the other as a copy."""
    theirs, mine = one.version, other.version
    if theirs is None or theirs is mine:
        return
    if mine is None or mine.number in theirs.past:
        other.put(theirs)
    elif theirs.number in mine.past:
        one.put(mine)
    else:
        winner, loser = chance.choice([(one, other), (other, one)])
        _keep_copy(loser, chance, also=winner if chance.random() < 0.5 else None)
        assert winner.version is not None
        loser.put(winner.version)


def _keep_copy(loser: Machine, chance: random.Random, also: Machine | None) -> None:
    name = f"ringback.sync-conflict-20261116-{chance.randrange(10**6):06}-ABCDEF7.json"
    assert loser.version is not None
    for machine in (loser, also):
        if machine is not None:
            machine.beside(name, loser.version)
            machine.copies[name] = loser.version


def overwrite(world: World, one: Machine, other: Machine, chance: random.Random) -> None:
    """Do as rsync, a stick or iCloud does: what lies on the other side is gone, without a copy."""
    if one.version is not None:
        other.put(one.version, in_place=chance.random() < 0.3)


def put_back_stale(world: World, machine: Machine, chance: random.Random) -> None:
    """Put an old version into the place of what lies there."""
    machine.put(chance.choice(world.versions), in_place=chance.random() < 0.3)


def come_back(world: World, machine: Machine, chance: random.Random) -> None:
    """Let a file that had vanished come back."""
    if machine.version is None and machine.vanished is not None:
        machine.put(machine.vanished)


def _torn(world: World, version: Version, chance: random.Random) -> Version:
    made = torn(world.account, version, len(world.versions), chance)
    world.versions.append(made)
    return made


def tear(world: World, machine: Machine, chance: random.Random) -> None:
    """Stop half-way through a copy: of the file itself, or of a conflict copy that comes in."""
    versions = [version for version in world.versions if version.is_ours]
    version = _torn(world, chance.choice(versions), chance)
    if machine.version is not None and chance.random() < 0.5:
        machine.put(replace(version, past=version.past | machine.version.past), in_place=True)
    else:
        name = f"ringback (conflicted copy {chance.randrange(10**6)}).json"
        machine.beside(name, version)
        machine.copies[name] = version


def leave_temporary(world: World, machine: Machine, chance: random.Random) -> None:
    """Leave what a crash of Ringback can leave: a temporary, whole or half written, of any version."""
    version = chance.choice([version for version in world.versions if version.is_ours])
    if chance.random() < 0.5:
        version = _torn(world, version, chance)
    name = f".~ringback.{chance.randrange(16**16):016x}.tmp"
    machine.beside(name, version)
    machine.leftovers[name] = version
