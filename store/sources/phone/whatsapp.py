"""WhatsApp's exported chats: whom a chat is with, who wrote what, and what is no message."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import PurePosixPath

from store.clock import MINUTE
from store.records.message import Attachment, Contact, Message
from store.sources.dates import usable
from store.sources.entries import Claimed, Entry, EntrySource
from store.sources.phone.chat_lines import AUTHOR, MARKS, Begun, Line, Order, is_chat, messages_in, order_of
from store.sources.phone.numbers import as_number
from store.sources.source import Item, Original, Progress, Skipped, Unreadable
from store.sources.text import capped, normalise, one_line

READER = 3
"""Version of this reader; grows when it decodes better, so that its reading replaces an older one."""
_LARGEST = 64 * 1024 * 1024
_CHAT = re.compile(
    r"(?:whatsapp[ -]chat|chat de whatsapp|conversa do whatsapp|discussion whatsapp|chat whatsapp)"
    r"(?:\s+(?:with|mit|con|com|avec|met))?[\s-]+(.+?)(?:\s?\(\d{1,3}\))?",
    re.IGNORECASE,
)
"""Names of exports; a number in brackets is that of a copy, as browsers make them."""
_ATTACHED = re.compile(
    r"< ?attached: ([^>\n]{1,200}?) ?>|^([^\n<>]{1,200}?) (?:<attached>|\((?:file attached|datei angehängt"
    r"|archivo adjunto|fichier joint|file allegato|arquivo anexado|bestand bijgevoegd)\))",
    re.IGNORECASE,
)
_OMITTED = re.compile(
    r"<?(?:media|image|video|audio|sticker|document|gif|contact card) omitted>?"
    r"|<(?:medien ausgeschlossen|multimedia omitido|médias omis)>",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"missed (?:voice|video) call|verpasster (?:sprach|video)anruf|llamada (?:de voz )?perdida"
    r"|appel vocal manqué",
    re.IGNORECASE,
)
_GONE = ("This message was deleted", "You deleted this message", "null", "Diese Nachricht wurde gelöscht")
_EDITED = "<This message was edited>"
_IS_NOTE = re.compile(
    r"[\"“”„«»]|\b(?:created|changed|added|removed|left|joined|deleted|pinned|turned|encrypted|erstellt"
    r"|geändert|hinzugefügt|entfernt|creó|cambió|añadió|a créé|a modifié|a ajouté)\b|.{41}",
    re.IGNORECASE,
)
"""What stands before a colon in a note of WhatsApp itself."""
_CENTURY = 100
_NO_MARKS = dict.fromkeys(map(ord, MARKS))
_MONTH = 30 * 24 * 3_600_000
_ORDER = (
    "Nothing in it tells whether day or month comes first; days are taken to. "
    "Export the chat again when it has a date after the 12th."
)
_NO_DATE = "Its date does not exist, so it was left out. All others were read."


def claim(entries: Sequence[Entry]) -> Claimed:
    """Take texts whose first lines are those of a chat."""
    mine = [entry for entry in entries if entry.ending in (".txt", "") and _is_chat(entry)]
    taken = set(map(id, mine))
    return Claimed([EntrySource(entry, _read) for entry in mine], [e for e in entries if id(e) not in taken])


def _is_chat(entry: Entry) -> bool:
    named = entry.base_name == "_chat.txt" or _CHAT.fullmatch(PurePosixPath(entry.name).stem) is not None
    return is_chat(entry.head, named=named)


def _read(entry: Entry, progress: Progress) -> Iterator[Item]:
    with entry.open() as stream:
        data = stream.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        yield Unreadable(entry.place, "This chat is longer than 64 MB. Export it without media.")
        return
    found = list(messages_in(data.decode("utf-8-sig", "replace")))
    order = order_of([each.line for each in found])
    if order is None:
        yield Unreadable(entry.place, _ORDER)
    chat = _Chat(entry, _title(entry), found, order or "dmy")
    for each in found:
        yield from chat.items(each)
    progress(entry.size)


def _title(entry: Entry) -> str:
    """Return whom the chat is with, as the name of the file says, or of the folder or zip that holds it."""
    name, path = PurePosixPath(entry.name), PurePosixPath(entry.path)
    for written in (name.stem, name.parent.name, path.stem, path.parent.name):
        if found := _CHAT.fullmatch(written):
            return one_line(found[1], 100)
    return ""


def _authors(found: Sequence[Line], title: str) -> set[str]:
    """Return those who write; a note of WhatsApp's own may have a colon, too."""
    counts: dict[str, int] = {}
    for each in found:
        if author := AUTHOR.match(each.text):
            counts[author[1].lstrip(MARKS)] = counts.get(author[1].lstrip(MARKS), 0) + 1
    return {name for name, count in counts.items() if count > 1 or name == title or not _IS_NOTE.search(name)}


