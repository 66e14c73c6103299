"""The form in which the demo's opportunities are written down."""

from typing import Literal

import msgspec

from store.records.message import Attachment, Channel, Contact

Place = Literal["new", "later", "waiting", "snoozed", "aside", "done", "trash"]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One message of a timeline."""

    channel: Channel
    when: str
    body: str = ""
    subject: str = ""
    out: bool = False
    """Robin wrote it."""
    quoted: str = ""
    signature: str = ""
    attachments: tuple[Attachment, ...] = ()
    duration: int = 0
    """Seconds."""
    forges: int = 0
    """It claims the Message-ID of the message that many lines before it."""
    sender: Contact | None = None
    """Where it is another one than the recruiter."""


class Approach(msgspec.Struct, frozen=True, kw_only=True):
    """One opportunity: who brought it, what was said, and where Robin put it."""

    slug: str
    """Names its documents."""
    who: Contact
    lines: tuple[Line, ...]
    role: str = ""
    company: str = ""
    pay: str = ""
    mandate: str = ""
    place: Place = "new"
    until: str = ""
    """When a snooze ends, or the nudge of what waits."""
    read: bool = True
    starred: bool = False
    labels: tuple[str, ...] = ()
    note: tuple[str, str] = ("", "")
    """When, and what Robin wrote down."""
    answered: str = ""
    """When Robin answered elsewhere."""
    late: bool = False
    """Old already when it was imported."""


def mail(when: str, subject: str, body: str, signature: str = "", quoted: str = "") -> Line:
    """Make a mail from the recruiter."""
    return Line(
        channel="email",
        when=when,
        subject=subject,
        body=body.strip(),
        signature=signature,
        quoted=quoted.strip(),
    )


def reply(when: str, subject: str, body: str, channel: Channel = "email") -> Line:
    """Make an answer by Robin."""
    return Line(channel=channel, when=when, subject=subject, body=body.strip(), out=True)


def inmail(when: str, subject: str, body: str) -> Line:
    """Make a LinkedIn InMail."""
    return Line(channel="linkedin_inmail", when=when, subject=subject, body=body.strip())


def linkedin(when: str, body: str) -> Line:
    """Make a LinkedIn message."""
    return Line(channel="linkedin_msg", when=when, body=body.strip())


def sms(when: str, body: str) -> Line:
    """Make a text message."""
    return Line(channel="sms", when=when, body=body.strip())


def missed(when: str) -> Line:
    """Make a missed call."""
    return Line(channel="call_missed", when=when)


def call(when: str, minutes: int, body: str = "") -> Line:
    """Make a call that was taken."""
    return Line(channel="call", when=when, duration=minutes * 60, body=body)


def voicemail(when: str, seconds: int, body: str) -> Line:
    """Make a voicemail with its transcript."""
    return Line(channel="voicemail", when=when, duration=seconds, body=body.strip())
