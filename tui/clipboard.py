"""Ways to the clipboard: a program of the desktop where there is one, else the terminal (OSC 52)."""

import os
import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator, Sequence
from typing import Final

BY_TERMINAL: Final = "by the terminal (OSC 52), if it allows that"
"""How the way is told that a program cannot answer for: terminals stay silent."""
_COPIED: Final = "copied"
_PATIENCE: Final = 2.0
"""Seconds after which a program counts as one that does not answer."""
_X11: Final[tuple[Sequence[str], ...]] = (
    ("xclip", "-selection", "clipboard"),
    ("xsel", "--clipboard", "--input"),
)


def way_kept(way: str) -> str:
    """Return a way as it is kept with what was copied: the long words about terminals are for once."""
    return _COPIED if way == BY_TERMINAL else way


def has_program() -> bool:
    """Tell whether there is a program to try; without one nothing has to be waited for."""
    return any(True for _ in _programs())


def copied_by_program(text: str) -> str:
    """Copy a text by the first program that takes it; return its name, an empty text where none does."""
    return next((command[0] for command in _programs() if _takes(command, text)), "")


def _programs() -> Iterator[Sequence[str]]:
    """Yield the commands that may reach a clipboard from here."""
    if is_mac():
        yield from _installed(("pbcopy",))
    if os.environ.get("WAYLAND_DISPLAY"):
        # Without a type it guesses one from the first bytes.
        yield from _installed(("wl-copy", "--type", "text/plain"))
    if os.environ.get("DISPLAY"):
        for command in _X11:
            yield from _installed(command)


def is_mac() -> bool:
    """Tell whether this is macOS."""
    return sys.platform == "darwin"


def _installed(command: Sequence[str]) -> Iterator[Sequence[str]]:
    if shutil.which(command[0]):
        yield command


def _takes(command: Sequence[str], text: str) -> bool:
    # They go on in the background to serve the selection: a pipe from them would never end.
    try:
        done = subprocess.run(
            command,
            input=text.encode("utf-8", "replace"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


def terminal_sequence(text: str) -> str:
    """Return what asks a terminal to copy a text."""
    return f"\x1b]52;c;{b64encode(text.encode('utf-8', 'replace')).decode('ascii')}\x07"


def around_tmux(text: str) -> str:
    """Return what asks the terminal around tmux, where tmux passes it on; an empty text outside of tmux."""
    if not os.environ.get("TMUX"):
        return ""
    doubled = terminal_sequence(text).replace("\x1b", "\x1b\x1b")
    return f"\x1bPtmux;{doubled}\x1b\\"
