"""What stands in a header: encoded words (RFC 2047), parameters (RFC 2045, 2231), message ids, addresses.

Written by hand rather than with the `email` package: its results differ between versions of Python, which
would make two machines keep different records of one message, and it is the slower half of reading a mail.
"""

import binascii
import re
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import unquote_to_bytes

from store.records.message import Contact
from store.sources.charsets import decode
from store.sources.text import one_line

MOST_HEADER = 16_384
"""Characters looked at of one header."""
MOST_CONTACTS = 100
MOST_IDS = 50

_WORD = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?\s]{0,40})?\?([bBqQ])\?(.{0,2000}?)\?=", re.DOTALL)
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_ID = re.compile(r"<[^<>\s]+>")
_LONGEST_ID = 250
_PARAMETER = re.compile(r";\s*([\w!#$%&'*+.^`|~-]{1,80})\s*=\s*(\"(?:[^\"\\]|\\.)*(?:\"|$)|[^;]*)", re.DOTALL)
_TOKEN = re.compile(
    r"=\?[^?\s]{1,80}\?[bBqQ]\?[^?\n]{0,2000}\?="  # an encoded word, which may hold a raw comma
    r"|\"(?:[^\"\\]|\\.)*(?:\"|$)"  # a quoted string
    r"|\((?:[^()\\]|\\.)*\)"  # a comment
    r"|<[^<>]*>?"  # an address in angle brackets
    r"|[,;:]"
    r"|[^\s\",;:<(=]+|\s+|.",
    re.DOTALL,
)
_SIMPLE = re.compile(r"\s*(?:\"([^\"\\=]*)\"|([^\"\\<>(),;:=@]*?))\s*<([^<>\s,;:\"()]+@[^<>\s,;:\"()]+)>\s*")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def unbase64(data: bytes) -> bytes:
    """Decode base64 of any quality: strangers, missing padding and line ends are forgiven."""
    try:
        return binascii.a2b_base64(data, strict_mode=True)
    except binascii.Error:
        clean = _NOT_BASE64.sub(b"", data)
        clean = clean[: len(clean) - (len(clean) % 4 == 1)]
        return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))


def received(value: str) -> str:
    """Return a header as text: raw 8-bit bytes (read as Latin-1 so far) decoded, encoded words too."""
    value = value[:MOST_HEADER]
    if not value.isascii():
        value = decode(value.encode("latin-1", "replace"))
    return decode_words(value) if "=?" in value else value


def decode_words(value: str) -> str:
    """Decode encoded words; neighbours of one charset are joined before, as a character may be split."""
    out: list[str] = []
    pending, charset, end = b"", "", 0
    for word in _WORD.finditer(value):
        between = value[end : word.start()]
        data = _word_bytes(word)
        if pending and (between.strip() or word[1].lower() != charset):
            out.append(decode(pending, charset))
            pending = b""
        if between.strip() or not end:
            out.append(between)
        pending, charset, end = pending + data, word[1].lower(), word.end()
    if pending:
        out.append(decode(pending, charset))
    return "".join(out) + value[end:]


def _word_bytes(word: re.Match[str]) -> bytes:
    text = word[3].encode("utf-8", "surrogateescape")
    return unbase64(text) if word[2] in "bB" else binascii.a2b_qp(text, header=True)


def message_ids(value: str) -> list[str]:
    """Return the ids in a header, each bounded in length; of very many the first and the last."""
    found = _ID.findall(value)
    if len(found) > MOST_IDS:
        found = found[:1] + found[-(MOST_IDS - 1) :]
    return [bounded_id(id) for id in found]


def bounded_id(id: str) -> str:
    """Return an id, or its hash where it is longer than any program makes them."""
    if len(id) <= _LONGEST_ID and id.isascii() and id.isprintable():
        return id
    return "<" + blake2b(id.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest() + "@long>"


def parameters(value: str) -> dict[str, str]:
    """Return the parameters behind a header's value, by lower-case name, decoded but for the boundary."""
    found: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for name, raw in _PARAMETER.findall(value[:MOST_HEADER]):
        text = _ESCAPED.sub(r"\1", raw.strip()[1:].removesuffix('"')) if raw.startswith('"') else raw.strip()
        base, star, rest = name.lower().partition("*")
        if not star:
            found.setdefault(base, text if base == "boundary" else received(text))
            continue
        number = rest.rstrip("*")
        pieces.setdefault(base, []).append(
            (int(number) if number.isdecimal() else 0, name.endswith("*"), text)
        )
    return {**found, **{base: _joined(parts) for base, parts in pieces.items()}}


def _joined(parts: list[tuple[int, bool, str]]) -> str:
    """Put the pieces of a long parameter together (RFC 2231): charset'language'percent-encoded text."""
    parts.sort(key=lambda part: part[0])
    charset, data = "", b""
    for place, (_, encoded, text) in enumerate(parts):
        piece = text
        if encoded and not place and text.count("'") >= 2:
            charset, _, piece = text.split("'", 2)
        data += unquote_to_bytes(piece) if encoded else piece.encode("latin-1", "replace")
    return decode(data, charset)


def contacts(value: str) -> list[Contact]:
    """Return who is named in an address header, at most a hundred."""
    single = _single(value) if len(value) < 320 and value.isascii() else None
    if single:
        return [single]
    found: list[Contact] = []
    for name, address in _mailboxes(value):
        if name or address:
            found.append(_contact(name, address))
            if len(found) == MOST_CONTACTS:
                break
    return found


@lru_cache(maxsize=2048)
def _single(value: str) -> Contact | None:
    """Read a header of the commonest form, `Name <address>`; the same people write again and again."""
    simple = _SIMPLE.fullmatch(value)
    return _contact(simple[1] or simple[2] or "", simple[3]) if simple else None


def _contact(name: str, address: str) -> Contact:
    email = one_line(address, 320).lower().replace(" ", "")
    name = one_line(name, 200).strip("'\" ")
    if not email and "@" in name and " " not in name:
        return Contact(email=name.lower())
    return Contact(name="" if name.lower() == email else name, email=email if "@" in email else "")


def _mailboxes(value: str) -> list[tuple[str, str]]:
    """Split an address header into (name, address); commas in quotes and in encoded words do not split."""
    value = value[:MOST_HEADER]
    if not value.isascii():
        value = decode(value.encode("latin-1", "replace"))
    found: list[tuple[str, str]] = []
    name, address, comment = "", "", ""
    for token in [*_TOKEN.findall(value), ","]:
        first = token[0]
        if first in ",;":
            found.append(_mailbox(name, address, comment))
            name = address = comment = ""
        elif first == ":":
            name = ""  # a group's name, of which only the members count
        elif first == "<":
            address = token[1:].removesuffix(">").strip()
        elif first == "(" and len(token) > 1:
            comment = token[1:-1]
        elif first == '"':
            name += _ESCAPED.sub(r"\1", token[1:].removesuffix('"') if len(token) > 1 else "")
        else:
            name += token
    return found


def _mailbox(name: str, address: str, comment: str) -> tuple[str, str]:
    name = name.strip()
    if not address and "@" in name and "=?" not in name:
        *words, last = name.split()
        if "@" in last:
            return decode_words(" ".join(words) or comment), last
    return decode_words(name or comment), address
