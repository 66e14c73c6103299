"""What a proof was made of: counted in tests, summed over all processes, told at the end of `make prove`.

A test asks for the fixture `figures` and calls it as `figures(runs=1, writes=57, lost=0)`; the examples of
Hypothesis are counted by themselves.
"""

import re
from collections import Counter
from collections.abc import Callable, Generator

import pytest

KINDS = ("examples", "runs", "writes", "damages", "lost")
"""What is counted, in the order in which it is told."""
_FIGURE = "figure:"
_EXAMPLES = re.compile(r"(\d+) passing(?: examples)?, (\d+) failing")
Count = Callable[..., None]


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Count:
    """Return what adds to the figures of this run."""

    def count(**counted: int) -> None:
        request.node.user_properties.extend((_FIGURE + kind, number) for kind, number in counted.items())

    return count


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add the examples of a property to its report, which xdist brings home."""
    report = yield
    if report.when == "call":
        examples = _examples(getattr(item, "hypothesis_statistics", ""))
        if examples:
            report.user_properties = [*report.user_properties, (_FIGURE + "examples", examples)]
    return report


def _examples(statistics: str) -> int:
    return sum(int(passing) + int(failing) for passing, failing in _EXAMPLES.findall(statistics))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Tell the figures of a long proof."""
    if not config.getoption("--full"):
        return
    total: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", None) == "call":
                for name, number in report.user_properties:
                    if name.startswith(_FIGURE):
                        total[name.removeprefix(_FIGURE)] += number
    told = " · ".join(f"{total[kind]:,} {kind}" for kind in KINDS)
    terminalreporter.write_line(f"proof: {told}")
