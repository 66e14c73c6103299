"""Reading a mail server that does what it should not: every mail is read or told, none passed in silence."""

import datetime
import threading
from collections.abc import Generator, Iterator, Sequence
from typing import Any

import msgspec
import pytest

from imap_support import HungError, Reader, Scripted, numbered, refuse
from mails import messages, reasons
from store.records.message import Message
from store.sources.imap.connection import said_by
from store.sources.imap.source import State
from store.sources.mime import Mail, read_mail
from store.sources.source import Checkpoint, Item, Skipped, Unreadable

AGAIN = "It was passed over; ringback pull --again work asks for it once more."


@pytest.fixture
def server() -> Iterator[Scripted]:
    """Run a server with five mails."""
    found = Scripted(*[numbered(n) for n in range(1, 6)])
    yield found
    found.close()


@pytest.fixture
def reader(server: Scripted) -> Reader:
    """Return the reader of its mailbox."""
    return Reader(server.account())


def reached(reader: Reader) -> State:
    """Return how far the only folder was read."""
    (text,) = reader.states.values()
    return msgspec.json.decode(text, type=State)


def places(items: Sequence[Item]) -> list[str]:
    """Return where something could not be read."""
    return [item.place for item in items if isinstance(item, Unreadable)]


@pytest.mark.parametrize("asked", ["FLAGS", "BODY.PEEK[]"])
def test_a_mail_that_the_server_refuses(server: Scripted, reader: Reader, asked: str) -> None:
    """The others are read, it is told with its UID and what the server says, once."""

    def answer(uids: Sequence[int], what: str) -> bytes:
        return refuse("[SERVERBUG] corrupt") if asked in what and 3 in uids else server.give(uids, what)

    server.answer = answer
    items = reader.read()
    assert len(messages(items)) == 4
    assert places(items) == ["robin on 127.0.0.1: INBOX, UID 3"]
    (reason,) = reasons(items)
    assert "The server says: fetch failed: [SERVERBUG] corrupt" in reason
    assert reason.endswith(AGAIN)
    assert reader.waits == []
    assert reader.read() == []
    server.mails[6] = numbered(6)
    assert len(messages(reader.read())) == 1


def test_a_single_mail_that_the_server_refuses(server: Scripted, reader: Reader) -> None:
    """A mail that is the only new one is told as one of many is."""
    reader.read()
    server.mails[6] = numbered(6)
    server.answer = lambda uids, what: refuse("corrupt")
    assert places(reader.read()) == ["robin on 127.0.0.1: INBOX, UID 6"]


def test_a_server_that_refuses_all_mails(server: Scripted, reader: Reader) -> None:
    """That is no matter of the mails: the folder is told, and none of them is passed."""
    server.answer = lambda uids, what: refuse("not now")
    assert places(reader.read()) == ["robin on 127.0.0.1: INBOX"]
    assert reader.states == {}
    server.answer = server.give
    assert len(messages(reader.read())) == 5


@pytest.mark.parametrize("code", ["UNAVAILABLE", "OVERQUOTA", "THROTTLED"])
def test_a_server_that_refuses_for_now(server: Scripted, reader: Reader, code: str) -> None:
    """It is asked again after a while, and no mail is passed for that."""

    def answer(uids: Sequence[int], what: str) -> bytes:
        return refuse(f"[{code}] too much") if 3 in uids and "BODY" in what else server.give(uids, what)

    server.answer = answer
    (reason,) = reasons(reader.read())
    assert f"[{code}] too much" in reason
    assert reader.waits[-3:] == [1.0, 2.0, 4.0]
    assert reader.states == {}
    server.answer = server.give
    assert len(messages(reader.read())) == 5


NOTHING = {
    "no answer": b"",
    "NIL": b"* 3 FETCH (UID 3 BODY[] NIL)\r\n",
    "something else": b"* 3 FETCH (UID 3 FLAGS (\\Seen))\r\n",
    "another mail": b"* 9 FETCH (UID 9 BODY[] {4}\r\nFrom)\r\n",
    "no tuple": b"* 3 FETCH 5\r\n",
    "half a tuple": b"* 3 FETCH (UID 3 BODY[] (\r\n",
}


@pytest.mark.parametrize("instead", NOTHING.values(), ids=NOTHING)
def test_a_mail_of_which_nothing_comes(server: Scripted, reader: Reader, instead: bytes) -> None:
    """A mail that the server has is told where it gives nothing of it, or what nobody understands."""

    def answer(uids: Sequence[int], what: str) -> bytes:
        if "FLAGS" in what:
            return server.give(uids, what)
        return b"".join(instead if uid == 3 else server.one(uid, what) for uid in uids)

    server.answer = answer
    items = reader.read()
    assert len(messages(items)) == 4
    assert places(items) == ["robin on 127.0.0.1: INBOX, UID 3"]
    assert reasons(items)[0].endswith(AGAIN)
    assert reached(reader).uid == 5


