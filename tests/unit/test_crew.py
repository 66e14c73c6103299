"""Work shared among processes gives what one process gives.

Each case runs in a process of its own: the crew is not called together where there are threads already.
"""

import concurrent.futures
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Self

import pytest

from store.sources.crew import ENOUGH, work

ROOT = Path(__file__).parents[2]
SCRIPT = """
import os, signal, sys, time
from store.sources.crew import ENOUGH, work

FIRST = os.getpid()
COUNT = 2_000

def double(numbers):
    return os.getpid(), [2 * number for number in numbers]

def double_or_die(numbers):
    if 300 in numbers and os.getpid() != FIRST:
        os.kill(os.getpid(), signal.SIGKILL)
    return double(numbers)

def weigh(number):
    return 1

def run(function, size):
    results = list(work(function, range(COUNT), size, weigh))
    return {process for process, _ in results}, [number for _, part in results for number in part]

def tell_and_wait(numbers):
    print(os.getpid(), flush=True)
    time.sleep(2)

if __name__ == "__main__" and sys.argv[1] == "ended":
    list(work(tell_and_wait, range(COUNT), ENOUGH, weigh))
elif __name__ == "__main__":
    expected = [2 * number for number in range(COUNT)]
    case = sys.argv[1]
    if case == "alone":
        assert run(double, 0) == ({FIRST}, expected)
    elif case == "shared":
        processes, numbers = run(double, ENOUGH)
        assert numbers == expected
        assert (FIRST not in processes) == (os.cpu_count() > 1)
    elif case == "broken":
        def numbers():
            yield from range(700)
            raise OSError("damaged")
        for size in (0, ENOUGH):
            found = []
            try:
                for _, part in work(double, numbers(), size, weigh):
                    found += part
            except OSError as error:
                found.append(str(error))
            assert found == [*expected[:700], "damaged"], len(found)
    elif case == "killed":
        processes, numbers = run(double_or_die, ENOUGH)
        assert numbers == expected
        assert FIRST in processes
    else:
        results = work(double, range(100_000), ENOUGH, weigh)
        assert next(results)[1] == [2 * number for number in range(128)]
        results.close()
"""


@pytest.mark.parametrize(
    "case",
    [
        pytest.param("alone", id="little work stays in one process"),
        pytest.param("shared", id="results come in order"),
        pytest.param("broken", id="what came before an error is given out"),
        pytest.param("killed", id="what a killed process left is done"),
        pytest.param("left", id="who stops early leaves no process behind"),
    ],
)
def test_a_crew_gives_what_one_process_gives(case: str, tmp_path: Path) -> None:
    """Every result is there, in order, whatever becomes of the processes."""
    script = tmp_path / "crew_case.py"
    script.write_text(SCRIPT)
    subprocess.run([sys.executable, str(script), case], check=True, timeout=60, env={"PYTHONPATH": str(ROOT)})


@pytest.mark.parametrize(("weight", "length"), [(0, 128), (100_000, 4), (10_000_000, 1)])
def test_portions_are_bounded_in_bytes(weight: int, length: int) -> None:
    """Large mails go in small portions, so that what is held does not grow with their size."""
    portions = list(work(len, range(200), 0, lambda _: weight))
    assert (portions[0], sum(portions)) == (length, 200)


@pytest.mark.parametrize(("weight", "ahead"), [(1, 32), (2_000_000, 17), (40_000_000, 1)])
def test_what_is_held_does_not_grow(monkeypatch: pytest.MonkeyPatch, weight: int, ahead: int) -> None:
    """However many cores there are, and however large the mails, a few portions wait to be worked on."""
    taken = []

    class Crew:
        """Counts instead of working."""

        def __init__(self, size: int, _: object, *, initializer: object) -> None:
            taken.append(size)
            assert callable(initializer)

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            """Leave."""

        def submit(self, function: Callable[[list[int]], int], portion: list[int]) -> "Future[int]":
            """Do it at once."""
            done: Future[int] = Future()
            done.set_result(function(portion))
            taken.append(len(portion))
            return done

        def shutdown(self, **_: object) -> None:
            """End."""

    monkeypatch.setattr(os, "cpu_count", lambda: 64)
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(concurrent.futures, "ProcessPoolExecutor", Crew)
    results = work(len, range(10_000), ENOUGH, lambda _: weight)
    first = next(results)
    assert taken == [4] + [first] * ahead


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="there is a crew only where there are two cores")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_crew_ends_with_whoever_called_it_together(tmp_path: Path, number: signal.Signals) -> None:
    """However that ended; a Ctrl+C, which all of them get, leaves no word of theirs."""
    script = tmp_path / "ended.py"
    script.write_text(SCRIPT)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, str(script), "ended"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    crew = [int(process.stdout.readline()) for _ in range(2)]
    if number == signal.SIGINT:
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert said.count("Traceback") <= 1, said
    end = time.monotonic() + 30
    while any(map(is_running, crew)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(map(is_running, crew))


def is_running(process: int) -> bool:
    """Tell whether a process has not ended."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
