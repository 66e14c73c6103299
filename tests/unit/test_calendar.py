# ruff: noqa: E501 - lines of calendars stand as they are written
"""Calendars: what an event says, versions of one, times with and without a zone, and broken files."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_support import box, take
from mails import a_mail, messages, multipart, read_all, read_path, reasons
from store.clock import iso
from store.records.message import Event, Message
from store.repository import Repository
from store.rules.appointments import appointment
from store.sources import identify_text
from store.sources.source import Skipped, Unreadable

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "calendar"


def zone(name: str, east: str, rule: str = "") -> str:
    """Return what a calendar says of a zone that is always as far from UTC."""
    inside = f"DTSTART:16010101T000000\nTZOFFSETFROM:{east}\nTZOFFSETTO:{east}\n{rule}"
    return f"BEGIN:VTIMEZONE\nTZID:{name}\nBEGIN:STANDARD\n{inside}END:STANDARD\nEND:VTIMEZONE\n"


ZONE = zone("Odd Zone", "+0530")
PACIFIC = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:-0700
TZOFFSETTO:-0800
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=1SU;BYMONTH=11
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:-0800
TZOFFSETTO:-0700
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=2SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


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
    way = f"METHOD:{method}\n" if method else ""
    head = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//EN\n{way}"
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
    """Two without a UID are two threads, and are told apart by what they say."""
    other = event(uid="", SUMMARY="Other")
    one, two = read(tmp_path, calendar(event(uid=""), other))
    assert not {*one.threads} & {*two.threads}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (calendar(event(DTSTART="")), "no beginning"),
        (calendar(event(DTSTART="20269999T990000")), "event 1"),
        (calendar("BEGIN:VTODO\nUID:x\nEND:VTODO\n"), "task"),
        (calendar(), "a calendar without events"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTST", "event 1 The file ends in the middle of it."),
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


def test_one_broken_event_spoils_no_other(tmp_path: Path) -> None:
    """Each is read, or told with its number: one without a time, one with lines that are none, one cut off."""
    path = tmp_path / "a.ics"
    path.write_bytes(
        calendar(
            event(uid="1", DTSTART="INVALID"),
            event("BEGIN:VALARM", "DESCRIPTION:Reminder", ":::", "X", uid="2"),
            "BEGIN:VTODO\nUID:t\nEND:VTODO\nBEGIN:VTIMEZONE\nTZID:x\nX\n",
            event("ATTENDEE;;=:::", "SEQUENCE:x", uid="3").replace("END:VEVENT\n", ""),
        )
        + calendar(event(uid="4"), event(uid="5"))[:-60]
    )
    items = read_path(path)
    read_ones = [message.event.uid for message in messages(items) if message.event]
    assert read_ones == ["2", "3", "4"]
    assert all(message.body == "" for message in messages(items))
    told = [(item.place.rpartition(", ")[2], item.reason) for item in items if isinstance(item, Unreadable)]
    assert told == [
        ("event 1", "It has no beginning, or none that exists: export it anew."),
        ("event 5", "The file ends in the middle of it. Export it again as .ics."),
    ]
    assert "task" in reasons(items)


def starts(folder: Path, name: str, local: str, *before: str) -> tuple[str, bool]:
    """Return when an event in a zone begins, in UTC, and whether its zone is known."""
    inside = event(**{"DTSTART": "", f"DTSTART;TZID={name}": local})
    (message,) = read(folder, calendar(*before, inside))
    assert message.event is not None
    return datetime.fromtimestamp(message.event.starts / 1000, UTC).strftime(
        "%m-%d %H:%M"
    ), message.event.zone


@pytest.mark.parametrize(
    ("name", "local", "found"),
    [
        ("America/New_York", "20260112T100000", ("01-12 15:00", True)),
        ('"Europe/Berlin"', "20260712T100000", ("07-12 08:00", True)),
        ("/mozilla.org/20070129_1/America/New_York", "20260712T100000", ("07-12 14:00", True)),
        ("/x.example/America/Argentina/Buenos_Aires", "20260712T100000", ("07-12 13:00", True)),
        ("W. Europe Standard Time", "20260712T100000", ("07-12 08:00", True)),
        ('"tzone://Microsoft/Utc"', "20260712T100000", ("07-12 10:00", True)),
        ("GMT+0530", "20260712T100000", ("07-12 04:30", True)),
        ("UTC-08", "20260712T100000", ("07-12 18:00", True)),
        ('"tzone://Microsoft/Custom"', "20260712T100000", ("07-12 10:00", False)),
        ("Customized Time Zone 1", "20260712T100000", ("07-12 10:00", False)),
        ("../../../etc/passwd", "20260712T100000", ("07-12 10:00", False)),
        ("America", "20260712T100000", ("07-12 10:00", False)),
    ],
)
def test_zones_that_are_named(tmp_path: Path, name: str, local: str, found: tuple[str, bool]) -> None:
    """Names of the database and of Windows; one that nobody knows leaves the time as it is."""
    assert starts(tmp_path, name, local) == found


@pytest.mark.parametrize(
    ("local", "found"),
    [
        ("20260308T015900", "03-08 09:59"),
        ("20260308T030000", "03-08 10:00"),
        ("20260712T100000", "07-12 17:00"),
        ("20261101T005900", "11-01 07:59"),
        ("20261101T020000", "11-01 10:00"),
        ("20261231T235900", "01-01 07:59"),
    ],
)
def test_zones_that_are_explained(tmp_path: Path, local: str, found: str) -> None:
    """The calendar's own rules hold, to the minute of the change, whatever the zone is called."""
    assert starts(tmp_path, "Mine", local, PACIFIC.format(name="Mine")) == (found, True)
    lying = PACIFIC.format(name="Europe/Berlin")
    assert starts(tmp_path, "Europe/Berlin", local, lying) == (found, True)


