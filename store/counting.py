"""Counts with their nouns, as a sentence says them."""


def counted(count: int, noun: str, plural: str = "") -> str:
    """Return `1 document` or `3 documents`; `plural` where that is not the noun with an s."""
    return f"{count} {noun}" if count == 1 else f"{count} {plural or noun + 's'}"
