"""Two to five machines, wrong clocks, good and bad syncers, any order: nothing is lost, all become equal."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from figures import Count
from simulation.run import Figures, run
from simulation.shrinking import shrink
from simulation.steps import Step, draw
from simulation.world import LostError

RUNS, STEPS = 5, 60
"""Of one test: runs, and steps of each run."""
FULL_RUNS, FULL_STEPS = 50, 120
"""The same for `make prove`."""


@pytest.mark.parametrize("chunk", range(5))
def test_nothing_is_lost(chunk: int, tmp_path: Path, figures: Count) -> None:
    """Whatever machines, syncers and other programs do: what was acknowledged is there in the end, alone."""
    for seed in range(chunk * RUNS, (chunk + 1) * RUNS):
        figures(runs=1, lost=0, writes=simulate(tmp_path, seed, STEPS, figures).writes)


@pytest.mark.full
@pytest.mark.parametrize("chunk", range(20))
def test_nothing_is_lost_at_full_size(chunk: int, tmp_path: Path, figures: Count) -> None:
    """The same in a thousand longer runs."""
    for seed in range(1_000_000 + chunk * FULL_RUNS, 1_000_000 + (chunk + 1) * FULL_RUNS):
        figures(runs=1, lost=0, writes=simulate(tmp_path, seed, FULL_STEPS, figures).writes)


def simulate(folder: Path, seed: int, count: int, figures: Count) -> Figures:
    """Run a seed; where that fails, say with which steps at least, and how many values were lost."""
    steps = draw(seed, count)
    try:
        return once(folder, seed, steps)
    except Exception as error:
        figures(lost=getattr(error, "lost", 0))
        shorter = shrink(steps, lambda fewer: _fails(folder, seed, fewer))
        told = "\n".join(f"    {step!r}," for step in shorter)
        raise AssertionError(f"seed {seed}: {error}\nThese steps are enough:\n{told}") from error


def once(folder: Path, seed: int, steps: Sequence[Step]) -> Figures:
    """Run some steps in a folder that is empty, and empty again."""
    root = folder / "world"
    try:
        return run(root, seed, steps)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _fails(folder: Path, seed: int, steps: Sequence[Step]) -> bool:
    try:
        once(folder, seed, steps)
    except Exception:
        return True
    return False


def test_the_account_notices_a_loss(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A merge that lets the last writer win is found out within a few runs: the account is not blind."""
    from store.file import merge
    from store.file.document import Parts, Written, ranked

    def last_writer(path: str, a: Parts, b: Parts) -> Written:
        both = {**a.written.get(path, {}), **b.written.get(path, {})}
        return {pair: both[pair] for pair in ranked(path, both)[:1]}

    monkeypatch.setattr(merge, "_met", last_writer)
    with pytest.raises(LostError, match="lost"):
        _run_many(tmp_path)


def _run_many(folder: Path) -> None:
    for seed in range(20):
        once(folder, seed, draw(seed, STEPS))


def test_shrinking_leaves_what_is_needed() -> None:
    """Of many steps those two stay that fail together."""
    assert shrink(range(40), lambda steps: {7, 31} <= {*steps}) == [7, 31]