def test_a_zone_holds_for_its_own_calendar(tmp_path: Path) -> None:
    """Two senders mean different zones by one name, also in one file; who explains none has none."""
    local = {"DTSTART": "", "DTSTART;TZID=Mine": "20260312T120000"}
    east = calendar(zone("Mine", "+0200"), event(uid="a", **local))
    west = calendar(event(uid="b", **local), zone("Mine", "-0800"))
    found = [each.event for each in read(tmp_path, east + west + calendar(event(uid="c", **local)))]
    hours = [(datetime.fromtimestamp(each.starts / 1000, UTC).hour, each.zone) for each in found if each]
    assert hours == [(10, True), (20, True), (12, False)]


@pytest.mark.parametrize(
    "rule",
    ["RRULE:FREQ=SECONDLY\n", "RRULE:FREQ=YEARLY;INTERVAL=0\n", "RRULE:FREQ=YEARLY;BYSECOND=1,2,3\n"],
)
def test_a_zone_that_no_clock_has(tmp_path: Path, rule: str) -> None:
    """A clock that would be changed each second is not followed: the time stays as it is written."""
    assert starts(tmp_path, "Mine", "20260312T120000", zone("Mine", "+0200", rule)) == ("03-12 12:00", False)


@pytest.mark.parametrize(
    ("method", "status", "kept"),
    [
        ("REQUEST", "CONFIRMED", "request"),
        ("PUBLISH", "CONFIRMED", ""),
        ("", "", ""),
        ("REQUEST", "CANCELLED", "cancelled"),
        ("COUNTER", "", "counter"),
        ("REPLY", "", "reply"),
    ],
)
def test_what_it_is(tmp_path: Path, method: str, status: str, kept: str) -> None:
    """Method and status make one word."""
    (message,) = read(tmp_path, calendar(event(STATUS=status), method=method))
    assert message.event is not None
    assert message.event.status == kept


def test_a_reply_is_from_whoever_was_invited(tmp_path: Path) -> None:
    """Who answers is the sender, the organizer receives it."""
    inside = event("ATTENDEE;PARTSTAT=ACCEPTED:MAILTO:robin@vale.example")
    (message,) = read(tmp_path, calendar(inside, method="REPLY"))
    assert message.sender.email == "robin@vale.example"
    assert [each.email for each in message.recipients] == ["dana@northgate.example"]


def test_a_cancellation_may_name_no_time(tmp_path: Path) -> None:
    """It joins by its UID, and says that it is cancelled."""
    (message,) = read(tmp_path, calendar(event(DTSTART=""), method="CANCEL"))
    assert message.event is not None
    assert (message.event.starts, message.threads[1]) == (0, "ics:1@northgate.example")
    assert appointment(message.event) == "cancelled"


