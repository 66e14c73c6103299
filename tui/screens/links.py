"""Links in messages: only kinds that are harmless to hand on, each with the host it really leads to."""

import os
import re
import sys
import webbrowser
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from store.records.message import Message

_LINK = re.compile(r"\b(?:https?://|mailto:|tel:)[^\s<>\"'`\x00-\x1f\x7f-\x9f]+", re.IGNORECASE)
_CLOSING = ".,;:!?)]}»”’"
_LONGEST = 2000


@dataclass(frozen=True)
class Link:
    """An address as it was written, and where it leads in plain letters."""

    address: str
    host: str
    """The host in ASCII (punycode), with its port; for mail and telephone the address or number."""


def links_in(messages: Iterable[Message]) -> list[Link]:
    """Return the links of messages, each once, those of the newest message first."""
    found: dict[str, Link] = {}
    for message in reversed(list(messages)):
        for text in (message.body, message.quoted, message.signature, message.footer):
            for address in _addresses(text):
                link = _link(address)
                if link is not None:
                    found.setdefault(address, link)
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
            return Link(address, plain) if plain.isprintable() and plain else None
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except (UnicodeError, ValueError):
        return None
    return Link(address, host + port) if host else None


def can_open() -> bool:
    """Tell whether there is a browser with a window of its own; one in the terminal would draw over us."""
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("BROWSER"))


def open_link(link: Link) -> bool:
    """Hand a link to the user's browser, without a shell; tell whether one took it."""
    return webbrowser.open(link.address)
