"""Text from outside made fit to keep: valid Unicode in one normal form, without invisible filler."""

import re
import unicodedata
from pathlib import Path

MOST_CHARACTERS = 1_000_000
CUT = "\n\n[Cut here: the message is longer than what is kept of one. Its source has the rest.]"

_INVISIBLE = "\u200b\u200c\u200e\u200f\u034f\ufeff\u2060"
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})
_BREAKS = str.maketrans({"\u2028": "\n", "\u2029": "\n", "\u0085": "\n"})
_PLAIN = bytes((*b"\t\n", *range(32, 127)))
"""What ASCII has besides controls; taking it away is the quickest way to see whether these are there."""
_CONTROLS = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_PAIRS = re.compile(r"[\ud800-\udbff][\udc00-\udfff]")
_MOJIBAKE = re.compile("[\u00c3\u00c2\u00e2][\u0080-\u2122]")


def normalise(text: str) -> str:
    """Return the text in NFC with plain line ends, without control characters and zero-width filler.

    No-break spaces become spaces, NUL and lone surrogates the replacement character.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    if text.isascii():
        is_plain = not text.encode().translate(None, _PLAIN)
    else:
        text = _normalise_wide(text)
        is_plain = text.replace("\n", "").isprintable()
    return text if is_plain else _CONTROLS.sub("", text)


def _normalise_wide(text: str) -> str:
    text = _SURROGATES.sub("\ufffd", _PAIRS.sub(_join, text))
    if _MOJIBAKE.search(text):
        text = _repaired(text)
    for character in _INVISIBLE:
        text = text.replace(character, "")
    text = text.translate(_SPACES) if "\u00a0" in text or "\u202f" in text else text
    text = text.translate(_BREAKS) if any(chr(mark) in text for mark in _BREAKS) else text
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _join(pair: re.Match[str]) -> str:
    return pair[0].encode("utf-16", "surrogatepass").decode("utf-16")


def _repaired(text: str) -> str:
    """Undo UTF-8 that was read as cp1252 somewhere on the way, where that explains the whole text."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def one_line(text: str, most: int) -> str:
    """Return normalised text as one line of at most `most` characters."""
    return " ".join(normalise(text).split())[:most]


def place_of(path: Path) -> str:
    """Return a path as words; bytes that are no text become the replacement character."""
    return one_line(str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace"), 1_000)


def capped(text: str) -> str:
    """Return the text, cut with a sentence where it is longer than what is kept."""
    return text if len(text) <= MOST_CHARACTERS else text[:MOST_CHARACTERS] + CUT
