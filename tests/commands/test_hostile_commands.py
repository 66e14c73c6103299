"""A message from a stranger is hostile text: no command lets it reach the terminal as it is."""

import json
import mailbox
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from mails import in_mbox
from originals_support import take_in, with_files
from store.repository import Repository
from support import a_message

HOSTILE = {
    "ESC": "\x1b[31m",
    "OSC": "\x1b]0;owned\x07",
    "C1": "\x9b31m\x9d0;owned\x9c",
    "bidi": "\u202egpj.exe\u2066\u2069\u200f\u061c",
    "unseen": "\u200b\u2060\ufeff\U000e0041",
    "lines": "\u2028\u2029\x0b\x0c\x85",
    "controls": "\x00\x08\x7f\r",
}
ATTACK = "owned" + "".join(HOSTILE.values()) + "[/b][@click=app.quit]x[/]"
ALLOWED_CONTROLS = "\n"
FORBIDDEN = {character for text in HOSTILE.values() for character in text if not character.isprintable()}


def assert_harmless(text: str) -> None:
    """Check that no character remains that a terminal would obey or hide."""
    found = {character for character in text if character in FORBIDDEN and character not in ALLOWED_CONTROLS}
    assert not found, found
    assert "\x1b" not in text


@pytest.fixture
def attacked(run: Any, frozen: Any) -> str:
    """Add one message with an attack in each field that a stranger, or the user's paste, can fill."""
    fields = ("--firm", "--role", "--company", "--pay", "--subject", "--note")
    words = [word for option in fields for word in (option, ATTACK)]
    ran = run("add", "email", "--from", f'"{ATTACK}" <e@x.example>', *words, "--json", "-", given=ATTACK)
    code = str(ran.json["added"]["opportunity"]["code"])
    run("label", code, ATTACK)
    acquaint(run, code)
    return code


TYPED = ATTACK.replace("\x00", "")
"""What an argument of a command line can hold."""
PERSON = "owned friend " + TYPED


def acquaint(run: Any, code: str) -> None:
    """Add a person, leave, a note and referrals of both directions with the attack in each field."""
    fields = ("--email", "--phone", "--profile", "--employer", "--title", "--industry", "--places", "--wants")
    run("add", "person", PERSON, *(word for option in fields for word in (option, TYPED)), "--cadence", "1")
    run("people", PERSON, "--consent", "yes", "--scope", TYPED)
    run("people", PERSON, "--consent", "withdrawn", "--scope", TYPED)
    run("refer", code, "--to", "owned other " + TYPED, "--why", TYPED)
    about = ("--role", "--company", "--recruiter", "--why", "--note")
    run("add", "referral", PERSON, *(word for option in about for word in (option, TYPED)))
    received = run("referrals", "--kind", "received", "--json").json["items"][0]["id"]
    run("referrals", received, "--move", "my_yes", "--note", TYPED)


READING = [
    ("inbox",),
    ("inbox", "--views"),
    ("inbox", "--view", "all", "owned"),
    ("search", "owned"),
    ("show", "ID"),
    ("show", "--full", "ID"),
    ("due",),
    ("status",),
    ("doctor",),
    ("where",),
    ("done", "ID"),
    ("star", "ID"),
    ("label", "ID", ATTACK),
    ("note", "ID", ATTACK.replace("\x00", "")),
    ("block", "ID"),
    ("join", "ID", "ID"),
    ("show", ATTACK.replace("\x00", "")),
    ("search", ATTACK.replace("\x00", "")),
    ("decide", "ID", "--reason", "a", "--verdict", "N", "--because", ATTACK.replace("\x00", "")),
    ("person", "ID"),
    ("person", "ID", "--note", ATTACK.replace("\x00", "")),
    ("seat", "--core", ATTACK.replace("\x00", "")),
    ("stats",),
    ("review",),
    ("review", "ID"),
    ("refer", "ID"),
    ("refer", "ID", "--to", "third " + TYPED, "--why", TYPED),
    ("refer", "ID", "--to", TYPED, "--why", TYPED, "--mode", TYPED),
    ("referrals",),
    ("referrals", "owned"),
    ("referrals", "received"),
    ("referrals", "--csv"),
    ("referrals", TYPED),
    ("referrals", TYPED, "--move", TYPED),
    ("referrals", "RECEIVED", "--move", TYPED),
    ("referrals", "RECEIVED", "--nudge", TYPED),
    ("referrals", "RECEIVED", "--check", TYPED),
    ("referrals", "RECEIVED", "--told"),
    ("people",),
    ("people", PERSON),
    ("people", "--at", TYPED),
    ("people", "nobody " + TYPED),
    ("people", PERSON, "--consent", TYPED),
    ("add", "person", TYPED, "--circle", TYPED),
    ("add", "referral", TYPED, "--kind", TYPED),
    ("attachments", "ID"),
    ("attachments", TYPED),
    ("attachments", "ID", "--save", "/nowhere/" + TYPED),
    ("headers", "ID"),
    ("headers", TYPED, "--whole"),
    ("export", "vcf"),
    ("export", "csv", "people"),
    ("export", "csv", "referrals"),
    ("export", "csv", "opportunities"),
    ("export", "vcf", "--output", "/nowhere/" + TYPED),
    ("undo",),
]


