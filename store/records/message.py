"""A message: one event on one channel. A call and a voicemail are messages too."""

from typing import Any, Literal

import msgspec

from store.records.plain import plain
from store.records.reading import Number

Channel = Literal[
    "email",
    "linkedin_msg",
    "linkedin_inmail",
    "linkedin_invite",
    "sms",
    "mms",
    "call",
    "call_missed",
    "voicemail",
    "whatsapp",
    "calendar",
    "pasted",
]
Direction = Literal["in", "out"]

COARSE_CHANNELS: dict[str, str] = {
    "email": "email",
    "linkedin_msg": "linkedin",
    "linkedin_inmail": "linkedin",
    "linkedin_invite": "linkedin",
    "sms": "text",
    "mms": "text",
    "whatsapp": "text",
    "call": "call",
    "call_missed": "call",
    "voicemail": "voicemail",
    "calendar": "calendar",
    "pasted": "email",
}
"""What a query's `channel:` and a row's mark call each finer kind."""

_NUMBER = 7
"""Digits that make a number also of what holds letters, as an extension; a name may hold fewer."""


class Contact(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Who sent or received a message, as the message says it."""

    name: str = ""
    email: str = ""
    """Address in lower case."""
    phone: str = ""
    """As received; E.164 where a region is known."""
    profile: str = ""
    """Canonical LinkedIn address."""
    firm: str = ""

    def identity(self) -> str:
        """Return the key of the sender's strongest identity, or an empty text."""
        if self.email:
            return "mailto:" + self.email
        if self.phone:
            digits = "".join(c for c in self.phone if c in "+0123456789")
            is_name = len(digits) < _NUMBER and any(map(str.isalpha, self.phone))
            return "tel:" + (self.phone.strip().casefold() if is_name else digits)
        if self.profile:
            return self.profile
        return "name:" + plain(self.name) if self.name.strip() else ""


class Attachment(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """What is known of an attachment; its bytes stay where they were."""

    name: str = ""
    type: str = ""
    size: Number = 0
    """Bytes."""


class Event(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """An appointment that a message is about."""

    uid: str = ""
    instance: str = ""
    """Which of a series, as received (RECURRENCE-ID); empty for all of it."""
    sequence: Number = 0
    """Of versions with one uid the highest holds."""
    starts: Number = 0
    """Milliseconds since 1970; 0 where it does not say."""
    ends: Number = 0
    all_day: bool = False
    zone: bool = True
    """Whether a time zone was named; without one, the times are those of wherever one is."""
    status: Literal["", "request", "reply", "counter", "cancelled"] = ""
    location: str = ""


class Lifted(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """What a reader found in the text: guesses, each of which the user may correct."""

    role: str = ""
    company: str = ""
    """The hiring company."""
    firm: str = ""
    """The recruiter's agency or search firm."""
    location: str = ""
    mode: Literal["", "remote", "hybrid", "on-site"] = ""
    pay: str = ""
    """As stated, such that `rules.pay` reads it."""
    phone: str = ""
    """The sender's: E.164 where the text itself tells the country, else as written."""
    mandate: str = ""
    """One of `opportunity.MANDATES`, or empty."""


class Message(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One event on one channel; all but the last four fields is what was received, those four may be set."""

    k: str = ""
    """The document's key, built from what was received (design 3); readers of sources set it."""
    reader: Number = 0
    """Version of the reader that decoded it; of two copies the higher one's fields win. 0: made by hand."""
    channel: Channel = "email"
    direction: Direction = "in"
    at: Number = 0
    """Milliseconds since 1970 UTC."""
    at_precision: Literal["s", "min", "day"] = "s"
    at_zone: bool = True
    """Whether the source named a time zone."""
    sender: Contact = Contact()
    recipients: tuple[Contact, ...] = ()
    subject: str = ""
    body: str = ""
    """The new part of the text."""
    quoted: str = ""
    signature: str = ""
    footer: str = ""
    attachments: tuple[Attachment, ...] = ()
    threads: tuple[str, ...] = ()
    """Keys of the thread: own id, In-Reply-To, every id in References, Gmail's thread."""
    duration: Number = 0
    """Seconds, of calls and voicemail."""
    event: Event | None = None
    """The appointment it is about, of invitations."""
    signals: tuple[str, ...] = ()
    """Names of the signs of outreach, and of its absence, that a reader found (`rules.outreach`)."""
    lifted: Lifted = Lifted()
    role: str = ""
    company: str = ""
    """The hiring company, where the user gave it."""
    pay: str = ""
    mandate: str = ""
    late: bool = False
    """Older than the silent limit when it was imported: it does not ask for attention."""
    joins: str | None = ""
    """Id of the opportunity it was added to by hand."""
    apart: bool | None = False
    """Split off: it makes an opportunity of its own."""
    read: bool | None = False
    gone: bool | None = False
    """Removed by undo; importing it again brings it back."""

    @property
    def text(self) -> str:
        """The subject and the new part of the text."""
        return f"{self.subject}\n{self.body}"


def message_fields(message: Message) -> dict[str, Any]:
    """Return the message as the plain fields of a new document, defaults left out."""
    fields = msgspec.to_builtins(message)
    if not isinstance(fields, dict):
        raise TypeError("a message is an object")
    return {"channel": message.channel, "at": message.at, **fields}
