"""A mail that was forwarded and then copied: below the line stands the mail, above it a note."""

import re
from hashlib import blake2b
from typing import NamedTuple

from store.records.message import Contact, Message
from store.sources.linkedin.mail import without_tokens
from store.sources.quoting import split
from store.sources.text import capped, normalise, one_line
from store.sources.words import contacts
from store.sources.written_dates import Order, read_date

READER = 2
"""Version of this reader; grows when it decodes better, so that its reading replaces an older one."""
_BEGINS = re.compile(
    r"^[ \t>]{0,20}(?:-{3,}[ \t]{0,5}(?:original message|forwarded message|ursprüngliche nachricht"
    r"|weitergeleitete nachricht|message d['’]origine|message transféré|mensaje original|mensaje reenviado"
    r"|messaggio originale|messaggio inoltrato)[ \t]{0,5}-{3,}"
    r"|(?:begin forwarded message|anfang der weitergeleiteten nachricht|début du message (?:transféré"
    r"|réexpédié)"
    r"|inicio del mensaje reenviado|inizio messaggio inoltrato)[ \t]?:)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_NAMES = {
    "from": "from|von|de|da",
    "date": "date|sent|gesendet|datum|envoyé|fecha|enviado|enviado el|data|inviato",
    "to": "to|an|à|para|a",
    "subject": "subject|betreff|objet|asunto|oggetto",
    "other": "cc|bcc|kopie|copie|copia|reply-to|antwort an|répondre à|responder a|rispondi a|importance"
    "|priorität|attachments|anlagen|anhänge|pièces jointes|datos adjuntos|allegati",
}
_FIELD_OF = {name: field for field, names in _NAMES.items() for name in names.split("|")}
_ENGLISH = ("from",)
_HEADER = re.compile(
    r"^[ \t>*]{0,6}([^\W\d_][^\W\d_ -]{0,11}(?:[ -][^\W\d_]{1,10})?)[ \t]?\*?:\*{0,2}(?:[ \t]+(.*))?$"
)
_OUTLOOK = re.compile(r"\[(?:mailto:)?([^\[\]\s]{1,200}@[^\[\]\s]{1,200})\]")
"""How older Outlooks write an address."""
_RULE = re.compile(r"[_\-=*]{5,}$")
_QUOTED = re.compile(r"^[ \t]*> ?", re.MULTILINE)
_MOST_HEADERS = 30
_SEARCHED = 200
_BEHIND_LINE = 5
_NEEDED = 3
_LONGEST = 1_000


class _Block(NamedTuple):
    note: str
    """What stands above the mail."""
    fields: dict[str, str]
    body: str
    order: Order


def is_forwarded(text: str) -> bool:
    """Tell whether a text holds a forwarded mail."""
    return _block(text) is not None


def message_of(text: str, now: int) -> Message | None:
    """Return the mail that was forwarded, None where there is none; without a usable date it came `now`."""
    block = _block(text)
    if block is None:
        return None
    found = contacts(_OUTLOOK.sub(r"<\1>", block.fields["from"]))
    sender = found[0] if found else Contact(name=one_line(block.fields["from"], _LONGEST))
    when = read_date(block.fields.get("date", ""), block.order)
    parts = split(without_tokens(capped(normalise(block.body)).strip(), relayed=False))
    raw = "\n".join(
        (*(f"{name}: {value}" for name, value in sorted(block.fields.items())), "", block.body.strip())
    )
    key = "paste:" + blake2b(raw.encode("utf-8", "replace"), digest_size=16).hexdigest()
    return Message(
        k=key,
        reader=READER,
        channel="email",
        at=when.at if when else now,
        at_precision=when.precision if when else "s",
        at_zone=when.zone if when else False,
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
    """Find the first place where the headers of a forwarded mail stand."""
    begins = _BEGINS.search(text)
    start = begins.end() if begins else 0
    lines = text[start:].split("\n")
    for place, line in enumerate(lines[: _BEHIND_LINE if begins else _SEARCHED]):
        name, _ = _header(line)
        if _FIELD_OF.get(name) != "from":
            continue
        fields, length = _fields(lines[place:])
        if len(fields) >= _NEEDED and fields.get("from") and ("date" in fields or "subject" in fields):
            note = text[: begins.start()] if begins else "\n".join(lines[:place])
            order: Order = "mdy" if name in _ENGLISH else "dmy"
            words = "\n".join(lines[place + length :])
            words = _QUOTED.sub("", words) if line.lstrip().startswith(">") else words
            return _Block(_without_rule(note), fields, words, order)
    return None


def _header(line: str) -> tuple[str, str]:
    """Return the name and the value of a header, two empty texts for any other line."""
    found = _HEADER.match(line[:_LONGEST])
    name = " ".join(found[1].casefold().split()) if found else ""
    return (name, (found[2] or "").strip(" *")) if found and name in _FIELD_OF else ("", "")


def _fields(lines: list[str]) -> tuple[dict[str, str], int]:
    """Read header lines; return them, and how many lines they take with the empty one behind them."""
    fields: dict[str, str] = {}
    last = ""
    for count, line in enumerate(lines[:_MOST_HEADERS]):
        name, value = _header(line)
        plain = line.strip(" >\t")
        if name:
            last = _FIELD_OF[name]
            fields.setdefault(last, value)
        elif not plain:
            return _named(fields), count + 1
        elif last in ("to", "other") and ("@" in plain or ";" in plain):
            fields[last] += " " + plain  # a long list of people goes on
        else:
            return _named(fields), count
    return _named(fields), min(len(lines), _MOST_HEADERS)


def _named(fields: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if name != "other"}


def _without_rule(note: str) -> str:
    """Return a note without the line that parts it from the mail."""
    lines = note.strip().split("\n")
    return "\n".join(lines[:-1] if _RULE.match(lines[-1].strip()) else lines).strip()
