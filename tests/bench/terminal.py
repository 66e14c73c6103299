"""A program in a pseudo-terminal, and when its picture was there.

Every read is stamped as it arrives and only looked at afterwards, so that looking costs the program nothing.
"""

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import pyte

from bench.timing import peak_memory

COLUMNS, LINES = 120, 36
Picture = list[str]


class Painted(NamedTuple):
    """What a key caused on the screen: milliseconds to the first and to the last of it."""

    first: float
    settled: float


class Terminal:
    """A program started in a terminal of 120×36; leaving the context ends it."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str], cwd: Path | None = None) -> None:
        """Start the command; the clock runs from here."""
        self._screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self._screen)
        self._chunks: list[tuple[float, bytes]] = []
        self._end, other_end = pty.openpty()
        fcntl.ioctl(other_end, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self.started = time.perf_counter()
        self._program = subprocess.Popen(
            command,
            stdin=other_end,
            stdout=other_end,
            stderr=other_end,
            env=env,
            cwd=cwd,
            start_new_session=True,
        )
        os.close(other_end)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _value: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """End the program, whatever it is doing."""
        self._program.kill()
        self._program.wait()
        os.close(self._end)

    @property
    def picture(self) -> Picture:
        """The lines that the terminal shows, as far as it was looked at."""
        return list(self._screen.display)

    def until(self, shown: Callable[[Picture], bool], patience: float = 120) -> float:
        """Return the seconds from the start to the read after which the picture was as wanted."""
        while True:
            if self._read(quiet=0.4) is None:
                raise RuntimeError("the program ended:\n" + self._text())
            for at, data in self._chunks:
                self._stream.feed(data)
                if shown(self.picture):
                    self._read(quiet=0.2)
                    self._look()
                    return at - self.started
            self._chunks.clear()
            if time.perf_counter() - self.started > patience:
                raise RuntimeError("the picture never came:\n" + self._text())

    def press(self, keys: bytes, quiet: float = 0.12) -> Painted:
        """Press keys and return when the first and when the last paint came that they caused."""
        start = time.perf_counter()
        os.write(self._end, keys)
        last = self._read(quiet, patience=2)
        first = self._chunks[0][0] if self._chunks else start
        self._look()
        return Painted((first - start) * 1000, ((last or start) - start) * 1000)

    def peak_memory(self) -> int:
        """Return the most memory that the program had so far, in bytes."""
        return peak_memory(self._program.pid)

    def _read(self, quiet: float, patience: float = 0) -> float | None:
        """Collect output until nothing came for `quiet` seconds; return when the last of it came.

        With patience, wait that much longer for the first. None where the program ended without a word.
        """
        last = None
        wait = max(quiet, patience)
        while select.select([self._end], [], [], wait)[0]:
            try:
                data = os.read(self._end, 1 << 20)
            except OSError:
                return last
            if not data:
                return last
            last, wait = time.perf_counter(), quiet
            self._chunks.append((last, data))
        return last or 0.0

    def _look(self) -> None:
        for _, data in self._chunks:
            self._stream.feed(data)
        self._chunks.clear()

    def _text(self) -> str:
        return "\n".join(line.rstrip() for line in self.picture)
