"""`ringback pull` of a real mail server, as somebody sets it up and uses it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dovecot_support import PASSWORD, Cutting, Dovecot, running
from mails import a_mail
from support import needs

pytestmark = needs("dovecot")
PITCH = "I came across your profile. My client is hiring a Staff Engineer. Are you open to a call?\n"


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    """Run a server."""
    with running() as server:
        yield server


def set_up(dovecot: Dovecot, home: Path, user: str, **more: object) -> None:
    """Write the account into the configuration."""
    values = {
        "kind": "imap",
        "host": "localhost",
        "user": user,
        "port": dovecot.port,
        "ca_file": str(dovecot.ca_file),
        "password_command": ["printf", PASSWORD],
        **more,
    }
    lines = [f"{name} = {value!r}".replace("'", '"') for name, value in values.items()]
    (home / "ringback.toml").write_text("[sources.work]\n" + "\n".join(lines) + "\n")


def pitch(number: int) -> bytes:
    """Return a recruiter's mail."""
    sender = f"Dana {number} <dana{number}@northgate{number}.example>"
    return a_mail(PITCH, message_id=f"<p{number}@northgate.example>", From=sender)


def test_pulling_twice(dovecot: Dovecot, home: Path, run: Any) -> None:
    """The second pull fetches nothing, a mail that came between is one new row, flags stay as they were."""
    user = "twice"
    way = Cutting(dovecot.plain_port)
    set_up(dovecot, home, user, port=way.port, security="none")
    dovecot.deliver(user, pitch(1), pitch(2), a_mail("Our newsletter.", message_id="<n@x.example>"))
    flags = dovecot.flags(user)
    first = run("pull", "--json").json["report"]
    assert (first["added"], first["left_out"], first["opportunities"]) == (2, 1, 2)
    way.heard.clear()
    assert run("pull", "work", "--json").json["report"]["read"] == 0
    assert b"FETCH" not in way.heard
    dovecot.deliver(user, pitch(3))
    assert run("pull", "--json").json["report"]["opportunities"] == 1
    way.close()
    assert len(run("inbox", "--view", "all", "--json").json["items"]) == 3
    assert {uid: each for uid, each in dovecot.flags(user).items() if uid in flags} == flags


def test_a_changed_uidvalidity_adds_nothing_twice(dovecot: Dovecot, home: Path, run: Any) -> None:
    """All of the folder is read again, and all of it is known."""
    set_up(dovecot, home, "anew", folders=["Jobs"])
    dovecot.deliver("anew", pitch(1), pitch(2), folder="Jobs")
    run("pull")
    dovecot.make_anew("anew", "Jobs")
    report = run("pull", "--json").json["report"]
    assert (report["read"], report["added"], report["known"]) == (2, 0, 2)


def test_an_answer_that_was_sent(dovecot: Dovecot, home: Path, run: Any) -> None:
    """The folder of what was sent says that the thread was answered."""
    set_up(dovecot, home, "sent")
    answer = a_mail(
        "Thanks.", message_id="<a@x.example>", From="R <r@vale.example>", In_Reply_To="<p1@northgate.example>"
    )
    dovecot.deliver("sent", pitch(1))
    dovecot.deliver("sent", answer, folder="Sent")
    run("pull")
    (item,) = run("inbox", "--view", "all", "--json").json["items"]
    assert item["answered_at"]
    assert item["owes"] == "them"


def test_a_dry_run_reaches_nothing(dovecot: Dovecot, home: Path, run: Any) -> None:
    """It tells what would be added, and the pull after it finds all of it."""
    set_up(dovecot, home, "dry")
    dovecot.deliver("dry", pitch(1))
    assert "1 would be added" in run("pull", "--dry-run").out
    assert run("pull", "--json").json["report"]["added"] == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"password_command": ["printf", "wrong"]}, "refused to log"),
        ({"host": "no-such-host.invalid", "timeout": 1}, "There is no host"),
        ({"ca_file": ""}, "does not verify"),
        ({"folders": ["Gone"]}, "no such folder"),
    ],
)
def test_failures_are_told(
    dovecot: Dovecot,
    home: Path,
    run: Any,
    change: dict[str, object],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each is a sentence with its place, ends with 1, and stands on the page of sources."""
    monkeypatch.setattr("store.sources.imap.session._FIRST_WAIT", 0.0)
    dovecot.deliver("failing", pitch(1))
    set_up(dovecot, home, "failing", **change)
    ran = run("pull", code=1)
    assert words in ran.err
    assert PASSWORD not in ran.out + ran.err
    (source,) = run("sources", "--json").json["items"]
    assert words in source["next"]
    assert PASSWORD not in run("config").out


def test_headers_of_a_mail_on_the_server(dovecot: Dovecot, home: Path, run: Any) -> None:
    """They are fetched from where the mail lies."""
    set_up(dovecot, home, "headers")
    dovecot.deliver("headers", pitch(1))
    run("pull")
    (item,) = run("inbox", "--view", "all", "--json").json["items"]
    assert "Message-ID: <p1@northgate.example>" in run("headers", item["code"]).out


def test_an_account_that_is_added_is_read(dovecot: Dovecot, home: Path, run: Any) -> None:
    """By one command, with a certificate of the user's own; the password stands nowhere."""
    user = "added"
    dovecot.deliver(user, pitch(1))
    where = ("--host", "localhost", "--user", user, "--port", str(dovecot.port))
    password = ("--password-command", f"printf {PASSWORD}x")
    added = run("sources", "add", "imap", "work", *where, "--ca-file", str(dovecot.ca_file), *password)
    assert added.out == "work added. · ringback pull --dry-run work tries it\n"
    assert "refused to log" in run("pull", code=1).err
    run("sources", "remove", "work")
    run(
        "sources",
        "add",
        "imap",
        "work",
        *where,
        "--ca-file",
        str(dovecot.ca_file),
        *password[:1],
        f"printf {PASSWORD}",
    )
    assert "1 would be added" in run("pull", "--dry-run", "work").out
    assert run("pull", "--json").json["report"]["added"] == 1
