"""Pulls beside the inbox, in a process of its own: no key waits, and the journal tells what came."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Thread
from typing import Any

import msgspec

_COMMAND = "from tui.start import main; main()"


class Told(msgspec.Struct, frozen=True):
    """How a pull goes, or how it ended."""

    place: str = ""
    read: int = 0
    added: int = 0
    report: dict[str, Any] | None = None
    """The report, as `ringback pull --json` writes it, once it has ended."""
    problem: str = ""
    """Why it could not be done."""


class Puller:
    """One pull at a time; `tell` is called in its thread."""

    def __init__(self, file: Path, tell: Callable[[Told], None]) -> None:
        self._file = file
        self._tell = tell
        self._process: subprocess.Popen[str] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether something is being pulled."""
        return self._process is not None

    def pull(self, names: Sequence[str]) -> None:
        """Begin to read sources of the configuration."""
        words = [sys.executable, "-c", _COMMAND, "--file", str(self._file), "pull", "--json", "--progress"]
        self._process = subprocess.Popen(
            [*words, *names],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        Thread(target=self._follow, args=(self._process,), name="puller", daemon=True).start()

    def cancel(self) -> None:
        """Stop; what was read until now is kept."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)

    def stop(self) -> None:
        """End with the inbox."""
        process = self._process
        if process is not None:
            process.terminate()
            process.wait()

    def _follow(self, process: "subprocess.Popen[str]") -> None:
        last = ""
        written: list[str] = []
        reader = Thread(target=lambda: written.append(process.stdout.read() if process.stdout else ""))
        reader.start()
        for line in process.stderr or ():
            if (told := _progress(line)) is not None:
                self._tell(told)
            else:
                last = line.strip() or last
        process.wait()
        reader.join()
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()
        self._process = None
        self._tell(_ended("".join(written), last))


def _progress(line: str) -> Told | None:
    try:
        return msgspec.json.decode(line, type=Told)
    except msgspec.MsgspecError:
        return None


def _ended(written: str, last: str) -> Told:
    try:
        report = json.loads(written)["report"]
    except (ValueError, KeyError, TypeError):
        return Told(problem=last or "It ended without a word.")
    return Told(report=report)
