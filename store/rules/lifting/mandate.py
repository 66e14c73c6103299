"""How the recruiter is paid, as far as the text says or shows it."""

import re

from store.rules.lifting.text import Text
from store.rules.scam import FREE_MAIL

_RETAINED = re.compile(
    r"\bretained\b|\bexclusively (?:engaged|instructed|retained)\b|\bexecutive search\b"
    r"|\bconfidential mandate\b"
    r"|\bmandat(?:iert|é)\b",
    re.IGNORECASE,
)
_EXCLUSIVE = re.compile(
    r"\bsole agency\b|\bexclusive(?:ly)?\b[^\n.!?]{0,30}\b(?:agency|search|role|with us|basis)\b",
    re.IGNORECASE,
)
_CONTINGENT = re.compile(
    r"\b(?:my|our|one of (?:my|our)) clients?\b|\breferral (?:fee|bonus)\b|\brtr\b|\bright to represent\b"
    r"|\bshare your (?:updated |latest )?(?:cv|resume|résumé)\b|\bsend (?:me )?your (?:updated "
    r"|latest )?(?:cv|resume|résumé)\b"
    r"|\bc2c\b|\bworking with an? [^\n.!?]{0,40}\b(?:who|that) (?:is|are)\b"
    r"|\b(?:mein|unser|meinen|unseren|einen) (?:kunden?|mandanten?)\b|\b(?:mon|notre) client\b"
    r"|\b(?:nuestro|mi) cliente\b",
    re.IGNORECASE,
)
_IN_HOUSE = re.compile(
    r"\btalent acquisition\b|\bjoin us\b|\bwe(?:'re|’re| are) (?:now |currently "
    r"|actively )?(?:hiring|looking for|building|\d+ people)\b"
    r"|\bi(?:'m|’m| am) (?:the |a |an )?(?:co-?)?(?:founder|cto|ceo|hiring manager)\b"
    r"|\bi run engineering\b|\bcto\b|\bfounder\b"
    r"|\bno recruiters involved\b|\brecruiter (?:with|at) (?:the )?\w+ hospital\b|\bwe(?:'re|’re"
    r"|) \d+ people\b|\bi'm hiring\b",
    re.IGNORECASE,
)
_CONTINGENT_WORDS = (
    *(
        "client",
        "referral",
        "rtr",
        "right to represent",
        "your cv",
        "resume",
        "résumé",
        "your updated",
        "your latest",
    ),
    *("c2c", "working with", "kunde", "mandant", "cliente"),
)
_IN_HOUSE_WORDS = (
    *("talent acquisition", "join us", "we're", "we’re", "we are", "founder", "cto", "ceo", "hiring manager"),
    *("run engineering", "no recruiters", "hospital", "people", "i'm hiring"),
)
_AGENCY = re.compile(
    r"recruit|resourc|talent|staffing|search|headhunt|placement|personalberat|partner", re.IGNORECASE
)


def mandate_in(text: Text) -> str:
    """Return retained, exclusive, contingent or in-house; an empty text where nothing shows it."""
    words = text.whole
    if text.has("retained", "exclusively", "executive search", "mandat") and _RETAINED.search(words):
        return "retained"
    if text.has("sole agency", "exclusive") and _EXCLUSIVE.search(words):
        return "exclusive"
    if text.has(*_CONTINGENT_WORDS) and _CONTINGENT.search(words):
        return "contingent"
    domain = text.sender.email.rpartition("@")[2]
    in_house = text.has(*_IN_HOUSE_WORDS) and _IN_HOUSE.search(text.body) is not None
    agency = _AGENCY.search(domain) is not None
    if (not domain and not in_house) or domain in FREE_MAIL:
        return ""
    if in_house:
        return "in-house"
    return "contingent" if agency else ""
