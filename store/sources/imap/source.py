"""Reading an account: what is new since the last time, folder by folder, without touching anything.

A folder is read on from the last UID as long as its UIDVALIDITY holds; where that changed, all of it is read
again, and keys tell what is known. Where UIDNEXT stands, and the account asks for no more and no less than
then, it is not even opened.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from store.records.message import Message
from store.sources.containing import contained
from store.sources.folders import LEFT_OUT
from store.sources.imap.account import Account
from store.sources.imap.connection import LostError, RefusedError, connect, hang_up, lost
from store.sources.imap.folders import Folder, choose, described
from store.sources.imap.session import Place, Session, number
from store.sources.in_step import Steps, at_once
from store.sources.mime import open_mail, own_addresses, read_mail
from store.sources.source import Checkpoint, Item, Original, Own, Progress, Skipped, Unreadable

_PORTION = 200
_PORTION_BYTES = 8 * 1024 * 1024
_ABOUT = ("FLAGS", "INTERNALDATE", "RFC822.SIZE")
_SIZE = b"RFC822.SIZE"
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
    since: str = ""
    """The account's `since` then: what arrived earlier was left out."""
    most: int = 25
    """The account's `most_megabytes` then: what was larger was left out."""


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
        self._session = Session(account, cancelled=cancelled, wait=wait)
        self._done = 0
        """Bytes read."""
        self._known: set[str] = set()
        self.place = account.place

    def read(self, progress: Progress) -> Iterator[Item]:
        """Yield what is new in every folder; what cannot be read is told with its folder."""
        try:
            chosen = choose(described(self._session.ask(lambda client: client.list_folders())), self._account)
            for name in chosen.missing:
                yield Unreadable(
                    f"{self.place}: {name}",
                    "There is no such folder on the server. Take it out of the source's folders,"
                    " or name it as it is now.",
                )
            if "@" in self._account.user:
                yield Own(email=self._account.user.lower())
            for folder in chosen.folders:
                if self._cancelled():
                    return
                yield from self._read_folder(folder, progress)
        except (LostError, RefusedError) as error:
            yield Unreadable(self.place, str(error))
        finally:
            self._session.close()

    def _read_folder(self, folder: Folder, progress: Progress) -> Iterator[Item]:
        place = f"{self.place}: {folder.name}"
        if folder.kind in LEFT_OUT:
            yield Skipped(place, LEFT_OUT[folder.kind])
            return
        try:
            yield from self._read_new(folder, place, progress)
        except RefusedError as error:
            self._session.close()
            yield Unreadable(place, f"{error} Is the folder still there?")

    def _read_new(self, folder: Folder, place: str, progress: Progress) -> Iterator[Item]:
        key = checkpoint_key(self._account, folder.name)
        state = _state(self._states.get(key, ""))
        now = self._now(folder)
        if now.next and replace(state, uid=0, modseq=0) == replace(now, modseq=0):
            return
        if state.validity != now.validity:
            state = State(now.validity)
        at = Place(folder.name, now.validity)
        for portion in _portions(self._uids(at, state), _PORTION):
            yield from self._read_portion(folder, at, portion, place)
            if self._cancelled():
                return  # perhaps within the portion
            progress(self._done)
            if portion[-1] > state.uid:
                state = replace(now, uid=portion[-1], next=0, modseq=0)
                yield Checkpoint(key, msgspec.json.encode(state).decode())
        yield Checkpoint(key, msgspec.json.encode(replace(now, uid=state.uid)).decode())

    def _now(self, folder: Folder) -> State:
        """Return where a folder stands, and what the account asks for."""
        found = self._session.status(folder.name)
        return State(
            number(found, b"UIDVALIDITY"),
            0,
            number(found, b"UIDNEXT"),
            number(found, b"HIGHESTMODSEQ"),
            self._account.since,
            self._account.most_megabytes,
        )

    def _uids(self, at: Place, state: State) -> list[int]:
        """Return what is to be read, in order: what is new, and what was left out and is asked for now.

        The latter comes first, so that no state with the new settings is reached before it was read.
        """
        since, most = _day(self._account.since), self._account.most_megabytes
        in_time = ["SINCE", since] if self._account.since else []
        # The last message always answers to `n:*`, however large n is.
        new = self._session.search(at, ["UID", f"{state.uid + 1}:*", *in_time])
        found = {uid for uid in new if uid > state.uid}
        passed = ["UID", f"1:{state.uid}", *in_time]
        if state.uid and since < _day(state.since):
            found.update(self._session.search(at, [*passed, "BEFORE", _day(state.since)]))
        if state.uid and most > state.most:
            found.update(self._session.search(at, [*passed, "LARGER", state.most * _MEGABYTE]))
        return sorted(found)

    def _read_portion(self, folder: Folder, at: Place, uids: Sequence[int], place: str) -> Iterator[Item]:
        about, refused = self._session.fetch(at, uids, _ABOUT)
        if len(refused) == len(uids) > 1:
            # That is no matter of one mail: nothing is passed over.
            raise RefusedError(refused[uids[0]])
        yield from self._not_given(at, place, [uid for uid in uids if uid not in about], refused)
        wanted: list[int] = []
        for uid, each in about.items():
            reason = _left_out(each)
            megabytes, most = number(each, _SIZE) / _MEGABYTE, self._account.most_megabytes
            if reason:
                yield Skipped(f"{place}, UID {uid}", reason)
            elif megabytes > most:
                size = f"It has {int(megabytes)} MB, most_megabytes allows {most}."
                yield Unreadable(f"{place}, UID {uid}", f"{size} It was left on the server.")
            else:
                wanted.append(uid)
        for some in _by_size(wanted, lambda uid: number(about[uid], _SIZE)):
            given, refused = self._session.fetch(at, some, ("BODY.PEEK[]",))
            raws = {uid: raw for uid in given if isinstance(raw := given[uid].get(b"BODY[]"), bytes)}
            for uid, raw in raws.items():
                original = Original("", self._account.name, at.name, uid, len(raw), at.validity)
                read: Iterator[Item] = at_once(self._read_mail(folder, raw, about[uid], original, place))
                yield from contained(f"{place}, UID {uid}", read)
            yield from self._not_given(at, place, [uid for uid in some if uid not in raws], refused)
            if self._cancelled():
                return

    def _not_given(
        self, at: Place, place: str, uids: Sequence[int], refused: Mapping[int, str]
    ) -> Iterator[Item]:
        """Tell which mails the server has and does not give; those that are gone by now are no failure."""
        there = self._session.search(at, ["UID", ",".join(map(str, uids))]) if uids else []
        for uid in sorted({*uids} & {*there}):
            said = refused.get(uid, "The server has it and gives nothing of it.")
            hint = f"ringback pull --again {self._account.name} asks for it once more."
            yield Unreadable(f"{place}, UID {uid}", f"{said} It was passed over; {hint}")

    def _read_mail(
        self, folder: Folder, raw: bytes, about: Mapping[bytes, Any], original: Original, place: str
    ) -> Steps[Item]:
        self._done += len(raw)
        mail = open_mail(raw)
        sent = folder.kind == "sent" or b"\\sent" in _words(about, b"X-GM-LABELS")
        for email in own_addresses(mail.headers, sent=sent):
            if email not in self._known:
                self._known.add(email)
                yield Own(email)
        arrived = about.get(b"INTERNALDATE")
        at = int(arrived.timestamp() * 1000) if isinstance(arrived, datetime) else None
        seen = b"\\seen" in _words(about, b"FLAGS")
        item = yield from read_mail(
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


def _day(text: str) -> date:
    """Return a day, the first of all where none was set."""
    return date.fromisoformat(text) if text else date.min


def _words(about: Mapping[bytes, Any], name: bytes) -> set[bytes]:
    """Return flags, or Gmail's labels, in lower case."""
    found = about.get(name)
    return {word.lower() for word in found if isinstance(word, bytes)} if isinstance(found, tuple) else set()


def _left_out(about: Mapping[bytes, Any]) -> str:
    """Say why a mail is not read, or nothing."""
    flags = _words(about, b"FLAGS")
    if flags & _NEVER:
        return "draft" if b"\\draft" in flags else "deleted"
    labels = _words(about, b"X-GM-LABELS")
    return next((_GMAIL_LEFT_OUT[label] for label in sorted(labels) if label in _GMAIL_LEFT_OUT), "")


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