@pytest.mark.parametrize("method", ["", "PUBLISH"])
def test_an_export_stamps_anew(tmp_path: Path, method: str) -> None:
    """A calendar that was exported says when its events were made; two exports of it are the same messages."""
    first, second = (
        read(tmp_path, calendar(event("CREATED:20260301T080000Z", DTSTAMP=stamp), method=method))
        for stamp in ("20260310T093005Z", "20260401T000000Z")
    )
    assert first == second
    assert iso(first[0].at) == "2026-03-01T09:00:00+01:00"
    moved = calendar(event("CREATED:20260301T080000Z", DTSTART="20260313T220000Z"), method=method)
    assert read(tmp_path, moved)[0].k != first[0].k


def test_the_key_of_what_was_sent(tmp_path: Path) -> None:
    """It stays as it is: of an event that is known, a second reading adds nothing."""
    message, _ = only(tmp_path, "SEQUENCE:2")
    assert message.k == "ics:0933684a5f731e4b3e7e603768b5682e"


GOOGLE = (
    "Intro call.\\n\\n-::~:~::~:~:~::-\\nJoin with Google Meet: https://meet.google.com/abc-defg-hij\\n"
    "Or dial: (US) +1 415-555-0155 PIN: 123#\\n-::~:~::~:~:~::-\\nSee you!\\n"
)
TEAMS = (
    f"Interview.\\n{'_' * 60}\\nMicrosoft Teams Need help?\\nJoin: https://teams.microsoft.com/l/meetup-join/19%3a"
    f"abc\\nDial in by phone +1 415-555-0155\\n{'_' * 60}\\nBring an id."
)
ZOOM = (
    "Dana is inviting you to a scheduled Zoom meeting.\\n\\nJoin Zoom Meeting\\nhttps://us02web.zoom.us/j/1?pwd=x\\n\\n"
    "Meeting ID: 812 3456 7890\\nPasscode: 1\\nOne tap mobile\\n+14155550155\\,\\,81234567890# US\\n\\nWe talk about pay."
)


@pytest.mark.parametrize(
    ("description", "words"),
    [
        (GOOGLE, "Intro call.\n\nSee you!\n\nJoin: https://meet.google.com/abc-defg-hij"),
        (TEAMS, "Interview.\nBring an id.\n\nJoin: https://teams.microsoft.com/l/meetup-join/19%3aabc"),
        (ZOOM, "We talk about pay.\n\nJoin: https://us02web.zoom.us/j/1?pwd=x"),
        ("<p>Hello <b>Robin</b></p><br>See you", "Hello Robin\n\nSee you"),
    ],
)
def test_boilerplate_is_told_from_words(tmp_path: Path, description: str, words: str) -> None:
    """What programs write is folded away, what the sender wrote before and behind it stays; HTML is text."""
    message, _ = only(tmp_path, f"DESCRIPTION:{description}")
    assert message.body == words
    assert ("415-555-0155" in message.footer) == ("415-555-0155" in description)


def test_where_to_join_may_stand_apart(tmp_path: Path) -> None:
    """Google and Teams have a property of their own for it."""
    message, _ = only(tmp_path, "X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij")
    assert message.body == "Join: https://meet.google.com/abc-defg-hij"


def test_folding_cuts_anywhere(tmp_path: Path) -> None:
    """Also in the middle of a letter; three kinds of line ends read alike, and so does a mark before it."""
    text = "Gespräch über Zürich".encode()
    plain = calendar(event(SUMMARY=text.decode()))
    (expected,) = read(tmp_path, plain)
    assert expected.subject == text.decode()
    folded = b"\r\n ".join(text[place : place + 1] for place in range(len(text)))
    for data in (
        plain.replace(text, folded),
        plain.replace(b"\r\n", b"\n"),
        plain.replace(b"\r\n", b"\r"),
        b"\xef\xbb\xbf" + plain,
    ):
        assert read(tmp_path, data) == [expected]


