"""What a job title says: its function and its level, as far as its words tell."""

import re
from functools import lru_cache
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


_BY_WORD: Final = {word: name for name, words in FUNCTIONS.items() for word in words.split()}
_LEVEL_OF: Final = {word: level for level, words in _LEVELS for word in words.split()}
_WORD: Final = re.compile("[a-z]+")


@lru_cache(maxsize=4096)
def function_of(title: str) -> str:
    """Return the function that most of a title's words tell, an empty text where none do."""
    told = [_BY_WORD[word] for word in _WORD.findall(title.casefold()) if word in _BY_WORD]
    # Of equally many, the one that stands first in the table.
    return max((name for name in FUNCTIONS if name in told), key=told.count, default="") if told else ""


@lru_cache(maxsize=4096)
def level_of(title: str) -> int:
    """Return the level of a title, 1 a beginner to 8 a chief; 0 for an empty title."""
    words = _WORD.findall(title.casefold())
    return max((_LEVEL_OF[word] for word in words if word in _LEVEL_OF), default=_USUAL if words else 0)
