"""Hand a text to the user's own editor and take it back; who calls says how a program is run."""

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from store.errors import StoreError

_HINT = "The text is as it was; set $EDITOR to an editor that this machine has."


def run_here(command: Sequence[str]) -> None:
    """Run a command in the terminal that we were started in."""
    subprocess.run(command, check=True)


def edited(text: str, run: Callable[[Sequence[str]], None] = run_here) -> str:
    """Return the text as the user left it in `$VISUAL`, `$EDITOR` or vi; raises StoreError."""
    command = _command()
    try:
        handle, name = tempfile.mkstemp(prefix="ringback-", suffix=".txt")
        path = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            run([*command, name])
            return path.read_text(encoding="utf-8", errors="replace").rstrip("\n")
        finally:
            path.unlink(missing_ok=True)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        raise StoreError(f"The editor {command[0]} could not be used: {_reason(error)}.", _HINT) from error


def _command() -> Sequence[str]:
    """Return the words of the editor's command; raises StoreError where its quotes are not closed."""
    settings = (os.environ.get(name, "").strip() for name in ("VISUAL", "EDITOR"))
    written = next(filter(None, settings), "vi")
    try:
        return shlex.split(written) or ["vi"]
    except ValueError as error:
        raise StoreError(f'"{written}" cannot be read as a command: {error}.', _HINT) from error


def _reason(error: Exception) -> str:
    if isinstance(error, subprocess.CalledProcessError):
        return f"it ended with {error.returncode}"
    return getattr(error, "strerror", None) or str(error).rstrip(".")
