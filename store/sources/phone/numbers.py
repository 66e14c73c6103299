"""Telephone numbers as sources write them."""

import re

_GROUPING = re.compile(r"[\s().\-/\u00a0\u202f]+")


def as_number(written: str) -> str:
    """Return a number with a country in its plain form; any other, and names, as they are written."""
    plain = _GROUPING.sub("", written)
    return plain if re.fullmatch(r"\+\d{6,15}", plain) else written.strip()
