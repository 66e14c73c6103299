"""What a job title says: its function and its level, as far as its words tell."""

import re
from typing import Final

FUNCTIONS: Final[dict[str, str]] = {
    "engineering": "engineer engineering developer software platform infrastructure devops sre reliability "
    "backend frontend fullstack architect technology cto programmer security qa python java embedded",
    "data": "data analytics scientist machine ml ai statistician bi",
    "product": "product owner cpo",
    "design": "design designer ux ui research researcher creative",
    "sales": "sales account revenue business cro presales",
    "marketing": "marketing brand growth content communications cmo seo",
    "finance": "finance controller accountant accounting treasury audit cfo tax",
    "people": "people hr talent recruiter recruiting recruitment learning chro",
    "operations": "operations logistics supply procurement coo plant manufacturing",
    "legal": "legal counsel compliance lawyer privacy",
}
"""Words that tell a function."""
_LEVELS: Final = (
    (1, "intern trainee junior jr graduate"),
    (3, "senior sr"),
    (4, "staff lead principal"),
    (5, "manager"),
    (6, "director head"),
    (7, "vp vice president svp evp"),
    (8, "chief cto cfo coo ceo cpo cmo chro cio founder partner"),
)
_USUAL = 2


def function_of(title: str) -> str:
    """Return the function that most of a title's words tell, an empty text where none do."""
    words = re.findall(r"[a-z]+", title.casefold())
    counts = {name: sum(word in known.split() for word in words) for name, known in FUNCTIONS.items()}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else ""


def level_of(title: str) -> int:
    """Return the level of a title, 1 a beginner to 8 a chief; 0 for an empty title."""
    words = set(re.findall(r"[a-z]+", title.casefold()))
    if not words:
        return 0
    return max((level for level, known in _LEVELS if not words.isdisjoint(known.split())), default=_USUAL)
