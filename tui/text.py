"""The one gate for text from strangers: what passes it can be put on a terminal as it stands.

Widgets and commands ask for `Safe`, so that the type checker finds the text that has not been through here.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final, NewType

Safe = NewType("Safe", str)
"""Text without a character that a terminal would obey, hide, reorder or stack beyond its line."""

# Every character in here is one the terminal shows as itself. What is not named is looked at one by one.
_PLAIN: Final = (
    r"\x20-\x7e\xa1-\xac\xae-\u02ff\u0370-\u0373\u0388-\u0482\u048a-\u052f"
    r"\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff\u2500-\u25ff"
    r"\u3001-\u3029\u3041-\u3096\u309d-\u30ff\u4e00-\u9fff\uac00-\ud7a3"
)
_COMMON: Final = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xC0, 0x180), 0xB7, *range(0x2010, 0x2028))))
"""The most frequent of them: a line that has no others needs no pattern, which takes longer to compile."""
_LINE: Final = 200
_LINE_BREAK: Final = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")

_MARK: Final = "\ufffd"
_MARKS_IN_A_ROW: Final = 4
# Overrides turn "gpj.exe" into "exe.jpg"; the other direction marks are only tidy typesetting.
_OVERRIDES: Final = "\u202d\u202e"
# Shown as nothing or as a blank by a terminal, though Unicode files them under letters and marks.
_UNSEEN: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8"
    "\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]"
)
_BRAILLE_BLANK: Final = "\u2800"


def safe(text: str, *, newlines: bool = False) -> Safe:
    """Make `text` harmless: controls become visible, invisible and reordering characters go.

    The result is one line unless `newlines` is set. Tabs become a space, or four where lines are kept.
    """
    if text.isascii() and text.isprintable():
        return Safe(text)
    if len(text) <= _LINE and _COMMON.issuperset(text):
        return Safe(text)
    unplain = _unplain(newlines=newlines)
    if unplain.search(text) is None:
        return Safe(text)
    text = _LINE_BREAK.sub("\n" if newlines else " ", text).replace("\t", "    " if newlines else " ")
    return Safe(unicodedata.normalize("NFC", unplain.sub(_clean, text)))


@cache
def _unplain(*, newlines: bool) -> re.Pattern[str]:
    """Return what finds all that is not plain, compiled when first needed."""
    return re.compile(f"[^\n{_PLAIN}]+" if newlines else f"[^{_PLAIN}]+")


def _clean(run: re.Match[str]) -> str:
    """A run of unusual characters, each replaced by what may be shown of it, stacked marks cut short."""
    kept: list[str] = []
    stacked = 0
    for character in run[0]:
        shown, stacks = _shown(character)
        if stacks:
            stacked += 1
            if stacked > _MARKS_IN_A_ROW:
                continue
        elif shown:
            stacked = 0
        kept.append(shown)
    return "".join(kept)


@lru_cache(maxsize=4096)
def _shown(character: str) -> tuple[str, bool]:
    """What is shown of one character, and whether it stacks upon the one before."""
    category = unicodedata.category(character)
    if category == "Cc":
        return _control_picture(ord(character)), False
    if category in ("Cs", "Co") or character in _OVERRIDES or _is_noncharacter(ord(character)):
        return _MARK, False
    if category == "Cf" or _UNSEEN.match(character):
        return "", False
    if category == "Zs" or character == _BRAILLE_BLANK:
        return " ", False
    return character, category in ("Mn", "Me")


def _control_picture(code: int) -> str:
    """The visible stand-in of a control character: ESC is shown as one small "ESC"."""
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else _MARK


def _is_noncharacter(code: int) -> bool:
    """Whether Unicode promises that this code will never be a character."""
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def width(text: str) -> int:
    """How many terminal columns a single line of text takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def fit(text: Safe, columns: int, *, ellipsis: str = "…") -> Safe:
    """`text`, cut to at most `columns` terminal columns; what was cut is told by the ellipsis."""
    if width(text) <= columns:
        return text
    room = columns - width(ellipsis)
    if room < 0:
        return Safe("")
    cut = text[:room] if text.isascii() else _first_columns(text, room)
    return Safe(cut.rstrip() + ellipsis)


def _first_columns(text: str, columns: int) -> str:
    """As many whole characters, with the marks upon them, as take at most `columns`."""
    used = 0
    for position, character in enumerate(text):
        used += width(character)
        if used > columns:
            return text[:position]
    return text


def pad(text: Safe, columns: int, *, right: bool = False, ellipsis: str = "…") -> Safe:
    """`text` in exactly `columns` terminal columns, cut or filled with spaces, on its left if `right`."""
    text = fit(text, columns, ellipsis=ellipsis)
    filling = " " * (columns - width(text))
    return Safe(filling + text if right else text + filling)
