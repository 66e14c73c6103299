"""WhatsApp's exported chats: lines with dates as the telephone writes them, which the file must betray."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import PurePosixPath
from typing import Literal, NamedTuple
from unicodedata import digit

from store.records.message import Attachment, Contact, Message
from store.sources.entries import Claimed, Entry, EntrySource
from store.sources.source import Item, Original, Progress, Skipped, Unreadable
from store.sources.text import capped, normalise, one_line

READER = 1
"""Version of this reader; grows when it decodes better, so that its reading replaces an older one."""
_LARGEST = 64 * 1024 * 1024
_LONGEST_LINE = 100_000
_MARKS = "\u200e\u200f\u202a\u202b\u202c\ufeff"
_LINE = re.compile(
    r"\[?(\d{1,4})[-/.]\s?(\d{1,2})[-/.]\s?(\d{1,4})\.?[,.]?\s(?:[^\d\n]{0,20}\s)?"
    r"(\d{1,2})[.:](\d{2})(?:[.:](\d{2}))?(?:\s?([ap])\.?\s?m\.?)?\]?(?:\s-|:)?\s(.*)",
    re.IGNORECASE | re.DOTALL,
)
_AUTHOR = re.compile(r"([^:\n]{1,100}?):\s(.*)", re.DOTALL)
_CHAT = re.compile(
    r"(?:whatsapp[ -]chat|chat de whatsapp|conversa do whatsapp|discussion whatsapp|chat whatsapp)"
    r"(?:\s+(?:with|mit|con|com|avec|met))?[\s-]+(.+)",
    re.IGNORECASE,
)
_ATTACHED = re.compile(
    r"<attached: ([^>\n]{1,200})>|^(\S[^\n]{0,200}?) \((?:file attached|datei angehängt"
    r"|archivo adjunto|fichier joint)\)",
    re.IGNORECASE,
)
_OMITTED = re.compile(
    r"^<?(?:media|image|video|audio|sticker|document|gif|contact card) omitted>?$"
    r"|^<(?:medien ausgeschlossen|multimedia omitido|médias omis)>$",
    re.IGNORECASE,
)
_CALLED = re.compile(r"^missed (?:voice|video) call", re.IGNORECASE)
_GONE = ("This message was deleted", "You deleted this message", "null", "Diese Nachricht wurde gelöscht")
_EDITED = re.compile(r"\s*<This message was edited>$")
_IS_NOTE = re.compile(
    r"[\"“”„«»]|\b(?:created|changed|added|removed|left|joined|deleted|pinned|turned|encrypted|erstellt"
    r"|geändert|hinzugefügt|entfernt|creó|cambió|añadió|a créé|a modifié|a ajouté)\b|.{41}",
    re.IGNORECASE,
)
"""What stands before a colon in a note of WhatsApp itself."""
_MONTHS, _DAYS, _CENTURY = 12, 31, 100
_NEEDED = 2
_LOOKED_AT = 5
Order = Literal["dmy", "mdy", "ymd"]


class _Entry(NamedTuple):
    """One message, its date still in pieces."""

    line: int
    pieces: tuple[int, int, int]
    time: tuple[int, int, int]
    seconds: bool
    text: str


def claim(entries: Sequence[Entry]) -> Claimed:
    """Take texts whose first lines are those of a chat."""
    mine = [entry for entry in entries if entry.ending in (".txt", "") and _is_chat(entry.head)]
    taken = set(map(id, mine))
    return Claimed([EntrySource(entry, _read) for entry in mine], [e for e in entries if id(e) not in taken])


def _is_chat(head: bytes) -> bool:
    try:
        text = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:
            return False
        text = head[: error.start].decode("utf-8-sig")
    lines = text.replace("\r\n", "\n").split("\n")[:_LOOKED_AT]
    return sum(_LINE.match(_plain(line)) is not None for line in lines) >= min(_NEEDED, len(lines) - 1 or 1)


def _plain(line: str) -> str:
    """Return a line with plain digits and blanks, without marks of direction before it."""
    line = line.lstrip(_MARKS)[:_LONGEST_LINE]
    if not line.isascii():
        head = line[:40].translate({0x202F: " ", 0xA0: " ", 0x200E: None, 0x200F: None})
        head = "".join(
            str(digit(c)) if c.isdigit() and not c.isascii() and digit(c, -1) >= 0 else c for c in head
        )
        line = head + line[40:]
    return line


def _read(entry: Entry, progress: Progress) -> Iterator[Item]:
    with entry.open() as stream:
        data = stream.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        yield Unreadable(entry.place, "This chat is longer than 64 MB. Export it without media.")
        return
    found = list(_entries(data.decode("utf-8-sig", "replace").replace("\r\n", "\n")))
    order = _order(found)
    if order is None:
        yield Unreadable(
            entry.place,
            "Nothing in it tells whether day or month comes first; days are taken to. "
            "Export the chat again when it has a date after the 12th.",
        )
    title = _title(entry)
    authors = _authors(found, title)
    counts: dict[str, int] = {}
    for each in found:
        yield from _message(each, order or "dmy", title, authors, entry, counts)
    progress(entry.size)


def _entries(text: str) -> Iterator[_Entry]:
    """Yield messages; a line that begins none goes on with the one before."""
    current: _Entry | None = None
    more: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        found = _LINE.match(_plain(line))
        if found is None:
            if current is not None:
                more.append(line)
            continue
        if current is not None:
            yield current._replace(text="\n".join((current.text, *more)))
        more = []
        hour = int(found[4])
        if found[7]:
            hour = hour % 12 + (12 if found[7].lower() == "p" else 0)
        time = (hour, int(found[5]), int(found[6] or 0))
        pieces = (int(found[1]), int(found[2]), int(found[3]))
        current = _Entry(number, pieces, time, found[6] is not None, found[8])
    if current is not None:
        yield current._replace(text="\n".join((current.text, *more)))


def _order(found: Sequence[_Entry]) -> Order | None:
    """Return how the file writes dates: by a number that is no month, else by what never goes backwards."""
    pieces = [each.pieces for each in found]
    if any(first > _DAYS for first, _, _ in pieces):
        return "ymd"
    if any(first > _MONTHS for first, _, _ in pieces):
        return "dmy"
    if any(second > _MONTHS for _, second, _ in pieces):
        return "mdy"
    as_days = [(year, second, first) for first, second, year in pieces]
    as_months = [(year, first, second) for first, second, year in pieces]
    rises = (as_days == sorted(as_days), as_months == sorted(as_months))
    if rises == (True, False):
        return "dmy"
    if rises == (False, True):
        return "mdy"
    firsts, seconds = len({first for first, _, _ in pieces}), len({second for _, second, _ in pieces})
    if firsts == seconds:
        return None
    return "dmy" if firsts > seconds else "mdy"


def _title(entry: Entry) -> str:
    """Return whom the chat is with, as the name of the file or of its zip says."""
    name = PurePosixPath(entry.name).stem
    if name.casefold() == "_chat" and entry.path:
        name = PurePosixPath(entry.path).stem
    found = _CHAT.match(name)
    return one_line(found[1] if found else "", 100)


def _authors(found: Sequence[_Entry], title: str) -> set[str]:
    """Return those who write; a note of WhatsApp's own may have a colon, too."""
    counts: dict[str, int] = {}
    for each in found:
        if author := _AUTHOR.match(each.text):
            counts[author[1].lstrip(_MARKS)] = counts.get(author[1].lstrip(_MARKS), 0) + 1
    return {name for name, count in counts.items() if count > 1 or name == title or not _IS_NOTE.search(name)}


