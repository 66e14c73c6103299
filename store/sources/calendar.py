"""Calendars (iCalendar, RFC 5545): files of their own, and invitations that come inside a mail."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Literal

from msgspec.structs import replace

from store.records.message import Contact, Event, Message
from store.sources.calendar_noise import Description, described
from store.sources.calendar_parts import Calendar, Piece, component_of, pieces, zone_named
from store.sources.dates import When, usable
from store.sources.entries import Claimed, Entry, EntrySource
from store.sources.source import Item, Original, Progress, Skipped, Unreadable
from store.sources.text import capped, normalise, one_line

if TYPE_CHECKING:
    from icalendar import Component

READER = 2
"""Version of this reader; grows when it decodes better, so that its reading replaces an older one."""
_LARGEST = 16 * 1024 * 1024
_MOST_EVENTS = 10_000
_MOST_ATTENDEES = 100
_LONGEST = 300
_OTHERS = {
    b"VTODO": "task",
    b"VJOURNAL": "journal",
    b"VFREEBUSY": "free or busy",
    b"VAVAILABILITY": "availability",
}
_STATES: dict[str, Literal["request", "reply", "counter"]] = {
    "REQUEST": "request",
    "REPLY": "reply",
    "COUNTER": "counter",
}
_ANSWERS = ("REPLY", "COUNTER")
"""Methods by which somebody who was invited writes to the organizer."""
_EXPORTS = ("", "PUBLISH")
"""Methods of calendars that nobody sent: their DTSTAMP is often that of the export."""
_JOINS = ("X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "CONFERENCE", "URL", "LOCATION")
"""Properties that may say where the call is joined."""
_CONTENT = ("DTSTART", "DTEND", "DURATION", "SUMMARY", "LOCATION", "DESCRIPTION", "ORGANIZER")
_MARKUP = re.compile(r"<(?:br|p|a|div|span|html|b|ul)\b[^>]{0,2000}>", re.IGNORECASE)
_EARLIEST, _LATEST = 1970, 2100
"""Years between which something can be."""
_CUT = "The file ends in the middle of it. Export it again as .ics."
_NOT_ONE = "This is no calendar that can be read: it has neither events nor an end. Export it again as .ics."


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
    events = others = 0
    for piece in pieces(data):
        if piece.kind in _OTHERS:
            others += 1
            yield Skipped(entry.place, _OTHERS[piece.kind])
        elif piece.kind == b"VEVENT":
            events += 1
            if events > _MOST_EVENTS:
                yield Unreadable(entry.place, f"Only its first {_MOST_EVENTS:,} events are read.")
                break
            yield from _event(piece, entry, f"{entry.place}, event {events}")
    if not events and not others:
        whole = b"END:VCALENDAR" in data.upper()
        yield (
            Skipped(entry.place, "a calendar without events") if whole else Unreadable(entry.place, _NOT_ONE)
        )
    progress(entry.size)


def _event(piece: Piece, entry: Entry, place: str) -> Iterator[Item]:
    if piece.cut:
        yield Unreadable(place, _CUT)
        return
    try:
        found = _message(component_of(piece), piece.calendar)
    except Exception as error:  # the library raises anything at what is odd, and the next event may be sound
        yield Unreadable(place, f"It cannot be read: {one_line(str(error), 100)}.")
        return
    if found is None:
        yield Unreadable(place, "It has no beginning, or none that exists: export it anew.")
        return
    yield found
    if entry.path:
        yield Original(found.k, entry.path, entry.member)


def _message(component: "Component", calendar: Calendar) -> Message | None:
    event = _event_of(component, calendar)
    if event is None:
        return None
    at = _sent(component, calendar) or ((event.starts, event.zone) if event.starts else None)
    if at is None:
        return None
    organizer = _person(_first(component, "ORGANIZER"))
    invited = component.get("ATTENDEE") or []
    invited = invited if isinstance(invited, list) else [invited]
    people = [each for each in map(_person, invited[:_MOST_ATTENDEES]) if each != Contact()]
    if calendar.method in _ANSWERS and len(people) == 1:
        organizer, people = people[0], [organizer]
    description = _words(component)
    key = _key(component, calendar, event, at[0])
    return Message(
        k=key,
        reader=READER,
        channel="calendar",
        at=at[0],
        at_zone=at[1],
        sender=organizer,
        recipients=tuple(each for each in people if each != Contact()),
        subject=one_line(_text(component, "SUMMARY"), _LONGEST),
        body=description.words,
        footer=description.noise,
        threads=(key, f"ics:{event.uid}") if event.uid else (key,),
        event=event,
    )


def _key(component: "Component", calendar: Calendar, event: Event, at: int) -> str:
    """Return what tells this version of this event from all others.

    The stamp is not in it where a program writes it anew into every export; there, the content is. Without
    a UID nothing but the content tells two apart.
    """
    told = [
        event.uid,
        _received(component, "RECURRENCE-ID"),
        str(event.sequence),
        calendar.method,
        event.status,
    ]
    if calendar.method not in _EXPORTS:
        told.append(str(at))
    if calendar.method in _EXPORTS or not event.uid:
        told += [_received(component, name) for name in _CONTENT]
    return "ics:" + blake2b("|".join(told).encode("utf-8", "replace"), digest_size=16).hexdigest()


def _sent(component: "Component", calendar: Calendar) -> When | None:
    """Return when an event was sent or written, as far as it says so."""
    names = ("CREATED", "LAST-MODIFIED", "DTSTAMP") if calendar.method in _EXPORTS else ("DTSTAMP",)
    return next((when for name in names if (when := _moment(component, name, calendar))), None)


def _event_of(component: "Component", calendar: Calendar) -> Event | None:
    """Return what an event says of itself; None where it has no beginning. A cancellation needs none."""
    cancelled = calendar.method == "CANCEL" or _text(component, "STATUS").upper() == "CANCELLED"
    beginning = _moment(component, "DTSTART", calendar)
    if beginning is None:
        if not cancelled or "DTSTART" in component:
            return None
        beginning = (0, True)
    ending = _moment(component, "DTEND", calendar)
    length = _value(component, "DURATION")
    if ending is None and isinstance(length, timedelta):
        ending = usable(beginning[0] + int(length.total_seconds() * 1000), zone=beginning[1])
    start = _value(component, "DTSTART")
    sequence = _text(component, "SEQUENCE")
    return Event(
        uid=one_line(_text(component, "UID"), _LONGEST),
        instance=one_line(_received(component, "RECURRENCE-ID"), _LONGEST),
        sequence=int(sequence) if sequence.isdecimal() and len(sequence) < 10 else 0,
        starts=beginning[0],
        ends=max(ending[0], beginning[0]) if ending else beginning[0],
        all_day=start is not None and not isinstance(start, datetime),
        zone=beginning[1],
        status="cancelled" if cancelled else _STATES.get(calendar.method, ""),
        location=one_line(_text(component, "LOCATION"), _LONGEST),
    )


def _moment(component: "Component", name: str, calendar: Calendar) -> When | None:
    """Return a time and whether its zone is known; None for none."""
    found = _value(component, name)
    if not isinstance(found, date) or not _EARLIEST <= found.year < _LATEST:
        return None
    if not isinstance(found, datetime):
        found = datetime(found.year, found.month, found.day)
    zone = found.tzinfo or zone_named(_first(component, name).params.get("X-TZID", ""), calendar)
    at = found.replace(tzinfo=zone or UTC).timestamp()
    return usable(int(at * 1000), zone=zone is not None)


def _first(component: "Component", name: str) -> Any:
    """Return a property of the library's, the first of several; None where there is none."""
    value = component.get(name)
    return (value[0] if value else None) if isinstance(value, list) else value