def in_a_mail(head: str, inside: bytes) -> Message:
    """Return a mail with a calendar as one of its parts."""
    kind, body = multipart(
        "mixed", "Content-Type: text/plain\n\nPlease join us.\n", head.encode() + b"\n\n" + inside
    )
    (message,) = messages(read_all([identify_text(a_mail(body, content_type=kind))]))
    return message


@pytest.mark.parametrize(
    "head",
    [
        "Content-Type: TEXT/Calendar; charset=utf-8",
        "Content-Type: application/ics",
        'Content-Type: text/calendar\nContent-Disposition: attachment; filename="invite.ics"',
        'Content-Type: application/octet-stream\nContent-Disposition: attachment; filename="Invite.ICS"',
    ],
)
def test_a_calendar_in_a_mail(tmp_path: Path, head: str) -> None:
    """The mail has the event, and the thread that a file of it has."""
    inside = calendar(event("SEQUENCE:1")).replace(b"\r\n", b"\n")
    message = in_a_mail(head, inside)
    assert message.event == read(tmp_path, inside)[0].event
    assert message.body == "Please join us."
    assert message.threads == ("<m1@northgate.example>", "ics:1@northgate.example")


def test_a_broken_calendar_leaves_the_mail() -> None:
    """Of a mail, the words are what matters."""
    message = in_a_mail(
        "Content-Type: text/calendar", b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:x\nEND:VEVENT\n"
    )
    assert (message.event, message.body) == (None, "Please join us.")


def test_a_mail_that_is_an_invitation() -> None:
    """Without words of its own, those of the event are its text."""
    inside = calendar(event("DESCRIPTION:About the role."))
    (message,) = messages(read_all([identify_text(a_mail(inside, content_type="text/calendar"))]))
    assert message.body == "About the role."
    assert message.event is not None


def test_hostile_sizes(tmp_path: Path) -> None:
    """Endless lines, folds, zones, people and depth are bounded, and the event behind them is read."""
    people = ["ATTENDEE:mailto:a@x.example"] * 5_000
    zones = "".join(PACIFIC.format(name=f"Z{number}") for number in range(400))
    endless = "DESCRIPTION:" + "x" * 2_000_000
    bad = event(endless, *people, *["BEGIN:X"] * 5_000, "ATTACH:" + "y" * 2_000_000, " y" * 100_000, uid="1")
    first, sound = read(tmp_path, calendar(zones, bad, event(uid="2", SUMMARY="Sound")))
    assert len(first.body) < 500_000
    assert len(first.recipients) == 100
    assert sound.subject == "Sound"


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *("BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "METHOD:CANCEL", " fold"),
                *("BEGIN:VTIMEZONE", "TZID:Mine", "BEGIN:STANDARD", "END:STANDARD", "END:VTIMEZONE", ""),
                *(
                    "DTSTART:20260312T150000Z",
                    "DTSTART;TZID=Mine:20260312T150000",
                    "DTSTART:99991231T235959Z",
                ),
                *("DTSTART:00010101T000000", "TZOFFSETTO:+0200", "TZOFFSETFROM:-2359", "TZOFFSETTO:+9999"),
                *("RRULE:FREQ=YEARLY;BYDAY=5SU;BYMONTH=2", "RRULE:FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2"),
                *("RRULE:FREQ=YEARLY;BYMONTH=13", "RRULE:;;=;COUNT=0", "RDATE:20260101T000000,x", "UID:1"),
                *("DTSTAMP:20260310T093005Z", "DURATION:PT99999999S", "DURATION:-P", "SEQUENCE:\u0663"),
                *(
                    "ATTENDEE;CN=^n\"':mailto:",
                    "DESCRIPTION:<p>a\\",
                    "SEQUENCE:99999999999999",
                    'ORGANIZER;CN=":a',
                ),
            ]
        ),
        st.text(max_size=30),
    ),
    max_size=40,
)


@given(LINES)
def test_nothing_raises(lines: list[str]) -> None:
    """Whatever stands in a calendar, it is read or told, and the same each time."""
    data = "\n".join(["BEGIN:VCALENDAR", *lines]).encode("utf-8", "replace")
    items = read_all([identify_text(data)])
    assert all(isinstance(item, Message | Skipped | Unreadable) for item in items)
    assert items == read_all([identify_text(data)])
    for message in messages(items):
        assert message.event is not None
        appointment(message.event)


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
