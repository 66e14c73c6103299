"""A calendar taken apart: its events and zones one by one, so that a bad one takes no other with it."""

import re
import warnings
from collections.abc import Iterator
from datetime import UTC, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, NamedTuple

from store.sources.charsets import decode

if TYPE_CHECKING:
    from icalendar import Component

_APART = (b"VCALENDAR", b"VTIMEZONE", b"VEVENT", b"VTODO", b"VJOURNAL", b"VFREEBUSY", b"VAVAILABILITY")
_READ = {
    *(b"UID", b"RECURRENCE-ID", b"SEQUENCE", b"STATUS", b"DTSTAMP", b"CREATED", b"LAST-MODIFIED", b"DTSTART"),
    *(b"DTEND", b"DURATION", b"SUMMARY", b"DESCRIPTION", b"LOCATION", b"ORGANIZER", b"ATTENDEE", b"URL"),
    *(b"CONFERENCE", b"X-GOOGLE-CONFERENCE", b"X-MICROSOFT-SKYPETEAMSMEETINGURL"),
}
"""Properties of an event that are read; the library sees no other."""
_MOST_LINES = 2_000
_LONGEST = 256 * 1024
"""Bytes of a line, unfolded."""
_MOST_ZONES, _MOST_RULES = 40, 16
_FOLD = re.compile(rb"(?<!\n)\n+[ \t]")
_NAME = re.compile(rb"[ \t]*([A-Za-z-]{1,60})[ \t]*[;:]")
_ZONED = re.compile(r"^((?:DTSTART|DTEND)\b[^:\n]{0,300});TZID=", re.IGNORECASE | re.MULTILINE)
_RULE = re.compile(
    rb"RRULE:(?:(?:FREQ=YEARLY|INTERVAL=1|BYMONTH=\d{1,2}|BYDAY=[+-]?\d?[A-Z]{2}|BYMONTHDAY=[\d,]{1,40}"
    rb"|UNTIL=\w{8,16}|COUNT=\d{1,4}|WKST=[A-Z]{2});?){1,9}\s*$",
    re.IGNORECASE,
)
"""Rules of clocks. One that changes each second would be followed second by second for centuries."""
_ANCIENT = re.compile(rb"DTSTART[^:]{0,80}:(?:0|1[0-5])", re.IGNORECASE)
"""Programs let zones begin in 1601 at the earliest; each year since is looked at."""
_FIXED = re.compile(r"(?:UTC|GMT)([+-])(\d{1,2}):?([0-5]\d)?$")
_OUTLOOK_UTC = "tzone://Microsoft/Utc"


class Calendar:
    """What holds for all events of one calendar; a file may have several."""

    def __init__(self) -> None:
        self.method = ""
        """In upper case."""
        self.zones: dict[str, tzinfo | None] = {}
        """Those that it explains; None for an explanation that cannot be followed."""


class Piece(NamedTuple):
    """One component of a calendar."""

    kind: bytes
    lines: list[bytes]
    """Unfolded; of an event, those of its own that are read."""
    calendar: Calendar
    cut: bool = False
    """Whether the file ends within it."""


def pieces(data: bytes) -> list[Piece]:
    """Take a file apart. A piece ends where the next one begins, too."""
    found: list[Piece] = []
    calendar = Calendar()
    held: Piece | None = None
    depth = 0
    for line in _unfolded(data):
        verb, _, rest = (part.strip().upper() for part in line[:60].partition(b":"))
        if verb == b"BEGIN" and rest in _APART:
            calendar = Calendar() if rest == b"VCALENDAR" else calendar
            held, depth = Piece(rest, [], calendar), 0
            found.append(held)
        elif verb == b"METHOD" and (held is None or held.kind == b"VCALENDAR"):
            calendar.method = rest.decode("ascii", "replace")
        elif held is None:
            continue
        elif verb == b"END" and rest == held.kind:
            held = None
        elif held.kind == b"VTIMEZONE" or (held.kind == b"VEVENT" and not depth and _is_read(line)):
            if len(held.lines) < _MOST_LINES:
                held.lines.append(line)
        elif verb in (b"BEGIN", b"END"):
            depth += 1 if verb == b"BEGIN" else -1
    if held is not None:
        found[-1] = held._replace(cut=True)
    for piece in found:
        if piece.kind == b"VTIMEZONE" and len(piece.calendar.zones) < _MOST_ZONES:
            name, zone = _explained(piece.lines)
            piece.calendar.zones.setdefault(name, zone)
    return found


def _unfolded(data: bytes) -> Iterator[bytes]:
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    for line in _FOLD.sub(b"", data).split(b"\n"):
        yield line[:_LONGEST]


def _is_read(line: bytes) -> bool:
    name = _NAME.match(line[:70])
    return name is not None and name[1].upper() in _READ


def component_of(piece: Piece) -> "Component":
    """Return an event as the library reads it; raises whatever the library raises at what is odd."""
    text = _ZONED.sub(r"\1;X-TZID=", decode(b"\n".join(piece.lines)))
    return _parsed(f"BEGIN:VEVENT\n{text}\nEND:VEVENT\n")


def _parsed(text: str) -> "Component":
    from icalendar import Component

    return Component.from_ical(text)


def _explained(lines: list[bytes]) -> tuple[str, tzinfo | None]:
    """Return the name of a zone and what its calendar says of it.

    The library is told it without its name: under that it would keep the zone for every other file, and
    two senders mean different ones by `Customized Time Zone 1`.
    """
    names = [line for line in lines if line[:4].upper() == b"TZID"]
    rules = [line for line in lines if line[:5].upper() == b"RRULE"]
    name = decode(names[0]).partition(":")[2].strip() if names else ""
    if len(rules) > _MOST_RULES or not all(map(_RULE.match, rules)) or any(map(_ANCIENT.match, lines)):
        return name, None
    text = decode(b"\n".join(line for line in lines if line not in names))
    try:
        zone = _parsed(f"BEGIN:VTIMEZONE\n{text}\nEND:VTIMEZONE\n")
        zone["TZID"] = "own"
        return name, zone.to_tz(lookup_tzid=False)  # type: ignore[attr-defined]
    except Exception:  # the library raises anything at what is odd; the name may be known without it
        return name, None


def zone_named(name: str, calendar: Calendar) -> tzinfo | None:
    """Return a zone by what its calendar says, else by its name; None where nobody knows it."""
    if not name or (own := calendar.zones.get(name)) is not None:
        return own if name else None
    if name == _OUTLOOK_UTC:
        return UTC
    if fixed := _FIXED.match(name):
        east = timedelta(hours=int(fixed[2]), minutes=int(fixed[3] or 0))
        return timezone(-east if fixed[1] == "-" else east) if east < timedelta(days=1) else None
    from icalendar.timezone import tzp

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it tells how it guesses; a guess is better than none
            return tzp.timezone(name)
    except OSError:  # `America` is a folder of zones
        return None
