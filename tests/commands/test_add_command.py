"""`ringback add`: what it takes, what it says, and what it refuses."""

from typing import Any

import pytest

CHANNELS = ("email", "linkedin", "call", "voicemail", "text")


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_sender_is_enough(run: Any, channel: str) -> None:
    """One name makes an opportunity on each channel, and the sentence says how to take it back."""
    ran = run("add", channel, "--from", "Dana Whitfield")
    assert ran.out.startswith("Added as new: ")
    assert "Dana Whitfield" in ran.out
    assert ran.out.endswith(" · ringback undo takes it back\n")
    assert ran.err == ""
    assert [item["channel"] for item in run("inbox", "--json").json["items"]] == [channel]


def test_a_body_is_enough(run: Any) -> None:
    """Words alone make an opportunity."""
    run("add", "text", "Are you free for a call about a role?")
    assert "Are you free" in run("show", run("inbox", "--json").json["items"][0]["code"]).out


def test_everything_that_was_given_is_kept(run: Any, inbox: Any) -> None:
    """Each option lands in the field of its name."""
    ran = run(
        *(
            "add",
            "email",
            "--from",
            "Sofia Rossi <sofia@fern.example>",
            "--firm",
            "Fern",
            "--role",
            "Head of Data",
        ),
        *("--company", "Nimbus", "--phone", "555-0102", "--pay", "120k", "--mandate", "retained"),
        *(
            "--at",
            "2026-11-13T09:30+01:00",
            "--subject",
            "Confidential",
            "--note",
            "Sounds good",
            "--json",
            "Hi",
        ),
    )
    found = ran.json["added"]["opportunity"]
    wanted = {
        "who": "Sofia Rossi",
        "firm": "Fern",
        "role": "Head of Data",
        "company": "Nimbus",
        "phone": "555-0102",
        "pay": "120k",
        "mandate": "retained",
        "email": "sofia@fern.example",
        "at": "2026-11-13T09:30:00+01:00",
    }
    assert {name: found[name] for name in wanted} == wanted
    timeline = run("show", found["code"], "--json").json["opportunity"]["timeline"]
    assert [entry.get("body", entry.get("text")) for entry in timeline] == ["Hi", "Sounds good"]


def test_the_body_may_come_from_standard_input(run: Any) -> None:
    """A dash reads the body from standard input, bytes that are no UTF-8 included."""
    run("add", "email", "--from", "Dana", "-", given=b"From a pipe \xff\n")
    shown = run("show", run("inbox", "--json").json["items"][0]["code"]).out
    assert "From a pipe \ufffd" in shown


def test_to_names_the_opportunity(run: Any, inbox: Any) -> None:
    """`--to` puts the message where the user says, whoever sent it."""
    ran = run("add", "call", "--from", "Somebody Else", "--to", inbox.dana)
    assert ran.out.startswith(f"Added to {inbox.dana} ")
    assert len(run("show", inbox.dana, "--json").json["opportunity"]["timeline"]) == 2


def test_a_known_sender_joins(run: Any, inbox: Any) -> None:
    """A second approach of the same sender joins the first, unless `--new` says otherwise."""
    assert run("add", "call", "--from", "dana@northgate.example").out.startswith(f"Added to {inbox.dana} ")
    assert run("add", "call", "--from", "dana@northgate.example", "--new").out.startswith("Added as new")


def test_neither_sender_nor_body_opens_the_editor(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """At a terminal, the editor asks for the text."""
    monkeypatch.setattr("tui.commands.common.words.is_piped", lambda: False)
    monkeypatch.setattr("click.edit", lambda *_, **__: "Typed in the editor\n")
    run("add", "text")
    assert run("inbox", "--json").json["items"][0]["role"] == "Typed in the editor"


def test_an_empty_editor_adds_nothing(run: Any, home: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaving the editor without saving is a usage error, and no file is made."""
    monkeypatch.setattr("tui.commands.common.words.is_piped", lambda: False)
    monkeypatch.setattr("click.edit", lambda *_, **__: None)
    assert "nothing was added" in run("add", "text", code=2).err
    assert not (home / "ringback.json").exists()


def test_neither_sender_nor_body_in_a_pipe_is_refused(run: Any) -> None:
    """Without a terminal no editor opens: the sentence says what is needed."""
    assert "Give a sender (--from) or a body" in run("add", "call", code=2).err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--at", "nonsense"), '"nonsense" is not a time.'),
        (("--mandate", "dubious"), "dubious"),
        (("--to", "zzzz"), "No opportunity has the id zzzz."),
    ],
)
def test_what_cannot_be_understood_is_named(run: Any, home: Any, words: tuple[str, ...], told: str) -> None:
    """A bad date, mandate or id is named, and nothing is added."""
    ran = run("add", "call", "--from", "Dana", *words, code=None)
    assert ran.code in (1, 2)
    assert told in ran.err
    assert ran.out == ""


def test_words_that_are_piped_in_are_kept_without_a_dash(run: Any) -> None:
    """Text on standard input beside a sender is the message, with or without a dash."""
    run("add", "linkedin", "--from", "Kim Osei", given="Piped words\n")
    assert "Piped words" in run("inbox").out
