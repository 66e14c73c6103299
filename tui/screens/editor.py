"""Hand a text to the user's own editor and take it back."""

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from textual.app import App

from store.errors import StoreError


def edited(app: App[Any], text: str) -> str:
    """Return the text as the user left it in `$VISUAL`, `$EDITOR` or vi; raises StoreError."""
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    handle, name = tempfile.mkstemp(prefix="ringback-", suffix=".txt")
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        with app.suspend():
            subprocess.run([*command, name], check=True)
        return path.read_text(encoding="utf-8", errors="replace").rstrip("\n")
    except (OSError, subprocess.SubprocessError) as error:
        raise StoreError(f"The editor {command[0]} could not be used: {error}.", "Set $EDITOR.") from error
    finally:
        path.unlink(missing_ok=True)
