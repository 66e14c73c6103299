"""Google Voice in a Takeout: conversations, calls and voicemail with its transcript, a page of HTML each."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from store.records.message import Attachment, Channel, Contact, Direction, Message
from store.sources.dates import usable
from store.sources.entries import Claimed, Entry, guarded
from store.sources.html import is_too_deep
from store.sources.phone.numbers import as_number
from store.sources.source import Item, Original, Own, Progress, Skipped, Source, Unreadable
from store.sources.text import capped, normalise, one_line

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

READER = 2
"""Version of this reader; grows when it decodes better, so that its reading replaces an older one."""
_LARGEST = 16 * 1024 * 1024
_MARKS = (b"hChatLog", b"haudio")
_LABEL = re.compile(r"#(\w+)$")
_DURATION = re.compile(r"PT(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?$")
_KINDS: dict[str, tuple[Channel, Direction]] = {
    "voicemail": ("voicemail", "in"),
    "missed": ("call_missed", "in"),
    "received": ("call", "in"),
    "recorded": ("call", "in"),
    "placed": ("call", "out"),
}
_PLACEHOLDERS = ("MMS Sent", "MMS Received")
_TO = re.compile(
    r"\s*(?:Me to|Voicemail from|Missed call from|Received call from|Placed call to)\s+(.*)", re.DOTALL
)
_NUMBER = re.compile(r"\+?[\d() .-]{5,25}")
_IN_NAME = re.compile(r"(\+?\d{5,15}) - ")
_TELEPHONE = re.compile(rb"^(?:item\d+\.)?TEL[^:\n]*:([+\d() .-]{5,30})[ \t\r]*$", re.MULTILINE)
_LARGEST_CARD = 1024 * 1024
_OWN_CARD = (b"BEGIN:VCARD", b"Google Voice")
_MOST_PEOPLE, _MOST_FILES = 200, 50


def claim(entries: Sequence[Entry]) -> Claimed:
    """Take the pages of Voice, and the card that has the user's own numbers."""
    pages = [entry for entry in entries if entry.ending in (".html", ".htm") and _is_voice(entry)]
    cards = [entry for entry in entries if entry.base_name == "phones.vcf" and (pages or _is_own(entry))]
    if not (pages or cards):
        return Claimed([], list(entries))
    taken = {id(entry) for entry in (*pages, *cards)}
    found: list[Source] = [VoiceSource(pages, cards)]
    return Claimed(found, [entry for entry in entries if id(entry) not in taken])


def _is_voice(entry: Entry) -> bool:
    return any(mark in entry.head for mark in _MARKS) or {"Voice", "Calls"} <= _folders(entry)


def _is_own(card: Entry) -> bool:
    """Tell whether a card is the one of Voice, which lies in a folder above the pages."""
    return all(mark in card.head for mark in _OWN_CARD)


def _folders(entry: Entry) -> set[str]:
    """Return the names of the folders that it lies in, two on the disk and all in an archive."""
    return {*PurePosixPath(entry.name).parent.parts, *PurePosixPath(entry.path).parent.parts[-2:]}


class VoiceSource:
    """The pages of one folder or archive."""

    def __init__(self, pages: Sequence[Entry], cards: Sequence[Entry]) -> None:
        self._pages = sorted(pages, key=lambda entry: entry.name)
        self._cards = cards
        first = (self._pages or cards)[0]
        self.place = first.place if len(pages) < 2 else first.place.rpartition(first.name)[0] or first.place
        self.size = sum(entry.size for entry in pages)

    def read(self, progress: Progress) -> Iterator[Item]:
        """Yield every text and call, page by page in the order of their names.

        Pages on which only the user wrote name nobody's number, so they come last: by then it may be known.
        """
        for card in self._cards:
            yield from guarded(card.place, _own_numbers(card))
        done = 0
        book = _Book()
        alone: list[Entry] = []
        for page in self._pages:
            yield from guarded(page.place, _read_page(page, book, alone))
            done += page.size
            progress(done)
        for page in alone:
            yield from guarded(page.place, _read_page(page, book, None))


