"""`make bench`: measure Ringback beside its peers on this machine, and print one table.

Times are medians; ours and the peer's are taken by turns. Nothing here decides whether the tests pass.
"""

import argparse
import itertools
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import measures
from bench.ground import Ground, cache_folder
from bench.table import Line, growth, render

Measure = Callable[[Ground, int], Iterator[Line]]
MEASURES: dict[str, Measure] = {
    "pull": measures.pulling,
    "add": measures.adding,
    "look": measures.asking,
    "start": measures.starting,
    "use": measures.using,
    "merge": measures.merging,
}
FLAT = {
    "pull, a thousand of a mailbox": 1.0,
    "pull, a thousand of recruiters": 1.0,
    "j to settled picture, median": 1.3,
    "j to settled picture, p95": 1.3,
}
"""What may not grow with the mail, or hardly."""


def measure(count: int, rounds: int, names: set[str]) -> list[Line]:
    """Measure everything at one size; what fails becomes a line that says so."""
    cache_folder().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache_folder(), prefix="home-") as home:
        ground = Ground(count, Path(home))
        lines: list[Line] = []
        for name, take in MEASURES.items():
            if name not in names:
                if name == "pull":
                    ground.pull()
                continue
            _say(f"  {name}, {count:,} messages …")
            try:
                lines.extend(take(ground, rounds))
            except (OSError, RuntimeError) as error:
                lines.append(Line(name, count, note=f"failed: {error}"))
        return lines


def as_json(lines: list[Line]) -> str:
    """Return the lines for a program to read."""
    items = [{**msgspec.to_builtins(line), "ratio": line.ratio, "verdict": line.verdict} for line in lines]
    machine = {"system": os.uname().sysname, "cores": os.cpu_count(), "python": sys.version.split()[0]}
    return msgspec.json.format(
        msgspec.json.encode({"schema": 1, "machine": machine, "items": items}), indent=1
    ).decode()


def main(words: list[str] | None = None) -> int:
    """Read the options, measure, print; 1 where something could not be measured."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("--messages", type=int, nargs="+", default=[5_000, 50_000])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", choices=MEASURES, nargs="+", default=list(MEASURES))
    parser.add_argument("--json", action="store_true", dest="as_json")
    chosen = parser.parse_args(words)
    sizes = [measure(count, chosen.rounds, set(chosen.only)) for count in sorted(chosen.messages)]
    lines = [*itertools.chain(*sizes), *(growth(sizes[0], sizes[-1], FLAT) if len(sizes) > 1 else ())]
    sys.stdout.write((as_json(lines) if chosen.as_json else render(lines)) + "\n")
    return int(any(line.note.startswith("failed") for line in lines))


def _say(words: str) -> None:
    sys.stderr.write(words + "\n")


if __name__ == "__main__":
    sys.exit(main())
