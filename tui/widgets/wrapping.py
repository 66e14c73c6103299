"""Text from messages broken into lines, no more of it than is asked for."""

import re
from collections.abc import Iterator

from rich.cells import cell_len, chop_cells

from tui.text import Safe, safe

_MARGIN = 64
"""Where programs break lines at the earliest."""
_NARROWEST, _WIDEST = 45, 100
"""How long a line is that was broken at a margin."""
_NUMBERED = re.compile(r"\d+[.):]|[a-zA-Z][.)]")


def wrapped(text: str, width: int) -> Iterator[Safe]:
    """Break a text of any length into safe lines of at most `width` cells, one by one.

    Blank lines at its ends are left out, and of several in a row one is kept.
    """
    blank = False
    started = False
    for paragraph in _paragraphs(text):
        if not paragraph.strip():
            blank = started
            continue
        if blank:
            yield Safe("")
        blank, started = False, True
        yield from _filled(paragraph.rstrip(), max(width, 1))


def _paragraphs(text: str) -> Iterator[str]:
    """Yield paragraphs, their lines joined again where the sender's program broke them at a margin."""
    paragraph: list[str] = []
    for line in _lines(text):
        if paragraph and not _goes_on(paragraph[-1], line):
            yield " ".join(paragraph)
            paragraph = []
        paragraph.append(line)
    yield " ".join(paragraph)


def _goes_on(line: str, following: str) -> bool:
    """Tell whether a line was broken only because the next word did not fit."""
    if not _NARROWEST <= len(line) <= _WIDEST or not following or not following[0].isalnum():
        return False
    word, _, rest = following.partition(" ")
    return len(line) + 1 + len(word) > _MARGIN and not (rest and _NUMBERED.fullmatch(word))


def _lines(text: str) -> Iterator[str]:
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield text[start:end].rstrip()
        start = end + 1


def _filled(paragraph: str, width: int) -> Iterator[Safe]:
    """Fill lines with words; a word longer than a line is chopped, and an indent is kept."""
    for start in range(0, len(paragraph), _PIECE):
        text = safe(paragraph[start : start + _PIECE].rstrip())
        if cell_len(text) <= width:
            yield text
            continue
        line = ""
        for word in _words(text, width):
            if line and cell_len(line) + 1 + cell_len(word) > width:
                yield Safe(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        yield Safe(line)


_PIECE = 20_000
"""Characters looked at in one go: some mails are one line of megabytes."""


def _words(text: str, width: int) -> Iterator[str]:
    for word in text.split():
        if cell_len(word) <= width:
            yield word
        else:
            yield from chop_cells(word, width)
