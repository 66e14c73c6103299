"""Reading accounts in the tests, and a mail server that misbehaves as none does that can be installed."""

import re
import socket
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NoReturn

from mails import a_mail
from store.sources.imap.account import Account
from store.sources.imap.source import ImapSource
from store.sources.source import Checkpoint, Item


@dataclass
class Reader:
    """An account that is read again and again, as `ringback pull` does."""

    account: Account
    states: dict[str, str] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    cancelled: Callable[[], bool] = lambda: False

    def read(self, items: list[Item] | None = None) -> list[Item]:
        """Read what is new, put it into a list, and remember how far."""
        items = [] if items is None else items
        source = ImapSource(self.account, self.states, cancelled=self.cancelled, wait=self.waits.append)
        for item in source.read(lambda done: None):
            items.append(item)
            if isinstance(item, Checkpoint):
                self.states[item.key] = item.state
        return items


def numbered(number: int, **headers: str | None) -> bytes:
    """Return one of many different mails."""
    return a_mail(f"Role number {number}.", message_id=f"<n{number}@northgate.example>", **headers)


class RefusedError(Exception):
    """A server's NO, with what it says."""


class HungError(Exception):
    """A server that ends the connection in the middle."""


def refuse(said: str) -> NoReturn:
    """Answer NO."""
    raise RefusedError(said)


Answer = Callable[[Sequence[int], str], bytes]
"""What a server says to a FETCH of UIDs: whole lines."""


class Scripted:
    """A server on loopback with one folder; what it answers to FETCH is the test's."""

    def __init__(self, *mails: bytes) -> None:
        self.mails = {uid: mail.replace(b"\n", b"\r\n") for uid, mail in enumerate(mails, 1)}
        self.answer: Answer = self.give
        self.heard: list[str] = []
        """What it was asked."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._serving = threading.Thread(target=self._serve, daemon=True)
        self._serving.start()

    def close(self) -> None:
        """Let nobody in any more, not even whom the next server at this port expects."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._serving.join(5)

    def account(self, **others: object) -> Account:
        """Return an account on it."""
        fields = {"name": "work", "host": "127.0.0.1", "user": "robin", "port": self.port, "timeout": 2}
        return Account(
            **{**fields, "security": "none", "password_command": ("printf", "secret"), **others}  # type: ignore[arg-type]
        )

    def give(self, uids: Sequence[int], what: str) -> bytes:
        """Answer as a server should."""
        return b"".join(self.one(uid, what) for uid in uids if uid in self.mails)

    def one(self, uid: int, what: str) -> bytes:
        """Answer for one mail."""
        mail = self.mails[uid]
        if "FLAGS" in what:
            date = '"10-Mar-2026 09:30:00 +0000"'
            about = f"FLAGS () INTERNALDATE {date} RFC822.SIZE {len(mail)}"
            return f"* {uid} FETCH (UID {uid} {about})\r\n".encode()
        return b"* %d FETCH (UID %d BODY[] {%d}\r\n%b)\r\n" % (uid, uid, len(mail), mail)

    def _serve(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(near,), daemon=True).start()

    def _talk(self, near: socket.socket) -> None:
        with suppress(OSError, HungError), near, near.makefile("rb") as lines:
            near.sendall(b"* OK ready\r\n")
            for line in lines:
                tag, _, command = line.decode().strip().partition(" ")
                self.heard.append(command)
                try:
                    said = self._said(command) + f"{tag} OK done\r\n".encode()
                except RefusedError as error:
                    said = f"{tag} NO {error}\r\n".encode()
                near.sendall(said)

    def _said(self, command: str) -> bytes:
        if command == "CAPABILITY":
            return b"* CAPABILITY IMAP4rev1\r\n"
        if command.startswith("LIST"):
            return b'* LIST () "/" INBOX\r\n'
        if command.startswith("STATUS"):
            return f"* STATUS INBOX (UIDVALIDITY 7 UIDNEXT {max(self.mails) + 1})\r\n".encode()
        if command.startswith("EXAMINE"):
            return f"* {len(self.mails)} EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n".encode()
        if found := re.match(r"UID (SEARCH UID|FETCH) ([\d:,*]+) ?(.*)", command):
            uids = _uids(found[2], sorted(self.mails))
            if found[1] == "FETCH":
                return self.answer(uids, found[3])
            return ("* SEARCH " + " ".join(str(uid) for uid in uids if uid in self.mails)).encode() + b"\r\n"
        return b""


def _uids(text: str, there: Sequence[int]) -> list[int]:
    """Return the UIDs that a set such as `1:3,7` means."""
    uids: list[int] = []
    for part in text.split(","):
        first, _, last = part.replace("*", str(there[-1])).partition(":")
        uids += range(int(first), int(last or first) + 1)
    return uids