def test_a_mail_that_is_listed_and_not_described(server: Scripted, reader: Reader) -> None:
    """A mail that the server has is told where it says nothing about it."""
    server.answer = lambda uids, what: server.give([uid for uid in uids if uid != 3], what)
    assert places(reader.read()) == ["robin on 127.0.0.1: INBOX, UID 3"]


@pytest.mark.parametrize("asked", ["FLAGS", "BODY"])
def test_a_mail_that_is_deleted_meanwhile(server: Scripted, reader: Reader, asked: str) -> None:
    """What is no longer there is no failure; what the server says of it in between disturbs nothing."""

    def answer(uids: Sequence[int], what: str) -> bytes:
        if asked in what:
            server.mails.pop(3, None)
        return b"* 3 EXPUNGE\r\n* 9 EXISTS\r\n" + server.give(uids, what) + b"* 0 RECENT\r\n"

    server.answer = answer
    items = reader.read()
    assert len(messages(items)) == 4
    assert reasons(items) == []


@pytest.mark.parametrize(
    "odd",
    [
        "FLAGS NIL INTERNALDATE NIL RFC822.SIZE NIL",
        "FLAGS 5 INTERNALDATE NIL RFC822.SIZE (5)",
        'FLAGS () INTERNALDATE "31-Dec-9999 23:59:00 -1400" RFC822.SIZE 9',
        'FLAGS () INTERNALDATE "00-Foo-2000 00:00:00 +9999" RFC822.SIZE 9',
    ],
)
def test_odd_things_said_of_a_mail(server: Scripted, reader: Reader, odd: str) -> None:
    """Whatever a server says of a mail, it is read."""

    def answer(uids: Sequence[int], what: str) -> bytes:
        said = f"* 3 FETCH (UID 3 {odd})\r\n".encode() if "FLAGS" in what and 3 in uids else b""
        return said + server.give([uid for uid in uids if uid != 3 or not said], what)

    server.answer = answer
    assert len(messages(reader.read())) == 5
    assert reader.waits == []


