"""Reading an account: what is new since the last time, folder by folder, without touching anything.

A folder is read on from the last UID as long as its UIDVALIDITY holds; where that changed, all of it is read
again, and keys tell what is known. Where neither UIDNEXT nor MODSEQ moved, it is not even opened.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from store.records.message import Message
from store.sources.folders import LEFT_OUT
from store.sources.imap.account import Account
from store.sources.imap.connection import LostError, RefusedError, connect, hang_up, lost
from store.sources.imap.folders import Folder, choose, described
from store.sources.mime import open_mail, own_addresses, read_mail
from store.sources.source import Checkpoint, Item, Original, Own, Progress, Skipped, Unreadable
from store.sources.text import one_line

if TYPE_CHECKING:
    from imapclient import IMAPClient

_PORTION = 200
_PORTION_BYTES = 8 * 1024 * 1024
_TRIES = 4
_FIRST_WAIT = 1.0
"""Seconds before the first new try; each further one waits twice as long."""
_ABOUT = ("FLAGS", "INTERNALDATE", "RFC822.SIZE")
_GMAIL = ("X-GM-THRID", "X-GM-LABELS")
_MEGABYTE = 1024 * 1024
_NEVER = frozenset({b"\\draft", b"\\deleted"})
_GMAIL_LEFT_OUT = {
    b"\\draft": "draft",
    b"\\drafts": "draft",
    b"\\spam": "spam",
    b"\\junk": "spam",
    b"\\trash": "trash",
}


class State(msgspec.Struct, frozen=True):
    """How far a folder was read."""

    validity: int = 0
    """UIDVALIDITY."""
    uid: int = 0
    """The last UID that was read."""
    next: int = 0
    """UIDNEXT when all of it had been read, else 0."""
    modseq: int = 0
    """HIGHESTMODSEQ then, where the server has it."""


def checkpoint_key(account: Account, folder: str) -> str:
    """Return the key under which a folder's state is kept."""
    return f"{prefix(account)}{folder}"


def prefix(account: Account) -> str:
    """Return what the keys of an account's folders begin with."""
    return f"imap:{account.user}@{account.host}:{account.number}:"


