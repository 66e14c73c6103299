"""Google Voice in a Takeout: conversations, calls and voicemail with its transcript, a page of HTML each."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from store.records.message import Attachment, Channel, Contact, Direction, Message
from store.sources.entries import Claimed, Entry, guarded
from store.sources.phone.numbers import as_number
from store.sources.source import Item, Original, Own, Progress, Skipped, Source, Unreadable
from store.sources.text import capped, normalise, one_line

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

READER = 1
"""Version of this reader; grows when it decodes better, so that its reading replaces an older one."""
_LARGEST = 16 * 1024 * 1024
_MARKS = (b"hChatLog", b"haudio")
_LABEL = re.compile(r"#(\w+)$")
_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$")
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
_TELEPHONE = re.compile(rb"^(?:item\d+\.)?TEL[^:\n]*:([+\d() .-]{5,30})\s*$", re.MULTILINE)


def claim(entries: Sequence[Entry]) -> Claimed:
    """Take the pages of Voice, and the card that has the user's own numbers."""
    pages = [entry for entry in entries if entry.ending in (".html", ".htm") and _is_voice(entry)]
    if not pages:
        return Claimed([], list(entries))
    cards = [entry for entry in entries if entry.base_name == "phones.vcf"]
    taken = {id(entry) for entry in (*pages, *cards)}
    found: list[Source] = [VoiceSource(pages, cards)]
    return Claimed(found, [entry for entry in entries if id(entry) not in taken])


def _is_voice(entry: Entry) -> bool:
    parts = PurePosixPath(entry.name).parts
    return any(mark in entry.head for mark in _MARKS) or ("Voice" in parts and "Calls" in parts)


class VoiceSource:
    """The pages of one folder or archive."""

    def __init__(self, pages: Sequence[Entry], cards: Sequence[Entry]) -> None:
        self._pages = sorted(pages, key=lambda entry: entry.name)
        self._cards = cards
        first = self._pages[0]
        self.place = first.place if len(pages) == 1 else first.place.rpartition(first.name)[0] or first.place
        self.size = sum(entry.size for entry in pages)

    def read(self, progress: Progress) -> Iterator[Item]:
        """Yield every text and call, page by page in the order of their names."""
        for card in self._cards:
            yield from guarded(card.place, _own_numbers(card))
        done = 0
        for page in self._pages:
            yield from guarded(page.place, _read_page(page))
            done += page.size
            progress(done)


def _own_numbers(card: Entry) -> Iterator[Item]:
    with card.open() as stream:
        data = stream.read(_LARGEST)
    for number in _TELEPHONE.findall(data):
        yield Own(phone=as_number(number.decode("ascii").strip()))


def _read_page(entry: Entry) -> Iterator[Item]:
    from selectolax.lexbor import LexborHTMLParser

    with entry.open() as stream:
        data = stream.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        yield Unreadable(entry.place, "This page is longer than 16 MB, as no conversation is.")
        return
    page = LexborHTMLParser(data)
    labels = {found[1] for node in page.css("a[rel=tag]") if (found := _LABEL.search(_href(node)))}
    in_spam = "Spam" in PurePosixPath(entry.name).parts
    if in_spam or labels & {"spam", "trash"}:
        yield Skipped(entry.place, "spam" if in_spam or "spam" in labels else "trash")
    elif page.css_first(".hChatLog") is not None:
        yield from _conversation(page, entry)
    elif (call := page.css_first(".haudio")) is not None:
        yield from _call(call, labels, entry, _title(page))
    else:
        yield Skipped(entry.place, "no conversation")


def _conversation(page: "LexborHTMLParser", entry: Entry) -> Iterator[Item]:
    """Yield the texts of a page; of a group, everybody in it is a recipient of what the user wrote."""
    group = [_contact(node) for node in page.css(".participants cite")]
    others = group or [
        found for node in page.css("cite.sender") if not _is_me(node) and (found := _contact(node))
    ]
    title = _TO.match(_title(page))
    to = tuple(dict.fromkeys(others)) or (Contact(name=one_line(title[1] if title else "", 200)),)
    for number, node in enumerate(page.css("div.message")):
        moment, words, cite = node.css_first("abbr.dt"), node.css_first("q"), node.css_first("cite.sender")
        at = _time(moment)
        if at is None or cite is None:
            yield Unreadable(f"{entry.place}, message {number + 1}", "It has no date or no sender.")
            continue
        text = _text(words)
        files = _attachments(node)
        if text in _PLACEHOLDERS:
            text = ""
        if not text and not files:
            continue
        sent = _is_me(cite)
        sender = _contact(cite)
        key = _key("text", _attribute(moment, "title"), _number(cite), text, str(len(files)))
        yield Message(
            k=key,
            reader=READER,
            channel="mms" if files or group else "sms",
            direction="out" if sent else "in",
            at=at,
            sender=Contact() if sent else sender,
            recipients=to if sent else (),
            body=text,
            attachments=files,
            threads=(key,),
        )
        yield Original(key, entry.path, entry.member)


def _call(node: "LexborNode", labels: set[str], entry: Entry, title: str) -> Iterator[Item]:
    moment, who = node.css_first("abbr.published"), node.css_first(".contributor")
    at = _time(moment)
    if at is None:
        yield Unreadable(entry.place, "This call has no date.")
        return
    kind = next((name for name in _KINDS if name in labels), "")
    if not kind:
        kind = next((name for name in _KINDS if name in title.casefold()), "received")
    channel, direction = _KINDS[kind]
    other = _contact(who) if who is not None else Contact()
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
    return Contact(name="" if name == number else name, phone=number)


def _time(node: "LexborNode | None") -> int | None:
    try:
        at = datetime.fromisoformat(_attribute(node, "title"))
        return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() * 1000)
    except (ValueError, OverflowError):
        return None


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
        for each, kind, place in found[:50]
    )