def _message(
    each: _Entry, order: Order, title: str, authors: set[str], entry: Entry, counts: dict[str, int]
) -> Iterator[Item]:
    place = f"{entry.place}, line {each.line}"
    author = _AUTHOR.match(each.text)
    name = author[1].lstrip(_MARKS) if author else ""
    if author is None or name not in authors:
        yield Skipped(place, "a note of WhatsApp")
        return
    at = _time(each, order)
    if at is None:
        yield Unreadable(place, "Its date does not exist.")
        return
    raw = _EDITED.sub("", author[2].lstrip(_MARKS)).strip()
    attached = _ATTACHED.search(raw)
    if raw in _GONE or (_OMITTED.match(raw) and not attached):
        yield Skipped(place, "media or a message that is not in the export")
        return
    files = (Attachment(name=one_line((attached[1] or attached[2]).lstrip(_MARKS), 120)),) if attached else ()
    sent = bool(title) and title in authors and name != title
    other = _contact(name)
    identity = f"{title}|{each.pieces}|{each.time}|{name}|{raw}"
    counts[identity] = counts.get(identity, 0) + 1
    digest = blake2b(f"{identity}|{counts[identity]}".encode("utf-8", "replace"), digest_size=16)
    key = "wa:" + digest.hexdigest()
    yield Message(
        k=key,
        reader=READER,
        channel="call_missed" if _CALLED.match(raw) else "whatsapp",
        direction="out" if sent else "in",
        at=at,
        at_precision="s" if each.seconds else "min",
        at_zone=False,
        sender=Contact() if sent else other,
        recipients=(_contact(title),) if sent else (),
        body=""
        if _CALLED.match(raw)
        else capped(normalise(_ATTACHED.sub("", raw))).strip() or "[attachment]",
        attachments=files,
        threads=(key, "wa-with:" + title) if title else (key,),
    )
    yield Original(key, entry.path, entry.member, each.line)


def _contact(name: str) -> Contact:
    plain = one_line(name, 100).lstrip("~ ").strip()
    if re.fullmatch(r"\+[\d ()-]{6,25}", plain):
        from store.sources.phone.numbers import as_number

        return Contact(phone=as_number(plain))
    return Contact(name=plain)


def _time(each: _Entry, order: Order) -> int | None:
    first, second, third = each.pieces
    year, month, day = {
        "ymd": (first, second, third),
        "dmy": (third, second, first),
        "mdy": (third, first, second),
    }[order]
    try:
        at = datetime(year + 2000 if year < _CENTURY else year, month, day, *each.time, tzinfo=UTC)
    except ValueError:
        return None
    return int(at.timestamp() * 1000)
