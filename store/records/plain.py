"""Names of people and firms for comparing."""

from unicodedata import normalize


def plain(name: str) -> str:
    """Return a name for comparing: folded, composed, with single spaces."""
    return " ".join(normalize("NFC", name).casefold().split())
