"""Teaching git to merge the data file: an attribute in its folder, a driver in the clone's configuration."""

import re
import shlex
import subprocess
from pathlib import Path
from typing import NamedTuple

from store.errors import StoreError

DRIVER = "ringback"
_PLAIN = re.compile(r"[\w./+-]+")
_SECONDS = 20


class SetUp(NamedTuple):
    """What was done in a clone."""

    attributes: Path
    changed_attributes: bool
    """Whether that file is new, or has a new line: it wants to be committed."""
    changed_configuration: bool


def set_up(data_file: Path, command: tuple[str, ...]) -> SetUp:
    """Let git merge the data file by running `command` with the words `merge-driver BASE OURS THEIRS`.

    Raises StoreError where there is no git, or the file is in no clone.
    """
    folder = data_file.resolve().parent
    _clone(folder)
    attributes = folder / ".gitattributes"
    line = f"{_pattern(data_file.resolve().name)} merge={DRIVER} -text"
    driver = f"{shlex.join(command).replace('%', '%%')} merge-driver %O %A %B"
    changed = _add_line(attributes, line)
    configured = [
        _configure(folder, f"merge.{DRIVER}.name", "Ringback merges both sides"),
        _configure(folder, f"merge.{DRIVER}.driver", driver),
    ]
    return SetUp(attributes, changed, any(configured))


def _clone(folder: Path) -> None:
    """Check that a folder belongs to a clone."""
    if _git(folder, "rev-parse", "--is-inside-work-tree").stdout.strip() != "true":
        raise StoreError(
            f"{folder} is in no git repository.",
            "git init makes one; where the data file is elsewhere, --file names it.",
        )


def _pattern(name: str) -> str:
    """Return a file name as a pattern of `.gitattributes` that fits this file and no other."""
    escaped = "/" + re.sub(r"([\\*?\[\]])", r"\\\1", name)
    if _PLAIN.fullmatch(escaped):
        return escaped
    return '"' + escaped.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _add_line(path: Path, line: str) -> bool:
    before = path.read_text(encoding="utf-8", errors="surrogateescape") if path.exists() else ""
    if line in before.splitlines():
        return False
    gap = "" if not before or before.endswith("\n") else "\n"
    path.write_text(f"{before}{gap}{line}\n", encoding="utf-8", errors="surrogateescape")
    return True


def _configure(folder: Path, name: str, value: str) -> bool:
    if _git(folder, "config", "--local", "--get", name).stdout.rstrip("\n") == value:
        return False
    ran = _git(folder, "config", "--local", name, value)
    if ran.returncode:
        raise StoreError(f"git could not be configured: {ran.stderr.strip()}.", "Run it in a clone of yours.")
    return True


def _git(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    try:
        return subprocess.run(
            ("git", "-C", str(folder), *words), capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except FileNotFoundError as error:
        raise StoreError("git is not installed.", "Install it, then run this again.") from error
    except subprocess.TimeoutExpired as error:
        raise StoreError(
            f"git did not answer within {_SECONDS} seconds.", "Run it by hand to see why."
        ) from error
