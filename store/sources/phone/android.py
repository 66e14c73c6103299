"""Backups of "SMS Backup & Restore" on Android: texts, picture messages and calls."""

from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b

from store.records.message import Attachment, Channel, Contact, Direction, Message
from store.sources.entries import Claimed, Entry, EntrySource
from store.sources.phone.elements import Broken, Element, elements, is_backup
from store.sources.phone.mending import SIZE_MARK, mended
from store.sources.phone.numbers import as_number
from store.sources.source import Item, Original, Progress, Skipped, Unreadable
from store.sources.text import capped, normalise, one_line
from store.sources.unpacking import Readable

READER = 2
"""Version of this reader; grows when it decodes better, so that its reading replaces an older one."""
_SECONDS = 10**11
"""A time below this is in seconds; others are in milliseconds."""
_LATEST = 4_102_444_800_000
_MOST_DIGITS = 15
_ME = "insert-address-token"
_FROM, _TO = "137", ("151", "130", "129")
_NOBODY = ("", "null", "(Unknown)", "-1", "-2", "-3", _ME)
_SENT = {"4": "not sent", "5": "not sent", "6": "not sent", "3": "draft"}
_REPORTS = {"130": "not downloaded", "134": "report of delivery", "136": "report of reading"}
_SEND = "128"
_CHARSETS = {
    "3": "ascii",
    "4": "latin-1",
    "106": "utf-8",
    "1000": "utf-16",
    "1013": "utf-16-be",
    "1015": "utf-16",
}
"""Character sets by the numbers of IANA, as far as messages have them."""
_MOST_RECIPIENTS = 50
_CALLS: dict[str, tuple[Channel, Direction, str]] = {
    "1": ("call", "in", ""),
    "2": ("call", "out", ""),
    "3": ("call_missed", "in", ""),
    "4": ("voicemail", "in", ""),
    "5": ("call_missed", "in", "rejected"),
    "6": ("call_missed", "in", "blocked"),
    "7": ("call", "in", "answered elsewhere"),
}

_NO_DATE = "It has no date that can be read, so it was left out. All others were read."


def claim(entries: Sequence[Entry]) -> Claimed:
    """Take the backups, which their root element tells."""
    mine = [e for e in entries if e.ending in (".xml", "") and is_backup(e.head, e.base_name)]
    taken = set(map(id, mine))
    return Claimed([EntrySource(entry, _read) for entry in mine], [e for e in entries if id(e) not in taken])


class _Counted:
    """A stream that tells how much of it was read."""

    def __init__(self, stream: Readable, progress: Progress) -> None:
        self._stream = stream
        self._progress = progress
        self._done = 0

    def read(self, size: int = -1, /) -> bytes:
        """Read on."""
        data = self._stream.read(size)
        self._done += len(data)
        self._progress(self._done)
        return data


def _read(entry: Entry, progress: Progress) -> Iterator[Item]:
    """Yield texts and calls as they stand, and in their place those that are broken."""
    with entry.open() as stream:
        for found in elements(mended(_Counted(stream, progress))):
            place = f"{entry.place}, line {found.line}"
            if isinstance(found, Broken):
                yield Unreadable(place, found.reason)
                continue
            read = _READERS[found.name](found)
            if isinstance(read, Message):
                yield read
                yield Original(read.k, entry.path, entry.member)
            else:
                yield Skipped(place, read) if read else Unreadable(place, _NO_DATE)


def _text(element: Element) -> Message | str:
    """Return a text, or why it is left out; nothing where it has no date."""
    fields = element.fields
    kind = fields.get("type", "")
    if kind in _SENT:
        return _SENT[kind]
    at = _time(fields.get("date", ""))
    if at is None:
        return ""
    address, body = fields.get("address", ""), fields.get("body", "")
    key = _key("sms", address, fields.get("date", ""), kind, body)
    other = _contact(address, _name(fields))
    return _made(key, "sms", "out" if kind == "2" else "in", at, (other,), body)


def _picture(element: Element) -> Message | str:
    """Return a picture message, or why it is left out; nothing where it has no date."""
    fields = element.fields
    box, kind = fields.get("msg_box", ""), fields.get("m_type", "")
    if box in _SENT or kind in _REPORTS:
        return _SENT.get(box) or _REPORTS[kind]
    at = _time(fields.get("date", ""))
    if at is None:
        return ""
    words = [word for part in element.parts if (word := _words(part))]
    files = tuple(
        Attachment(name=_file_name(part), type=one_line(part.get("ct", ""), 100), size=_size(part))
        for part in element.parts
        if not _words(part)
        and _kind(part) not in ("text/plain", "application/smil")
        and part.get("seq") != "-1"
    )
    received = [fields.get(name, "") for name in ("address", "date", "msg_box", "m_id", "tr_id")]
    if received[3] in _NOBODY and received[4] in _NOBODY:
        received += [*words, *(file.name for file in files)]
    if (subject := fields.get("sub", "null")) not in _NOBODY and not subject.startswith("proto:"):
        words.insert(0, subject)
    sent = box == "2" or (box != "1" and kind == _SEND)
    others = _group(element, sent=sent)
    return _made(_key("mms", *received), "mms", "out" if sent else "in", at, others, "\n".join(words), files)


