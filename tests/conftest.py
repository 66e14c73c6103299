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

import figures
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
TERMINAL = {
    "COLUMNS": "80",
    "LINES": "24",
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
    "TZ": ZONE,
    "PYTHONDONTWRITEBYTECODE": "1",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what `make prove`, `make screenshots` and `make docs` ask for."""
    parser.addoption("--full", action="store_true", help="also the long forms of the proofs")
    parser.addoption("--write", action="store_true", help="write generated files instead of comparing them")


def pytest_configure(config: pytest.Config) -> None:
    """Let properties search further when asked to, and count what is proved."""
    config.pluginmanager.register(figures)
    if config.getoption("--full"):
        settings.load_profile("full")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long forms out unless they are asked for."""
    if config.getoption("--full"):
        return
    long_forms = [item for item in items if item.get_closest_marker("full")]
    config.hook.pytest_deselected(items=long_forms)
    items[:] = [item for item in items if item not in long_forms]


@pytest.fixture(scope="session", autouse=True)
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Leave nothing in the environment of whoever runs the tests: one zone, one terminal, an empty home."""
    with pytest.MonkeyPatch.context() as patch:
        for name in set(os.environ) - set(LEFT_ALONE):
            if not name.startswith(("PYTEST", "HYPOTHESIS")):
                patch.delenv(name)
        for name, value in TERMINAL.items():
            patch.setenv(name, value)
        _move_in(tmp_path_factory.mktemp("home-of-all"), patch)
        # The clipboard of whoever runs the tests is theirs; on macOS no variable says that there is one.
        patch.setattr("tui.clipboard.is_mac", lambda: False)
        time.tzset()
        yield
    time.tzset()


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test an empty home of its own."""
    folder = tmp_path_factory.mktemp("home")
    _move_in(folder, monkeypatch)
    return folder


def _move_in(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Make a folder the home, where everything is looked for."""
    patch.setenv("HOME", str(folder))
    for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
        patch.setenv(f"XDG_{kind}_HOME", str(folder / kind.lower()))
    patch.setenv("RINGBACK_FILE", str(folder / "ringback.json"))
    patch.setenv("RINGBACK_CONFIG", str(folder / "ringback.toml"))
    patch.setenv("RINGBACK_STATE", str(folder / "ringback-state"))


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
