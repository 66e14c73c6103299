"""Asking a server over a connection that is made again where it breaks; folders are opened only to read."""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from store.sources.imap.account import Account
from store.sources.imap.connection import LostError, RefusedError, connect, hang_up, lost, said_by

if TYPE_CHECKING:
    from imapclient import IMAPClient

_TRIES = 4
_FIRST_WAIT = 1.0
"""Seconds before the first new try; each further one waits twice as long."""
_MOST_BROKEN = 5
"""Mails that may break the connection each time while an account is read; more are no matter of mails."""
_FOR_NOW = re.compile(r"\[(?:UNAVAILABLE|INUSE|LIMIT|OVERQUOTA|THROTTLED)\b", re.IGNORECASE)
"""What a server says that may give the same mail later (RFC 5530; Gmail)."""
_GMAIL = ("X-GM-THRID", "X-GM-LABELS")


class Place(NamedTuple):
    """A folder as it was when its reading began: under another UIDVALIDITY its UIDs are other mails."""

    name: str
    validity: int


class Fetched(NamedTuple):
    """What the server gave of mails, and what it said where it gave nothing: both by UID."""

    given: dict[int, dict[bytes, Any]]
    refused: dict[int, str]


class Session:
    """The connection to one account, as long as it is read."""

    def __init__(
        self, account: Account, *, cancelled: Callable[[], bool], wait: Callable[[float], None] = time.sleep
    ) -> None:
        self._account = account
        self._cancelled = cancelled
        self._wait = wait
        self._client: IMAPClient | None = None
        self._opened: Place | None = None
        self._came: list[tuple[Place, int]] = []
        """The last mails of which something came."""
        self._broken = 0

    def close(self) -> None:
        """Hang up; whatever is asked next makes a new connection."""
        if self._client is not None:
            hang_up(self._client)
            self._client = self._opened = None

    def ask(self, what: Callable[["IMAPClient"], Any], tries: int = _TRIES) -> Any:
        """Ask the server, and again over a new connection where the old one broke; waits longer each time."""
        wait = _FIRST_WAIT
        for attempt in range(1, tries + 1):
            try:
                if self._client is None:
                    self._client = connect(self._account)
                return what(self._client)
            except RefusedError:
                raise
            except Exception as error:
                told = error if isinstance(error, LostError) else self._told(error)
                if not isinstance(told, RefusedError):
                    self.close()
                if isinstance(told, RefusedError) or attempt == tries or self._cancelled():
                    if type(told) is LostError and attempt > 1:
                        told = LostError(f"{told} It was tried {attempt} times.")
                    raise told from error
                self._wait(wait)
                wait *= 2
        raise LostError("The connection broke too often.")

    def _told(self, error: Exception) -> Exception:
        """Tell a refusal of the server, which keeps the connection, from a broken connection."""
        from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

        if isinstance(error, IMAPClientError) and not isinstance(error, IMAPClientAbortError):
            said = f"The server says: {said_by(error)}."
            return _AnyMailError(said) if _FOR_NOW.search(str(error)) else RefusedError(said)
        return lost(error, self._account)

    def status(self, folder: str) -> dict[bytes, Any]:
        """Ask where a folder stands, without opening it."""

        def status(client: "IMAPClient") -> Any:
            what = ["UIDVALIDITY", "UIDNEXT"]
            if client.has_capability("CONDSTORE"):
                what.append("HIGHESTMODSEQ")
            return client.folder_status(folder, what)

        found: dict[bytes, Any] = self.ask(status)
        return found

    def search(self, place: Place, criteria: Sequence[Any]) -> list[int]:
        """Return the UIDs of the mails of a folder that meet all criteria."""

        def search(client: "IMAPClient") -> Any:
            self._open(client, place)
            return client.search(list(criteria))

        return [int(uid) for uid in self.ask(search)]

    def fetch(
        self, place: Place, uids: Sequence[int], what: Sequence[str], among: Sequence[int] = ()
    ) -> Fetched:
        """Fetch something of mails; after a refusal one by one, as one mail must not keep the others.

        Where the connection breaks, it is asked for a quarter at once: some lines hold no longer. A single
        mail at which it breaks each time counts as refused, where another mail of the folder comes; `among`
        are those that were asked for together.
        """
        among = among or uids
        try:
            given = self._fetch(place, uids, what)
        except _MailRefusedError as error:
            if len(uids) == 1:
                return Fetched({}, {uids[0]: str(error)})
            parts = [[uid] for uid in uids]
        except LostError as error:
            if self._cancelled():
                raise
            if len(uids) == 1:
                return Fetched({}, {uids[0]: self._broken_by(uids[0], error, place, what, among)})
            self._wait(_FIRST_WAIT)
            size = -(-len(uids) // 4)
            parts = [list(uids[begin : begin + size]) for begin in range(0, len(uids), size)]
        else:
            self._came = [(place, uid) for uid in given][-2:] or self._came
            return Fetched(given, {})
        each = [self.fetch(place, part, what, among) for part in parts]
        return Fetched(
            {uid: about for fetched in each for uid, about in fetched.given.items()},
            {uid: said for fetched in each for uid, said in fetched.refused.items()},
        )

    def _broken_by(
        self, uid: int, error: LostError, place: Place, what: Sequence[str], among: Sequence[int]
    ) -> str:
        """Say that a mail breaks the connection; raises the error where it is the server, or the line.

        That is told by asking for the same of another mail, if possible of one that came. More than
        a few such mails are no matter of mails.
        """
        came = [each for folder, each in self._came if folder == place]
        others = [each for each in (*among[-2:], *came) if each != uid]
        if isinstance(error, _AnyMailError) or not others or self._broken == _MOST_BROKEN:
            raise error
        self._broken += 1
        try:
            comes = self._fetch(place, others[-1:], what, tries=1)
        except (LostError, RefusedError):
            comes = {}
        if not comes:
            raise error
        return f"The connection ends each time that it is asked for. {error}"

    def _fetch(
        self, place: Place, uids: Sequence[int], what: Sequence[str], tries: int = 0
    ) -> dict[int, dict[bytes, Any]]:
        from imapclient.exceptions import IMAPClientError

        def fetch(client: "IMAPClient") -> Any:
            self._open(client, place)
            gmail = _GMAIL if "FLAGS" in what and client.has_capability("X-GM-EXT-1") else ()
            try:
                return client.fetch(uids, [*what, *gmail])
            except IMAPClientError as error:
                told = self._told(error)
                raise _MailRefusedError(str(told)) if isinstance(told, RefusedError) else told from error

        found: dict[int, dict[bytes, Any]] = self.ask(fetch, tries or (1 if len(uids) > 1 else _TRIES))
        return found

    def _open(self, client: "IMAPClient", place: Place) -> None:
        """Open a folder for reading, unless it is open; raises LostError where it is another one by now."""
        if self._opened == place:
            return
        self._opened = None
        opened = client.select_folder(place.name, readonly=True)
        if number(opened, b"UIDVALIDITY") not in (0, place.validity):
            raise _AnyMailError(f"{place.name} was made anew while it was read.")
        self._opened = place


class _AnyMailError(LostError):
    """What keeps every mail from coming for now: the server said so, or the folder is another one by now."""


class _MailRefusedError(RefusedError):
    """The server refuses mails, not the folder that they are in."""


def number(answer: Mapping[bytes, Any], name: bytes) -> int:
    """Return a number of an answer, 0 where the server gave something else."""
    found = answer.get(name)
    return found if isinstance(found, int) else 0
