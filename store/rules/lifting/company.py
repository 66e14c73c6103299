"""The recruiter's firm, and the company that hires: two fields, as they are often two firms."""

import re
from collections.abc import Iterator

from store.rules import role_words as known
from store.rules.correcting import domain_of
from store.rules.lifting.text import Text
from store.rules.outreach.phrases import IN_SENDER

_LABELS = (
    "client",
    "company",
    "employer",
    "end client",
    "hiring company",
    "firma",
    "unternehmen",
    "société",
    "empresa",
)
_WORD = r"[A-Z][\w&'’-]*(?:\.\w[\w&'’-]*)*"
_NAME = rf"({_WORD}(?: (?:{_WORD}|&|of(?= [A-Z]))){{0,3}})"
_AT = re.compile(rf"\b(?:at|with|join|for|bei|chez)\s{_NAME}")
_KIND = re.compile(
    r"\b(?:an? |einem? |une? )((?:Series [A-F]|seed-stage|seed|stealth|well-funded|listed)"
    r"(?: [\w-]+){0,2}? (?:startup|start-up|company|fund|fintech|scale-up|firm|maker))\b",
)
_JOB = re.compile(
    r"\b(?:recruiter|recruitment \w+|consultant|partner|sourcer|talent \w+|headhunter|researcher"
    r"|director|founder"
    r"|associate|principal|manager|personalberater\w*)\b[^\n|,@]{0,30}?(?:\s(?:at|with|bei|chez)\s|[|,@]|\s[-–]\s)\s*"
    + _NAME,
    re.IGNORECASE,
)
_FIRM_LINE = re.compile(
    r"^[ \t]*([A-Z][\w&.'’ -]{2,40}?\b(?:Search|Recruitment|Recruiting|Resourcing|Staffing|Talent"
    r"|Partners|Associates|Consulting|People|Executive"
    r"|Personalberatung|Placement)\b[\w&.'’ -]{0,20}?)[ \t]*(?:$|[|,·])",
    re.MULTILINE,
)
_NO_NAME = known.words("""
    a an april august berlin cdi confidential dear december director engineer february friday gem greenhouse
    head hearing hello hi i interim it january java july june kubernetes lead linkedin london march may me
    monday more my new november october our paris principal python remote saturday senior september series
    staff stealth sunday that the their this thursday tuesday undisclosed us vp we wednesday you your
""")
"""Words that begin no name."""
_LONGEST = 60


def firm_in(text: Text) -> str:
    """Return the firm that the sender works for, where their signature or first sentence says so."""
    if text.sender.firm:
        return ""
    tail = f"{text.body[-400:]}\n{text.signature}"
    for words in (tail, text.body[:600]):
        if found := _JOB.search(words):
            return _clean(found[1])
        if named := next((each for each in _names_in(words) if _is_their_own(each, text)), ""):
            return named
        if found := _FIRM_LINE.search(words):
            name = _clean(found[1])
            if name.casefold() != text.sender.name.casefold():
                return name
    return ""


def company_in(text: Text, firm: str, mandate: str) -> str:
    """Return the company that hires, or what it is said to be where it is not named."""
    labelled = text.labelled(*_LABELS)
    if labelled and labelled.split()[0].casefold() not in _NO_NAME:
        return labelled.rstrip(" .,;")[:_LONGEST]
    for words in (text.subject, text.body):
        for name in _names_in(words):
            theirs = mandate != "in-house" and _is_their_own(name, text)
            if name.casefold() != firm.casefold() and not theirs and not _is_of(name, text):
                return name
    domain = domain_of(text.sender)
    if mandate == "in-house" and domain and not IN_SENDER.search(domain):
        name = domain.split(".")[-2].replace("-", " ") if "." in domain else domain
        return name.title()[:_LONGEST]
    kind = _KIND.search(text.body)
    return f"undisclosed ({kind[1].strip()})"[:_LONGEST] if kind else ""


def _names_in(words: str) -> Iterator[str]:
    """Yield the names behind `at`, `with`, `for`."""
    yield from filter(None, (_clean(found[1]) for found in _AT.finditer(words)))


def _is_their_own(name: str, text: Text) -> bool:
    """Tell whether a name is that of an agency, or stands in the sender's own domain."""
    plain = re.sub(r"\W", "", name).casefold()
    domain = re.sub(r"\W", "", domain_of(text.sender).rpartition(".")[0])
    return IN_SENDER.search(name.casefold()) is not None or (len(plain) > 3 and plain in domain)


def _clean(name: str) -> str:
    name = name.strip(" .,;'’-")
    first = name.split(" ")[0].casefold() if name else ""
    return "" if not name or first in _NO_NAME or first.isdigit() else name[:_LONGEST]


def _is_of(name: str, text: Text) -> bool:
    """Tell whether a name is the sender's own, or a role."""
    return (
        name.casefold() in text.sender.name.casefold()
        or name.casefold() in text.subject.casefold().split("at ")[0]
    )