class ImapSource:
    """One account, read on from where the last reading ended."""

    size = 0

    def __init__(
        self,
        account: Account,
        states: Mapping[str, str],
        *,
        cancelled: Callable[[], bool],
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._account = account
        self._states = dict(states)
        self._cancelled = cancelled
        self._wait = wait
        self._client: IMAPClient | None = None
        self._done = 0
        """Bytes read."""
        self._known: set[str] = set()
        self.place = account.place

    def read(self, progress: Progress) -> Iterator[Item]:
        """Yield what is new in every folder; what cannot be read is told with its folder."""
        try:
            chosen = choose(described(self._try(lambda client: client.list_folders())), self._account)
            for name in chosen.missing:
                yield Unreadable(f"{self.place}: {name}", "There is no such folder on the server any more.")
            if "@" in self._account.user:
                yield Own(email=self._account.user.lower())
            for folder in chosen.folders:
                if self._cancelled():
                    return
                yield from self._read_folder(folder, progress)
        except (LostError, RefusedError) as error:
            yield Unreadable(self.place, str(error))
        finally:
            if self._client is not None:
                hang_up(self._client)
                self._client = None

    # The connection

    def _try(self, ask: Callable[["IMAPClient"], Any]) -> Any:
        """Ask the server, and again over a new connection where the old one broke; waits longer each time."""
        wait = _FIRST_WAIT
        for attempt in range(1, _TRIES + 1):
            try:
                if self._client is None:
                    self._client = connect(self._account)
                return ask(self._client)
            except RefusedError:
                raise
            except Exception as error:
                told = error if isinstance(error, LostError) else self._of_server(error)
                if isinstance(told, RefusedError) or attempt == _TRIES or self._cancelled():
                    raise told from error
                self._drop()
                self._wait(wait)
                wait *= 2
        raise LostError("The connection broke too often.")

    def _of_server(self, error: Exception) -> Exception:
        """Tell a refusal of the server, which keeps the connection, from a broken connection."""
        from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

        if isinstance(error, IMAPClientError) and not isinstance(error, IMAPClientAbortError):
            return RefusedError(f"The server says: {one_line(str(error), 200)}.")
        return lost(error, self._account)

    def _drop(self) -> None:
        if self._client is not None:
            hang_up(self._client)
            self._client = None

    # A folder

    def _read_folder(self, folder: Folder, progress: Progress) -> Iterator[Item]:
        place = f"{self.place}: {folder.name}"
        if folder.kind in LEFT_OUT:
            yield Skipped(place, LEFT_OUT[folder.kind])
            return
        try:
            yield from self._read_new(folder, place, progress)
        except RefusedError as error:
            self._drop()
            yield Unreadable(place, f"{error} Is the folder still there?")

    def _read_new(self, folder: Folder, place: str, progress: Progress) -> Iterator[Item]:
        key = checkpoint_key(self._account, folder.name)
        state = _state(self._states.get(key, ""))
        now = self._status(folder)
        if (state.validity, state.next) == (now.validity, now.next) and now.next:
            return
        if state.validity != now.validity:
            state = State(now.validity)
        uids = self._try(lambda client: self._new_uids(client, folder, state))
        for portion in _portions(uids, _PORTION):
            if self._cancelled():
                return
            yield from self._read_portion(folder, portion, now.validity, place)
            progress(self._done)
            state = State(now.validity, portion[-1])
            yield Checkpoint(key, msgspec.json.encode(state).decode())
        yield Checkpoint(key, msgspec.json.encode(replace(now, uid=max(state.uid, now.uid))).decode())

    def _status(self, folder: Folder) -> State:
        """Ask where a folder stands, without opening it."""

        def ask(client: "IMAPClient") -> Any:
            what = ["UIDVALIDITY", "UIDNEXT"]
            if client.has_capability("CONDSTORE"):
                what.append("HIGHESTMODSEQ")
            return client.folder_status(folder.name, what)

        found = self._try(ask)
        return State(
            int(found.get(b"UIDVALIDITY", 0)),
            0,
            int(found.get(b"UIDNEXT", 0)),
            int(found.get(b"HIGHESTMODSEQ", 0)),
        )

    def _new_uids(self, client: "IMAPClient", folder: Folder, state: State) -> list[int]:
        """Open a folder for reading and return the UIDs behind the last one, in order."""
        opened = client.select_folder(folder.name, readonly=True)
        if int(opened.get(b"UIDVALIDITY", state.validity)) != state.validity:
            raise LostError(f"{folder.name} was made anew while it was read.")
        criteria: list[Any] = ["UID", f"{state.uid + 1}:*"]
        if self._account.since and not state.uid:
            criteria += ["SINCE", date.fromisoformat(self._account.since)]
        # The last message always answers to `n:*`, however large n is.
        return sorted(uid for uid in client.search(criteria) if uid > state.uid)

    def _read_portion(self, folder: Folder, uids: Sequence[int], validity: int, place: str) -> Iterator[Item]:
        about = self._fetch(folder, uids, _ABOUT)
        wanted: list[int] = []
        for uid in uids:
            reason = _left_out(about.get(uid, {}))
            size = int(about.get(uid, {}).get(b"RFC822.SIZE", 0))
            if uid not in about:
                continue  # gone since it was listed
            if reason:
                yield Skipped(f"{place}, UID {uid}", reason)
            elif size > self._account.most_megabytes * _MEGABYTE:
                megabytes = (
                    f"It has {size // _MEGABYTE} MB, most_megabytes allows {self._account.most_megabytes}."
                )
                yield Unreadable(f"{place}, UID {uid}", f"{megabytes} It was left on the server.")
            else:
                wanted.append(uid)
        for some in _by_size(wanted, lambda uid: int(about[uid].get(b"RFC822.SIZE", 0))):
            bodies = self._fetch(folder, some, ("BODY.PEEK[]",))
            for uid in some:
                raw = bodies.get(uid, {}).get(b"BODY[]")
                if isinstance(raw, bytes):
                    yield from self._read_mail(
                        folder,
                        raw,
                        about[uid],
                        Original("", self._account.name, folder.name, uid, len(raw), validity),
                        place,
                    )
            if self._cancelled():
                return

    def _fetch(self, folder: Folder, uids: Sequence[int], what: Sequence[str]) -> dict[int, dict[bytes, Any]]:
        def ask(client: "IMAPClient") -> Any:
            # After a new connection no folder is open.
            if client._imap.state != "SELECTED":
                client.select_folder(folder.name, readonly=True)
            wanted = (
                [*what, *_GMAIL] if "FLAGS" in what and client.has_capability("X-GM-EXT-1") else list(what)
            )
            return client.fetch(uids, wanted)

        found: dict[int, dict[bytes, Any]] = self._try(ask)
        return found

    def _read_mail(
        self, folder: Folder, raw: bytes, about: Mapping[bytes, Any], original: Original, place: str
    ) -> Iterator[Item]:
        self._done += len(raw)
        mail = open_mail(raw)
        sent = folder.kind == "sent" or b"\\sent" in _labels(about)
        for email in own_addresses(mail.headers, sent=sent):
            if email not in self._known:
                self._known.add(email)
                yield Own(email)
        arrived = about.get(b"INTERNALDATE")
        at = int(arrived.timestamp() * 1000) if isinstance(arrived, datetime) else None
        seen = b"\\seen" in {flag.lower() for flag in about.get(b"FLAGS", ())}
        item = read_mail(
            mail, f"{place}, UID {original.offset}", fallback_at=at, sent=sent, read=seen, named_so=True
        )
        if isinstance(item, Message):
            yield _in_gmail_thread(item, about)
            yield replace(original, k=item.k)
        else:
            yield item


def fetch_original(account: Account, original: Original) -> bytes:
    """Fetch the bytes of one mail again; raises LostError or RefusedError where it is not to be had."""
    client = connect(account)
    try:
        opened = client.select_folder(original.member, readonly=True)
        if int(opened.get(b"UIDVALIDITY", 0)) != original.epoch:
            raise RefusedError(
                f"The folder {original.member} was made anew since: pull {account.name} again."
            )
        raw = client.fetch([original.offset], ["BODY.PEEK[]"]).get(original.offset, {}).get(b"BODY[]")
    except (LostError, RefusedError):
        raise
    except Exception as error:
        raise lost(error, account) from error
    finally:
        hang_up(client)
    if not isinstance(raw, bytes):
        raise RefusedError(f"It is no longer in {original.member} on {account.host}.")
    return raw


def _state(text: str) -> State:
    try:
        return msgspec.json.decode(text, type=State)
    except msgspec.MsgspecError:
        return State()


def _labels(about: Mapping[bytes, Any]) -> set[bytes]:
    """Return Gmail's labels in lower case."""
    return {bytes(label).lower() for label in about.get(b"X-GM-LABELS", ()) if isinstance(label, bytes)}


def _left_out(about: Mapping[bytes, Any]) -> str:
    """Say why a mail is not read, or nothing."""
    flags = {flag.lower() for flag in about.get(b"FLAGS", ()) if isinstance(flag, bytes)}
    if flags & _NEVER:
        return "draft" if b"\\draft" in flags else "deleted"
    return next((_GMAIL_LEFT_OUT[label] for label in sorted(_labels(about)) if label in _GMAIL_LEFT_OUT), "")


def _in_gmail_thread(message: Message, about: Mapping[bytes, Any]) -> Message:
    """Return a message with Gmail's thread, as an export of Gmail has it in a header."""
    thread = about.get(b"X-GM-THRID")
    if not isinstance(thread, int):
        return message
    return replace(message, threads=tuple(dict.fromkeys((*message.threads, f"gm:{thread}"))))


def _portions(uids: Sequence[int], most: int) -> Iterator[Sequence[int]]:
    for begin in range(0, len(uids), most):
        yield uids[begin : begin + most]


def _by_size(uids: Sequence[int], size_of: Callable[[int], int]) -> Iterator[list[int]]:
    """Yield UIDs in lists whose mails are not too much to hold at once."""
    some: list[int] = []
    total = 0
    for uid in uids:
        if some and total + size_of(uid) > _PORTION_BYTES:
            yield some
            some, total = [], 0
        some.append(uid)
        total += size_of(uid)
    if some:
        yield some
