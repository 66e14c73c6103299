"""Machines that carry one data file between them, and the conflict copies that syncers leave on them.

Each machine has a folder that is synced, a home, and a state of its own. See sync_inboxes.py for the inboxes
that are open on them, sync_edits.py for what people do in these.
"""

import fnmatch
import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from store.repository import Repository
from store.settings import Paths, Settings

ROOT = Path(__file__).parents[1]
PATIENCE = 20.0
"""Seconds after which what was awaited counts as never coming."""
STEM = "ringback"

REAL_NAMES: Mapping[str, tuple[str, ...]] = {
    "Syncthing": ("ringback.sync-conflict-20261125-231530-I3UXJDG.json",),
    "Unison": ("ringback (conflict_on_2026-11-25).json", "ringback (conflict #1_on_2026-11-25).json"),
    "rclone": ("ringback.json..path1", "ringback.json..path2"),
}
"""Names of conflict copies of `ringback.json` that we saw: Syncthing 1.19.2, Unison 2.52.1, rclone 1.60.1."""

_SHAPES: Mapping[str, tuple[str, ...]] = {
    "Syncthing": ("ringback.sync-conflict-????????-??????-???????.json",),
    "Unison": ("ringback (conflict_on_????-??-??).json", "ringback (conflict #*_on_????-??-??).json"),
    "rclone": ("ringback.json..path[12]", "ringback.json.conflict[12]"),
}
"""The shapes of such names, written apart from those of the program; rclone says `.conflict1` since 1.66."""


def copies_in(folder: Path) -> list[Path]:
    """Return the conflict copies that lie in a folder, whichever program made them."""
    return sorted(
        path for path in folder.iterdir() if any(is_copy_of(program, path.name) for program in _SHAPES)
    )


def is_copy_of(program: str, name: str) -> bool:
    """Tell whether a program makes conflict copies with names like this one."""
    return any(fnmatch.fnmatchcase(name, shape) for shape in _SHAPES[program])


def wait_until(holds: Callable[[], bool], what: str, seen: Callable[[], object] = lambda: "") -> None:
    """Wait until a condition holds; fail with what was awaited and what was seen instead."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            raise AssertionError(f"never came: {what}. Seen: {seen()}")
        time.sleep(0.02)


@dataclass(frozen=True)
class Machine:
    """One of several machines; nothing but the synced folder is ever carried to another one."""

    name: str
    root: Path

    @classmethod
    def at(cls, root: Path, name: str) -> "Machine":
        """Make a machine in a new folder."""
        machine = cls(name, root / name)
        for folder in (machine.folder, machine.home, machine.root / "bin"):
            folder.mkdir(parents=True)
        program = machine.root / "bin" / "ringback"
        run = shlex.join([sys.executable, "-c", "from tui.start import main; main()"])
        program.write_text(f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(ROOT))} exec {run} "$@"\n')
        program.chmod(0o755)
        return machine

    @property
    def folder(self) -> Path:
        """What is synced."""
        return self.root / "synced"

    @property
    def file(self) -> Path:
        """The data file."""
        return self.folder / f"{STEM}.json"

    @property
    def home(self) -> Path:
        """The home of whoever works here; other programs keep their configuration in it."""
        return self.root / "home"

    @property
    def state(self) -> Path:
        """The root of what Ringback keeps here, journal and shadow among it."""
        return self.root / "state"

    @property
    def environ(self) -> dict[str, str]:
        """The environment of a program that runs here; `ringback` is this working copy."""
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("XDG_")},
            "HOME": str(self.home),
            "PATH": f"{self.root / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "RINGBACK_FILE": str(self.file),
            "RINGBACK_CONFIG": str(self.home / "ringback.toml"),
            "RINGBACK_STATE": str(self.state),
        }

    @property
    def paths(self) -> Paths:
        """Where things lie here, for what is called in this process."""
        origins = dict.fromkeys(("file", "config", "state"), "test")
        return Paths(self.file, self.home / "ringback.toml", self.state, origins)

    def open(self, *, create: bool = True) -> Repository:
        """Open the data file in this process, as this machine would."""
        return Repository.at(self.paths, Settings(), create=create)

    def run(self, *command: str, check: bool = True, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run a program in the synced folder, and fail with all it said unless it ends well."""
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={**self.environ, **environ},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert not check or done.returncode == 0, f"{shlex.join(command)}: {done.stdout}"
        return done

    def ringback(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run the command line of this working copy."""
        return self.run("ringback", *arguments, check=check)
