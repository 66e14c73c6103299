"""Backups of "SMS Backup & Restore" on Android: texts, picture messages and calls."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple
from xml.parsers import expat

from store.records.message import Attachment, Channel, Contact, Direction, Message
from store.sources.entries import Claimed, Entry, EntrySource
from store.sources.phone.mending import mended
from store.sources.phone.numbers import as_number
from store.sources.source import Item, Original, Progress, Skipped, Unreadable
from store.sources.text import capped, normalise, one_line

READER = 1
"""Version of this reader; grows when it decodes better, so that its reading replaces an older one."""
_ROOTS = (b"<smses", b"<calls")
_SECONDS = 10**11
"""A time below this is in seconds; others are in milliseconds."""
_LATEST = 4_102_444_800_000
_ME = "insert-address-token"
_FROM, _TO = "137", "151"
_NOBODY = ("", "null", "(Unknown)", "-1", "-2", "-3")
_SENT = {"4": "not sent", "5": "not sent", "6": "not sent", "3": "draft"}
_CALLS: dict[str, tuple[Channel, Direction, str]] = {
    "1": ("call", "in", ""),
    "2": ("call", "out", ""),
    "3": ("call_missed", "in", ""),
    "4": ("voicemail", "in", ""),
    "5": ("call_missed", "in", "rejected"),
    "6": ("call_missed", "in", "blocked"),
    "7": ("call", "in", "answered elsewhere"),
}
_MOST_PARTS = 200
_BROKEN = "The XML is broken at line {line}: {why}. What stood before was read; make the backup again."
_ENTITIES = "It declares entities, as no backup does, so it was not read."


def claim(entries: Sequence[Entry]) -> Claimed:
    """Take the backups, which their root element tells."""
    mine = [entry for entry in entries if entry.ending in (".xml", "") and _is_backup(entry.head)]
    taken = set(map(id, mine))
    return Claimed([EntrySource(entry, _read) for entry in mine], [e for e in entries if id(e) not in taken])


def _is_backup(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<" and any(root in head for root in _ROOTS)


class _EntitiesError(Exception):
    """The file declares entities."""


class _Waiting(NamedTuple):
    """A picture message whose parts are still to come."""

    fields: dict[str, str]
    parts: list[dict[str, str]]
    addresses: list[dict[str, str]]


def _read(entry: Entry, progress: Progress) -> Iterator[Item]:
    """Yield texts and calls as they stand; what follows a place that is broken is lost, and told."""
    reader = _Reader(entry)
    done = 0
    with entry.open() as stream:
        for chunk in mended(stream):
            try:
                reader.parser.Parse(chunk, False)
            except _EntitiesError:
                yield Unreadable(entry.place, _ENTITIES)
                return
            except expat.ExpatError as error:
                yield from reader.take()
                yield Unreadable(entry.place, _said(error))
                return
            yield from reader.take()
            done += len(chunk)
            progress(min(done, entry.size or done))
    try:
        reader.parser.Parse(b"", True)
    except expat.ExpatError as error:
        yield from reader.take()
        yield Unreadable(entry.place, _said(error))
        return
    yield from reader.take()


def _said(error: expat.ExpatError) -> str:
    return _BROKEN.format(line=error.lineno, why=expat.ErrorString(error.code) or "unknown")


class _Reader:
    """Gathers what the parser reports into items."""

    def __init__(self, entry: Entry) -> None:
        self._entry = entry
        self._ready: list[Item] = []
        self._mms: _Waiting | None = None
        self._count = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse

    def take(self) -> list[Item]:
        """Return what has gathered."""
        ready, self._ready = self._ready, []
        return ready

    @staticmethod
    def _refuse(*_: object) -> None:
        raise _EntitiesError

    def _begin(self, name: str, fields: dict[str, str]) -> None:
        if name in ("sms", "call", "mms"):
            self._count += 1
        if name == "sms":
            self._add(_text(fields))
        elif name == "call":
            self._add(_call(fields))
        elif name == "mms":
            self._mms = _Waiting(fields, [], [])
        elif self._mms is not None and name == "part" and len(self._mms.parts) < _MOST_PARTS:
            self._mms.parts.append(fields)
        elif self._mms is not None and name == "addr" and len(self._mms.addresses) < _MOST_PARTS:
            self._mms.addresses.append(fields)

    def _end(self, name: str) -> None:
        if name == "mms" and self._mms is not None:
            waiting, self._mms = self._mms, None
            self._add(_picture(waiting))

    def _add(self, found: Message | str) -> None:
        place = f"{self._entry.place}, line {self.parser.CurrentLineNumber}"
        if isinstance(found, Message):
            self._ready.append(found)
            self._ready.append(Original(found.k, self._entry.path, self._entry.member))
        elif found.startswith("!"):
            self._ready.append(Unreadable(place, found[1:]))
        else:
            self._ready.append(Skipped(place, found))


def _text(fields: Mapping[str, str]) -> Message | str:
    """Return a text, or why it is left out."""
    kind = fields.get("type", "")
    if kind in _SENT:
        return _SENT[kind]
    at = _time(fields.get("date", ""))
    if at is None:
        return "!This text has no date that can be read."
    address, body = fields.get("address", ""), fields.get("body", "")
    key = _key("sms", address, fields.get("date", ""), kind, body)
    return _made(key, "sms", "out" if kind == "2" else "in", at, _contact(address, fields), body)


def _picture(waiting: _Waiting) -> Message | str:
    """Return a picture message, or why it is left out."""
    fields = waiting.fields
    box = fields.get("msg_box", "")
    if box in ("3", "4"):
        return _SENT[box]
    if fields.get("m_type") == "130":
        return "not downloaded"
    at = _time(fields.get("date", ""))
    if at is None:
        return "!This message has no date that can be read."
    address = fields.get("address", "")
    key = _key("mms", address, fields.get("date", ""), box, fields.get("m_id", ""), fields.get("tr_id", ""))
    words = [part.get("text", "") for part in waiting.parts if part.get("ct") == "text/plain"]
    body = "\n".join(word for word in words if word and word != "null")
    if (subject := fields.get("sub", "null")) not in _NOBODY and not subject.startswith("proto:"):
        body = f"{subject}\n{body}" if body else subject
    files = tuple(
        Attachment(name=_file_name(part), type=part.get("ct", "")[:100])
        for part in waiting.parts
        if part.get("ct") not in ("text/plain", "application/smil") and part.get("seq") != "-1"
    )
    if box == "2":
        others = [_contact(each, fields) for each in address.replace(",", "~").split("~")]
        return _made(key, "mms", "out", at, others[0], body, others=others, files=files)
    sender = next((each.get("address", "") for each in waiting.addresses if each.get("type") == _FROM), "")
    known = _contact(sender if sender not in (*_NOBODY, _ME) else address.split("~")[0], fields)
    return _made(key, "mms", "in", at, known, body, files=files)


def _call(fields: Mapping[str, str]) -> Message | str:
    """Return a call, or why it is left out."""
    at = _time(fields.get("date", ""))
    if at is None:
        return "!This call has no date that can be read."
    number, seconds = fields.get("number", ""), fields.get("duration", "0")
    duration = min(int(seconds), 10**6) if seconds.isascii() and seconds.isdecimal() else 0
    channel, direction, said = _CALLS.get(fields.get("type", ""), ("call", "in", "of an unknown kind"))
    if channel == "call" and direction == "in" and not duration and not said:
        channel = "call_missed"
    key = _key("call", number, fields.get("date", ""), seconds)
    return _made(
        key, channel, direction, at, _contact(number, fields), f"({said})" if said else "", duration=duration
    )


def _made(
    key: str,
    channel: Channel,
    direction: Direction,
    at: int,
    other: Contact,
    body: str,
    *,
    others: Sequence[Contact] = (),
    files: tuple[Attachment, ...] = (),
    duration: int = 0,
) -> Message:
    """Make a message; `other` is whoever is on the other side."""
    sent = direction == "out"
    return Message(
        k=key,
        reader=READER,
        channel=channel,
        direction=direction,
        at=at,
        sender=Contact() if sent else other,
        recipients=(tuple(others) or (other,)) if sent else (),
        body=capped(normalise("" if body == "null" else body)).strip(),
        attachments=files,
        threads=(key,),
        duration=duration,
    )


def _key(kind: str, *received: str) -> str:
    raw = "|".join((kind, *received)).encode("utf-8", "replace")
    return f"{kind}:{blake2b(raw, digest_size=16).hexdigest()}"


def _time(text: str) -> int | None:
    if not (text.isascii() and text.isdecimal()):
        return None
    at = int(text)
    at = at * 1000 if at < _SECONDS else at
    return at if at < _LATEST else None


def _contact(address: str, fields: Mapping[str, str]) -> Contact:
    address = one_line(address, 100)
    name = one_line(fields.get("contact_name", ""), 200)
    name = "" if name in _NOBODY else name
    if address in _NOBODY:
        return Contact(name=name)
    if "@" in address:
        return Contact(name=name, email=address.lower())
    return Contact(name=name, phone=as_number(address))


def _file_name(part: Mapping[str, str]) -> str:
    names = (part.get(name, "") for name in ("fn", "cl", "name"))
    return one_line(next((name for name in names if name not in _NOBODY), "attachment"), 120)
