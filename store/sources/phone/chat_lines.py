"""The lines of an exported chat: where a message begins, when it was, and in which order dates are written.

An export has one shape throughout, that of its first line. Whatever else looks like a date belongs to the
words of a message, so that nobody's words are taken for somebody else's message, unless they copy the shape.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple
from unicodedata import digit

MARKS = "\u200e\u200f\u202a\u202b\u202c\ufeff"
"""Marks of direction, which stand before dates, names and notes."""
_NO_MARKS = dict.fromkeys(map(ord, MARKS))
_DATE_ENDS, _HEAD_ENDS = 40, 200
_LINE = re.compile(
    r"(\[?)(\d{1,4})([-/.])\s?(\d{1,4})\3\s?(\d{1,4})[.,\u060c]{0,2}\s([^\d\n:\[\]-]{0,20}?)"
    r"(\d{1,2})[.:](\d{2})(?:[.:](\d{2}))?(?:\s?([ap]\.?\s?m\.?)|\s?([^\d\n\]:-]{1,10}?)(?=\]|\s-\s))?"
    r"(\]|\s-|:)?\s(.*)",
    re.IGNORECASE | re.DOTALL,
)
_MORNING = frozenset(("am", "上午", "午前", "오전", "ص", "πμ", "vorm", "de", "dop", "öö"))
_EVENING = frozenset(("pm", "下午", "午後", "오후", "م", "μμ", "nachm", "du", "odp", "ös"))
_LEVELS = re.compile(r"(?:.*\W)?(?:trace|debug|info|notice|warn|warning|error|critical|fatal)", re.IGNORECASE)
_MONTHS, _DAYS = 12, 31
AUTHOR = re.compile(r"([^:\n]{1,100}?):\s(.*)", re.DOTALL)
"""Who wrote a line, and what."""
Order = Literal["dmy", "mdy", "ymd"]


class Line(NamedTuple):
    """A line that begins a message, its date still in pieces."""

    shape: tuple[object, ...]
    pieces: tuple[int, int, int]
    time: tuple[int, int, int]
    has_seconds: bool
    text: str


class Begun(NamedTuple):
    """A message, and where it begins."""

    number: int
    """Of its first line, from 1."""
    line: Line


def read_line(line: str) -> Line | None:
    """Read a line that begins a message; None for any other."""
    head = _plain(line.lstrip(MARKS))
    found = _LINE.match(head[:_HEAD_ENDS])
    if found is None:
        return None
    bracket, first, between, second, third, before, hour, minute, seconds, noon, other, end, _ = (
        found.groups()
    )
    if (bracket == "[") != (end == "]"):
        return None
    hours = _hours(int(hour), noon or other or before)
    pieces = (int(first), int(second), int(third))
    if pieces[1] > _DAYS:
        pieces = (pieces[0], pieces[2], pieces[1])
    shape = (bracket, between, end, seconds is None, len(first) > 2)
    time = (hours, int(minute), int(seconds or 0))
    return Line(shape, pieces, time, seconds is not None, head[found.start(13) :])


def _plain(line: str) -> str:
    """Return a line whose date has plain digits and blanks, and no marks of direction."""
    if line[:_DATE_ENDS].isascii():
        return line
    date = line[:_DATE_ENDS].translate({0x202F: " ", 0xA0: " ", **_NO_MARKS})
    return "".join(str(digit(c)) if digit(c, None) is not None else c for c in date) + line[_DATE_ENDS:]


def _hours(hour: int, word: str) -> int:
    """Return the hour of the day; a word that is not known changes nothing."""
    said = "".join(c for c in word.casefold() if c.isalpha())
    if said in _EVENING:
        return hour % 12 + 12
    return hour % 12 if said in _MORNING else hour


def is_chat(head: bytes, *, named: bool) -> bool:
    """Tell from its first bytes whether a text is a chat; one `named` like a chat needs one line only.

    Any other must have two lines with a bracket, dash or colon behind the time, an author, and none that is
    the level of a log.
    """
    try:
        text = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:
            return False
        text = head[: error.start].decode("utf-8-sig")
    found = [line for each in text.replace("\r", "\n").split("\n") if (line := read_line(each)) is not None]
    if named:
        return bool(found)
    alike = [line for line in found if line.shape == found[0].shape and line.shape[2]]
    authors = [author[1] for line in alike if (author := AUTHOR.match(line.text))]
    return len(alike) > 1 and bool(authors) and not any(map(_LEVELS.fullmatch, authors))


def messages_in(text: str) -> Iterator[Begun]:
    """Yield messages; a line that begins none goes on with the one before."""
    shape: tuple[object, ...] | None = None
    current: Begun | None = None
    more: list[str] = []
    for number, each in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        line = read_line(each)
        if line is None or (shape is not None and line.shape != shape):
            more.append(each)
            continue
        if current is not None:
            yield _with(current, more)
        shape, current, more = line.shape, Begun(number, line), []
    if current is not None:
        yield _with(current, more)


def _with(begun: Begun, more: Sequence[str]) -> Begun:
    line = begun.line
    return Begun(begun.number, line._replace(text="\n".join((line.text, *more))))


def order_of(lines: Sequence[Line]) -> Order | None:
    """Return how a chat writes dates: by a number that is no month, else by what never goes backwards.

    None where nothing tells.
    """
    pieces = [line.pieces for line in lines]
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
    if any(line.shape[1] == "." for line in lines):
        return "dmy"
    firsts, seconds = len({first for first, _, _ in pieces}), len({second for _, second, _ in pieces})
    if firsts == seconds:
        return None
    return "dmy" if firsts > seconds else "mdy"
