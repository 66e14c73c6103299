"""Calendars: what an event says, versions of one, times with and without a zone, and broken files."""

import time
from pathlib import Path

import pytest

from intake_support import box, take
from mails import a_mail, messages, multipart, read_path, reasons
from store.clock import iso
from store.records.message import Event, Message
from store.repository import Repository
from store.rules.appointments import appointment
from store.sources.source import Unreadable

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "calendar"
ZONE = (
    "BEGIN:VTIMEZONE\nTZID:Odd Zone\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0530\n"
    "TZOFFSETTO:+0530\nEND:STANDARD\nEND:VTIMEZONE\n"
)


def event(*lines: str, uid: str = "1@northgate.example", **fields: str) -> str:
    """Return an event; a field may be left out by giving it nothing."""
    known = {
        "UID": uid,
        "DTSTAMP": "20260310T093000Z",
        "DTSTART": "20260312T220000Z",
        "SUMMARY": "Intro call",
        "ORGANIZER;CN=Dana Whitfield": "mailto:Dana@northgate.example",
        **fields,
    }
    inner = [f"{name}:{value}" for name, value in known.items() if value]
    return "\n".join(["BEGIN:VEVENT", *inner, *lines, "END:VEVENT\n"])


def calendar(*parts: str, method: str = "REQUEST") -> bytes:
    """Return a calendar of parts."""
    head = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//EN\nMETHOD:{method}\n"
    return f"{head}{''.join(parts)}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def read(folder: Path, data: bytes) -> list[Message]:
    """Read a calendar's messages."""
    path = folder / "a.ics"
    path.write_bytes(data)
    return messages(read_path(path))


def only(folder: Path, *lines: str, **fields: str) -> tuple[Message, Event]:
    """Read a calendar of one event."""
    (message,) = read(folder, calendar(event(*lines, **fields)))
    assert message.event is not None
    return message, message.event


def test_a_request(tmp_path: Path) -> None:
    """Who invites, to what, when it begins and ends, and where it is joined; the boilerplate is left out."""
    description = "DESCRIPTION:About the role.\\n\\n-::~:~::~:~\\nhttps://meet.google.com/abc-defg-hij\\nx"
    message, found = only(tmp_path, "DTEND:20260312T223000Z", description, "LOCATION:Room 1", "SEQUENCE:2")
    assert (message.sender.name, message.sender.email) == ("Dana Whitfield", "dana@northgate.example")
    assert (message.subject, message.channel) == ("Intro call", "calendar")
    assert message.body == "About the role.\n\nJoin: https://meet.google.com/abc-defg-hij"
    assert iso(message.at) == "2026-03-10T10:30:00+01:00"
    assert (found.uid, found.sequence, found.status) == ("1@northgate.example", 2, "request")
    assert appointment(found) == "Thu 12 Mar 2026 23:00-23:30 · Room 1"


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"DTSTART": "20260312T220000Z"}, "Thu 12 Mar 2026 23:00"),
        ({"DTSTART": "", "DTSTART;TZID=Odd Zone": "20260312T100000"}, "Thu 12 Mar 2026 05:30"),
        ({"DTSTART": "", "DTSTART;TZID=Pacific Standard Time": "20260316T100000"}, "Mon 16 Mar 2026 18:00"),
        ({"DTSTART": "", "DTSTART;TZID=Europe/Berlin": "20260716T100000"}, "Thu 16 Jul 2026 10:00"),
        ({"DTSTART": "20260312T100000"}, "Thu 12 Mar 2026 10:00 · no time zone"),
        ({"DTSTART": "", "DTSTART;VALUE=DATE": "20260312"}, "Thu 12 Mar 2026, all day"),
        ({"DURATION": "PT45M"}, "Thu 12 Mar 2026 23:00-23:45"),
        ({"DTEND": "20260313T080000Z"}, "Thu 12 Mar 2026 23:00 to Fri 13 Mar 09:00"),
        ({"DTEND": "20260301T080000Z"}, "Thu 12 Mar 2026 23:00"),
        ({"STATUS": "CANCELLED"}, "Thu 12 Mar 2026 23:00 · cancelled"),
    ],
)
def test_times(tmp_path: Path, fields: dict[str, str], wanted: str) -> None:
    """Zones of the file, of Windows and of the world are known; without one a time is shown as written."""
    (message,) = read(tmp_path, calendar(ZONE, event(**fields)))
    assert message.event is not None
    assert appointment(message.event) == wanted


