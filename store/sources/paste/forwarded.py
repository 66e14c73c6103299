"""A mail that was forwarded and then copied: below the line stands the mail, above it a note."""

import re
from datetime import UTC, datetime
from hashlib import blake2b
from typing import NamedTuple

from store.records.message import Contact, Message
from store.sources.dates import When, parse_date
from store.sources.linkedin.mail import without_tokens
from store.sources.quoting import split
from store.sources.text import capped, normalise, one_line
from store.sources.words import contacts

READER = 1
"""Version of this reader; grows when it decodes better, so that its reading replaces an older one."""
_BEGINS = re.compile(
    r"^[ \t>]*(?:-{3,}[ \t]*(?:original message|forwarded message|ursprüngliche nachricht"
    r"|weitergeleitete nachricht"
    r"|message d['’]origine|message transféré|mensaje original|mensaje reenviado|messaggio originale"
    r"|messaggio inoltrato)"
    r"[ \t]*-{3,}|begin forwarded message:|anfang der weitergeleiteten nachricht:"
    r"|début du message transféré :?)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_NAMES = {
    "from": "from|von|de|da",
    "date": "date|sent|gesendet|datum|envoyé|fecha|enviado|data|inviato|enviado el",
    "to": "to|an|à|para|a",
    "subject": "subject|betreff|objet|asunto|oggetto",
    "cc": "cc|kopie",
}
_FIELD_OF = {name: field for field, names in _NAMES.items() for name in names.split("|")}
_HEADER = re.compile(r"^[ \t>*]{0,6}([A-Za-zÀàäÉéèêñ ]{1,12}?)[ \t]?:\**[ \t]*(\S.*)$")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_LONG = re.compile(
    r"([A-Z][a-z]{2})[a-z]* (\d{1,2}), (\d{4})(?:,? at|,)? (\d{1,2}):(\d{2})(?::\d{2})?[ \u202f]?([AP]M)?"
    r"|(\d{1,2}) ([A-Z][a-z]{2})[a-z]* (\d{4})(?:,? at|,)? (\d{1,2}):(\d{2})",
)
_OTHER_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("jan ene gen", "feb fév fev", "mar mär", "apr avr abr", "mai may mag", "jun juin giu"),
            *("jul juil lug", "aug aoû aou ago", "sep set", "oct okt ott", "nov", "dec dez déc dic"),
        ),
        start=1,
    )
    for name in names.split()
}
"""Beginnings of the names of months in German, French, Spanish and Italian."""
_OTHER = re.compile(
    r"\b(\d{1,2})\.? (?:de )?([A-Za-zäéû]{3,10})\.? (?:de )?(\d{4})(?:\D{1,10}(\d{1,2})[:h](\d{2}))?",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"^[ \t]*> ?", re.MULTILINE)
_NOON = 12
_MOST_HEADERS = 12
_LONGEST = 1_000


class _Block(NamedTuple):
    note: str
    fields: dict[str, str]
    body: str


def is_forwarded(text: str) -> bool:
    """Tell whether a text holds a forwarded mail."""
    return _block(text) is not None


def message_of(text: str, now: int) -> Message | None:
    """Return the mail that was forwarded, None where there is none; without a usable date it came `now`."""
    block = _block(text)
    if block is None:
        return None
    found = contacts(block.fields["from"])
    sender = found[0] if found else Contact(name=one_line(block.fields["from"], _LONGEST))
    when = _when(block.fields.get("date", "")) or (now, False)
    parts = split(without_tokens(capped(normalise(block.body)).strip(), relayed=False))
    key = "paste:" + blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()
    return Message(
        k=key,
        reader=READER,
        channel="email",
        at=when[0],
        at_zone=when[1],
        sender=sender,
        recipients=tuple(contacts(block.fields.get("to", ""))),
        subject=one_line(block.fields.get("subject", ""), _LONGEST),
        body=parts.body,
        quoted="\n\n".join(filter(None, (parts.quoted, block.note))),
        signature=parts.signature,
        footer=parts.footer,
        threads=(key,),
    )


def _block(text: str) -> _Block | None:
    """Find the first place where headers of a forwarded mail stand."""
    begins = _BEGINS.search(text)
    start = begins.end() if begins else 0
    lines = text[start:].split("\n")
    for place, line in enumerate(lines[:200] if begins is None else lines[:4]):
        header = _HEADER.match(line)
        if header is None or _FIELD_OF.get(header[1].strip().casefold()) != "from":
            continue
        fields, body = _fields(lines[place:])
        if len(fields) >= 3 and ("date" in fields or "subject" in fields):
            note = text[: begins.start()] if begins else "\n".join(lines[:place])
            words = "\n".join(lines[place + body :])
            words = _QUOTED.sub("", words) if line.lstrip().startswith(">") else words
            return _Block(note.strip(), fields, words)
    return None


def _fields(lines: list[str]) -> tuple[dict[str, str], int]:
    """Read header lines; return them, and how many lines they take."""
    fields: dict[str, str] = {}
    count = 0
    for line in lines[:_MOST_HEADERS]:
        header = _HEADER.match(line)
        name = _FIELD_OF.get(header[1].strip().casefold()) if header else None
        if header is None or name is None:
            if line.strip(" >\t") or not fields:
                break
            count += 1
            break
        fields.setdefault(name, header[2].strip(" *"))
        count += 1
    return fields, count


def _when(text: str) -> When | None:
    if found := _LONG.search(text):
        try:
            if found[1]:
                hour = int(found[4]) % 12 + (12 if found[6] == "PM" else 0) if found[6] else int(found[4])
                pieces = (
                    int(found[3]),
                    _MONTHS.index(found[1].lower()) + 1,
                    int(found[2]),
                    hour,
                    int(found[5]),
                )
            else:
                month = _MONTHS.index(found[8].lower()) + 1
                pieces = (int(found[9]), month, int(found[7]), int(found[10]), int(found[11]))
            return int(datetime(*pieces, tzinfo=UTC).timestamp() * 1000), False
        except ValueError:
            return None
    return parse_date(text) or _in_other_languages(text)


def _in_other_languages(text: str) -> When | None:
    """Read `Dienstag, 10. März 2026 09:30`, `mar. 10 mars 2026 à 09:30`; a day alone is its noon."""
    found = _OTHER.search(text)
    if found is None:
        return None
    name = found[2].casefold()
    month = _OTHER_MONTHS.get(name[:4]) or _OTHER_MONTHS.get(name[:3])
    if month is None:
        return None
    try:
        at = datetime(
            int(found[3]), month, int(found[1]), int(found[4] or _NOON), int(found[5] or 0), tzinfo=UTC
        )
    except ValueError:
        return None
    return int(at.timestamp() * 1000), False
