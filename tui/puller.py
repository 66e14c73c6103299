"""Pulls beside the inbox, in a process of its own: no key waits, and the journal tells what came."""

import json
import os
import signal
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

import msgspec

from tui.start import command


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
        self._cancelled = False

    @property
    def is_busy(self) -> bool:
        """Whether something is being pulled."""
        return self._process is not None

    def pull(self, names: Sequence[str]) -> bool:
        """Begin to read sources of the configuration; False where something is being read already."""
        if self.is_busy:
            return False
        self._cancelled = False
        try:
            self._process = subprocess.Popen(
                [*command(), "--file", str(self._file), "pull", "--json", "--progress", "--", *names],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                errors="replace",
                start_new_session=True,
            )
        except OSError as error:
            self._tell(Told(problem=f"no process could be started: {error.strerror or error}."))
            return True
        Thread(target=self._follow, args=(self._process,), name="puller", daemon=True).start()
        return True

    def cancel(self) -> None:
        """Stop; what was read until now is kept."""
        if self._process is not None:
            self._cancelled = True
            self._process.send_signal(signal.SIGINT)

    def stop(self) -> None:
        """End with the inbox, those that share in the work, too: they would wait for more of it for ever."""
        process = self._process
        if process is not None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
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
        self._tell(_ended("".join(written), last, cancelled=self._cancelled))


def _progress(line: str) -> Told | None:
    try:
        return msgspec.json.decode(line, type=Told)
    except msgspec.MsgspecError:
        return None


def _ended(written: str, last: str, *, cancelled: bool) -> Told:
    try:
        report = json.loads(written)["report"]
    except (ValueError, KeyError, TypeError):
        if cancelled:  # before it could say anything
            return Told(report={"cancelled": True})
        return Told(problem=last or "It ended without a word.")
    return Told(report=report)
