"""Calendars (iCalendar, RFC 5545): files of their own, and invitations that come inside a mail."""

import re
import warnings
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Literal

from msgspec.structs import replace

from store.records.message import Contact, Event, Message
from store.sources.entries import Claimed, Entry, EntrySource
from store.sources.source import Item, Original, Progress, Skipped, Unreadable
from store.sources.text import capped, normalise, one_line

if TYPE_CHECKING:
    from icalendar import Component

READER = 1
"""Version of this reader; grows when it decodes better, so that its reading replaces an older one."""
_LARGEST = 16 * 1024 * 1024
_MOST_EVENTS = 10_000
_MOST_ATTENDEES = 100
_LONGEST = 300
_OTHERS = {
    "VTODO": "task",
    "VJOURNAL": "journal",
    "VFREEBUSY": "free or busy",
    "VAVAILABILITY": "availability",
}
_STATES: dict[str, Literal["request", "reply", "counter"]] = {
    "REQUEST": "request",
    "REPLY": "reply",
    "COUNTER": "counter",
}
_NOISE = ("-::~:~::~", "________________", "Microsoft Teams Need help?", "Join Zoom Meeting")
"""What programs write into an invitation, behind what its sender wrote."""
_JOIN = re.compile(
    r"https://(?:meet\.google\.com|teams\.microsoft\.com|[\w.-]{0,40}zoom\.us)/[^\s<>\"]{1,300}"
)
"""Where a call is joined."""
_BEGINS = re.compile(rb"^BEGIN:VEVENT\s*$", re.MULTILINE | re.IGNORECASE)
_NOT_ONE = "This is no calendar that can be read: {why}. Export it again as .ics."


def claim(entries: Sequence[Entry]) -> Claimed:
    """Take calendars, which their first line tells."""
    mine = [
        entry for entry in entries if entry.ending in (".ics", ".ical", ".ifb", "") and _is_calendar(entry)
    ]
    taken = set(map(id, mine))
    return Claimed([EntrySource(entry, _read) for entry in mine], [e for e in entries if id(e) not in taken])


def _is_calendar(entry: Entry) -> bool:
    head = entry.head.removeprefix(b"\xef\xbb\xbf").lstrip().upper()
    return head.startswith(b"BEGIN:VCALENDAR") or (entry.ending != "" and b"BEGIN:V" in head)


def _read(entry: Entry, progress: Progress) -> Iterator[Item]:
    with entry.open() as stream:
        data = stream.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        yield Unreadable(entry.place, "This calendar is longer than 16 MB. Export the one event.")
        return
    try:
        calendars = _parse(data)
    except Exception as error:
        yield Unreadable(entry.place, _NOT_ONE.format(why=one_line(str(error), 100).rstrip(".")))
        return
    count = 0
    for calendar in calendars:
        method = _text(calendar, "METHOD").upper()
        for component in calendar.walk():
            kind = str(component.name)
            if kind in _OTHERS:
                yield Skipped(entry.place, _OTHERS[kind])
            elif kind == "VEVENT" and count < _MOST_EVENTS:
                count += 1
                yield from _event(component, method, entry, count)
    begun = len(_BEGINS.findall(data))
    if begun > count:
        missing = f"{begun - count} of {begun} events are not read"
        yield Unreadable(entry.place, f"{missing}: it is cut off, or longer than {_MOST_EVENTS:,} events.")
    elif not count and not any(str(part.name) in _OTHERS for each in calendars for part in each.walk()):
        yield Skipped(entry.place, "a calendar without events")
    progress(entry.size)


def _event(component: "Component", method: str, entry: Entry, number: int) -> Iterator[Item]:
    try:
        found = _message(component, method)
    except Exception as error:  # the library raises anything at what is odd, and the next event may be sound
        yield Unreadable(f"{entry.place}, event {number}", f"It cannot be read: {one_line(str(error), 100)}.")
        return
    if found is None:
        yield Unreadable(f"{entry.place}, event {number}", "It has no beginning, or none that exists.")
        return
    yield found
    yield Original(found.k, entry.path, entry.member)


def invitation(data: bytes) -> Event | None:
    """Return the event that a part of a mail is about, None where there is none."""
    if len(data) > _LARGEST:
        return None
    try:
        for calendar in _parse(data):
            for component in calendar.walk("VEVENT"):
                return _described(component, _text(calendar, "METHOD").upper())
    except Exception:  # of a mail, the words are what matters
        return None
    return None


