"""The texts, picture messages and calls of a backup, each told from the others by where it begins.

No attribute of well-formed XML can look like the beginning of a record. So a record that is broken costs
itself alone, an endless one is passed over, and no declaration reaches any of them: whatever a file declares,
nothing is expanded.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Literal, NamedTuple
from xml.parsers import expat

_PROLOG = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s++|<\?(?:[^?]|\?(?!>))*+\?>|<!--(?:[^-]|-(?!->))*+-->"
    rb"|<!DOCTYPE[^<>\[]*+(?:\[[^\]]*+\]\s*+)?>)*+"
)
_ROOT = re.compile(rb"<(?:smses|calls)(?=[\s/>])")
_UNENDED = (b"<!", b"<?")
_NAME = re.compile(r"(?:sms|calls)\b.*\.xml")
_RECORD = re.compile(r"<(?:sms|mms|call)(?=[\s/>])")
_LOOKED_BACK = 64
"""Characters in which the beginning of a record, or the end of the file, may be cut."""
_END = re.compile(r"</(?:smses|calls)\s*>|<(?:smses|calls)(?:\s[^<>]*)?/>")
_MOST = 4 * 1024 * 1024
"""Characters of one record, pictures apart, and of what stands before the first one."""
_MOST_PARTS = 200
_DEEPEST = 20
_REFUSED = "It declares entities, as no backup does, so it was not read. Make the backup anew, on the phone."
_BROKEN = "This record is no XML ({why}). All others were read; make the backup again to have this one."
_BEHIND = "What stands behind this record is no XML ({why}). All records were read."
_DEEP = "elements in elements in elements"
_ENDLESS = "This record is longer than 4 MB without its pictures, as no message is. All others were read."
_CUT = "The backup ends here before its end. What stands before was read; make or copy the backup again."
_NO_BACKUP = "Nothing in its first 4 MB is a text or a call, so it was not read on."


class Element(NamedTuple):
    """A record as it stands in the file."""

    line: int
    name: str
    """`sms`, `mms` or `call`."""
    fields: dict[str, str]
    parts: list[dict[str, str]]
    addresses: list[dict[str, str]]


class Broken(NamedTuple):
    """Something that cannot be read, and why."""

    line: int
    reason: str


Found = Element | Broken


def is_backup(head: bytes, name: str) -> bool:
    """Tell from its first bytes whether a file is a backup: by its root, behind declarations and comments.

    Where these are longer than the first bytes, the base name tells, in lower case.
    """
    prolog = _PROLOG.match(head)
    end = prolog.end() if prolog else 0
    if _ROOT.match(head, end):
        return True
    return head.startswith(_UNENDED, end) and _NAME.fullmatch(name) is not None


def elements(chunks: Iterable[str]) -> Iterator[Found]:
    """Yield the records of a backup that was mended, and what is broken in it, in the order of the file."""
    records = _Records()
    for chunk in chunks:
        yield from records.feed(chunk)
        if records.stage == "refused":
            return
    yield from records.end()


class _Records:
    """Cuts a backup into blocks of whole records."""

    def __init__(self) -> None:
        self.stage: Literal["before", "lost", "in", "refused"] = "before"
        """Before the first record; in one that is too long; at the beginning of one; not to be read on."""
        self._text = ""
        self._line = 1
        self._seen = 0

    def feed(self, chunk: str) -> Iterator[Found]:
        """Take in what comes next, and yield the records that are whole by then."""
        self._text += chunk
        if self.stage != "in":
            yield from self._find_first()
        if self.stage == "in":
            last = max((found.start() for found in _RECORD.finditer(self._text, self._seen)), default=0)
            yield from _block(self._text[:last], self._line)
            self._drop(last)
            if len(self._text) > _MOST:
                yield Broken(self._line, _ENDLESS)
                self.stage = "lost"
        self._seen = max(len(self._text) - _LOOKED_BACK, int(self.stage == "in"))
        if self.stage == "lost":
            self._drop(self._seen)
            self._seen = 0

    def _find_first(self) -> Iterator[Found]:
        first = _RECORD.search(self._text, self._seen)
        if first is None:
            if self.stage == "before" and len(self._text) > _MOST:
                yield Broken(self._line, _NO_BACKUP)
                self.stage = "refused"
            return
        if self.stage == "before" and _declares(self._text[: first.start()]):
            yield Broken(self._line, _REFUSED)
            self.stage = "refused"
            return
        self._drop(first.start())
        self.stage, self._seen = "in", 1

    def _drop(self, end: int) -> None:
        self._line += self._text.count("\n", 0, end)
        self._text = self._text[end:]

    def end(self) -> Iterator[Found]:
        """Yield the last record, and whether the file ended before its end."""
        ended = _END.search(self._text)
        if self.stage == "before" and _declares(self._text):
            yield Broken(self._line, _REFUSED)
            return
        last = self._text[: ended.start()] if ended else self._text
        found = list(_block(last, self._line)) if self.stage == "in" else []
        if ended:
            yield from found
            return
        # The one that the end cut is not broken in itself.
        yield from (each for each in found if isinstance(each, Element))
        yield Broken(self._line + self._text.rstrip().count("\n"), _CUT)


def _block(text: str, line: int) -> Iterator[Found]:
    """Yield the records of a text that begins with one; the text begins in a line of the file."""
    if not text:
        return
    whole = _Gathering(line)
    if not whole.parse(text):
        yield from whole.found
        return
    begins = [found.start() for found in _RECORD.finditer(text)]
    for begin, end in pairwise((*begins, len(text))):
        one = _Gathering(line)
        problem = one.parse(text[begin:end])
        yield from one.found
        if problem:
            yield Broken(line, (_BEHIND if one.found else _BROKEN).format(why=problem))
        line += text.count("\n", begin, end)


class _Gathering:
    """Gathers what the parser reports of one text."""

    def __init__(self, line: int) -> None:
        self._line = line - 1
        self._depth = 0
        self._current: Element | None = None
        self.found: list[Element] = []

    def parse(self, text: str) -> str:
        """Gather the records of a text; return what is wrong with it, or nothing."""
        self._parser = parser = expat.ParserCreate()
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        try:
            parser.Parse("<r>", False)
            parser.Parse(text, False)
            parser.Parse("</r>", True)
        except expat.ExpatError as error:
            return expat.ErrorString(error.code) or "unknown"
        except _DeepError:
            return _DEEP
        return ""

    def _begin(self, name: str, fields: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _DeepError
        if self._depth == 2 and name in ("sms", "mms", "call"):
            self._current = Element(self._line + self._parser.CurrentLineNumber, name, fields, [], [])
        elif self._current is not None and name in ("part", "addr"):
            kept = self._current.parts if name == "part" else self._current.addresses
            if len(kept) < _MOST_PARTS:
                kept.append(fields)

    def _end(self, _: str) -> None:
        self._depth -= 1
        if self._depth == 1 and self._current is not None:
            self.found.append(self._current)
            self._current = None


class _DeepError(Exception):
    """Elements lie in one another as in no backup."""


class _DeclaredError(Exception):
    """A document type is declared."""


def _declares(prolog: str) -> bool:
    """Tell whether what stands before the first record declares a document type, and with it entities."""

    def refuse(*_: object) -> None:
        raise _DeclaredError

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(prolog, False)
    except _DeclaredError:
        return True
    except expat.ExpatError:
        # What is wrong before the first record takes nothing from the records.
        return False
    return False