def _group(element: Element, *, sent: bool) -> tuple[Contact, ...]:
    """Return everybody but the user; of what came in, its sender first."""
    written = element.fields.get("address", "").replace(",", "~").split("~")
    addresses = [address for address in written if address not in _NOBODY]
    told = {kind: each for each in element.addresses if (kind := each.get("type", "")) == _FROM}
    author = told.get(_FROM, {}).get("address", "")
    if not addresses:
        to = [each.get("address", "") for each in element.addresses if each.get("type") in _TO]
        addresses = [address for address in to if address not in _NOBODY]
    name = _name(element.fields)
    names = name.split(", ") if len(addresses) > 1 else [name]
    if len(names) != len(addresses):
        names = [""] * len(addresses)
    people = [_contact(address, name) for address, name in zip(addresses, names, strict=True)]
    if not sent and author not in _NOBODY:
        sender = _contact(author, "")
        known = [each for each in people if each.identity() == sender.identity()]
        if not known and len(people) == 1:
            # A conversation of two: the same line, written in two ways.
            return (people[0] if people[0].phone and not people[0].email else sender,)
        people = [*(known[:1] or [sender]), *(each for each in people if each not in known)]
    return tuple(people[:_MOST_RECIPIENTS]) or (Contact(name=name),)


def _call(element: Element) -> Message | str:
    """Return a call; nothing where it has no date."""
    fields = element.fields
    at = _time(fields.get("date", ""))
    if at is None:
        return ""
    number, seconds = fields.get("number", ""), fields.get("duration", "0")
    duration = min(_whole(seconds) or 0, 10**6)
    channel, direction, said = _CALLS.get(fields.get("type", ""), ("call", "in", "of an unknown kind"))
    if channel == "call" and direction == "in" and not duration and not said:
        channel = "call_missed"
    key = _key("call", number, fields.get("date", ""), seconds)
    other = _contact(number, _name(fields))
    return _made(key, channel, direction, at, (other,), f"({said})" if said else "", duration=duration)


_READERS = {"sms": _text, "mms": _picture, "call": _call}


def _made(
    key: str,
    channel: Channel,
    direction: Direction,
    at: int,
    others: tuple[Contact, ...],
    body: str,
    files: tuple[Attachment, ...] = (),
    *,
    duration: int = 0,
) -> Message:
    """Make a message; `others` are on the other side, of what came in its sender first."""
    sent = direction == "out"
    return Message(
        k=key,
        reader=READER,
        channel=channel,
        direction=direction,
        at=at,
        sender=Contact() if sent else others[0],
        recipients=others if sent else others[1:],
        body=capped(normalise("" if body == "null" else body)).strip(),
        attachments=files,
        threads=(key,),
        duration=duration,
    )


def _key(kind: str, *received: str) -> str:
    raw = "|".join((kind, *received)).encode("utf-8", "replace")
    return f"{kind}:{blake2b(raw, digest_size=16).hexdigest()}"


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else None


def _time(text: str) -> int | None:
    at = _whole(text) or 0
    at = at * 1000 if at < _SECONDS else at
    return at if 0 < at < _LATEST else None


def _name(fields: Mapping[str, str]) -> str:
    name = one_line(fields.get("contact_name", ""), 200)
    return "" if name in _NOBODY else name


def _contact(address: str, name: str) -> Contact:
    address = one_line(address, 100)
    if address in _NOBODY:
        return Contact(name=name)
    if "@" in address:
        return Contact(name=name, email=address.lower())
    return Contact(name=name, phone=as_number(address))


def _kind(part: Mapping[str, str]) -> str:
    return part.get("ct", "").partition(";")[0].strip().lower()


def _words(part: Mapping[str, str]) -> str:
    """Return the words of a part that is text; some telephones write them as base64."""
    if _kind(part) != "text/plain":
        return ""
    if (text := part.get("text", "null")) != "null":
        return text
    data = part.get("data", "null")
    if data == "null" or data.startswith(SIZE_MARK):
        return ""
    try:
        raw = b64decode(data)
        return raw.decode(_CHARSETS.get(part.get("chset", ""), "utf-8"), "replace")
    except ValueError:
        return ""


def _size(part: Mapping[str, str]) -> int:
    """Return how many bytes a part has that is no text, as far as the backup holds them."""
    data = part.get("data", "null")
    if data.startswith(SIZE_MARK):
        return _whole(data.removeprefix(SIZE_MARK)) or 0
    return len(data.rstrip("=")) * 3 // 4 if data != "null" else 0


def _file_name(part: Mapping[str, str]) -> str:
    names = (part.get(name, "") for name in ("fn", "cl", "name"))
    return one_line(next((name for name in names if name not in _NOBODY), "attachment"), 120)
