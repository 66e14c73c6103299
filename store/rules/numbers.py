"""Telephone numbers for comparing: the same line written with and without its country."""

from functools import lru_cache

_COMPARED = 9
"""Digits, from the end, by which a number is known: a national one has at least as many, without its 0."""


@lru_cache(maxsize=8_192)
def number_key(written: str) -> str:
    """Return what numbers of one line have in common: the last nine digits, all of them where they are fewer.

    A sender that is a name (`OTP Bank`) is no number: an empty text.
    """
    if not written or any(map(str.isalpha, written)):
        return ""
    digits = "".join(filter(str.isdigit, written))
    return digits[-_COMPARED:] if len(digits) >= _COMPARED else digits


def is_line(written: str) -> bool:
    """Tell whether a number is long enough to be somebody's line, and no short code."""
    return len(number_key(written)) >= _COMPARED
