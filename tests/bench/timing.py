"""How things are timed: whole processes, several rounds, ours and the peer's by turns, the median counts."""

import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

Task = Callable[[], float]
"""Does something once and returns what it took."""


def process(command: Sequence[str], env: Mapping[str, str], cwd: Path | None = None) -> float:
    """Run a command to its end and return the seconds it took; raises with its own words where it fails."""
    start = time.perf_counter()
    ended = subprocess.run(
        command, env=env, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    seconds = time.perf_counter() - start
    if ended.returncode:
        said = (ended.stderr or ended.stdout).decode(errors="replace").strip()
        raise RuntimeError(f"{' '.join(command[:6])} … ended with {ended.returncode}: {said[-400:]}")
    return seconds


def by_turns(rounds: int, *tasks: Task | None) -> list[float | None]:
    """Run the tasks by turns, so that a noisy moment hits all of them, and return each one's median.

    The first round warms caches and is not counted where there are several; a task that is None stays None.
    """
    taken: list[list[float]] = [[] for _ in tasks]
    for _ in range(rounds + (rounds > 1)):
        for task, times in zip(tasks, taken, strict=True):
            if task is not None:
                times.append(task())
    return [statistics.median(times[rounds > 1 :]) if times else None for times in taken]


def percentile(values: Sequence[float], part: float) -> float:
    """Return the value below which that part of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(part * (len(ordered) - 1)))]


def peak_memory(process_id: int) -> int:
    """Return the most memory that a running process had, in bytes; 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{process_id}/status").read_text()
    except OSError:
        return 0
    found = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(found[0].split()[1]) * 1024 if found else 0
