"""A program in a real terminal: a pty, with tmux between if wanted, and the picture pyte makes of it."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pyte

ROOT = Path(__file__).parents[1]
PATIENCE = 20.0
"""Seconds after which a screen that was awaited counts as never coming."""


class Terminal:
    """What a user has before them: keys in, a screen out."""

    def __init__(self, descriptor: int, process: int, columns: int, lines: int) -> None:
        self._descriptor = descriptor
        self.process = process
        self.raw = b""
        """Everything the program wrote."""
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)

    @property
    def text(self) -> str:
        """The screen as text, one line a row."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def send(self, text: str) -> None:
        """Type or paste: these very characters, at once."""
        self.send_bytes(text.encode())

    def send_bytes(self, data: bytes) -> None:
        """Send these very bytes."""
        os.write(self._descriptor, data)

    def wait_for(self, *words: str) -> str:
        """Wait until all these words are on the screen, and return the screen."""
        return self.wait_until(lambda text: all(word in text for word in words), f"{words} on the screen")

    def wait_until(self, holds: Callable[[str], bool], what: str) -> str:
        """Wait until the screen satisfies a condition, and return the screen."""
        deadline = time.monotonic() + PATIENCE
        while not holds(self.text):
            remaining = deadline - time.monotonic()
            if remaining <= 0 or not self._read(remaining):
                raise AssertionError(f"never came: {what}. The screen was:\n{self.text}")
        return self.text

    def wait_for_end(self) -> int:
        """Wait until the program ends, and return its exit code."""
        deadline = time.monotonic() + PATIENCE
        while self._read(max(0.0, deadline - time.monotonic())):
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])

    def wait_for_stop(self) -> bool:
        """Wait until the program has suspended itself."""
        stopped = os.WIFSTOPPED(os.waitpid(self.process, os.WUNTRACED)[1])
        while self._read(0.1):
            pass
        return stopped

    def resize(self, columns: int, lines: int) -> None:
        """Change the size of the window."""
        self._screen.resize(lines, columns)
        _set_size(self._descriptor, columns, lines)

    def resume(self) -> None:
        """Continue the program, as `fg` does."""
        os.kill(self.process, signal.SIGCONT)

    def _read(self, seconds: float) -> bool:
        if not select.select([self._descriptor], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._descriptor, 65536)
        except OSError:  # Linux says EIO where others say that the end is reached.
            return False
        self.raw += data
        self._stream.feed(_known_to_pyte(data))
        return bool(data)


def _known_to_pyte(data: bytes) -> bytes:
    """Leave out what pyte would print: the kitty protocol's switches."""
    for switch in (b"\x1b[>25u", b"\x1b[<u"):
        data = data.replace(switch, b"")
    return data


@contextmanager
def terminal(
    command: Sequence[str], *, columns: int = 80, lines: int = 24, environ: Mapping[str, str] | None = None
) -> Iterator[Terminal]:
    """Run a command in a pty of its own until the block ends."""
    process, descriptor = pty.fork()
    if process == 0:
        os.chdir(ROOT)
        os.execvpe(command[0], list(command), {**os.environ, "PYTHONPATH": str(ROOT), **(environ or {})})
    _set_size(descriptor, columns, lines)
    try:
        yield Terminal(descriptor, process, columns, lines)
    finally:
        _end(process)
        os.close(descriptor)


def _set_size(descriptor: int, columns: int, lines: int) -> None:
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))


def _end(process: int) -> None:
    """End a child that has not ended by itself."""
    try:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
    except (ProcessLookupError, ChildProcessError):
        pass


class Tmux:
    """A tmux server of its own, without anybody's configuration."""

    def __init__(self, name: str) -> None:
        self.name = name

    def run(self, *arguments: str) -> None:
        """Give the server a command."""
        subprocess.run(["tmux", "-L", self.name, *arguments], check=True)


@contextmanager
def tmux(command: Sequence[str], *, columns: int = 80, lines: int = 24) -> Iterator[tuple[Terminal, Tmux]]:
    """Run a command inside tmux, inside a pty, until the block ends."""
    server = Tmux(f"ringback-{uuid4().hex[:12]}")
    start = ["tmux", "-u", "-L", server.name, "-f", os.devnull, "new-session", *command]
    with terminal(start, columns=columns, lines=lines) as outer:
        try:
            yield outer, server
        finally:
            subprocess.run(["tmux", "-L", server.name, "kill-server"], check=False, capture_output=True)


def python(*arguments: str) -> list[str]:
    """The command that runs this Python with arguments."""
    return [sys.executable, *arguments]


RINGBACK = python("-c", "from tui.start import main; main()")
"""The command `ringback` of this working copy."""