def _parse(data: bytes) -> list[Any]:
    """Return the calendars in a file; raises whatever the library raises at what is odd."""
    from icalendar import Calendar

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells how it guesses zones; a guess is better than none
        return list(Calendar.from_ical(data.removeprefix(b"\xef\xbb\xbf"), multiple=True))


def _message(component: "Component", method: str) -> Message | None:
    event = _described(component, method)
    if event is None:
        return None
    at = _moment(component.get("DTSTAMP")) or (event.starts, True)
    organizer = _person(component.get("ORGANIZER"))
    invited = component.get("ATTENDEE") or []
    invited = invited if isinstance(invited, list) else [invited]
    summary = one_line(_text(component, "SUMMARY"), _LONGEST)
    description = _text(component, "DESCRIPTION")
    words = capped(normalise(_without_noise(description))).strip()
    if (link := _JOIN.search(description)) and link[0] not in words:
        words = f"{words}\n\nJoin: {link[0]}".strip()
    raw = "|".join((event.uid, _text(component, "RECURRENCE-ID"), str(event.sequence), method, event.status))
    key = "ics:" + blake2b(f"{raw}|{at[0]}".encode("utf-8", "replace"), digest_size=16).hexdigest()
    return Message(
        k=key,
        reader=READER,
        channel="calendar",
        at=at[0],
        at_zone=at[1],
        sender=organizer,
        recipients=tuple(filter(lambda each: each != Contact(), map(_person, invited[:_MOST_ATTENDEES]))),
        subject=summary,
        body=words,
        threads=(key, f"ics:{event.uid}") if event.uid else (key,),
        event=event,
    )


def _described(component: "Component", method: str) -> Event | None:
    """Return what an event says of itself; None where it has no beginning."""
    beginning = _moment(component.get("DTSTART"))
    if beginning is None:
        return None
    ending = _moment(component.get("DTEND"))
    if ending is None and (duration := component.get("DURATION")) is not None:
        length = getattr(duration, "dt", timedelta())
        ending = (beginning[0] + int(length.total_seconds() * 1000), beginning[1])
    start = getattr(component.get("DTSTART"), "dt", None)
    cancelled = method == "CANCEL" or _text(component, "STATUS").upper() == "CANCELLED"
    sequence = _text(component, "SEQUENCE")
    return Event(
        uid=one_line(_text(component, "UID"), _LONGEST),
        instance=one_line(_text(component, "RECURRENCE-ID"), _LONGEST),
        sequence=int(sequence) if sequence.isdecimal() and len(sequence) < 10 else 0,
        starts=beginning[0],
        ends=ending[0] if ending and ending[0] >= beginning[0] else beginning[0],
        all_day=not isinstance(start, datetime),
        zone=beginning[1],
        status="cancelled" if cancelled else _STATES.get(method, ""),
        location=one_line(_text(component, "LOCATION"), _LONGEST),
    )


def _moment(value: Any) -> tuple[int, bool] | None:
    """Return (milliseconds, whether a zone was named) of a date of the library's, None for none."""
    found = getattr(value, "dt", None)
    if isinstance(found, datetime):
        zone = found.tzinfo is not None
        found = found if zone else found.replace(tzinfo=UTC)
    elif isinstance(found, date):
        found, zone = datetime(found.year, found.month, found.day, tzinfo=UTC), False
    else:
        return None
    try:
        at = int(found.timestamp() * 1000)
    except (ValueError, OverflowError):
        return None
    return (at, zone) if at > 0 else None


def _text(component: "Component", name: str) -> str:
    value = component.get(name)
    value = value[0] if isinstance(value, list) and value else value
    if value is None:
        return ""
    return value.to_ical().decode("utf-8", "replace") if name == "RECURRENCE-ID" else str(value)


def _person(value: Any) -> Contact:
    if value is None:
        return Contact()
    value = value[0] if isinstance(value, list) and value else value
    address = str(value)
    email = address[7:].strip().lower() if address[:7].lower() == "mailto:" else ""
    name = one_line(str(getattr(value, "params", {}).get("CN", "")), _LONGEST)
    return Contact(name="" if name.lower() == email else name, email=email if "@" in email else "")


def _without_noise(text: str) -> str:
    cut = min((place for mark in _NOISE if (place := text.find(mark)) >= 0), default=len(text))
    return text[:cut]


def with_invitation(message: Message, data: bytes) -> Message:
    """Return a mail with the event that it invites to, and the event's thread."""
    event = invitation(data)
    if event is None:
        return message
    threads = (*message.threads, f"ics:{event.uid}") if event.uid else message.threads
    return replace(message, event=event, threads=tuple(dict.fromkeys(threads)))