class _Book:
    """The numbers of names, as the pages have them together."""

    def __init__(self) -> None:
        self._numbers: dict[str, str] = {}

    def learn(self, contact: Contact) -> None:
        """Take in somebody; a name of two numbers names nobody."""
        if contact.name and contact.phone:
            known = self._numbers.setdefault(contact.name, contact.phone)
            self._numbers[contact.name] = known if known == contact.phone else ""

    def find(self, entry: Entry, title: str) -> Contact:
        """Return whom a page is with on which only the user wrote: by its name, by its title."""
        found = _TO.match(title)
        name = one_line(found[1] if found else "", 200)
        if numbered := _IN_NAME.match(PurePosixPath(entry.name).name):
            number = as_number(numbered[1])
            return Contact(name="" if as_number(name) == number else name, phone=number)
        if _NUMBER.fullmatch(name):
            return Contact(phone=as_number(name))
        return Contact(name=name, phone=self._numbers.get(name, ""))


def _own_numbers(card: Entry) -> Iterator[Item]:
    with card.open() as stream:
        data = stream.read(_LARGEST_CARD)
    for number in _TELEPHONE.findall(data):
        yield Own(phone=as_number(number.decode("ascii").strip()))


def _read_page(entry: Entry, book: _Book, alone: list[Entry] | None) -> Iterator[Item]:
    """Yield what a page holds; where only the user wrote, put the page into `alone`, if that is given."""
    from selectolax.lexbor import LexborHTMLParser

    with entry.open() as stream:
        data = stream.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        yield Unreadable(entry.place, "This page is longer than 16 MB, as no conversation is.")
        return
    html = data.decode("utf-8-sig", "replace").replace("\0", "")
    if is_too_deep(html):
        yield Unreadable(entry.place, "Its elements nest as Voice never writes them, so it was not read.")
        return
    page = LexborHTMLParser(html)
    labels = {found[1] for node in page.css("a[rel=tag]") if (found := _LABEL.search(_href(node)))}
    if reason := _left_out(page, labels, entry):
        yield Skipped(entry.place, reason)
    elif (chat := page.css_first(".hChatLog")) is not None:
        yield from _conversation(chat, _title(page), entry, book, alone)
    elif (call := page.css_first(".haudio")) is not None:
        yield from _call(call, labels, entry, _title(page), book)
    else:
        yield Skipped(entry.place, "no conversation")


def _left_out(page: "LexborHTMLParser", labels: set[str], entry: Entry) -> str:
    """Return why Voice, or the user in it, put a page away; nothing where it is to be read."""
    if "spam" in labels or {"Voice", "Spam"} <= _folders(entry):
        return "spam"
    status = page.css_first(".deletedStatusContainer")
    is_deleted = status is not None and status.text().split()[-1:] == ["True"]
    return "trash" if "trash" in labels or is_deleted else ""


def _conversation(
    chat: "LexborNode", title: str, entry: Entry, book: _Book, alone: list[Entry] | None
) -> Iterator[Item]:
    """Yield the texts of a page; of a group, everybody in it gets what the user wrote."""
    nodes = [node for node in chat.iter() if "message" in _attribute(node, "class").split()]
    cites = [node.css_first("cite.sender") for node in nodes]
    around = next((each for each in chat.iter() if "participants" in _attribute(each, "class").split()), None)
    group = [_contact(each) for each in around.css("cite")[:_MOST_PEOPLE]] if around is not None else []
    others = group or [_contact(cite) for cite in cites if cite is not None and not _is_me(cite)]
    for contact in others:
        book.learn(contact)
    if nodes and not others and alone is not None:
        alone.append(entry)
        return
    to = tuple(dict.fromkeys(others)) or (book.find(entry, title),)
    for number, (node, cite) in enumerate(zip(nodes, cites, strict=True), 1):
        place = f"{entry.place}, message {number}"
        moment = node.css_first("abbr.dt")
        at = _time(moment)
        if at is None or cite is None:
            yield Unreadable(place, "It has no date or no sender, so it was left out. All others were read.")
            continue
        text, files = _text(node.css_first("q")), _attachments(node)
        if text in _PLACEHOLDERS:
            text = ""
        if not text and not files:
            yield Skipped(place, "a message without words")
            continue
        sent, sender = _is_me(cite), _contact(cite)
        key = _key("text", _attribute(moment, "title"), _number(cite), text, str(len(files)))
        yield Message(
            k=key,
            reader=READER,
            channel="mms" if files or group else "sms",
            direction="out" if sent else "in",
            at=at,
            sender=Contact() if sent else sender,
            recipients=to if sent else tuple(each for each in group if each != sender),
            body=text,
            attachments=files,
            threads=(key,),
        )
        yield Original(key, entry.path, entry.member)


