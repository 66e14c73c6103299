# ruff: noqa: E501 - rows of tables stand as they are written
"""Tables, calendars and pasted text by command: what is told, what is taken in, and never twice."""

from pathlib import Path
from typing import Any

import pytest

from mails import a_mail, multipart

TABLE = "Date,Recruiter,Agency,Role,Mood\n2026-11-01,Dana,Northgate,SRE,good\n2026-11-02,Tom,Keel,CTO,\nsoon,Una,,,\n"
EVENT = """BEGIN:VCALENDAR
METHOD:{method}
BEGIN:VEVENT
UID:u1@x.example
SEQUENCE:{sequence}
DTSTART:20261120T150000Z
DTEND:20261120T153000Z
DTSTAMP:20261110T093005Z
ORGANIZER;CN=Dana Whitfield:mailto:dana@northgate.example
SUMMARY:Interview: Staff Engineer
DESCRIPTION:We talk about the role that my client is hiring for.
LOCATION:Room 4
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Write a table of two approaches and one bad row."""
    path = tmp_path / "approaches.csv"
    path.write_text(TABLE)
    return path


def test_a_dry_run_shows_how_it_would_be_read(run: Any, frozen: Any, table: Path) -> None:
    """The columns, what stays in the text, the first rows, the bad one with its line; and nothing is added."""
    ran = run("import", "csv", str(table), "--dry-run")
    assert ran.out.split("\n")[:5] == [
        "columns: Date → date, Recruiter → from, Agency → firm, Role → role",
        "kept in the text: Mood",
        "line 2  2026-11-01 · pasted · Dana · Northgate · SRE · Mood: good",
        "line 3  2026-11-02 · pasted · Tom · Keel · CTO",
        "2 would be added, 0 known already. Nothing was changed.",
    ]
    assert f"{table}, line 4: Its date cannot be read: soon." in ran.err
    assert run("inbox", "--view", "all", "--json").json["items"] == []


def test_a_second_time_adds_nothing(run: Any, frozen: Any, table: Path) -> None:
    """Rows that are known are known; one that was added below is new; undo takes all of it back."""
    assert run("import", "csv", str(table), "--json").json["report"]["added"] == 2
    table.write_text(TABLE + "2026-11-03,Vic,Keel,SRE,\n")
    report = run("import", "csv", str(table), "--json").json["report"]
    assert (report["added"], report["known"], report["failed"]) == (1, 2, 1)
    assert report["columns"] == {"Date": "date", "Recruiter": "from", "Agency": "firm", "Role": "role"}
    assert {item["who"] for item in run("inbox", "--view", "all", "--json").json["items"]} == {
        "Dana",
        "Tom",
        "Vic",
    }
    run("undo")
    assert len(run("inbox", "--view", "all", "--json").json["items"]) == 2


def test_a_table_without_names(run: Any, frozen: Any, tmp_path: Path) -> None:
    """Columns are told by what stands in them, or named."""
    path = tmp_path / "t.csv"
    path.write_text("14/03/2025,dana@northgate.example,A role at Acme that I said no to\n")
    assert run("import", "csv", str(path), "--json").json["report"]["guessed"]
    path.write_text("x,y\n03/04/2025,Dana\n")
    assert "two ways" in run("import", "csv", str(path), "--map", "from=y", "--map", "date=x", code=2).err
    run("import", "csv", str(path), "--map", "from=y", "--map", "date=1", "--dates", "mdy")
    assert "no column z" in run("import", "csv", str(path), "--map", "from=z", code=2).err
    assert "FIELD=COLUMN" in run("import", "csv", str(path), "--map", "nonsense", code=2).err


def test_its_own_export_comes_back(run: Any, frozen: Any, table: Path, tmp_path: Path) -> None:
    """What was exported and taken back is as it was read."""
    kept = ("who", "firm", "role", "company", "pay")
    run("import", "csv", str(table))
    before = run("inbox", "--view", "all", "--json").json["items"]
    path = tmp_path / "own.csv"
    path.write_text(run("export", "csv", "opportunities").out)
    run("undo")
    assert run("inbox", "--view", "all", "--json").json["items"] == []
    assert run("import", "csv", str(path), "--json").json["report"]["added"] == 2
    after = run("inbox", "--view", "all", "--json").json["items"]
    assert [[item[name] for name in kept] for item in after] == [
        [item[name] for name in kept] for item in before
    ]
    assert [item["at"] for item in after] == [item["at"] for item in before]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--delimiter", "ab"), "cannot part columns"),
        (("--map", "from=Nobody"), "has no column Nobody"),
        (("--map", "shoe=Mood"), "FIELD=COLUMN"),
    ],
)
def test_what_cannot_be_done(run: Any, table: Path, words: tuple[str, ...], sentence: str) -> None:
    """A sentence says why, and nothing is added."""
    assert sentence in run("import", "csv", str(table), *words, code=2).err


def test_a_table_that_is_not_there(run: Any, tmp_path: Path) -> None:
    """A sentence names it."""
    assert "No such file" in run("import", "csv", str(tmp_path / "none.csv"), code=2).err


def test_an_invitation_and_its_mail_are_one(run: Any, frozen: Any, tmp_path: Path) -> None:
    """The mail that invites, the file of a later version and the cancellation are one opportunity."""
    part = "Content-Type: text/calendar; method=REQUEST\n\n" + EVENT.format(method="REQUEST", sequence=0)
    kind, body = multipart("mixed", "Content-Type: text/plain\n\nWe are hiring a Staff Engineer.\n", part)
    mail = tmp_path / "invite.eml"
    mail.write_bytes(a_mail(body, content_type=kind, Date="Tue, 10 Nov 2026 09:30:00 +0000"))
    cancel = tmp_path / "cancel.ics"
    cancel.write_text(EVENT.format(method="CANCEL", sequence=1))
    for _ in range(2):
        run("pull", "--all", str(mail), str(cancel))
    (item,) = run("inbox", "--view", "all", "--json").json["items"]
    shown = run("show", item["code"]).out
    assert "Fri 20 Nov 2026 16:00-16:30 · Room 4 · cancelled" in shown
    assert "2 versions" in shown


def test_what_is_pasted_is_taken(run: Any, frozen: Any) -> None:
    """A page, an event: nobody judges them, and a second time adds nothing."""
    page = "Una\nTODAY\nUna sent the following message at 8:30 AM\nUna\n8:30 AM\nHello there\n"
    for text in (page, EVENT.format(method="REQUEST", sequence=0).replace("DESCRIPTION", "X-WORDS")):
        for added in (1, 0):
            assert run("pull", "-", "--json", given=text).json["report"]["added"] == added
    assert {item["who"] for item in run("inbox", "--view", "all", "--json").json["items"]} == {
        "Una",
        "Dana Whitfield",
    }
