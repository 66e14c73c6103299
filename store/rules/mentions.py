"""Whether a text speaks of somebody: words are compared whole, whatever stands between them."""

import re
import unicodedata

_BETWEEN = re.compile(r"[\s\-\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d_]+")
"""White space, line breaks and every kind of dash; a soft hyphen is none that anybody sees."""


def folded(text: str) -> str:
    """Return a text for comparing: small letters, composed, one space where spaces and dashes stand."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _BETWEEN.sub(" ", unicodedata.normalize("NFKC", plain)).strip()


def says(text: str, words: str) -> bool:
    """Tell whether these words stand in a text, whole; both are `folded`."""
    return bool(words) and re.search(_whole(words), text) is not None


def without(text: str, words: str) -> str:
    """Return a folded text with a mark in place of words, so that none are said across it."""
    return re.sub(_whole(words), "·", text) if words else text


def _whole(words: str) -> str:
    return rf"(?<!\w){re.escape(words)}(?!\w)"