class _Chat:
    """Makes messages of the lines of one chat."""

    def __init__(self, entry: Entry, title: str, found: Sequence[Begun], order: Order) -> None:
        self._entry = entry
        self._title = title
        self._order = order
        self._authors = _authors([each.line for each in found], title)
        self._counts: dict[str, int] = {}
        """How many messages had one identity so far."""

    def items(self, begun: Begun) -> Iterator[Item]:
        """Yield a message, or why it is left out."""
        line = begun.line
        place = f"{self._entry.place}, line {begun.number}"
        author = AUTHOR.match(line.text)
        name = author[1].lstrip(MARKS) if author else ""
        if author is None or name not in self._authors:
            yield Skipped(place, "a note of WhatsApp")
            return
        at = _time(line, self._order)
        if at is None:
            yield Unreadable(place, _NO_DATE)
            return
        raw = author[2].lstrip(MARKS).rstrip().removesuffix(_EDITED).strip()
        words = raw.translate(_NO_MARKS).strip()
        attached = _ATTACHED.search(words)
        if words in _GONE or (_OMITTED.fullmatch(words) and not attached):
            yield Skipped(place, "media or a message that is not in the export")
            return
        key = self._key(line, name, raw)
        is_call = _CALLED.match(words) is not None
        sent = bool(self._title) and self._title in self._authors and name != self._title
        files = (Attachment(name=one_line(attached[1] or attached[2], 120)),) if attached else ()
        body = "" if is_call else capped(normalise(_ATTACHED.sub("", words))).strip() or "[attachment]"
        yield Message(
            k=key,
            reader=READER,
            channel="call_missed" if is_call else "whatsapp",
            direction="out" if sent else "in",
            at=at,
            at_precision="s" if line.has_seconds else "min",
            at_zone=False,
            sender=Contact() if sent else _contact(name),
            recipients=(_contact(self._title),) if sent else (),
            body=body,
            attachments=files,
            threads=(self._said(at, name, words) if self._title else key, *self._talks(at)),
        )
        yield Original(key, self._entry.path, self._entry.member, begun.number)

    def _key(self, line: Line, name: str, raw: str) -> str:
        """Return a key of what was received: how its date is read may change with what is exported."""
        return "wa:" + self._numbered(f"{self._title}|{line.pieces}|{line.time}|{name}|{raw}")

    def _said(self, at: int, name: str, words: str) -> str:
        """Return what exports of a chat share of a message; each telephone writes dates in its own way."""
        return "wa-said:" + self._numbered(f"said|{self._title}|{at // MINUTE}|{name}|{words}")

    def _numbered(self, identity: str) -> str:
        """Return a hash of an identity, and of how many like it came before."""
        self._counts[identity] = count = self._counts.get(identity, 0) + 1
        return blake2b(f"{identity}|{count}".encode("utf-8", "replace"), digest_size=16).hexdigest()

    def _talks(self, at: int) -> tuple[str, ...]:
        """Return the keys of the talk at a time: its month of thirty days, and the next one.

        Names alone join nothing, and a chat goes on for a life. So messages no more than thirty days apart
        are one talk, and none that are sixty or more, however much of the chat an export has.
        """
        month = at // _MONTH
        return tuple(f"wa-with:{self._title}:{each}" for each in (month, month + 1)) if self._title else ()


def _contact(name: str) -> Contact:
    plain = one_line(name, 100).lstrip("~ ").strip()
    if re.fullmatch(r"\+[\d ()-]{6,25}", plain):
        return Contact(phone=as_number(plain))
    return Contact(name=plain)


def _time(line: Line, order: Order) -> int | None:
    first, second, third = line.pieces
    year, month, day = {
        "ymd": (first, second, third),
        "dmy": (third, second, first),
        "mdy": (third, first, second),
    }[order]
    try:
        at = datetime(year + 2000 if year < _CENTURY else year, month, day, *line.time, tzinfo=UTC)
    except ValueError:
        return None
    found = usable(int(at.timestamp() * 1000), zone=False)
    return found[0] if found else None