def _call(node: "LexborNode", labels: set[str], entry: Entry, title: str, book: _Book) -> Iterator[Item]:
    moment, who = node.css_first("abbr.published"), node.css_first(".contributor")
    at = _time(moment)
    if at is None:
        yield Unreadable(entry.place, "This call has no date, so it was left out. All others were read.")
        return
    kind = next((name for name in _KINDS if name in labels), "")
    if not kind:
        kind = next((name for name in _KINDS if name in title.casefold()), "received")
    channel, direction = _KINDS[kind]
    other = _contact(who) if who is not None else Contact()
    book.learn(other)
    transcript = _text(node.css_first("span.full-text"))
    audio = node.css_first("audio")
    files = (Attachment(name=one_line(_attribute(audio, "src"), 120), type="audio/mpeg"),) if audio else ()
    key = _key(kind, _attribute(moment, "title"), _number(who), transcript)
    yield Message(
        k=key,
        reader=READER,
        channel=channel,
        direction=direction,
        at=at,
        sender=Contact() if direction == "out" else other,
        recipients=(other,) if direction == "out" else (),
        body=transcript,
        attachments=files,
        threads=(key,),
        duration=_seconds(_attribute(node.css_first("abbr.duration"), "title")),
    )
    yield Original(key, entry.path, entry.member)


def _key(*received: str) -> str:
    raw = "|".join(received).encode("utf-8", "replace")
    return "gv:" + blake2b(raw, digest_size=16).hexdigest()


def _attribute(node: "LexborNode | None", name: str) -> str:
    return (node.attributes.get(name) or "") if node is not None else ""


def _href(node: "LexborNode") -> str:
    return _attribute(node, "href")


def _title(page: "LexborHTMLParser") -> str:
    node = page.css_first("title")
    return node.text() if node is not None else ""


def _number(node: "LexborNode | None") -> str:
    link = node.css_first("a.tel") if node is not None else None
    return _attribute(link, "href").removeprefix("tel:")


def _is_me(node: "LexborNode") -> bool:
    return node.css_first("abbr.fn") is not None and node.css_first("span.fn") is None


def _contact(node: "LexborNode") -> Contact:
    named = node.css_first("span.fn")
    name = one_line(named.text() if named is not None else "", 200)
    number = as_number(_number(node))
    return Contact(name="" if as_number(name) == number else name, phone=number)


def _time(node: "LexborNode | None") -> int | None:
    try:
        at = datetime.fromisoformat(_attribute(node, "title"))
        found = usable(round((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() * 1000), zone=True)
    except (ValueError, OverflowError):
        return None
    return found[0] if found else None


def _seconds(text: str) -> int:
    found = _DURATION.match(text)
    hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    return min(hours * 3600 + minutes * 60 + seconds, 10**6)


def _text(node: "LexborNode | None") -> str:
    if node is None:
        return ""
    for line_end in node.css("br"):
        line_end.replace_with("\n")
    return capped(normalise(node.text())).strip()


def _attachments(node: "LexborNode") -> tuple[Attachment, ...]:
    found = [(each, "image/*", "src") for each in node.css("img")]
    found += [(each, "audio/*", "src") for each in node.css("audio")]
    found += [(each, "video/*", "href") for each in node.css("a.video")]
    found += [(each, "text/vcard", "href") for each in node.css("a.vcard")]
    return tuple(
        Attachment(name=one_line(_attribute(each, place), 120) or "attachment", type=kind)
        for each, kind, place in found[:_MOST_FILES]
    )
