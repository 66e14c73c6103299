"""The parts of a mail: its headers, and the tree of its body, as places in one block of bytes.

Nothing is copied or decoded before somebody asks for it; every depth and count is bounded.
"""

import binascii
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import msgspec

from store.sources.charsets import decode
from store.sources.words import parameters, unbase64

MOST_PARTS = 64
DEEPEST = 20
MOST_BYTES = 25 * 1024 * 1024
MOST_HEADERS = 1024 * 1024
"""Bytes; what stands behind is read as part of no header."""

_HEADER_LINES = re.compile(rb"(?:[!-9;-~]+[ \t]*:[^\n]*(?:\n|\Z)(?:[ \t][^\n]*(?:\n|\Z))*|>?From [^\n]*\n)*+")
_NAME = re.compile(r"[!-9;-~]+[ \t]*")
_NO_WORDS = frozenset(
    (
        "text/calendar",
        "text/csv",
        "text/vcard",
        "text/x-vcard",
        "text/directory",
        "text/rtf",
        "text/xml",
        "text/css",
        "text/javascript",
        "text/rfc822-headers",
        "text/watch-html",
        "text/x-amp-html",
    )
)
"""Texts for programs."""
_NAMES = (
    *("From", "Sender", "Reply-To", "Return-Path", "Delivered-To", "To", "Cc", "Subject", "Date", "Received"),
    *("Message-ID", "In-Reply-To", "References", "X-GM-THRID", "X-Gmail-Labels", "MIME-Version"),
    *("List-Id", "Precedence", "Auto-Submitted", "List-Unsubscribe"),
    *("Status", "X-Mozilla-Status", "X-LinkedIn-Class", "X-LinkedIn-Template"),
    *("Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "Content-ID"),
)
_SPELLED = {spelled: name.lower() for name in _NAMES for spelled in (name, name.lower())}
"""Headers that are looked at; most mails carry three times as many."""


class Headers:
    """The headers of one part that matter here, by lower-case name.

    Values are as received: unfolded, 8-bit bytes as Latin-1.
    """

    __slots__ = ("_values", "are_whole")

    def __init__(self, block: bytes, *, only_whole: bool = False) -> None:
        """Read a block of headers; with `only_whole` no further than to a line that is none of a header."""
        values: dict[str, list[str]] = {}
        self.are_whole = True
        """Whether no such line was met."""
        text = block.decode("latin-1").replace("\n ", " ").replace("\n\t", " ")
        for line in text.split("\n"):
            name, colon, value = line.partition(":")
            known = _SPELLED.get(name)
            if only_whole and not (colon and (known or _NAME.fullmatch(name))):
                self.are_whole = False
                break
            known = known or _SPELLED.get(name.rstrip().lower())
            if known:
                found = values.get(known)
                if found is None:
                    values[known] = [value.strip()]
                else:
                    found.append(value.strip())
        self._values = values

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def have_one_of(self, names: frozenset[str]) -> bool:
        """Tell whether there is a header with one of these names."""
        return not names.isdisjoint(self._values)

    def first(self, name: str) -> str:
        """Return the first header of that name, or an empty text."""
        found = self._values.get(name)
        return found[0] if found else ""

    def all(self, name: str) -> list[str]:
        """Return every header of that name, the newest hop's first."""
        return self._values.get(name, [])

    def names(self) -> list[str]:
        """Return the names in the order in which they first stand."""
        return list(self._values)


def split_headers(raw: bytes, start: int, end: int) -> tuple[Headers, int]:
    """Read the headers that begin at `start`; return them and where the body begins.

    A line that is no header ends them, as does the first empty line.
    """
    most = min(end, start + MOST_HEADERS)
    blank = raw.find(b"\n\n", start, most)
    if blank > start:
        headers = Headers(raw[start:blank], only_whole=True)
        if headers.are_whole:
            return headers, blank + 2
    found = _HEADER_LINES.match(raw, start, most)
    stop = found.end() if found else start
    headers = Headers(raw[start:stop])
    if most < end and stop == most:
        blank = raw.find(b"\n\n", stop - 1, end)
        return headers, end if blank < 0 else blank + 2
    return headers, stop + 1 if stop < end and raw[stop : stop + 1] == b"\n" else stop


@lru_cache(maxsize=512)
def _plain_type(value: str) -> tuple[str, dict[str, str]]:
    kind = value.partition(";")[0].strip().lower().split(" ")[0]
    return (kind if kind.count("/") == 1 else ""), parameters(value)


class Part(msgspec.Struct):
    """One node of the tree: a leaf, or a container with children."""

    raw: bytes
    start: int
    end: int
    type: str
    """In lower case, `text/plain` where nothing is said."""
    headers: Headers
    settings: dict[str, str]
    """Parameters of the content type."""
    children: list["Part"]
    cut: bool = False
    """Whether the tree below has more parts than are looked at; said of the whole mail only."""

    def payload(self, most: int = MOST_BYTES) -> bytes:
        """Return the decoded bytes of a leaf, at most so many before they are decoded."""
        data = self.raw[self.start : min(self.end, self.start + most)]
        encoding = self._encoding()
        if encoding == "quoted-printable":
            return binascii.a2b_qp(data)
        return unbase64(data) if encoding == "base64" else data

    def text(self) -> str:
        """Return the decoded text of a leaf."""
        return decode(self.payload(), self.settings.get("charset", ""))

    def size(self) -> int:
        """Return the bytes of a leaf when decoded, without decoding base64."""
        encoding = self._encoding()
        if encoding == "base64":
            lines = self.raw.count(b"\n", self.start, self.end)
            padding = self.raw.count(b"=", max(self.start, self.end - 4), self.end)
            return max(0, (self.end - self.start - lines) * 3 // 4 - padding)
        return len(self.payload()) if encoding == "quoted-printable" else self.end - self.start

    def name(self) -> str:
        """Return the file name as the mail gives it."""
        disposition = self.headers.first("content-disposition")
        named = parameters(disposition).get("filename", "") if ";" in disposition else ""
        return named or self.settings.get("name", "")

    def attached(self) -> bool:
        """Whether it is meant as a file and not as text to read."""
        if self.headers.first("content-disposition")[:10].lower() == "attachment":
            return True
        return not self.words() and bool(self.name())

    def words(self) -> bool:
        """Whether it is of a kind that people read as it is; a name alone makes no file of it."""
        return self.type.startswith("text/") and self.type not in _NO_WORDS

    def leaves(self) -> Iterator["Part"]:
        """Yield the leaves in order; a forwarded message counts as one."""
        stack = [self]
        while stack:
            part = stack.pop()
            if part.children and part.type != "message/rfc822":
                stack.extend(reversed(part.children))
            else:
                yield part

    def _encoding(self) -> str:
        return self.headers.first("content-transfer-encoding").partition(";")[0].strip().lower()


class _Limit:
    """How many parts may still be made."""

    def __init__(self) -> None:
        self.left = MOST_PARTS
        self.cut = False


class _Span(NamedTuple):
    start: int
    end: int


def read_parts(raw: bytes, start: int, headers: Headers, most: int = MOST_BYTES) -> Part:
    """Return the tree of the message whose body begins at `start`; so many bytes of it are looked at."""
    end = min(len(raw), start + most)
    limit = _Limit()
    root = _part(raw, _Span(start, end), headers, "text/plain", 0, limit)
    root.cut = limit.cut
    return root


def _part(raw: bytes, span: _Span, headers: Headers, default: str, depth: int, limit: _Limit) -> Part:
    limit.left -= 1
    content_type = headers.first("content-type")[:4000]
    kind, settings = _plain_type(content_type) if content_type else (default, {})
    part = Part(raw, span.start, span.end, kind or default, headers, settings, [])
    nests = part.type == "message/rfc822" or part.type.startswith("multipart/")
    if not nests:
        return part
    if depth >= DEEPEST or limit.left <= 0:
        limit.cut = True
    elif part.type == "message/rfc822":
        inner, body = split_headers(raw, span.start, span.end)
        part.children.append(_part(raw, _Span(body, span.end), inner, "text/plain", depth + 1, limit))
    else:
        _add_children(part, depth, limit)
    return part


def _add_children(part: Part, depth: int, limit: _Limit) -> None:
    """Split a multipart at its boundary; without one it is read as text."""
    default = "message/rfc822" if part.type == "multipart/digest" else "text/plain"
    boundary = part.settings.get("boundary", "").rstrip()
    spans = _spans(part.raw, _Span(part.start, part.end), boundary, limit.left + 1) if boundary else []
    for span in spans:
        if limit.left <= 0:
            limit.cut = True
            return
        headers, body = split_headers(part.raw, span.start, span.end)
        part.children.append(_part(part.raw, _Span(body, span.end), headers, default, depth + 1, limit))
    if not part.children:
        part.type = "text/plain"


def _spans(raw: bytes, span: _Span, boundary: str, most: int) -> list[_Span]:
    """Return where the parts between boundary lines stand; the last may lack its end."""
    mark = b"--" + boundary.encode("latin-1", "replace")
    spans: list[_Span] = []
    begin, at, tries = -1, span.start, 0
    while len(spans) < most and tries < 10_000:
        tries += 1
        at = raw.find(mark, at, span.end)
        if at < 0:
            break
        line_end = raw.find(b"\n", at, span.end)
        line_end = span.end if line_end < 0 else line_end
        rest = raw[at + len(mark) : min(line_end, at + len(mark) + 80)].strip()
        if (at > span.start and raw[at - 1] != 10) or rest not in (b"", b"--"):
            at += len(mark)
            continue
        if begin >= 0:
            spans.append(_Span(begin, max(begin, at - 1)))
        begin = min(line_end + 1, span.end) if not rest else -1
        if rest:
            return spans
        at = begin
    if begin >= 0 and len(spans) < most:
        spans.append(_Span(begin, span.end))
    return spans
