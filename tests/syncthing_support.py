"""Two real Syncthings on loopback that share one folder, spoken to by REST."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from typing import Any
from urllib.parse import urlencode

from sync_inboxes import listing
from sync_support import PATIENCE, Machine, wait_until
from syncthing_config import API_KEY, ENVIRON, FOLDER, Device, own_id, write

_open = urllib.request.build_opener(urllib.request.ProxyHandler({})).open


class Syncthing:
    """One instance, of one machine."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.api_port, port = _free_ports(2)
        self._home = machine.root / "syncthing"
        self._log = machine.root / "syncthing.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._run_to_end("generate", f"--home={self._home}")
        self._configuration = self._home / "config.xml"
        self.device = Device(own_id(self._configuration), machine.name, port)

    def configure(self, peer: "Syncthing", *, copies: int, calls: bool) -> None:
        """Have it share the synced folder with another one; see `syncthing_config.write`."""
        write(
            self._configuration,
            self.device,
            peer.device,
            api_port=self.api_port,
            folder=self.machine.folder,
            copies=copies,
            calls=calls,
        )

    # Running

    def start(self) -> None:
        """Start it; `is_up` tells when it answers."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*_dies_with_us(), "syncthing", "serve", f"--home={self._home}"],
                env=self._environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def stop(self) -> None:
        """Kill it, with whatever it started."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    @property
    def log(self) -> str:
        """The last it said."""
        return self._log.read_text(errors="replace")[-3000:]

    @property
    def _environ(self) -> Mapping[str, str]:
        return {**self.machine.environ, **ENVIRON}

    def _run_to_end(self, *arguments: str) -> None:
        done = subprocess.run(
            ["syncthing", *arguments],
            env=self._environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stdout.decode(errors="replace")

    # Asking

    def ask(self, path: str, *, method: str = "GET", **query: str) -> Any:
        """Ask the REST API, and return what it says."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.api_port}/rest/{path}?{urlencode(query)}",
            method=method,
            headers={"X-API-Key": API_KEY},
        )
        with _open(request, timeout=PATIENCE) as answer:
            said = answer.read()
        return json.loads(said) if said.strip() else None

    def is_up(self) -> bool:
        """Tell whether it answers; fails where it has ended."""
        assert self._process is not None
        assert self._process.poll() is None, f"Syncthing ended: {self.log}"
        try:
            return bool(self.ask("system/ping") == {"ping": "pong"})
        except (urllib.error.URLError, OSError):
            return False

    def is_connected_to(self, other: "Syncthing") -> bool:
        """Tell whether the two speak with each other."""
        return bool(self.ask("system/connections")["connections"].get(other.device.id, {}).get("connected"))

    def pause(self, other: "Syncthing") -> None:
        """Speak no more with the other one."""
        self.ask("system/pause", method="POST", device=other.device.id)

    def resume(self, other: "Syncthing") -> None:
        """Speak with the other one again."""
        self.ask("system/resume", method="POST", device=other.device.id)

    def scan(self) -> int:
        """Look through the folder now, and return the number of the last change there."""
        self.ask("db/scan", method="POST", folder=FOLDER)
        return self.reached

    @property
    def reached(self) -> int:
        """The number of the last change in the folder here."""
        return int(self._status["sequence"])

    @property
    def rests(self) -> bool:
        """Whether this side does nothing, and has all that it heard of."""
        status = self._status
        return status["state"] == "idle" and not status["needTotalItems"]

    def heard_of(self, other: "Syncthing") -> int:
        """Return the number of the last change on the other side that this side was told of."""
        return int(self.ask("db/completion", folder=FOLDER, device=other.device.id)["sequence"])

    @property
    def _status(self) -> dict[str, Any]:
        status: dict[str, Any] = self.ask("db/status", folder=FOLDER)
        return status


class Pair:
    """Two instances that share a folder."""

    def __init__(self, one: Syncthing, two: Syncthing) -> None:
        self.one, self.two = one, two

    @property
    def machines(self) -> tuple[Machine, Machine]:
        """The two machines."""
        return self.one.machine, self.two.machine

    def part(self) -> None:
        """Take the network away: from now on each side is alone."""
        self.one.pause(self.two)
        self._wait(lambda: not any(self._connected()), "apart")

    def join(self) -> None:
        """Bring the network back."""
        self.one.resume(self.two)
        self._wait(lambda: all(self._connected()), "joined")

    def _connected(self) -> tuple[bool, bool]:
        return self.one.is_connected_to(self.two), self.two.is_connected_to(self.one)

    def wait_until_in_sync(self) -> None:
        """Wait until each side has all that the other side has, and looking once more finds nothing new."""
        deadline = time.monotonic() + PATIENCE
        before: tuple[int, int] | None = None
        while (now := (self.one.scan(), self.two.scan())) != before:
            assert time.monotonic() < deadline, f"never came to rest: {self.seen()}"
            self._wait(self._is_in_sync, "in sync")
            before = now

    def _is_in_sync(self) -> bool:
        return all(
            one.heard_of(two) == two.reached and one.rests
            for one, two in ((self.one, self.two), (self.two, self.one))
        )

    def _wait(self, holds: Callable[[], bool], what: str) -> None:
        wait_until(holds, what, self.seen)

    def seen(self) -> str:
        """What there is to see, for the message of a failure."""
        return "\n".join([str(listing(self.machines)), self.one.log, self.two.log])


@contextmanager
def syncthings(one: Machine, two: Machine, *, copies: int = 10) -> Iterator[Pair]:
    """Run a Syncthing on each of two machines, joined, until the block ends.

    Of a conflict each keeps that many copies; with none, the side that loses is overwritten.
    """
    pair = Pair(Syncthing(one), Syncthing(two))
    pair.one.configure(pair.two, copies=copies, calls=True)
    pair.two.configure(pair.one, copies=copies, calls=False)
    with ExitStack() as stack:
        for each in (pair.one, pair.two):
            stack.callback(each.stop)
            each.start()
        wait_until(lambda: pair.one.is_up() and pair.two.is_up(), "up", pair.seen)
        pair.join()
        yield pair


def _dies_with_us() -> list[str]:
    """Have the system end it too where whoever runs the tests is killed."""
    return ["setpriv", "--pdeathsig", "KILL", "--"] if shutil.which("setpriv") else []


def _free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
