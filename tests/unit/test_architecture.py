"""What the parts of the program may load and what the repository may hold, proved on the real thing."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOAD_ALL = """
import importlib, json, pkgutil, sys
for name in sys.argv[1:]:
    module = importlib.import_module(name)
    for found in pkgutil.walk_packages(getattr(module, "__path__", []), name + "."):
        importlib.import_module(found.name)
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""
COMMAND_LINE = (
    "tui.start",
    "tui.cli",
    "tui.ending",
    "tui.commands",
    "tui.output",
    "tui.text",
    "tui.actions",
    "tui.keymap",
)
REGISTRY = re.compile(
    r"pypi\.org/simple|pythonhosted|index[-_]url|find[-_]links|trusted[-_]host|\bartifactory\b|--proxy",
    re.IGNORECASE,
)


def loaded_by(*names: str) -> set[str]:
    """Return the packages that a fresh Python holds once the modules and all below are imported."""
    command = [sys.executable, "-c", LOAD_ALL, *names]
    ended = subprocess.run(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, check=False)
    assert ended.returncode == 0, ended.stderr.decode()
    return set(json.loads(ended.stdout))


def tracked_files() -> list[Path]:
    """Return the files of the repository; without git, all but what is generated."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0:
        return [
            path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()
        ]
    return [path for path in ROOT.rglob("*") if path.is_file() and not _is_hidden(path)]


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") and part != ".ci" for part in path.relative_to(ROOT).parts)


def test_commands_load_no_textual() -> None:
    """A command answers in a tenth of a second: loading all of them loads neither Textual nor rich."""
    assert loaded_by(*COMMAND_LINE).isdisjoint({"textual", "rich"})


def test_the_store_loads_no_user_interface() -> None:
    """The arrow between the packages has one direction, whatever is imported where."""
    assert loaded_by("store").isdisjoint({"textual", "rich", "click", "tui"})


def test_records_and_rules_load_no_file() -> None:
    """What is pure stays pure: neither TinyDB nor anything of the network is loaded for it."""
    assert loaded_by("store.records", "store.rules").isdisjoint({"tinydb", "ssl", "smtplib", "imaplib"})


def test_nothing_under_tests_stands_in_for_the_program() -> None:
    """Tests have no packages, no folder named like ours, and file names that occur once."""
    assert not list((ROOT / "tests").rglob("__init__.py"))
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()}
    assert folders.isdisjoint({"store", "tui"})


def test_test_helpers_do_not_shadow_modules_of_python() -> None:
    """What stands at the top of tests/ is importable, so its names must be its own."""
    assert {path.stem for path in (ROOT / "tests").glob("*.py")}.isdisjoint(sys.stdlib_module_names)


def test_the_repository_names_no_registry() -> None:
    """Where packages come from is the business of whoever installs."""
    told = [path for path in tracked_files() if path != Path(__file__) and REGISTRY.search(_text(path))]
    assert told == []


def _text(path: Path) -> str:
    return path.read_bytes().decode(errors="replace")


@pytest.mark.parametrize("name", ["dependencies", "dev"])
def test_every_dependency_is_pinned(name: str) -> None:
    """Each direct dependency has its exact version in constraints.txt, which holds nothing else."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = project["dependencies"] if name == "dependencies" else project["optional-dependencies"][name]
    lines = (ROOT / "constraints.txt").read_text().split()
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", line) for line in lines)
    pinned = {line.partition("==")[0].lower().replace("_", "-") for line in lines}
    assert {re.split(r"[<>=!~\[ ;]", each)[0].lower() for each in wanted} <= pinned
