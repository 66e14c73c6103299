"""Whatever becomes of the file between two openings: this machine has everything again, and says so."""

import random
from pathlib import Path

import pytest

from figures import Count
from simulation import actions, vandal
from simulation.machine import Machine
from simulation.run import set_up
from simulation.world import World
from store.errors import StoreError
from store.repository import Repository
from store.settings import Settings

RUNS, DAMAGES = 13, 8
"""Of one test: runs, and how often the file is damaged in each."""


@pytest.mark.parametrize("chunk", range(2))
def test_a_damaged_file_is_whole_again(chunk: int, tmp_path: Path, figures: Count) -> None:
    """The next opening, or the next publishing of an open inbox, puts back all of it."""
    for seed in range(chunk * RUNS, (chunk + 1) * RUNS):
        vandalize(tmp_path / str(seed), seed, figures)


@pytest.mark.full
@pytest.mark.parametrize("chunk", range(5))
def test_a_damaged_file_is_whole_again_at_full_size(chunk: int, tmp_path: Path, figures: Count) -> None:
    """The same in three hundred runs."""
    for seed in range(1_000_000 + chunk * 60, 1_000_000 + (chunk + 1) * 60):
        vandalize(tmp_path / str(seed), seed, figures)


def vandalize(folder: Path, seed: int, figures: Count) -> None:
    """Change, damage and heal a file again and again."""
    chance = random.Random(seed)
    with World(folder, seed).running() as world:
        set_up(world)
        machine = world.machines[0]
        for _ in range(DAMAGES):
            _change(world, machine, chance)
            _damage(machine, chance, f"seed {seed}")
        writes = sum(event.kind == "write" for event in world.account.events)
    figures(runs=1, writes=writes, damages=DAMAGES, lost=0)


def _change(world: World, machine: Machine, chance: random.Random) -> None:
    """Leave some changes in the file, and perhaps some more in the journal alone."""
    with machine.quick() as repository:
        assert repository is not None
        for _ in range(4):
            machine.act(repository, lambda opened: actions.act(world.account, opened, chance))
    if chance.random() < 0.3:
        machine.inbox = machine.open()
        assert machine.inbox is not None
        machine.act(machine.inbox, lambda opened: actions.act(world.account, opened, chance))
        if chance.random() < 0.5:
            machine.kill()


def _damage(machine: Machine, chance: random.Random, where: str) -> None:
    """Damage the file; then all that this machine knows is back in it."""
    kind = chance.choice(vandal.DAMAGES)
    if kind is vandal.stripped:
        # Without `_m` the file cannot tell that it had not seen what is in the journal alone.
        machine.kill()
        with machine.quick():
            pass
    good = machine.file.read_bytes()
    damaged = kind(good, chance)
    machine.file.write_bytes(damaged)
    machine.world.touch(machine.file)
    if vandal.is_of_others(damaged):
        with pytest.raises(StoreError):
            _heal(machine)
        assert machine.file.read_bytes() == damaged
        machine.file.write_bytes(good)
        return
    told = _heal(machine)
    # Raises LostError where anything is not in the file that ought to be.
    machine.version = None
    machine.look()
    if not vandal.is_whole(damaged):
        assert any("damaged" in sentence for sentence in told), (where, kind.__name__)
        aside = [path.read_bytes() for path in (machine.state_folder / "aside").iterdir()]
        assert damaged in aside, (where, kind.__name__)


def _heal(machine: Machine) -> list[str]:
    """Publish from the open inbox, or open the file and close it; return what was said."""
    inbox, machine.inbox = machine.inbox, None
    with machine.world.at(machine):
        if inbox is None:
            inbox = Repository.at(machine.paths, Settings(), create=False)
        else:
            inbox.publish()
        told = list(inbox.told)
        inbox.close()
    return told
