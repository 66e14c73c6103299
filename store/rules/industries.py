"""The trades that people and roles are in, and which of them are neighbours."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

INDUSTRIES: Final[dict[str, str]] = {
    "software": "saas devtools cybersecurity",
    "finance": "bank banking banks fintech payments insurer insurtech brokerage",
    "health": "healthcare hospital hospitals clinical pharma pharmaceutical biotech medtech diagnostics",
    "commerce": "ecommerce retail retailer marketplace fashion grocery food",
    "manufacturing": "manufacturing manufacturer machinery factory factories automotive aerospace",
    "hardware": "robotics robots semiconductor semiconductors electronics chips",
    "energy": "utility utilities solar renewables grid",
    "media": "publishing publisher broadcaster games gaming advertising",
    "telecom": "telecom telecommunications telco",
    "logistics": "logistics shipping freight mobility airline railway",
    "education": "edtech university schools",
    "government": "government ministry nonprofit charity",
    "consulting": "consulting consultancy",
    "property": "construction proptech housing",
}
"""Words by which a role's text tells its trade: none that a text about another trade has too."""
_NEIGHBOURS: Final = frozenset(
    frozenset(pair.split())
    for pair in (
        *("software finance", "software telecom", "software media", "software commerce", "software hardware"),
        *("software consulting", "hardware manufacturing", "hardware telecom", "manufacturing energy"),
        *("manufacturing logistics", "commerce logistics", "commerce media", "finance consulting"),
        *("finance property", "energy property", "education government", "health government"),
    )
)
_BY_WORD: Final = {word: name for name, words in INDUSTRIES.items() for word in words.split()}


def industry_of_role(words: Iterable[str]) -> str:
    """Return the trade that most of these words (in small letters) name, empty where none do."""
    counts = Counter(_BY_WORD[word] for word in words if word in _BY_WORD)
    return counts.most_common(1)[0][0] if counts else ""


def industry_of(words: Iterable[str]) -> str:
    """Return the trade of somebody's own words for it, which may be its name; empty where none is known."""
    for word in words:
        if name := word if word in INDUSTRIES else _BY_WORD.get(word, ""):
            return name
    return ""


def industry_chip(theirs: str, of_role: str) -> str:
    """Name the chip for two trades: the same, a neighbouring one, or none."""
    if theirs and theirs == of_role:
        return "same industry"
    return "neighbouring industry" if frozenset((theirs, of_role)) in _NEIGHBOURS else ""
