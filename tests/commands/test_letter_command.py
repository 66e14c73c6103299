"""`ringback letter` and `ringback letters`: a referral's letters and their templates in the shell."""

import webbrowser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

HOSTILE = "Remote, $200k. {pay} \x1b]0;owned\x07\x1b[31m \u202egpj.exe"


@pytest.fixture
def referral(run: Any, frozen: Any) -> str:
    """Refer Sam to a role by Dana, forwarded; return the id of the referral."""
    return made(run)


def made(run: Any, *options: str) -> str:
    """Refer Sam Lee, with a recruiter's message that is not to be trusted."""
    words = ("--from", "Dana <dana@northgate.example>", "--role", "Engineer", "--company", "Acme")
    code = run("add", "email", *words, "--pay", "$200k", "--json", "-", given=HOSTILE).json["added"]
    run("add", "person", "Sam Lee", "--email", "sam@orchard.example")
    words = (code["opportunity"]["code"], "--to", "Sam Lee", "--why", "ran it", *options, "--json")
    return str(run("refer", *words).json["referral"]["id"])


def editor(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Make a shell script the editor; `$1` is the file."""
    program = folder / "editor"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(program))


def test_refer_writes_both_letters(run: Any, frozen: Any, inbox: Any) -> None:
    """The shape is frozen; the friend's letter has the recruiter's words unchanged."""
    found = run("refer", inbox.dana, "--to", "Sam Lee", "--why", "ran it", "--json").json
    assert list(found) == ["schema", "referral", "letters"]
    assert found["referral"]["state"] == "asked_friend"
    assert "Your Kubernetes work stood out." in found["letters"]["friend"]
    assert "Sam" not in found["letters"]["recruiter"]


def test_a_letter_is_printed_plain(run: Any, referral: str) -> None:
    """stdout is the letter alone; a short code names the referral; hostile text is harmless."""
    ran = run("letter", referral, "friend")
    assert ran.out.startswith("Hi Sam,\n\n")
    assert "{pay}" in ran.out
    assert not {"\x1b", "\x07", "\u202e"} & set(ran.out)
    assert ran.err == ""
    code = run("referrals").out.split()[0]
    assert run("letter", code, "friend").out == ran.out


def test_a_letter_as_json(run: Any, referral: str) -> None:
    """Its text is as it was received."""
    found = run("letter", referral, "friend", "--json").json
    assert list(found) == ["schema", "letter"]
    letter = found["letter"]
    assert HOSTILE in letter.pop("text")
    assert letter == {
        "referral": referral,
        "side": "friend",
        "template": "friend",
        "to": "sam@orchard.example",
        "open": [],
        "ready": True,
        "why_not": "",
        "sent_at": None,
        "sent_by": "",
    }


def test_copying_names_its_way(
    run: Any, referral: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a program where one answers; in a pipe without one the command fails and says what to do."""
    monkeypatch.setenv("PATH", str(tmp_path))
    ran = run("letter", referral, "friend", "--copy", code=1)
    assert "There is no clipboard here" in ran.err
    program = tmp_path / "xsel"
    program.write_text(f"#!/bin/sh\n/bin/cat > {tmp_path}/got\n")
    program.chmod(0o755)
    monkeypatch.setenv("DISPLAY", ":0")
    ran = run("letter", referral, "friend", "--copy", "--sent")
    assert "Copied the letter to your friend · xsel" in ran.err
    assert ran.out == ""
    copied = (tmp_path / "got").read_text()
    kept = run("letter", referral, "friend", "--json").json["letter"]
    assert (kept["text"], kept["sent_by"]) == (copied, "xsel")
    assert kept["sent_at"] == "2026-11-16T10:00:00+01:00"


def test_a_terminal_is_asked_to_copy(run: Any, referral: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where stderr is one, it gets the text in base64 and nothing else of it."""
    monkeypatch.setattr("tui.output.is_terminal", lambda stream=None: True)
    monkeypatch.setenv("NO_COLOR", "1")
    ran = run("letter", referral, "friend", "--copy", "--sent")
    assert run("letter", referral, "friend", "--json").json["letter"]["sent_by"] == "copied"
    assert ran.err.startswith("\x1b]52;c;")
    assert "by the terminal (OSC 52)" in ran.err
    assert ran.err.count("\x1b") == 1


def test_mailto_opens_or_prints(run: Any, referral: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a window the link is printed; with one it goes to the mail program."""
    monkeypatch.setattr("sys.platform", "linux")
    link = run("letter", referral, "recruiter", "--mailto").out.strip()
    assert urlsplit(link).path == "dana@northgate.example"
    assert parse_qs(urlsplit(link).query)["subject"] == ["Engineer, Acme"]
    opened: list[str] = []
    monkeypatch.setenv("DISPLAY", ":0")

    def browse(address: str) -> bool:
        opened.append(address)
        return True

    monkeypatch.setattr(webbrowser, "open", browse)
    ran = run("letter", referral, "recruiter", "--mailto")
    assert (ran.out, opened) == ("", [link])
    monkeypatch.setattr(webbrowser, "open", lambda address: False)
    assert run("letter", referral, "recruiter", "--mailto").out.strip() == link


def test_a_draft_is_edited(run: Any, referral: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In $EDITOR; undo brings the words before back; what was sent is not edited."""
    editor(tmp_path, monkeypatch, 'printf "Sam, see below.\\n" > "$1"')
    run("letter", referral, "friend", "--edit")
    assert run("letter", referral, "friend").out == "Sam, see below.\n"
    run("undo")
    assert run("letter", referral, "friend").out.startswith("Hi Sam")
    run("letter", referral, "friend", "--sent", "--by", "text message")
    assert run("letter", referral, "friend", "--json").json["letter"]["sent_by"] == "text message"
    assert "was sent" in run("letter", referral, "friend", "--edit", code=1).err
    assert "was sent" in run("letter", referral, "friend", "--sent", code=1).err


@pytest.mark.parametrize("option", ["--copy", "--mailto", "--sent"])
def test_an_introduction_waits_for_the_yes(run: Any, frozen: Any, option: str) -> None:
    """Printed with a warning, it goes nowhere before the friend said yes."""
    id = made(run, "--mode", "both")
    assert "has not said yes" in run("letter", id, "recruiter").err
    ran = run("letter", id, "recruiter", option, code=1)
    assert "has not said yes" in ran.err
    assert ran.out == ""
    run("referrals", id, "--move", "yes")
    run("people", "Sam Lee", "--consent", "withdrawn", "--mode", "both")
    assert "withdrawn their leave" in run("letter", id, "recruiter", option, code=1).err


def test_templates_are_listed_edited_and_reset(
    run: Any, inbox: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ours or yours; the next referral is written in your words."""
    editor(tmp_path, monkeypatch, 'printf "Hello {friend}, {pay}?\\n" > "$1"')
    assert "Letter friend: in your words" in run("letters", "friend", "--edit").err
    assert run("letters", "friend").out == "Hello {friend}, {pay}?\n"
    items = run("letters", "--json").json["items"]
    assert [item["name"] for item in items if item["own"]] == ["friend"]
    assert "yours" in run("letters").out
    ran = run("refer", inbox.dana, "--to", "Sam Lee", "--why", "ran it")
    assert "The letter to Sam Lee is not ready: {pay} is open." in ran.out
    run("letters", "friend", "--reset")
    assert "yours" not in run("letters").out
    assert "There is no letter" in run("letters", "nothing", code=2).err
    assert "Name the template" in run("letters", "--edit", code=2).err


def test_two_of_one_name_are_told_apart(run: Any, inbox: Any) -> None:
    """The sentence lists what names each, an id where there is no address."""
    run("add", "person", "Sam Lee", "--employer", "Orchard")
    run("add", "person", "Sam Lee", "--employer", "Millrace")
    words = ("refer", inbox.dana, "--why", "ran it", "--to")
    ran = run(*words, "Sam Lee", code=1)
    assert "Sam Lee is the name of 2 people" in ran.err
    id = ran.err.partition("Millrace (")[2].partition(")")[0]
    found = run(*words, id, "--json").json["referral"]
    assert (found["name"], found["person"]) == ("Sam Lee", id)
