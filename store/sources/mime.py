"""A mail (RFC 5322, MIME) to a message. Nothing in the result depends on where the mail was kept.

Only the time does, where the mail itself has none, and what only a container knows: whether the user sent
or read it.
"""

import re
from collections.abc import Callable, Generator, Iterable
from hashlib import blake2b, sha256
from urllib.parse import unquote

import msgspec
from msgspec.structs import replace

from store.records.message import Channel, Contact, Message
from store.rules.outreach import Envelope
from store.rules.profiles import is_linkedin
from store.sources.appraising import lifted, with_signals
from store.sources.body import PARTS_CUT, attachments, forwarded, text_of
from store.sources.dates import When, parse_date, usable
from store.sources.linkedin.mail import (
    linkedin_channel,
    linkedin_sender,
    profile_beside,
    without_notice,
    without_tokens,
)
from store.sources.parts import Headers, Part, read_parts, split_headers
from store.sources.quoting import Split, split
from store.sources.source import Skipped, Unreadable
from store.sources.text import capped, normalise, one_line
from store.sources.words import bounded_id, contacts, message_ids, received

READER = 2
"""Version of this reader; grows when it decodes better, so that its reading replaces an older one."""

KEY = "mail:"
"""What the keys of mails begin with."""
EMAIL: Channel = "email"
MOST_SUBJECT = 1_000
_DAY = 86_400_000
_SURE = frozenset(("from", "received", "message-id", "return-path", "delivered-to"))
_ARRIVED = frozenset(("return-path", "delivered-to"))
"""What the server of whoever receives a mail writes, and nobody before."""
_LIKELY = ("to", "subject", "date", "sender", "reply-to", "cc", "mime-version", "content-type")
_QUOTED_FROM = re.compile(rb"^>+(?=From )", re.MULTILINE)
_ODD_ENDS = re.compile(rb"(?<!\r)\r+\n")
_BULK = ("list", "bulk", "junk")
_BOM = b"\xef\xbb\xbf"
_LINKEDIN_THREAD = re.compile(r"linkedin\.com/(?:comm/)?messaging/thread/([\w=%+-]{4,200})")


Fallback = int | None | Callable[[], int | None]
"""Milliseconds that stand in where a mail has no date, or what finds them out."""


class Mail(msgspec.Struct, frozen=True, gc=False):
    """A mail taken apart into its headers and the bytes behind them, with LF line ends."""

    raw: bytes
    headers: Headers
    start: int
    """Where the body begins."""


def open_mail(raw: bytes) -> Mail:
    """Take a mail apart; never fails."""
    if b"\r" in raw:
        raw = raw.replace(b"\r\n", b"\n")
        raw = _ODD_ENDS.sub(b"\n", raw) if b"\r\n" in raw else raw
    raw = raw.removeprefix(_BOM).strip(b"\n")
    return Mail(raw, *split_headers(raw, 0, len(raw)))


def is_mail(headers: Headers, *, named_so: bool = False) -> bool:
    """Whether headers are those of a mail and not of some other text with colons.

    Of a file that is named as a mail, one header that mails have is enough.
    """
    if headers.have_one_of(_SURE):
        return True
    return sum(name in headers for name in _LIKELY) > (0 if named_so else 1)


def read_mail(
    mail: Mail,
    place: str,
    *,
    fallback_at: Fallback,
    sent: bool = False,
    read: bool = False,
    named_so: bool = False,
) -> Generator[None, None, Message | Unreadable | Skipped]:
    """Read a mail that is taken apart already, step by step; the container says whether it was sent or read.

    `fallback_at` (milliseconds, or what finds them out) stands in where it has no usable date.
    """
    headers = mail.headers
    if not is_mail(headers, named_so=named_so):
        return Unreadable(place, "This is not a mail: it has no headers such as From or Date.")
    if headers.first("subject").endswith("FOLDER INTERNAL DATA"):
        return Skipped(place, "a mail program's own note")
    message = _headed(mail, fallback_at, sent=sent, read=read)
    yield
    root = read_parts(mail.raw, mail.start, headers)
    yield
    relayed = is_linkedin(message.sender.email)
    text = without_tokens(capped(normalise(text_of(root))), relayed=relayed)
    whole = without_tokens(capped(normalise(forwarded(root))), relayed=relayed) if root.children else ""
    yield
    new = split(text)
    yield
    if relayed:
        message, new = _relayed(message, headers, root, text, new)
    message = replace(
        message,
        body=new.body + PARTS_CUT if root.cut else new.body,
        quoted="\n\n".join(filter(None, (new.quoted, whole))),
        signature=new.signature,
        footer=new.footer,
        attachments=attachments(root),
    )
    message = _with_invitation(message, root)
    yield
    message = with_signals(message, _envelope(headers))
    yield
    return lifted(message)


def _headed(mail: Mail, fallback_at: Fallback, *, sent: bool, read: bool) -> Message:
    """Return what the headers tell of a message."""
    headers, key = mail.headers, _key(mail)
    # What stands in comes from names of files and headers of archives, which say anything.
    at, at_zone = _when(headers) or _instead(fallback_at)
    return Message(
        k=key,
        reader=READER,
        channel=EMAIL,
        direction="out" if sent else "in",
        at=at,
        at_zone=at_zone,
        sender=_sender(headers),
        recipients=tuple(contacts(", ".join(headers.all("to") + headers.all("cc")))),
        subject=one_line(received(headers.first("subject")), MOST_SUBJECT),
        threads=_threads(headers, key),
        read=read,
    )