def _value(component: "Component", name: str) -> Any:
    """Return the date or the duration that a property is, None where it is none."""
    try:
        return getattr(_first(component, name), "dt", None)
    except ValueError:  # so the library says that it could not read it
        return None


def _text(component: "Component", name: str) -> str:
    value = _first(component, name)
    return str(value) if value is not None else ""


def _received(component: "Component", name: str) -> str:
    value = _first(component, name)
    return value.to_ical().decode("utf-8", "replace") if value is not None else ""


def _person(value: Any) -> Contact:
    if value is None:
        return Contact()
    address = str(value)
    email = address[7:].strip().lower() if address[:7].lower() == "mailto:" else ""
    name = one_line(str(getattr(value, "params", {}).get("CN", "")), _LONGEST)
    return Contact(name="" if name.lower() == email else name, email=email if "@" in email else "")


def _words(component: "Component") -> Description:
    """Return the words of an event and where it is joined, without what a program wrote around them."""
    text = _text(component, "DESCRIPTION")
    if _MARKUP.search(text):
        from store.sources.html import to_text

        text = to_text(text)
    found = described(capped(normalise(text)), *(_text(component, name) for name in _JOINS))
    if not found.join or found.join in found.words:
        return found
    return found._replace(words=f"{found.words}\n\nJoin: {found.join}".strip())


def with_invitation(message: Message, data: bytes) -> Message:
    """Return a mail with the event that it invites to, and the event's thread.

    A mail without words has those of the event.
    """
    piece = next((each for each in pieces(data[:_LARGEST]) if each.kind == b"VEVENT"), None)
    if piece is None or piece.cut:
        return message
    try:
        component = component_of(piece)
        event, description = _event_of(component, piece.calendar), _words(component)
    except Exception:  # of a mail, the words are what matters
        return message
    if event is None:
        return message
    threads = (*message.threads, f"ics:{event.uid}") if event.uid else message.threads
    if not message.body.strip():
        footer = message.footer or description.noise
        message = replace(message, body=description.words, footer=footer)
    return replace(message, event=event, threads=tuple(dict.fromkeys(threads)))
