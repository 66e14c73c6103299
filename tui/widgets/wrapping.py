"""Text from messages broken into lines, no more of it than is asked for."""

from collections.abc import Iterator

from rich.cells import cell_len, chop_cells

from tui.text import Safe, safe


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
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield text[start:end]
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
