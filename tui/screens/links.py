"""Links in messages: only kinds that are harmless to hand on, each with the host it really leads to."""

import os
import re
import sys
import webbrowser
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address
from unicodedata import category, normalize
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from store.records.message import Message

_LINK = re.compile(r"\b(?:https?://|mailto:|tel:)[^\s<>\"'`\x00-\x1f\x7f-\x9f]+", re.IGNORECASE)
_CLOSING = ".,;:!?)]}»”’"
_LONGEST = 2000
_LONGEST_LABEL = 63
_PLAIN_HOST = re.compile(r"[a-z0-9._-]+")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
# Letters or marks to Python, dropped by browsers when they read a host.
_DROPPED = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")


class _DeceptiveError(Exception):
    """An address of which programs disagree where it leads; the text says why."""


@dataclass(frozen=True)
class Link:
    """An address as it is opened, put together from what was understood of the written one."""

    address: str
    """As it was written, where it is not opened."""
    host: str
    """The host in ASCII (punycode), with its port; for mail and telephone the address or number."""
    refused: str = ""
    """Why it is not opened."""


def links_in(messages: Iterable[Message]) -> list[Link]:
    """Return the links of messages, each once, those of the newest message first."""
    found: dict[str, Link] = {}
    for message in reversed(list(messages)):
        for text in (message.body, message.quoted, message.signature, message.footer):
            for address in _addresses(text):
                link = _link(address)
                if link is not None:
                    found.setdefault(link.address, link)
    return list(found.values())


def _addresses(text: str) -> Iterator[str]:
    for match in _LINK.finditer(text):
        if len(match[0]) <= _LONGEST:
            yield match[0].rstrip(_CLOSING)


def _link(address: str) -> Link | None:
    try:
        parts = urlsplit(address)
        if parts.scheme.lower() in ("mailto", "tel"):
            plain = unquote(parts.path)
            whole = plain.isprintable() and plain
            return Link(f"{parts.scheme}:{parts.path}", plain) if whole else None
        host = _host(parts)
        port = f":{parts.port}" if parts.port else ""
    except _DeceptiveError as error:
        return Link(address, "", str(error))
    except (UnicodeError, ValueError):
        return None
    opened = SplitResult(parts.scheme, host + port, parts.path or "/", parts.query, parts.fragment)
    return Link(urlunsplit(opened), host + port) if host else None


def _host(parts: SplitResult) -> str:
    """Return the host in ASCII; raises _DeceptiveError where a browser might read another one.

    Python encodes hosts by IDNA 2003, browsers by UTS 46: what they read differently is refused.
    """
    for character in parts.netloc:
        if character in "\\%" or character.isspace() or category(character).startswith("C"):
            raise _DeceptiveError(f"its host holds {character!a}, which browsers read in several ways")
    if parts.netloc.rpartition("@")[2].startswith("["):
        return f"[{parts.hostname}]"
    host = ".".join(map(_label, (parts.hostname or "").split(".")))
    if host and not _PLAIN_HOST.fullmatch(host):
        raise _DeceptiveError("its host holds a sign that no host has")
    if _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]) and not _is_plain_address(host):
        raise _DeceptiveError("its host is a number in disguise")
    return host


def _is_plain_address(host: str) -> bool:
    try:
        return str(IPv4Address(host)) == host
    except ValueError:
        return False


def _label(label: str) -> str:
    """Return one part of a host in ASCII."""
    if label.isascii():
        return label
    composed = normalize("NFC", label.lower())
    is_same_everywhere = normalize("NFKC", composed.casefold()) == composed and not _DROPPED.search(composed)
    if not is_same_everywhere or not all(each == "-" or category(each)[0] in "LMN" for each in composed):
        raise _DeceptiveError("its host holds letters that browsers read in several ways")
    encoded = "xn--" + composed.encode("punycode").decode("ascii")
    if len(encoded) > _LONGEST_LABEL:
        raise ValueError(label)
    return encoded


def can_open() -> bool:
    """Tell whether there is a browser with a window of its own; one in the terminal would draw over us."""
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("BROWSER"))


def open_link(link: Link) -> bool:
    """Hand a link to the user's browser, without a shell; tell whether one took it."""
    return webbrowser.open(link.address)
