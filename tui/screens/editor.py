"""Hand a text to the user's own editor from the full-screen program."""

import subprocess
from collections.abc import Sequence
from functools import partial
from typing import Any

from textual.app import App, SuspendNotSupported

from tui import editing


def edited(app: App[Any], text: str) -> str:
    """Return the text as the user left it in `$VISUAL`, `$EDITOR` or vi; raises StoreError."""
    return editing.edited(text, partial(_run, app))


def _run(app: App[Any], command: Sequence[str]) -> None:
    """Run a command in the terminal; what stops it is raised only when the screen is ours again."""
    failure: Exception | None = None
    try:
        with app.suspend():
            try:
                editing.run_here(command)
            except (OSError, ValueError, subprocess.SubprocessError) as error:
                failure = error
    except SuspendNotSupported as error:
        raise OSError(str(error)) from error
    if failure is not None:
        raise failure