def _relayed(message: Message, headers: Headers, root: Part, text: str, new: Split) -> tuple[Message, Split]:
    """Return a message of LinkedIn and its text; what it relays is from a member, without its own words.

    A link in the text names the conversation.
    """
    links = _LINKEDIN_THREAD.findall(new.footer + new.body)[:1]
    message = replace(message, threads=(*message.threads, *("li:" + unquote(id) for id in links)))
    channel = linkedin_channel(headers, message.sender.email)
    if channel == EMAIL:
        return message, new
    sender = _member(linkedin_sender(headers, message.sender), text, root)
    return replace(message, channel=channel, sender=sender), without_notice(new, message.subject, sender.name)


def _instead(fallback_at: Fallback) -> When:
    at = fallback_at() if callable(fallback_at) else fallback_at
    return usable(at or 0, zone=False) or (0, False)


def _with_invitation(message: Message, root: Part) -> Message:
    """Return a message with the appointment that its mail brings, if any."""
    if root.words():
        return message
    calendar = next(filter(_is_calendar, root.leaves()), None)
    if calendar is None:
        return message
    from store.sources.calendar import with_invitation

    return with_invitation(message, calendar.payload())


def _member(sender: Contact, text: str, root: Part) -> Contact:
    """Return who wrote what LinkedIn relays, with their profile, which often only the HTML links to."""
    profile = profile_beside(text, sender.name)
    if not profile:
        from store.sources.html import to_text

        pages = (normalise(to_text(leaf.text())) for leaf in root.leaves() if leaf.type == "text/html")
        profile = next(filter(None, (profile_beside(page, sender.name) for page in pages)), "")
    return replace(sender, profile=profile)


def _is_calendar(part: Part) -> bool:
    """Tell a calendar by its type, or by its name where the type says nothing."""
    if part.type in ("text/calendar", "application/ics"):
        return True
    names = part.headers.first("content-disposition") + part.headers.first("content-type")
    return part.type == "application/octet-stream" and ".ics" in names[:2_000].lower()


def _envelope(headers: Headers) -> Envelope:
    """Return what the headers tell of how a mail was sent."""
    automatic = headers.first("auto-submitted")
    return Envelope(
        "list-id" in headers or headers.first("precedence").lower() in _BULK,
        bool(automatic) and automatic.lower() != "no",
        "list-unsubscribe" in headers,
        "in-reply-to" in headers,
    )


def _key(mail: Mail) -> str:
    """Build the key from what was received, so that nobody replaces a message by reusing its id."""
    headers = mail.headers
    body = mail.raw[mail.start :]
    if b">" in body and b">From " in body:  # a single byte, which most bodies lack, is found far sooner
        body = _QUOTED_FROM.sub(b"", body)
    identity = _flat(headers.first("message-id"))
    if not identity:
        identity = _flat(headers.first("date")) + "\n" + _flat(headers.first("subject"))
    text = f"{identity}\n{_flat(headers.first('from'))}\n".encode("latin-1")
    text += sha256(body).hexdigest().encode("ascii")
    return KEY + blake2b(text, digest_size=16).hexdigest()


def key_of(raw: bytes) -> str:
    """Return the key that the message of a mail has."""
    return _key(open_mail(raw))


def _flat(value: str) -> str:
    return " ".join(value.split())


def _sender(headers: Headers) -> Contact:
    for name in ("from", "sender", "reply-to", "return-path"):
        value = headers.first(name)
        found = contacts(value) if value else []
        if found:
            return found[0]
    return Contact()


def _when(headers: Headers) -> When | None:
    """Return the date of a mail; where it is a day off from the first hop's clock, that one counts.

    The sender writes both. Only the last hop is the user's own server: nothing was sent a day after that.
    """
    own = parse_date(headers.first("date"))
    hops = headers.all("received")
    if not hops:
        return own
    first = _first_date(reversed(hops[-20:]))
    last = _first_date(hops[:20]) if len(hops) > 1 else first
    if own is None or first is None:
        when = own or first
    else:
        when = own if -_DAY <= own[0] - first[0] <= _DAY else first
    return last if when and last and when[0] > last[0] + _DAY else when


def _first_date(hops: Iterable[str]) -> When | None:
    for line in hops:
        found = parse_date(line.rpartition(";")[2])
        if found is not None:
            return found
    return None


def _threads(headers: Headers, key: str) -> tuple[str, ...]:
    """Return every key by which the mail belongs to a conversation, its own id first.

    Mails that share the first one are shown as versions of one mail, so one without an id gets its own key.
    """
    own = _flat(headers.first("message-id"))
    found = message_ids(own)[:1] or [bounded_id(f"<{own}>") if own else key]
    if answered := headers.first("in-reply-to"):
        found += message_ids(answered[:20_000])
    if references := headers.first("references"):
        found += message_ids(references[:100_000])
    gmail = headers.first("x-gm-thrid")
    if gmail.isascii() and gmail.isdecimal():
        found.append("gm:" + gmail[:30])
    return tuple(dict.fromkeys(found))


def own_addresses(headers: Headers, *, sent: bool) -> list[str]:
    """Return the addresses that a mail shows to be the user's own.

    What was received says nothing, even where it was filed with what was sent.

    `Delivered-To` counts only above the first `Received`: what stands below came with the mail, and where
    there is none, no server wrote it.
    """
    sent = sent and not headers.have_one_of(_ARRIVED)
    found = [contact.email for contact in contacts(headers.first("from"))[:1]] if sent else []
    if "delivered-to" in headers:
        names = headers.names()
        if "received" in names[names.index("delivered-to") :]:
            delivered = contacts(headers.first("delivered-to"))
            found += [contact.email for contact in delivered] if len(delivered) == 1 else []
    return [email for email in found if email]
