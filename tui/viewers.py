"""Handing a file to the program that the desktop has for it, without a shell and without waiting for it."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

from tui.clipboard import is_mac

_PATIENCE: Final = 2.0
"""Seconds after which a program that still runs counts as showing the file."""

_running: list[subprocess.Popen[bytes]] = []
"""Programs that show a file; kept, as nobody waits for them."""


def viewer() -> str:
    """Return the program that opens files here, an empty text where there is no window to open them in."""
    if is_mac():
        return shutil.which("open") or ""
    has_window = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return (shutil.which("xdg-open") or "") if has_window else ""


def show_file(path: Path) -> bool:
    """Open a file; tell whether a program took it. May take two seconds."""
    program = viewer()
    if not program:
        return False
    _running[:] = [each for each in _running if each.poll() is None]
    try:
        # In a session of its own it neither ends with this program nor gets its keys.
        started = subprocess.Popen(
            [program, str(path.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    try:
        return started.wait(_PATIENCE) == 0
    except subprocess.TimeoutExpired:
        _running.append(started)
        return True
