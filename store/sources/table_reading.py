"""One row of a table of approaches as a message; what no field can hold stays in the text."""

import re
from collections.abc import Mapping, Sequence

from store.records.message import Channel, Contact, Message
from store.records.opportunity import MANDATES
from store.rules.profiles import canonical_profile
from store.sources.phone.numbers import as_number
from store.sources.text import capped, normalise, one_line
from store.sources.words import contacts
from store.sources.written_dates import Order, Written, read_date

READER = 2
"""Version of this reader; grows when it decodes better, so that its reading replaces an older one."""
_LONGEST = 300
_CHANNELS: Mapping[str, Channel] = {
    "email": "email",
    "e-mail": "email",
    "mail": "email",
    "linkedin": "linkedin_msg",
    "linkedin message": "linkedin_msg",
    "li": "linkedin_msg",
    "inmail": "linkedin_inmail",
    "linkedin inmail": "linkedin_inmail",
    "invitation": "linkedin_invite",
    "call": "call",
    "phone": "call",
    "phone call": "call",
    "anruf": "call",
    "telefon": "call",
    "appel": "call",
    "llamada": "call",
    "chiamata": "call",
    "missed call": "call_missed",
    "voicemail": "voicemail",
    "vm": "voicemail",
    "text": "sms",
    "sms": "sms",
    "whatsapp": "whatsapp",
    "calendar": "calendar",
}
_WITHIN: Sequence[tuple[str, Channel]] = (
    ("inmail", "linkedin_inmail"),
    ("linkedin", "linkedin_msg"),
    ("whatsapp", "whatsapp"),
    ("voicemail", "voicemail"),
    ("missed", "call_missed"),
    ("sms", "sms"),
    ("mail", "email"),
    ("call", "call"),
    ("phone", "call"),
)
"""Words that tell a channel of which more is said; the surest first."""
_ADDRESS = re.compile(r"[^\s<>,;\"()]{1,100}@[^\s<>,;\"()]{1,100}\.[^\s<>,;\"()]{2,60}")

Cell = tuple[str, str]
"""What its column is called, and its value."""


class UnclearError(Exception):
    """A row says too little; its text is a sentence."""


class _Cells:
    """The cells of a row by their fields; what cannot be held by a field is gathered."""

    def __init__(self, values: Mapping[str, Cell], rest: Sequence[Cell]) -> None:
        self._values = values
        self.rest = list(rest)

    def value(self, field: str) -> str:
        """Return what stands in a field, as it is."""
        return self._values.get(field, ("", ""))[1]

    def line(self, field: str) -> str:
        """Return a field on one line; of one that is too long, all of it is kept in the text."""
        value = self.value(field)
        held = one_line(value, _LONGEST)
        if held != one_line(value, len(value) + 1):
            self.keep(field)
        return held

    def keep(self, field: str) -> None:
        """Have a cell in the text, too."""
        if field in self._values:
            self.rest.append(self._values[field])


def message_of(key: str, values: Mapping[str, Cell], rest: Sequence[Cell], order: Order) -> Message:
    """Return the message of a row; raises UnclearError where it says too little.

    `values` are cells by their field, `rest` those of columns that stand for none.
    """
    cells = _Cells(values, rest)
    when = _date(cells, order)
    sender = _sender(cells)
    channel = _channel(cells)
    mandate = cells.value("mandate").casefold()
    if mandate not in MANDATES:
        cells.keep("mandate")
    subject, role, company, pay = map(cells.line, ("subject", "role", "company", "pay"))
    body = "\n".join((cells.value("message"), *(f"{name}: {value}" for name, value in cells.rest)))
    body = capped(normalise(body)).strip()
    if sender == Contact() and not body:
        raise UnclearError("It says neither who wrote nor what.")
    return Message(
        k=key,
        reader=READER,
        channel=channel,
        at=when.at,
        at_precision=when.precision,
        at_zone=when.zone,
        sender=sender,
        body=body,
        threads=(key,),
        mandate=mandate if mandate in MANDATES else "",
        subject=subject,
        role=role,
        company=company,
        pay=pay,
    )


def _date(cells: _Cells, order: Order) -> Written:
    text = cells.value("date")
    when = read_date(text, order)
    if when is None:
        said = one_line(text, 40)
        raise UnclearError(f"Its date cannot be read: {said}." if said else "It has no date.")
    if when.precision == "day" and (time := cells.value("time")):
        timed = read_date(f"{text} {time}", order)
        if timed is None or timed.precision == "day":
            cells.keep("time")
        else:
            return timed
    return when


def _sender(cells: _Cells) -> Contact:
    name = cells.line("from")
    found = _ADDRESS.search(cells.value("email")[:1_000])
    email = found[0].lower() if found else ""
    if cells.value("email").lower() != email:
        cells.keep("email")
    if "@" in name:
        parsed = contacts(name)
        name = parsed[0].name if len(parsed) == 1 else name
        email = email or (parsed[0].email if len(parsed) == 1 else "")
    profile = canonical_profile(cells.value("profile"))
    if not profile:
        cells.keep("profile")
    phone = as_number(cells.line("phone"))
    return Contact(name=name, email=email, phone=phone, profile=profile, firm=cells.line("firm"))


def _channel(cells: _Cells) -> Channel:
    """Return the channel that a cell names; where it says more, or none that is known, it is kept."""
    said = " ".join(cells.value("channel").casefold().split())
    if said in _CHANNELS:
        return _CHANNELS[said]
    cells.keep("channel")
    return next((channel for word, channel in _WITHIN if word in said), "pasted")
