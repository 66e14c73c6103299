"""Tell how long modules and functions are: `make check` shows it, nothing depends on it."""

import ast
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
Size = tuple[int, str]


def modules() -> Iterator[Size]:
    """Yield the lines of every module of the program."""
    for path in _sources():
        yield len(path.read_text(encoding="utf-8").splitlines()), str(path.relative_to(ROOT))


def functions() -> Iterator[Size]:
    """Yield the lines of every function of the program."""
    for path in _sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                end = node.end_lineno or node.lineno
                yield end - node.lineno + 1, f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"


def _sources() -> Iterator[Path]:
    for top in ("store", "tui"):
        yield from sorted((ROOT / top).rglob("*.py"))


def report(kind: str, sizes: list[Size]) -> str:
    """Return count, median, and the three longest."""
    lengths = [length for length, _ in sizes]
    longest = ", ".join(f"{name} ({length})" for length, name in sorted(sizes, reverse=True)[:3])
    return f"{len(sizes)} {kind}, median {statistics.median(lengths):.0f} lines; longest: {longest}"


if __name__ == "__main__":
    sys.stdout.write(
        report("modules", list(modules())) + "\n" + report("functions", list(functions())) + "\n"
    )
