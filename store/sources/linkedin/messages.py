"""`messages.csv`: every conversation, in the layout of any year since 2018."""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha1
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from msgspec.structs import replace

from store.clock import DAY
from store.records.message import Attachment, Channel, Contact, Message
from store.rules.profiles import canonical_profile
from store.sources.entries import Entry
from store.sources.html import to_text
from store.sources.linkedin.moments import Moment, moment
from store.sources.linkedin.tables import Layout, Row, UnknownLayoutError, rows
from store.sources.source import Item, Original, Progress, Skipped, Unreadable
from store.sources.text import capped, normalise, one_line

READER = 2
"""Version of this reader; grows when it decodes better, so that its reading replaces an older one."""
MESSAGES = Layout(("conversation id", "from", "to", "date", "content"), "date")
MESSAGES_OF_2018 = Layout(("from", "to", "date", "content", "direction"), "date")
_LONGEST_NAME = 200
_MOST_SUBJECT = 1_000
_GLUED = 200
"""A text longer than this without a line end had its paragraphs joined by two spaces."""
_FEWEST = 12
"""Characters, white space apart, by which a message is known."""
_SPACE = re.compile(r"\s+")
_JOINED = re.compile(" {2,}")
_MARKUP = re.compile(r"\s*<p[ >]")
_LISTED = re.compile(r"[,;]")
_SYSTEM = re.compile(
    r"^(?:the )?LinkedIn(?:[ -](?:Premium|Team|Jobs|News|Learning|Member Services|Recruiter|Sales|Talent"
    r"|Support|Help|Ads|Marketing|Careers|Customer|Editors)\b.{0,40})?$|@ LinkedIn \w",
    re.IGNORECASE,
)
"""What LinkedIn calls itself; closed accounts are called something else in each language."""
NOBODY = "LinkedIn Member"
"""What stands for whoever closed their account."""


class Me(NamedTuple):
    """Who exported it, as far as that is known."""

    profile: str
    name: str


class _First(NamedTuple):
    """The first message of a conversation, which tells an InMail from a message."""

    at: int
    is_inmail: bool


def read_messages(entry: Entry, progress: Progress, me: Me, connected: Mapping[str, int]) -> Iterator[Item]:
    """Yield messages; drafts, advertisements and LinkedIn's own news are skipped and counted."""
    try:
        first = _first_messages(entry, me, connected)
        layout = MESSAGES
    except UnknownLayoutError as error:
        if "direction" not in error.columns:
            raise
        first, layout = {}, MESSAGES_OF_2018
    unsure = True
    for row in rows(entry, layout, progress):
        place = f"{entry.place}, line {row.line}"
        if row.problem:
            yield Unreadable(place, row.problem)
            continue
        if layout is MESSAGES and unsure and not (me.profile or me.name):
            unsure = False
            yield Unreadable(
                entry.place,
                "Nothing says who exported it, so all its messages are taken as received. "
                "Pull the whole export, with Invitations.csv or Profile.csv.",
            )
        yield from _read_row(row, place, entry, me, first)


def _first_messages(entry: Entry, me: Me, connected: Mapping[str, int]) -> dict[str, _First]:
    """Look at how each conversation began; only this much of the table is held."""
    first: dict[str, _First] = {}
    for row in rows(entry, MESSAGES):
        if row.problem:
            continue
        cells = row.cells
        when = moment(cells["date"])
        conversation = cells["conversation id"].strip()
        if when is None or not conversation or _draft(cells):
            continue
        known = first.get(conversation)
        if known is not None and known.at <= when.at:
            continue
        sender = canonical_profile(cells.get("sender profile url", ""))
        since = connected.get(sender, connected.get(" ".join(cells["from"].split()).casefold()))
        first[conversation] = _First(
            when.at,
            bool(cells.get("subject", "").strip())
            and bool(sender)
            and not _is_me(cells, sender, me)
            and (since is None or since > when.at),
        )
    return first


def _read_row(row: Row, place: str, entry: Entry, me: Me, first: Mapping[str, _First]) -> Iterator[Item]:
    cells = row.cells
    if reason := _skipped(cells):
        yield Skipped(place, reason)
        return
    when = moment(cells["date"])
    if when is None:
        yield Unreadable(place, f"Its date cannot be read: {one_line(cells['date'], 40)}.")
        return
    text = _text(cells)
    attachments = _attachments(cells.get("attachments", ""))
    if not text and not attachments:
        yield Skipped(place, "no words")
        return
    message = _message(cells, when, me, first)
    yield replace(message, body=text or "[attachment]", attachments=attachments)
    yield Original(message.k, entry.path, entry.member, row.line)


