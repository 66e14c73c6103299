"""Reading a real mail server: only what is new, nothing touched there, every failure with a next step."""

import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import trustme

from dovecot_support import PASSWORD, Cutting, Dovecot, free_port, running
from imap_support import Reader, numbered
from mails import a_mail, messages, own, read_message, reasons
from store.sources.imap.account import Account
from store.sources.imap.connection import RefusedError
from store.sources.imap.source import ImapSource, fetch_original
from store.sources.source import Checkpoint, Item, Original
from support import needs

pytestmark = needs("dovecot")
VARIABLE = "TEST_MAIL_PASSWORD"


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    """Run a server for the tests of this module, which each use a mailbox of their own."""
    with running() as server:
        yield server


@pytest.fixture
def reader(dovecot: Dovecot, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """Return the reader of an empty mailbox."""
    monkeypatch.setenv(VARIABLE, PASSWORD)
    user = re.sub(r"\W+|_", "-", request.node.name)[:60]
    return Reader(an_account(dovecot, user))


def an_account(dovecot: Dovecot, user: str, **others: object) -> Account:
    """Return the account of a user."""
    return msgspec.structs.replace(
        Account(
            name="work",
            host="localhost",
            user=user,
            port=dovecot.port,
            password_env=VARIABLE,
            ca_file=str(dovecot.ca_file),
        ),
        **others,
    )


def test_only_what_is_new_is_fetched(dovecot: Dovecot, reader: Reader) -> None:
    """A second reading fetches nothing; a mail that came between is the only one that the third one has."""
    user = reader.account.user
    dovecot.deliver(user, numbered(1), numbered(2))
    way = Cutting(dovecot.plain_port)
    reader.account = msgspec.structs.replace(reader.account, security="none", port=way.port)
    assert len(messages(reader.read())) == 2
    assert way.heard.count(b"FETCH") == 2
    way.heard.clear()
    assert reader.read() == []
    assert b"STATUS" in way.heard
    assert b"EXAMINE" not in way.heard
    assert b"FETCH" not in way.heard
    dovecot.deliver(user, numbered(3))
    (message,) = messages(reader.read())
    way.close()
    assert "number 3" in message.body
    assert b"SELECT" not in way.heard
    assert b"STORE" not in way.heard


def test_nothing_is_touched_on_the_server(dovecot: Dovecot, reader: Reader) -> None:
    """Flags stand as they stood: what is unread stays unread."""
    user = reader.account.user
    dovecot.deliver(user, numbered(1), numbered(2))
    dovecot.deliver(user, numbered(3), flags="(\\Seen \\Flagged)")
    before = dovecot.flags(user)
    found = messages(reader.read())
    assert [message.read for message in found] == [False, False, True]
    assert dovecot.flags(user) == before


def test_another_uidvalidity_reads_all_again_under_the_same_keys(dovecot: Dovecot, reader: Reader) -> None:
    """A folder that was made anew is read from its beginning, and its mails have the keys that they had."""
    user = reader.account.user
    reader.account = msgspec.structs.replace(reader.account, folders=("Jobs",))
    dovecot.deliver(user, numbered(1), numbered(2), folder="Jobs")
    first = messages(reader.read())
    dovecot.make_anew(user, "Jobs")
    again = messages(reader.read())
    assert [message.k for message in again] == [message.k for message in first]
    assert reader.read() == []


def test_what_was_sent_is_read_as_sent(dovecot: Dovecot, reader: Reader) -> None:
    """Sent mail says which threads were answered, and whose addresses are the user's own."""
    user = reader.account.user
    dovecot.deliver(user, numbered(1))
    dovecot.deliver(user, numbered(2, From="Robin Vale <robin@vale.example>"), folder="Sent")
    dovecot.deliver(user, numbered(3), folder="Drafts")
    items = reader.read()
    assert sorted(message.direction for message in messages(items)) == ["in", "out"]
    assert "robin@vale.example" in own(items)


def test_drafts_and_deleted_mails_are_left_out(dovecot: Dovecot, reader: Reader) -> None:
    """What is marked as a draft or as deleted is counted and not read."""
    dovecot.deliver(reader.account.user, numbered(1), flags="(\\Deleted)")
    dovecot.deliver(reader.account.user, numbered(2), flags="(\\Draft)")
    assert sorted(reasons(reader.read())) == ["deleted", "draft"]


def test_the_same_mail_from_a_file_has_the_same_key(dovecot: Dovecot, reader: Reader) -> None:
    """A mail that was imported from an mbox before is known, so both make one document."""
    dovecot.deliver(reader.account.user, numbered(1))
    (message,) = messages(reader.read())
    assert message == read_message(numbered(1), "file", fallback_at=0)


def test_names_of_folders_in_any_language(dovecot: Dovecot, reader: Reader) -> None:
    """Folders are named as people name them, and the server hears its own spelling."""
    reader.account = msgspec.structs.replace(reader.account, folders=("Persönlich",))
    dovecot.deliver(reader.account.user, numbered(1), folder="Pers&APY-nlich")
    assert len(messages(reader.read())) == 1


def test_a_folder_that_is_gone_is_told_and_the_others_are_read(dovecot: Dovecot, reader: Reader) -> None:
    """One folder less stops nothing."""
    user = reader.account.user
    reader.account = msgspec.structs.replace(reader.account, folders=("Jobs", "INBOX"))
    dovecot.deliver(user, numbered(1))
    dovecot.deliver(user, numbered(2), folder="Jobs")
    assert len(messages(reader.read())) == 2
    dovecot.delete_folder(user, "Jobs")
    dovecot.deliver(user, numbered(3))
    items = reader.read()
    assert ["There is no such folder on the server" in each for each in reasons(items)] == [True]
    assert len(messages(items)) == 1


def test_a_mail_can_be_fetched_again(dovecot: Dovecot, reader: Reader) -> None:
    """The bytes of a mail are there as long as it is; afterwards it is said that they are not."""
    user = reader.account.user
    reader.account = msgspec.structs.replace(reader.account, folders=("Jobs",))
    dovecot.deliver(user, numbered(1), folder="Jobs")
    (original,) = [item for item in reader.read() if isinstance(item, Original)]
    assert fetch_original(reader.account, original).replace(b"\r\n", b"\n").strip() == numbered(1).strip()
    dovecot.make_anew(user, "Jobs")
    with pytest.raises(RefusedError, match="made anew"):
        fetch_original(reader.account, original)


def test_a_large_mail_stays_on_the_server(dovecot: Dovecot, reader: Reader) -> None:
    """It is told with its size, and the others are read."""
    reader.account = msgspec.structs.replace(reader.account, most_megabytes=1)
    dovecot.deliver(reader.account.user, a_mail("x" * 1_500_000), numbered(2))
    items = reader.read()
    assert reasons(items) == ["It has 1 MB, most_megabytes allows 1. It was left on the server."]
    assert len(messages(items)) == 1


def test_a_larger_limit(dovecot: Dovecot, reader: Reader) -> None:
    """What a limit left out is asked for when the limit allows it, and nothing else is."""
    sizes = (2_600, 10, 1_200, 1_400)
    mails = [
        a_mail("x" * 1_000 * size, message_id=f"<{size}@x.example>", Subject=f"{size}") for size in sizes
    ]
    dovecot.deliver(reader.account.user, *mails[:3])

    def read(most: int) -> tuple[list[str], int]:
        reader.account = msgspec.structs.replace(reader.account, most_megabytes=most)
        items = reader.read()
        return [message.subject for message in messages(items)], len(reasons(items))

    assert read(1) == (["10"], 2)
    assert read(1) == ([], 0)
    assert read(2) == (["1200"], 1)
    assert read(1) == ([], 0)
    dovecot.deliver(reader.account.user, mails[3])
    assert read(1) == ([], 1)
    assert read(3) == (["2600", "1200", "1400"], 0)
    assert read(3) == ([], 0)


def test_a_larger_limit_while_something_is_new(
    dovecot: Dovecot, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both come in one reading; where it is cancelled, nothing is forgotten; no state ever goes back."""
    monkeypatch.setattr("store.sources.imap.source._PORTION", 1)
    user = reader.account.user
    reader.account = msgspec.structs.replace(reader.account, most_megabytes=1)
    dovecot.deliver(user, a_mail("x" * 1_500_000), numbered(2))
    reader.read()
    dovecot.deliver(user, *[numbered(n) for n in range(3, 6)])
    reader.account = msgspec.structs.replace(reader.account, most_megabytes=2)
    seen: list[Item] = []
    reader.cancelled = lambda: bool(messages(seen))
    reader.read(seen)
    reader.cancelled = lambda: False
    items = reader.read()
    assert len(messages(items)) == 4
    inbox = [item.state for item in items if isinstance(item, Checkpoint) and item.key.endswith("INBOX")]
    assert [msgspec.json.decode(state)["uid"] for state in inbox] == [3, 4, 5, 5]


def test_an_earlier_day(dovecot: Dovecot, reader: Reader) -> None:
    """What a day left out is asked for when an earlier one is set, or none; the rest is not read again."""
    user = reader.account.user
    for number, at in enumerate(("2024-02-01", "2025-02-01", "2026-02-01", "2024-03-01"), 1):
        dovecot.deliver(user, numbered(number), at=at)

    def read(since: str) -> list[str]:
        reader.account = msgspec.structs.replace(reader.account, since=since)
        return [message.body.split()[2].rstrip(".") for message in messages(reader.read())]

    assert read("2026-01-01") == ["3"]
    assert read("2025-01-01") == ["2"]
    assert read("2025-06-01") == []
    dovecot.deliver(user, numbered(5), at="2025-03-01")
    dovecot.deliver(user, numbered(6), at="2026-03-01")
    assert read("2025-06-01") == ["6"]
    assert read("") == ["1", "2", "4", "5"]
    assert read("") == []


def test_a_state_of_before_settings_were_kept(dovecot: Dovecot, reader: Reader) -> None:
    """It is read on, and what the usual limit had left out is asked for when the limit is raised."""
    user = reader.account.user
    dovecot.deliver(user, numbered(1))
    reader.read()
    states = {key: msgspec.json.decode(state) for key, state in reader.states.items()}
    for state in states.values():
        del state["since"], state["most"]
    reader.states = {key: msgspec.json.encode(state).decode() for key, state in states.items()}
    assert reader.read() == []
    dovecot.deliver(user, numbered(2))
    assert len(messages(reader.read())) == 1
    reader.account = msgspec.structs.replace(reader.account, most_megabytes=30, since="2020-01-01")
    assert messages(reader.read()) == []


def test_mails_since_a_day(dovecot: Dovecot, reader: Reader) -> None:
    """The first reading may begin at a day; the server goes by when it got a mail."""
    dovecot.deliver(reader.account.user, numbered(1))
    reader.account = msgspec.structs.replace(reader.account, since="2199-01-01")
    assert messages(reader.read()) == []


# Connecting


def test_starttls(dovecot: Dovecot, reader: Reader) -> None:
    """A connection that begins in the clear is encrypted before anything is said."""
    dovecot.deliver(reader.account.user, numbered(1))
    reader.account = msgspec.structs.replace(reader.account, security="starttls", port=dovecot.plain_port)
    assert len(messages(reader.read())) == 1


def test_nothing_goes_in_the_clear_to_another_machine(reader: Reader) -> None:
    """A password is sent unencrypted to this machine only, and then only if the configuration says so."""
    reader.account = msgspec.structs.replace(reader.account, security="none", host="mail.vale.example")
    (reason,) = reasons(reader.read())
    assert "in the clear" in reason


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"password_env": "NOT_SET"}, "The variable NOT_SET is not set."),
        ({"password_env": "", "password_command": ("printf", "wrong\n")}, "refused to log"),
        (
            {"password_env": "", "password_command": ("false",)},
            "password_command of sources.work ended with 1",
        ),
        ({"password_env": "", "password_command": ("true",)}, "printed nothing"),
        ({"password_env": "", "password_command": ("no-such-program",)}, "cannot be run"),
        (
            {"password_env": "", "password_command": "pass 'mail"},
            "password_command of sources.work is no command",
        ),
        ({"password_env": "", "oauth_command": "pass 'mail"}, "oauth_command of sources.work is no command"),
        ({"password_env": "", "password_command": " "}, "cannot be run: it is empty"),
        ({"password_env": "", "oauth_command": ("printf", "token\n")}, "refused to log"),
        ({"ca_file": "/no/such/file"}, "ca_file of sources.work"),
        ({"ca_file": ""}, "does not verify"),
        ({"host": "127.0.0.1"}, "does not verify"),
    ],
)
def test_what_the_user_must_mend(reader: Reader, changes: dict[str, object], words: str) -> None:
    """A refusal is told at once, with what to do about it, and never with the secret."""
    reader.account = msgspec.structs.replace(reader.account, **changes)
    (reason,) = reasons(reader.read())
    assert words in reason
    assert "wrong" not in reason
    assert PASSWORD not in reason
    assert reader.waits == []


@pytest.mark.parametrize("command", ["printf '%s' " + PASSWORD, ("printf", PASSWORD + "\nsecond line")])
def test_a_password_from_a_command(dovecot: Dovecot, reader: Reader, command: object) -> None:
    """The first line that the command prints is the password."""
    reader.account = msgspec.structs.replace(reader.account, password_env="", password_command=command)
    dovecot.deliver(reader.account.user, numbered(1))
    assert len(messages(reader.read())) == 1


def test_no_such_host(reader: Reader) -> None:
    """A name that nobody has is tried again, as a network may only be late, and then told."""
    reader.account = msgspec.structs.replace(reader.account, host="no-such-host.invalid")
    (reason,) = reasons(reader.read())
    assert "There is no host no-such-host.invalid" in reason
    assert reader.waits == [1.0, 2.0, 4.0]


def test_nobody_listens(reader: Reader) -> None:
    """A refused connection names host and port."""
    port = free_port()
    reader.account = msgspec.structs.replace(reader.account, port=port)
    (reason,) = reasons(reader.read())
    assert f"Nothing answers at localhost, port {port}." in reason


@pytest.mark.parametrize(
    "said", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"* OK hello\r\n* BAD {999999999999}\r\n"]
)
def test_a_server_that_speaks_something_else(reader: Reader, said: bytes) -> None:
    """Whatever answers at the port, a sentence comes of it."""
    listener = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            near.sendall(said)
            near.close()

    threading.Thread(target=answer, daemon=True).start()
    reader.account = msgspec.structs.replace(
        reader.account, security="none", port=listener.getsockname()[1], timeout=2
    )
    try:
        assert len(reasons(reader.read())) == 1
    finally:
        listener.close()


def test_a_server_that_says_nothing(reader: Reader) -> None:
    """Waiting ends."""
    listener = socket.create_server(("127.0.0.1", 0))
    reader.account = msgspec.structs.replace(
        reader.account, security="none", port=listener.getsockname()[1], timeout=1
    )
    try:
        (reason,) = reasons(reader.read())
    finally:
        listener.close()
    assert "did not answer within 1 seconds" in reason


@pytest.mark.parametrize("after", [3_000, 20_000, 90_000, 200_000])
def test_a_connection_that_breaks_is_made_again(dovecot: Dovecot, reader: Reader, after: int) -> None:
    """Wherever it breaks, every mail comes, once."""
    mails = [a_mail("word " * 100, message_id=f"<n{n}@northgate.example>") for n in range(450)]
    dovecot.deliver(reader.account.user, *mails)
    way = Cutting(dovecot.port, after=after)
    reader.account = msgspec.structs.replace(reader.account, port=way.port)
    try:
        found = [message.k for message in messages(reader.read())]
    finally:
        way.close()
    assert way.connections == 2
    assert len(set(found)) == 450
    assert len(found) == 450


def test_an_interrupted_reading_goes_on_where_it_was(dovecot: Dovecot, reader: Reader) -> None:
    """What was told to be reached is not fetched again."""
    mails = [numbered(n) for n in range(250)]
    dovecot.deliver(reader.account.user, *mails)
    seen = []
    source = ImapSource(reader.account, reader.states, cancelled=lambda: False)
    for item in source.read(lambda done: None):
        if isinstance(item, Checkpoint) and item.key.endswith("INBOX"):
            reader.states[item.key] = item.state
            break
        seen.append(item)
    rest = messages(reader.read())
    assert len(messages(seen)) == 200
    assert len(rest) == 50


def test_cancelling(dovecot: Dovecot, reader: Reader) -> None:
    """A reading that is cancelled ends after its portion, and the next one has the rest."""
    dovecot.deliver(reader.account.user, *[numbered(n) for n in range(250)])
    seen: list[Item] = []
    reader.cancelled = lambda: bool(messages(seen))
    first = messages(reader.read(seen))
    reader.cancelled = lambda: False
    second = messages(reader.read())
    assert len(first) == 200
    assert len({message.k for message in (*first, *second)}) == 250


def test_certificates_of_another_name(tmp_path: Path, reader: Reader) -> None:
    """A certificate that is trusted, but for another host, is refused before anything is said."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = __import__("ssl").SSLContext(__import__("ssl").PROTOCOL_TLS_SERVER)
    authority.issue_cert("imap.other.example").configure_cert(context)
    listener = socket.create_server(("127.0.0.1", 0))
    heard: list[bytes] = []

    def answer() -> None:
        near, _ = listener.accept()
        try:
            with context.wrap_socket(near, server_side=True) as secure:
                heard.append(secure.recv(100))
        except OSError:
            heard.append(b"")

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    reader.account = msgspec.structs.replace(
        reader.account, port=listener.getsockname()[1], ca_file=str(tmp_path / "ca.pem")
    )
    (reason,) = reasons(reader.read())
    thread.join(5)
    listener.close()
    assert "does not verify" in reason
    assert heard == [b""]