def test_when_a_mail_arrived_is_an_instant(
    server: Scripted, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hour that comes twice in autumn is told apart, whatever the time of this machine."""
    import time

    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    server.mails = {1: numbered(1, Date=None), 2: numbered(2, Date=None)}
    server.answer = lambda uids, what: server.give(uids, what).replace(
        b"10-Mar-2026 09:30:00 +0000", b"25-Oct-2026 01:30:00 +0000"
    )
    try:
        found = messages(reader.read())
    finally:
        monkeypatch.undo()
        time.tzset()
    meant = datetime.datetime(2026, 10, 25, 1, 30, tzinfo=datetime.UTC).timestamp() * 1000
    assert {message.at for message in found} == {meant}


# A connection that is of no use


def test_a_literal_that_ends_early(server: Scripted, reader: Reader) -> None:
    """A connection that ends within a mail is made again, and the mail comes whole."""
    broken: list[bool] = []

    def answer(uids: Sequence[int], what: str) -> bytes:
        if "BODY" in what and not broken:
            broken.append(True)
            return b"* 1 FETCH (UID 1 BODY[] {5}\r\nFrom: Dana, and more than it said\r\n)\r\n"
        return server.give(uids, what)

    server.answer = answer
    found = messages(reader.read())
    assert len(found) == 5
    assert reader.waits == [1.0]


def test_a_connection_that_always_ends_at_a_mail(server: Scripted, reader: Reader) -> None:
    """It is tried again, each time later, then told; nothing behind it is passed."""

    def answer(uids: Sequence[int], what: str) -> bytes:
        if "BODY" in what:
            raise HungError
        return server.give(uids, what)

    server.answer = answer
    items = reader.read()
    assert places(items) == ["robin on 127.0.0.1"]
    assert reader.waits[-3:] == [1.0, 2.0, 4.0]
    assert reader.states == {}


@pytest.mark.parametrize("bytes_at_once", [1, 8_000_000])
@pytest.mark.parametrize("uid", [1, 3, 5])
@pytest.mark.parametrize("asked", ["FLAGS", "BODY"])
def test_a_mail_at_which_the_connection_always_ends(
    server: Scripted,
    reader: Reader,
    monkeypatch: pytest.MonkeyPatch,
    uid: int,
    asked: str,
    bytes_at_once: int,
) -> None:
    """Where others come, also one by one, it is told with its UID and passed over: it keeps no other mail."""
    monkeypatch.setattr("store.sources.imap.source._PORTION_BYTES", bytes_at_once)

    def answer(uids: Sequence[int], what: str) -> bytes:
        if asked in what and uid in uids:
            raise HungError
        return server.give(uids, what)

    server.answer = answer
    items = reader.read()
    assert len(messages(items)) == 4
    assert places(items) == [f"robin on 127.0.0.1: INBOX, UID {uid}"]
    (reason,) = reasons(items)
    assert reason.startswith("The connection ends each time that it is asked for.")
    assert reason.endswith(AGAIN)
    assert reached(reader).uid == 5
    assert reader.read() == []


@pytest.mark.parametrize("gone", [False, True], ids=["its storage fails", "it is gone"])
def test_a_server_that_fails_at_a_mail(server: Scripted, reader: Reader, gone: bool) -> None:
    """A server that gives no other mail either is no matter of that mail: nothing is passed over."""
    failing: list[bool] = []

    def answer(uids: Sequence[int], what: str) -> bytes:
        if "BODY" in what and uids == [3]:
            failing.append(True)
            if gone:
                server.close()
        if "BODY" in what and (3 in uids or failing):
            raise HungError
        return server.give(uids, what)

    server.answer = answer
    items = reader.read()
    assert places(items) == ["robin on 127.0.0.1"]
    assert reader.states == {}


def test_a_mail_that_breaks_its_reader(
    server: Scripted, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told with its UID and does not come again and again: what is behind it is read."""

    def broken(mail: Mail, place: str, **more: Any) -> Generator[None, None, Message | Unreadable | Skipped]:
        if place.endswith("UID 3"):
            raise ZeroDivisionError("division by zero")
        return read_mail(mail, place, **more)

    monkeypatch.setattr("store.sources.imap.source.read_mail", broken)
    items = reader.read()
    assert len(messages(items)) == 4
    assert places(items) == ["robin on 127.0.0.1: INBOX, UID 3"]
    assert reached(reader).uid == 5


def test_a_server_that_stalls(server: Scripted, reader: Reader) -> None:
    """Waiting for a mail ends, is tried again, each time later, and is then told."""
    over = threading.Event()
    reader.account = server.account(timeout=0.2)

    def answer(uids: Sequence[int], what: str) -> bytes:
        if "BODY" in what:
            over.wait(30)
        return server.give(uids, what)

    server.answer = answer
    (reason,) = reasons(reader.read())
    over.set()
    assert "did not answer within 0.2 seconds" in reason
    assert reader.waits[-3:] == [1.0, 2.0, 4.0]
    assert reader.states == {}


def test_a_folder_that_is_made_anew_while_it_is_read(
    server: Scripted, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """UIDs of before are not taken for those of the new folder, also over a new connection."""
    say = server._said

    def answer(uids: Sequence[int], what: str) -> bytes:
        if "BODY" in what:
            monkeypatch.setattr(server, "_said", lambda command: say(command).replace(b"TY 7", b"TY 8"))
            raise HungError
        return server.give(uids, what)

    server.answer = answer
    items = reader.read()
    assert messages(items) == []
    assert "INBOX was made anew while it was read." in reasons(items)
    server.answer = server.give
    assert len(messages(reader.read())) == 5


# Cancelling


@pytest.mark.parametrize("after", range(5))
def test_cancelling_within_a_portion(
    server: Scripted, reader: Reader, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    """No state goes beyond what was read, wherever in a portion of several lists it is cancelled."""
    monkeypatch.setattr("store.sources.imap.source._PORTION_BYTES", 1)
    seen: list[Item] = []
    reader.cancelled = lambda: len(messages(seen)) > after
    first = messages(reader.read(seen))
    assert len(first) == after + 1
    assert not any(isinstance(item, Checkpoint) for item in seen)
    reader.cancelled = lambda: False
    assert len({message.k for message in (*first, *messages(reader.read()))}) == 5


def test_a_line_that_holds_for_a_few_mails_only(server: Scripted, reader: Reader) -> None:
    """Fewer are asked for at once, until they come; every mail comes, once."""
    most = 1

    def answer(uids: Sequence[int], what: str) -> bytes:
        if "BODY" in what and len(uids) > most:
            raise HungError
        return server.give(uids, what)

    server.answer = answer
    found = [message.k for message in messages(reader.read())]
    assert len(found) == len(set(found)) == len(server.mails)
    assert reader.waits
    assert reader.read() == []


def test_what_a_server_says_is_told_without_its_wrapping() -> None:
    """Codes and what a library puts around them are nothing to read."""
    said = {
        "b'[AUTHENTICATIONFAILED] Authentication failed.'": "Authentication failed",
        "command: FETCH => socket error: EOF": "EOF",
        "FETCH command error: BAD [b'Error in IMAP']": "Error in IMAP",
        "": "",
    }
    assert {each: said_by(Exception(each)) for each in said} == said
    assert said_by(Exception("b'[X] no hunter2 here.'"), "hunter2") == "no … here"