def _message(cells: Mapping[str, str], when: Moment, me: Me, first: Mapping[str, _First]) -> Message:
    """Return a row as a message without its text."""
    conversation = cells.get("conversation id", "").strip()
    profile = canonical_profile(cells.get("sender profile url", ""))
    sent = _is_me(cells, profile, me)
    sender = one_line(cells["from"], _LONGEST_NAME)
    other = cells["to"] if sent else cells["from"]
    thread = f"li:{conversation}" if conversation else "li-with:" + _hashed(other.strip())
    words = _hashed(cells["from"] + cells["content"])
    key = f"li:{conversation or _hashed(other)}:{cells['date'].strip()}:{words}"
    profiles = profiles_in(cells.get("recipient profile urls", ""))
    to = Contact(name=one_line(cells["to"], _LONGEST_NAME), profile=profiles[0] if len(profiles) == 1 else "")
    began = first.get(conversation)
    channel: Channel = (
        "linkedin_inmail" if _is_inmail(cells) or (began and began.is_inmail) else "linkedin_msg"
    )
    return Message(
        k=key,
        reader=READER,
        channel=channel,
        direction="out" if sent else "in",
        at=when.at,
        at_precision=when.precision,
        at_zone=when.zone,
        sender=Contact(name="" if sender == NOBODY else sender, profile=profile),
        recipients=(to,),
        subject=one_line(cells.get("subject", ""), _MOST_SUBJECT),
        threads=(key, thread, *_said(other, cells["content"], when)),
    )


def _said(other: str, content: str, when: Moment) -> Iterator[str]:
    """Yield what the rows of one message share in layouts with and without conversations.

    A layout that names no zone may be a day off. Few words are said often, and tell nothing.
    """
    words = _SPACE.sub("", content)
    if len(words) >= _FEWEST:
        said, day = _hashed(other.strip() + words), when.at // DAY
        yield from (f"li-said:{day + off}:{said}" for off in ((0,) if when.zone else (-1, 0, 1)))


def profiles_in(cell: str) -> list[str]:
    """Return the profiles that a cell lists."""
    return [found for found in map(canonical_profile, _LISTED.split(cell)) if found]


def _hashed(text: str) -> str:
    return sha1(text.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def _is_me(cells: Mapping[str, str], profile: str, me: Me) -> bool:
    if direction := cells.get("direction", "").strip().upper():
        return direction == "OUTGOING"
    if profile and me.profile:
        return profile == me.profile
    return bool(me.name) and cells["from"].strip().casefold() == me.name.casefold()


def _skipped(cells: Mapping[str, str]) -> str:
    """Say why a row is no message of a person, or nothing."""
    if _draft(cells):
        return "draft"
    folder = cells.get("folder", "").strip().upper()
    if folder == "SPAM":
        return "spam"
    content = cells["content"].lstrip()
    sponsored = "sponsored" in cells.get("conversation title", "").casefold() or folder == "SPONSORED"
    advert = content.startswith("<p") and not cells.get("sender profile url", "").strip()
    if sponsored or advert or "spinmail" in content:
        return "sponsored"
    return "LinkedIn's own news" if _SYSTEM.search(cells["from"].strip()) else ""


def _draft(cells: Mapping[str, str]) -> bool:
    if any(cells.get(name, "").strip().casefold() in ("yes", "true") for name in _DRAFTS):
        return True
    return "conversation id" in cells and not (
        cells["conversation id"].strip() or cells.get("folder", "").strip()
    )


_DRAFTS = ("is message draft", "is conversation draft")


def _is_inmail(cells: Mapping[str, str]) -> bool:
    folder = cells.get("folder", "").strip().upper()
    return folder == "INMAIL" or "inmail" in cells.get("conversation title", "").casefold()


def _text(cells: Mapping[str, str]) -> str:
    content = cells["content"]
    if _MARKUP.match(content):
        content = to_text(content)
    elif len(content) > _GLUED and "\n" not in content:
        content = _JOINED.sub("\n\n", content)
    return capped(normalise(content)).strip()


def _attachments(cell: str) -> tuple[Attachment, ...]:
    """Name what was attached; the addresses hold tokens and expire, so they are not kept."""
    urls = [url for url in re.split(r"[,;\s]+", cell.strip()) if url.startswith("http")]
    paths = (urlsplit(url).path.rstrip("/") for url in urls[:20])
    names = (one_line(unquote(path).rpartition("/")[2], 120) for path in paths)
    return tuple(Attachment(name=name or "attachment") for name in names)
