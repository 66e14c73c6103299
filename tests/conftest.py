"""What every test stands on: a home of its own, one zone and terminal size, a clock that can stand still.

Invented messages come from `support.a_message`; `support.needs("tmux")` skips where a program is missing.
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import time_machine
from hypothesis import HealthCheck, settings

from support import NOW

if TYPE_CHECKING:
    from store.repository import Repository

settings.register_profile(
    "suite",
    deadline=None,
    derandomize=True,
    max_examples=50,
    stateful_step_count=20,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("full", settings.get_profile("suite"), derandomize=False, max_examples=2_000)
settings.load_profile("suite")

ZONE = "CET-1CEST,M3.5.0,M10.5.0/3"
"""Central Europe with its summer time, spelled out so that no zone database is needed."""
LEFT_ALONE = ("PATH", "TMPDIR", "LANG", "LC_ALL", "SSL_CERT_FILE", "SYSTEMROOT")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what `make prove`, `make screenshots` and `make docs` ask for."""
    parser.addoption("--full", action="store_true", help="also the long forms of the proofs")
    parser.addoption("--write", action="store_true", help="write generated files instead of comparing them")


def pytest_configure(config: pytest.Config) -> None:
    """Let properties search further when asked to."""
    if config.getoption("--full"):
        settings.load_profile("full")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long forms out unless they are asked for."""
    if config.getoption("--full"):
        return
    long_forms = [item for item in items if item.get_closest_marker("full")]
    config.hook.pytest_deselected(items=long_forms)
    items[:] = [item for item in items if item not in long_forms]


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give each test an empty home, and an environment that holds nothing of whoever runs it."""
    folder = tmp_path_factory.mktemp("home")
    for name in set(os.environ) - set(LEFT_ALONE):
        if not name.startswith(("PYTEST", "COV_", "HYPOTHESIS")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    monkeypatch.setenv("RINGBACK_FILE", str(folder / "ringback.json"))
    monkeypatch.setenv("RINGBACK_CONFIG", str(folder / "ringback.toml"))
    monkeypatch.setenv("RINGBACK_STATE", str(folder / "ringback-state"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "24")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("TZ", ZONE)
    time.tzset()
    yield folder
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def frozen() -> Iterator[time_machine.Traveller]:
    """Let the clock stand at `support.NOW`; `frozen.shift(seconds)` moves it."""
    with time_machine.travel(NOW / 1000, tick=False) as traveller:
        yield traveller


@pytest.fixture
def repository(home: Path, frozen: time_machine.Traveller) -> Iterator["Repository"]:
    """Open an empty data file, where the environment says that it is, with the clock standing still."""
    from store.repository import Repository

    with Repository.open() as opened:
        yield opened
