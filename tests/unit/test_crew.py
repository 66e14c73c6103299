"""Work shared among processes gives what one process gives.

Each case runs in a process of its own: the crew is not called together where there are threads already.
"""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = """
import os, signal, sys
from store.sources.crew import ENOUGH, work

FIRST = os.getpid()
COUNT = 2_000

def double(numbers):
    return os.getpid(), [2 * number for number in numbers]

def double_or_die(numbers):
    if 300 in numbers and os.getpid() != FIRST:
        os.kill(os.getpid(), signal.SIGKILL)
    return double(numbers)

def run(function, size):
    results = list(work(function, range(COUNT), size))
    return {process for process, _ in results}, [number for _, part in results for number in part]

if __name__ == "__main__":
    expected = [2 * number for number in range(COUNT)]
    case = sys.argv[1]
    if case == "alone":
        assert run(double, 0) == ({FIRST}, expected)
    elif case == "shared":
        processes, numbers = run(double, ENOUGH)
        assert numbers == expected
        assert (FIRST not in processes) == (os.cpu_count() > 1)
    elif case == "killed":
        processes, numbers = run(double_or_die, ENOUGH)
        assert numbers == expected
        assert FIRST in processes
    else:
        results = work(double, range(100_000), ENOUGH)
        assert next(results)[1] == [2 * number for number in range(64)]
        results.close()
"""


@pytest.mark.parametrize(
    "case",
    [
        pytest.param("alone", id="little work stays in one process"),
        pytest.param("shared", id="results come in order"),
        pytest.param("killed", id="what a killed process left is done"),
        pytest.param("left", id="who stops early leaves no process behind"),
    ],
)
def test_a_crew_gives_what_one_process_gives(case: str, tmp_path: Path) -> None:
    """Every result is there, in order, whatever becomes of the processes."""
    script = tmp_path / "crew_case.py"
    script.write_text(SCRIPT)
    subprocess.run([sys.executable, str(script), case], check=True, timeout=60, env={"PYTHONPATH": str(ROOT)})
