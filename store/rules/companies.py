"""Names of companies for comparing: one writes what another leaves out."""

import re
from collections.abc import Set as AbstractSet
from functools import lru_cache
from unicodedata import normalize

_LEGAL = frozenset({"inc", "llc", "ltd", "limited", "gmbh", "ag", "sa", "bv", "plc", "co", "corp", "the"})
_UNNAMED = frozenset({"a", "an", "client", "confidential", "my", "our", "stealth", "undisclosed", "unnamed"})
"""How what stands for a name begins where none is given."""
_MOST = 16
"""Whoever names more companies is not about one of them."""


@lru_cache(maxsize=4096)
def company_name(name: str) -> str:
    """Return a company's name for comparing: folded, without legal forms and signs."""
    words = re.findall(r"\w+", normalize("NFC", name).casefold())
    return " ".join(word for word in words if word not in _LEGAL) or " ".join(words)


def company_key(name: str) -> str:
    """Return what tells a company from another one, an empty text where the name names none."""
    found = company_name(name)
    return "" if found.partition(" ")[0] in _UNNAMED else found.replace(" ", "")


def are_others(some: AbstractSet[str], others: AbstractSet[str]) -> bool:
    """Tell whether both hold keys of companies, and none of these is another's or begins it."""
    if not some or not others or max(len(some), len(others)) > _MOST:
        return False
    return not any(one.startswith(other) or other.startswith(one) for one in some for other in others)
