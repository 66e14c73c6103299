"""Pulls beside the inbox: where they look for their code, one at a time, and how they end."""

import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intake_support import box, pitch
from store.repository import Repository
from tui.commands import git_setup
from tui.puller import Puller, Told
from tui.start import command

HOSTILE = "from pathlib import Path\nPath(__file__).with_name('owned').touch()\n"


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds, at most 20 seconds."""
    for _ in range(400):
        if holds():
            return
        time.sleep(0.05)
    pytest.fail("it never came")


@pytest.fixture
def folder(home: Path, tmp_path: Path) -> Path:
    """Have a folder that the configuration names."""
    folder = tmp_path / "drop"
    folder.mkdir()
    (home / "ringback.toml").write_text(f'[sources.drop]\nkind = "folder"\npath = "{folder}"\n')
    return folder


@pytest.fixture
def told() -> list[Told]:
    """What a puller tells."""
    return []


@pytest.fixture
def puller(repository: Repository, folder: Path, told: list[Told]) -> Iterator[Puller]:
    """A puller for an empty data file."""
    puller = Puller(repository.path, told.append)
    yield puller
    puller.stop()


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder whose files are named like modules of Python, and like ours."""
    folder = tmp_path / "downloads"
    (folder / "tui").mkdir(parents=True)
    for name in ("json.py", "msgspec.py", "tui/__init__.py", "tui/start.py"):
        (folder / name).write_text(HOSTILE)
    monkeypatch.chdir(folder)
    return folder


def test_no_code_of_the_folder_one_stands_in_is_run(
    hostile: Path, puller: Puller, told: list[Told], folder: Path
) -> None:
    """A pull finds this program and Python's own modules, and reads."""
    box(folder, pitch(1))
    puller.pull(["drop"])
    until(lambda: not puller.is_busy)
    assert told[-1].report is not None, told
    assert told[-1].report["added"] == 1
    assert not list(hostile.rglob("owned"))


@pytest.mark.parametrize("path", ["", str(Path(__file__).parents[2])], ids=["", "PYTHONPATH"])
def test_the_program_is_found_from_any_folder(
    hostile: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """Whether Python was told where it lies or not."""
    monkeypatch.setenv("PYTHONPATH", path)
    ran = subprocess.run([*command(), "keys"], capture_output=True, check=False, timeout=60)
    assert ran.returncode == 0, ran.stderr
    assert not list(hostile.rglob("owned"))


def test_git_starts_it_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no `ringback` is installed; git stands in the folder that is synced."""
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    assert git_setup._this_program() == command()


def test_one_pull_at_a_time(puller: Puller, folder: Path) -> None:
    """A second one is refused while the first goes on."""
    box(folder, pitch(1))
    assert puller.pull(["drop"])
    assert not puller.pull(["drop"])
    until(lambda: not puller.is_busy)
    assert puller.pull(["drop"])


def test_leaving_ends_all_of_it(puller: Puller, told: list[Told], folder: Path) -> None:
    """The processes that share in the work end, too: they would hold what the pull writes to open."""
    box(folder, *(pitch(number) for number in range(6_000)))
    puller.pull(["drop"])
    until(lambda: any(each.read for each in told))
    assert puller.is_busy
    puller.stop()
    until(lambda: not puller.is_busy)


def test_a_pull_that_is_stopped_at_once(puller: Puller, told: list[Told]) -> None:
    """It had no time to say anything, and is told as stopped."""
    puller.pull(["drop"])
    puller.cancel()
    until(lambda: not puller.is_busy)
    assert told == [Told(report={"cancelled": True})]


def test_a_pull_that_cannot_be_started(
    puller: Puller, told: list[Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python may have been replaced by another version: that is told, and the inbox goes on."""
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    puller.pull(["drop"])
    assert told == [Told(problem="no process could be started: No such file or directory.")]
    assert not puller.is_busy
