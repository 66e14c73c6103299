"""How the recruiter is paid, as far as the text says or shows it."""

import re
from collections.abc import Container

from store.rules.lifting.text import Text, is_agency
from store.rules.scam import FREE_MAIL

_HEAD = re.compile(r"(?:^|[,|(] ?)(?:co-?)?(?:founder|cto|ceo)\b")
"""Behind a name."""
_HEADS = frozenset({"founder", "cofounder", "cto", "ceo"})
_WE_ARE = frozenset({"we're", "are"})
_END = 200
"""Characters at the end of a text in which its last lines stand."""
_SIGNED_LINES = 3
_LONGEST_SIGNED = 60


def mandate_in(text: Text, said: Container[str]) -> str:
    """Return retained, exclusive, contingent or in-house; an empty text where nothing shows it."""
    if "retained" in said and "not-retained" not in said:
        return "retained"
    if "exclusive" in said:
        return "exclusive"
    if "client" in said:
        return "contingent"
    domain = text.sender.email.rpartition("@")[2]
    if _hires_itself(text, said, domain):
        return "" if domain in FREE_MAIL else "in-house"
    return "contingent" if (is_agency(domain) or "shops" in said) and domain not in FREE_MAIL else ""


def _hires_itself(text: Text, said: Container[str], domain: str) -> bool:
    """Tell whether the sender belongs to the employer."""
    if "itself" in said or ("leads" in said and "trade" not in said) or _counts_people(text):
        return True
    if text.has(_HEADS) and _is_signed_by_head(text):
        return True
    if not domain or "hires" not in said:
        return False
    return not is_agency(domain) and not is_agency(text.signature.lower())


def _is_signed_by_head(text: Text) -> bool:
    """Tell whether a founder, or who is at the head of a company, signed."""
    end = f"{text.body[-_END:]}\n{text.signature}".lower().rstrip()
    if not any(head in end for head in _HEADS):
        return False
    lines = end.split("\n")[-_SIGNED_LINES - text.signature.count("\n") :]
    return any(
        _HEAD.search(line) for line in lines if len(line) <= _LONGEST_SIGNED and ". " not in f"{line} "
    )


def _counts_people(text: Text) -> bool:
    """Tell whether a text says how many people we are."""
    if "people" not in text.vocabulary or not text.has(_WE_ARE):
        return False
    at = text.words.index("people")
    return text.words[at - 1].isdigit() and text.words[at - 2] in ("we're", "are")