@pytest.mark.parametrize("words", READING, ids=lambda words: words[0])
def test_no_command_passes_it_on(run: Any, attacked: str, words: tuple[str, ...]) -> None:
    """Whatever a command writes, on stdout or stderr, holds none of the characters."""
    run("snooze", attacked, "19:00")
    received = run("referrals", "--kind", "received", "--json").json["items"][0]["id"]
    named = {"ID": attacked, "RECEIVED": received}
    ran = run(*(named.get(word, word) for word in words), code=None)
    assert ran.out or ran.err
    assert_harmless(ran.out)
    assert_harmless(ran.err)


@pytest.mark.parametrize(
    "words",
    [
        *(("inbox", "--view", "all"), ("show", "ID"), ("search", "owned"), ("due",)),
        *(("referrals",), ("people",), ("people", PERSON)),
        ("refer", "ID", "--to", "third " + TYPED, "--why", TYPED),
    ],
    ids=lambda it: it[0],
)
def test_json_keeps_it_escaped(run: Any, attacked: str, words: tuple[str, ...]) -> None:
    """JSON is ASCII without controls, and what it holds is what was sent."""
    run("snooze", attacked, "19:00")
    ran = run(*(attacked if word == "ID" else word for word in words), "--json")
    assert all(" " <= character <= "~" or character == "\n" for character in ran.out)
    assert "\x1b[31m" in json.dumps(ran.json, ensure_ascii=False).encode().decode("unicode_escape")


def test_a_pulled_message_passes_no_gate_unseen(run: Any, frozen: Any, tmp_path: Path) -> None:
    """Neither a mail's fields nor the name of the file it came in reach the terminal as they are."""
    mail = EmailMessage()
    mail["From"] = "Dana <dana@northgate.example>"
    mail["Subject"] = "A role"
    mail["Message-ID"] = "<1@northgate.example>"
    mail["Date"] = "Mon, 16 Nov 2026 08:00:00 +0000"
    mail.set_content("Hello \x1b[31mred\x1b[0m \x9b31m \u202eevil")
    box = mailbox.mbox(tmp_path / "box\x1b[31m.mbox")
    box.add(mail)
    box.close()
    (tmp_path / "no mail \x1b]0;owned\x07.eml").write_bytes(b"\x00\x01\x02")
    ran = run("pull", "--all", str(tmp_path), code=None)
    assert_harmless(ran.out)
    assert_harmless(ran.err)
    code = run("inbox", "--json").json["items"][0]["code"]
    assert_harmless(run("show", code).out)
    assert "red" in run("show", code).out


ODD = "".join(HOSTILE.values()).replace("\x00", "").replace("\r", "")


@pytest.mark.parametrize(
    "words",
    [
        ("show", "ID"),
        ("attachments", "ID"),
        ("attachments", "ID", "--open", "1"),
        ("attachments", "ID", "--save", "FOLDER"),
        ("headers", "ID"),
        ("headers", "ID", "--whole"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("is_there", [True, False])
def test_a_mail_as_it_came_is_no_gate_either(
    run: Any, frozen: Any, tmp_path: Path, words: tuple[str, ...], is_there: bool
) -> None:
    """Names of files, raw headers and the place of a mail are text, and name no other folder."""
    attack = f"../owned{ODD}[/b].exe"
    raw = with_files((attack, f"application/x{ODD}", b"MZ\x1b[31m"), ("", "image/png", b"x"))
    raw = (
        f"X-Attack: {ATTACK}\n".encode() + b"X-Raw: \x9b31m\x1b]0;owned\x07\x85\xff\n" + raw + ATTACK.encode()
    )
    folder = tmp_path / "mail\x1b]0;x\x07\u202e"
    folder.mkdir()
    (folder / "box.mbox").write_bytes(in_mbox(raw))
    with Repository.open() as repository:
        take_in(repository, folder / "box.mbox")
        (code,) = map(repository.index.code, repository.index.rows)
    if not is_there:
        (folder / "box.mbox").unlink()
    saved = tmp_path / "saved"
    saved.mkdir()
    named = {"ID": code, "FOLDER": str(saved)}
    ran = run(*(named.get(word, word) for word in words), code=None)
    assert ran.out or ran.err
    assert_harmless(ran.out)
    assert_harmless(ran.err)
    if "--save" in words and is_there:
        assert len(list(saved.iterdir())) == 2
        assert not any(set(path.name) & FORBIDDEN for path in saved.iterdir())
    assert {path.name for path in tmp_path.iterdir()} == {folder.name, "saved"}


def test_every_field_of_a_record_is_covered() -> None:
    """A message gains no text field that these tests do not fill or cannot."""
    filled = {"sender", "subject", "body", "role", "company", "pay"}
    chosen = {"k", "channel", "direction", "at_precision", "mandate", "joins", "threads", "signals", "event"}
    read_only_from_mail = {"recipients", "attachments", "quoted", "signature", "footer", "lifted"}
    texts = {
        name
        for name in a_message().__struct_fields__
        if not isinstance(getattr(a_message(), name), bool | int)
    }
    assert texts == filled | chosen | read_only_from_mail