@pytest.mark.parametrize("zone", ["AAA+10", "BBB-12"])
def test_a_day_is_that_day_everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    """A whole day and a time without a zone are the same in Honolulu and in Auckland."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        _, day = only(tmp_path, **{"DTSTART": "", "DTSTART;VALUE=DATE": "20260312"})
        _, floating = only(tmp_path, DTSTART="20260312T100000")
        assert appointment(day) == "Thu 12 Mar 2026, all day"
        assert appointment(floating) == "Thu 12 Mar 2026 10:00 · no time zone"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_versions_of_one_event_are_one_thread(tmp_path: Path) -> None:
    """A change and a cancellation are messages of their own in the thread of the request."""
    found = [
        read(tmp_path, calendar(event(f"SEQUENCE:{number}"), method=method))[0]
        for number, method in ((0, "REQUEST"), (1, "REQUEST"), (1, "CANCEL"))
    ]
    assert len({message.k for message in found}) == 3
    assert all("ics:1@northgate.example" in message.threads for message in found)
    assert [message.event.status for message in found if message.event] == ["request", "request", "cancelled"]


def test_events_without_a_name_of_their_own_have_nothing_in_common(tmp_path: Path) -> None:
    """Two without a UID are two threads."""
    other = event(uid="", SUMMARY="Other", DTSTAMP="20260311T093000Z")
    one, two = read(tmp_path, calendar(event(uid=""), other))
    assert not {*one.threads} & {*two.threads}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (calendar(event(DTSTART="")), "no beginning"),
        (calendar(event(DTSTART="20269999T990000")), "event 1"),
        (calendar("BEGIN:VTODO\nUID:x\nEND:VTODO\n"), "task"),
        (calendar(), "a calendar without events"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTST", "1 of 1 events are not read: it is cut off"),
        (b"BEGIN:VCALENDAR\r\n" + b"\x00\xff" * 50, "no calendar that can be read"),
    ],
)
def test_what_is_broken_is_told(tmp_path: Path, data: bytes, words: str) -> None:
    """Each with its place, and no event is made up."""
    path = tmp_path / "a.ics"
    path.write_bytes(data)
    items = read_path(path)
    assert not messages(items)
    told = [f"{item.place} {item.reason}" for item in items if isinstance(item, Unreadable)]
    assert words in " ".join([*told, *reasons(items)])


def test_a_calendar_that_is_cut_off(tmp_path: Path) -> None:
    """What stands before the cut is read, and that something is missing is told."""
    path = tmp_path / "a.ics"
    path.write_bytes(calendar(event(), event(uid="2@x.example", DTSTAMP="20260311T093000Z"))[:-120])
    items = read_path(path)
    assert len(messages(items)) < 2
    assert "cut off" in " ".join(reasons(items)) or "cannot be read" in " ".join(reasons(items))


def test_one_broken_event_spoils_no_other(tmp_path: Path) -> None:
    """What stands beside it is read."""
    data = calendar(event(uid="bad", DTSTART=""), event(uid="good"))
    assert [message.event.uid for message in read(tmp_path, data) if message.event] == ["good"]


def invitation(number: int, start: str) -> bytes:
    """Return a mail that invites to an event."""
    inside = event(f"SEQUENCE:{number}", DTSTART=start)
    part = b'Content-Type: text/calendar; method=REQUEST; charset="utf-8"\n\n' + calendar(inside)
    kind, body = multipart("alternative", "Content-Type: text/plain\n\nLet us talk.\n", part)
    return a_mail(body, Content_Type=kind, message_id=f"<i{number}@northgate.example>", MIME_Version="1.0")


def test_an_invitation_and_its_calendar_are_one(repository: Repository, tmp_path: Path) -> None:
    """A mail that invites, its change, and the .ics of it are one timeline; the mail says when it is."""
    mails = box(tmp_path, invitation(0, "20260312T220000Z"), invitation(1, "20260313T220000Z"))
    (tmp_path / "a.ics").write_bytes(calendar(event("SEQUENCE:2", DTSTART="20260314T220000Z")))
    take(repository, mails, tmp_path / "a.ics", everything=True)
    (row,) = repository.index.rows.values()
    events = [repository.message(id).event for id in row.messages]
    assert sorted((each.sequence, each.starts) for each in events if each) == [
        (0, 1773352800000),
        (1, 1773439200000),
        (2, 1773525600000),
    ]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
def test_calendars_of_real_programs(repository: Repository) -> None:
    """Google's request, change and cancellation are one row; the zone that Outlook calls Pacific is known."""
    take(repository, CORPUS, everything=True)
    (row,) = repository.index.rows.values()
    events = [event for id in row.messages if (event := repository.message(id).event) is not None]
    google = [each for each in events if each.uid.endswith("@google.com")]
    assert sorted(each.status for each in google) == ["cancelled", "request", "request"]
    assert [iso(each.starts) for each in events if each not in google] == ["2026-03-16T18:00:00+01:00"]
