"""A configuration of Syncthing with which nothing leaves the machine.

No discovery, no relays, no NAT, no STUN, no usage or crash reports, no upgrades; one TCP port for the peer
and one for the REST API, both bound to 127.0.0.1.
"""

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = "inbox"
"""The id of the shared folder."""
API_KEY = "loopback"
ENVIRON: Mapping[str, str] = {
    "STNOUPGRADE": "1",
    "STNORESTART": "1",
    "STMONITORED": "yes",
    "STNODEFAULTFOLDER": "1",
    "STNOBROWSER": "1",
    "no_proxy": "*",
}
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


@dataclass(frozen=True)
class Device:
    """One of the two instances, as a configuration names it."""

    id: str
    name: str
    port: int


def write(
    path: Path, me: Device, peer: Device, *, api_port: int, folder: Path, copies: int, calls: bool
) -> None:
    """Write over what `syncthing generate` made: this device, that one, and the folder that they share.

    One side alone `calls` the other, which is paused until then: where both call at once, each drops the
    other's call, and Syncthing waits 20 seconds before it tries again.
    """
    tree = ET.parse(path).getroot()
    for old in tree.findall("device") + tree.findall("folder"):
        tree.remove(old)
    options = _part(tree, "options")
    for name, value in {**_QUIET, "listenAddress": f"tcp://127.0.0.1:{me.port}"}.items():
        _set(options, name, value)
    gui = _part(tree, "gui")
    _set(gui, "address", f"127.0.0.1:{api_port}")
    _set(gui, "apikey", API_KEY)
    ET.SubElement(tree, "device", id=me.id, name=me.name)
    entry = ET.SubElement(tree, "device", id=peer.id, name=peer.name)
    _set(entry, "address", f"tcp://127.0.0.1:{peer.port}" if calls else "dynamic")
    _set(entry, "paused", str(calls).lower())
    tree.append(_shared(folder, (me, peer), copies))
    ET.ElementTree(tree).write(path)


def own_id(path: Path) -> str:
    """Return the id of the device that a configuration was generated for."""
    return _part(ET.parse(path).getroot(), "device").attrib["id"]


def _shared(folder: Path, devices: tuple[Device, Device], copies: int) -> ET.Element:
    (folder / ".stfolder").mkdir(exist_ok=True)
    element = ET.Element("folder", id=FOLDER, path=str(folder), type="sendreceive")
    element.attrib.update(rescanIntervalS="3600", fsWatcherEnabled="true", fsWatcherDelayS="1")
    for device in devices:
        ET.SubElement(element, "device", id=device.id)
    for name, value in {"minDiskFree": "0", "pullerPauseS": "1", "maxConflicts": str(copies)}.items():
        _set(element, name, value)
    return element


def _part(parent: ET.Element, name: str) -> ET.Element:
    found = parent.find(name)
    assert found is not None, f"Syncthing generated no {name}"
    return found


def _set(parent: ET.Element, name: str, value: str) -> None:
    for old in parent.findall(name):
        parent.remove(old)
    ET.SubElement(parent, name).text = value
