"""Text measured in terminal cells: cut, filled and coloured pieces of one line."""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.text import Safe

NOTHING = Safe("")
Piece = tuple[Safe, Style]
"""A run of text in one style."""


def width_of(text: str) -> int:
    """Return how many cells a text takes."""
    return len(text) if text.isascii() else cell_len(text)


def cut(text: Safe, width: int, ellipsis: str = "…") -> Safe:
    """Shorten a text to `width` cells, ending in an ellipsis where something was lost."""
    if width_of(text) <= width:
        return text
    if width <= len(ellipsis):
        return Safe(set_cell_size(text, max(width, 0)))
    return Safe(set_cell_size(text, width - len(ellipsis)).rstrip() + ellipsis)


def fill(text: Safe, width: int) -> Safe:
    """Pad a text with blanks to at least `width` cells."""
    return Safe(text + " " * (width - width_of(text)))


def strip_of(pieces: Iterable[Piece], width: int, base: Style) -> Strip:
    """Join pieces to a line of exactly `width` cells in front of `base`."""
    segments = [Segment(text, base + style) for text, style in pieces if text]
    return Strip(segments).adjust_cell_length(width, base)


def highlighted(text: Safe, style: Style, words: Sequence[str], match: Style) -> list[Piece]:
    """Split a text so that every occurrence of the lower-cased `words` stands in the style `match`."""
    if not words or not text:
        return [(text, style)]
    low = text.lower()
    if len(low) != len(text):
        return [(text, style)]
    marked = bytearray(len(text))
    for word in words:
        start = low.find(word)
        while word and start >= 0:
            marked[start : start + len(word)] = b"\x01" * len(word)
            start = low.find(word, start + len(word))
    return _runs(text, marked, style, style + match)


def _runs(text: str, marked: bytearray, plain: Style, match: Style) -> list[Piece]:
    pieces: list[Piece] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or marked[end] != marked[start]:
            pieces.append((Safe(text[start:end]), match if marked[start] else plain))
            start = end
    return pieces
