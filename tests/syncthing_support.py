"""Two real Syncthings on loopback that share one folder, spoken to by REST.

Nothing leaves the machine: no discovery, no relays, no NAT, no STUN, no usage or crash reports, no upgrades,
and one TCP port each, bound to 127.0.0.1.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from typing import Any
from urllib.parse import urlencode

from sync_inboxes import listing
from sync_support import PATIENCE, Machine, wait_until

_SHARED = "inbox"
_NOWHERE = "http://127.0.0.1:9/"
_QUIET = {
    "globalAnnounceEnabled": "false",
    "globalAnnounceServer": _NOWHERE,
    "localAnnounceEnabled": "false",
    "relaysEnabled": "false",
    "natEnabled": "false",
    "stunKeepaliveStartS": "0",
    "stunServer": "127.0.0.1:9",
    "startBrowser": "false",
    "urAccepted": "-1",
    "urURL": _NOWHERE,
    "crashReportingEnabled": "false",
    "crashReportingURL": _NOWHERE,
    "autoUpgradeIntervalH": "0",
    "releasesURL": _NOWHERE,
    "announceLANAddresses": "false",
    "setLowPriority": "false",
    "minHomeDiskFree": "0",
    "reconnectionIntervalS": "1",
}
_ENVIRON = {
    "STNOUPGRADE": "1",
    "STNORESTART": "1",
    "STMONITORED": "yes",
    "STNODEFAULTFOLDER": "1",
    "STNOBROWSER": "1",
    "STGUIAPIKEY": "loopback",
    "no_proxy": "*",
}
_open = urllib.request.build_opener(urllib.request.ProxyHandler({})).open


class Syncthing:
    """One instance, of one machine."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.api, self.port = _free_ports(2)
        self._home = machine.root / "syncthing"
        self._log = machine.root / "syncthing.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._run_to_end("generate", f"--home={self._home}")
        self.id = self._configuration().findall("device")[0].attrib["id"]

    def configure(self, other: "Syncthing", *, copies: int, calls: bool) -> None:
        """Write the configuration: this device, that one, and the folder that they share.

        One side alone `calls` the other, which is paused until then: where both call at once, each drops
        the other's call, and Syncthing waits 20 seconds before it tries again.
        """
        tree = self._configuration()
        options = tree.find("options")
        gui = tree.find("gui")
        assert options is not None
        assert gui is not None
        for name, value in {**_QUIET, "listenAddress": f"tcp://127.0.0.1:{self.port}"}.items():
            for old in options.findall(name):
                options.remove(old)
            ET.SubElement(options, name).text = value
        for name, value in {"address": f"127.0.0.1:{self.api}", "apikey": "loopback"}.items():
            _set(gui, name, value)
        for old in tree.findall("device") + tree.findall("folder"):
            tree.remove(old)
        ET.SubElement(tree, "device", id=self.id, name=self.machine.name)
        entry = ET.SubElement(tree, "device", id=other.id, name=other.machine.name)
        _set(entry, "address", f"tcp://127.0.0.1:{other.port}" if calls else "dynamic")
        _set(entry, "paused", str(calls).lower())
        tree.append(self._shared_folder(other, copies))
        ET.ElementTree(tree).write(self._home / "config.xml")

    def _shared_folder(self, other: "Syncthing", copies: int) -> ET.Element:
        folder = ET.Element(
            "folder",
            id=_SHARED,
            path=str(self.machine.folder),
            type="sendreceive",
            rescanIntervalS="3600",
            fsWatcherEnabled="true",
            fsWatcherDelayS="1",
        )
        for device in (self, other):
            ET.SubElement(folder, "device", id=device.id)
        for name, value in {"minDiskFree": "0", "pullerPauseS": "1", "maxConflicts": str(copies)}.items():
            _set(folder, name, value)
        (self.machine.folder / ".stfolder").mkdir(exist_ok=True)
        return folder

    def _configuration(self) -> ET.Element:
        return ET.parse(self._home / "config.xml").getroot()

    # Running

    def start(self) -> None:
        """Start it; `wait_until_up` tells when it answers."""
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
        return {**self.machine.environ, **_ENVIRON}

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
            f"http://127.0.0.1:{self.api}/rest/{path}?{urlencode(query)}",
            method=method,
            headers={"X-API-Key": "loopback"},
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
        return bool(self.ask("system/connections")["connections"].get(other.id, {}).get("connected"))

    def pause(self, other: "Syncthing") -> None:
        """Speak no more with the other one."""
        self.ask("system/pause", method="POST", device=other.id)

    def resume(self, other: "Syncthing") -> None:
        """Speak with the other one again."""
        self.ask("system/resume", method="POST", device=other.id)

    def scan(self) -> int:
        """Look through the folder now, and return the number of the last change there."""
        self.ask("db/scan", method="POST", folder=_SHARED)
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
        return int(self.ask("db/completion", folder=_SHARED, device=other.id)["sequence"])

    @property
    def _status(self) -> dict[str, Any]:
        status: dict[str, Any] = self.ask("db/status", folder=_SHARED)
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


def _set(parent: ET.Element, name: str, value: str) -> None:
    found = parent.find(name)
    (found if found is not None else ET.SubElement(parent, name)).text = value


def _dies_with_us() -> list[str]:
    """Have the system end it too where whoever runs the tests is killed."""
    return ["setpriv", "--pdeathsig", "KILL", "--"] if shutil.which("setpriv") else []


def _free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
