"""One opportunity over several channels: read from several sources, shown as one timeline without doubles."""

from pathlib import Path
from typing import Any

import pytest

from mails import a_mail, in_mbox, multipart

TALK = "2-YTRjMTIzYjEtNjEyZA=="
WORDS = (
    "Hi Robin,\n\nI lead a retained search for a Staff Engineer at a Series C robotics company in Berlin. "
    "My client is hiring now, the salary is 180k.\n\nAre you open to a call?\n\nDana"
)
DANA = "https://www.linkedin.com/in/dana-whitfield"
PITCH = "I came across your profile. My client is hiring a Staff Engineer. Are you open to a call?"


def notification() -> bytes:
    """Return the mail in which LinkedIn passes the message on."""
    link = f"https://www.linkedin.com/comm/messaging/thread/{TALK}/?midToken=AQ&trk=eml"
    return a_mail(
        f"{WORDS}\n\nReply: {link}\n",
        message_id="<n1@linkedin.example>",
        From="Dana Whitfield via LinkedIn <inmail-hit-reply@linkedin.com>",
        Subject="Staff Engineer",
        Date="Tue, 10 Mar 2026 09:30:07 +0000",
        X_LinkedIn_Class="INMAIL",
    )


@pytest.fixture
def linkedin(tmp_path: Path) -> tuple[Path, Path]:
    """Write the notification, and the export that holds the same message and an answer to it."""
    mail = tmp_path / "mail" / "1.eml"
    mail.parent.mkdir()
    mail.write_bytes(notification())
    export = tmp_path / "export"
    export.mkdir()
    (export / "Profile.csv").write_text("First Name,Last Name\nRobin,Vale\n")
    glued = WORDS.replace("\n\n", "  ")
    (export / "messages.csv").write_text(
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n"
        f'{TALK},,Dana Whitfield,{DANA},Robin Vale,2026-03-10 09:30:00 UTC,Staff Engineer,"{glued}",INBOX\n'
        f"{TALK},,Robin Vale,,Dana Whitfield,2026-03-10 10:00:00 UTC,,Who is the client?,INBOX\n"
    )
    return mail, export


@pytest.mark.parametrize("reverse", [False, True])
def test_a_notification_and_the_export_are_one_timeline(
    run: Any, frozen: Any, linkedin: tuple[Path, Path], reverse: bool
) -> None:
    """Whichever is pulled first: one opportunity, the approach once, as two versions, and the answer."""
    for path in linkedin[::-1] if reverse else linkedin:
        run("pull", str(path))
    (item,) = run("inbox", "--view", "all", "--json").json["items"]
    found = run("show", item["code"], "--json").json["opportunity"]
    approach, answer = found["timeline"]
    assert (len(approach["versions"]), approach["direction"], answer["direction"]) == (1, "in", "out")
    assert "\n\nAre you open to a call?" in approach["body"]
    assert approach["at"].endswith(":30:00+01:00")
    assert (found["attempts"], found["owes"]) == (0, "them")
    for path in linkedin:
        assert run("pull", str(path), "--json").json["report"]["added"] == 0


def groups(run: Any) -> list[int]:
    """Return how many messages each opportunity has."""
    items = run("inbox", "--view", "all", "--json").json["items"]
    return sorted(len(each["messages"]) for each in items)


def test_who_is_kept_with_address_and_number_is_one(run: Any, frozen: Any, tmp_path: Path) -> None:
    """A mail and a text are two until the user keeps somebody who has both, and two again after undo."""
    mail, texts = tmp_path / "1.eml", tmp_path / "sms.xml"
    mail.write_bytes(a_mail(PITCH, From="D <dana@northgate.example>", Subject="Staff Engineer"))
    texts.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<smses count="1">\n'
        '<sms protocol="0" address="(415) 555-0132" date="1773221400000" type="1" '
        f'body="{PITCH}" contact_name="(Unknown)" /></smses>\n'
    )
    run("pull", str(mail))
    run("pull", str(texts))
    assert groups(run) == [1, 1]
    words = ("--email", "Dana@northgate.example", "--phone", "+14155550132")
    run("add", "person", "Dana Whitfield", *words)
    assert groups(run) == [2]
    run("undo")
    assert groups(run) == [1, 1]
    run("redo")
    run("add", "person", "Priya Nair", "--email", "priya@northgate.example", "--phone", "+14155550132")
    assert groups(run) == [1, 1]


def event(sequence: int, method: str, stamp: str) -> str:
    """Return a calendar with a version of one appointment."""
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nUID:a1@cal.example\r\n"
        f"DTSTAMP:{stamp}\r\nDTSTART:20260312T150000Z\r\nDTEND:20260312T153000Z\r\nSEQUENCE:{sequence}\r\n"
        "ORGANIZER;CN=Dana Whitfield:mailto:dana@northgate.example\r\nSUMMARY:Staff Engineer\r\n"
        f"DESCRIPTION:{PITCH}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )


@pytest.mark.parametrize("reverse", [False, True])
def test_an_invitation_and_what_became_of_it_are_one_entry(
    run: Any, frozen: Any, tmp_path: Path, reverse: bool
) -> None:
    """The mail that invites, and the calendar in which it is called off: two versions of one appointment."""
    kind, body = multipart(
        "mixed",
        f"Content-Type: text/plain\n\n{PITCH}",
        f"Content-Type: text/calendar; method=REQUEST\n\n{event(0, 'REQUEST', '20260310T093000Z')}",
    )
    mail, file = tmp_path / "1.eml", tmp_path / "calendar.ics"
    mail.write_bytes(a_mail(body, Content_Type=kind, Subject="Staff Engineer", MIME_Version="1.0"))
    file.write_text(event(1, "CANCEL", "20260311T080000Z"), newline="")
    for path in (file, mail) if reverse else (mail, file):
        run("pull", str(path))
    (item,) = run("inbox", "--view", "all", "--json").json["items"]
    found = run("show", item["code"], "--json").json["opportunity"]
    (entry,) = found["timeline"]
    assert (entry["event"]["status"], len(entry["versions"]), found["attempts"]) == ("cancelled", 1, 1)
    assert "cancelled" in run("show", item["code"]).out


def test_a_no_is_remembered_for_both_and_can_be_undone(run: Any, frozen: Any, tmp_path: Path) -> None:
    """What was said of two is kept on both, survives a merge of one of them, and undo takes it back."""
    mails = [
        a_mail(PITCH, message_id=f"<{number}@x.example>", From=f"Dana Whitfield <dana@{number}.example>")
        for number in range(3)
    ]
    path = tmp_path / "box.mbox"
    path.write_bytes(in_mbox(*mails))
    run("pull", str(path))

    def listed() -> list[set[str]]:
        return [set(each["codes"]) for each in run("join", "--suggest", "--json").json["items"]]

    one, two, three = (each["code"] for each in run("inbox", "--view", "all", "--json").json["items"])
    assert len(listed()) == 3
    assert "not the same as" in run("join", "--not", one, two).out
    assert {one, two} not in listed()
    assert len(listed()) == 2
    run("join", one, three)
    assert listed() == []
    run("undo")
    run("undo")
    assert len(listed()) == 3
    assert "at least two" in run("join", "--not", one, code=2).err
    assert "These are one already" in run("join", "--not", one, one, code=1).err
