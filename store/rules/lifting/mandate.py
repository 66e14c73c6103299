"""How the recruiter is paid, as far as the text says or shows it."""

import re

from store.rules.lifting.text import Text
from store.rules.outreach.phrases import IN_SENDER
from store.rules.scam import FREE_MAIL

_RETAINED = re.compile(
    r"\bretained\b(?! (?:earnings|by you))|\bexclusively (?:engaged|instructed|retained)\b|\bexecutive search\b"
    r"|\bconfidential mandate\b|\b(?:exklusiv )?mandatiert\b|\bmandatés?\b"
)
_EXCLUSIVE = re.compile(
    r"\bsole agency\b|\bexclusive(?:ly)?\b[^\n.!?]{0,30}\b(?:agency|search|role|with us|basis)\b"
    r"|\bexclusively (?:represent\w*|handl\w*|partner\w*|work\w*)\b|\bexklusiv\b[^\n.!?]{0,30}\bauftrag\b"
)
_FOR_A_CLIENT = re.compile(
    r"\b(?:my|our|one of (?:my|our)|(?:a|the|our) direct) clients?\b|\brtr\b|\bright to represent\b|\bc2c\b"
    r"|\bworking with an? [^\n.!?]{0,40}\b(?:who|that)(?:'re| are| is)?\b"
    r"|\b(?:mein|unser)(?:e|em|en|er|es)? (?:kunden?|mandanten?|auftraggebers?)\b|\bfür einen (?:kunden|mandanten)\b"
    r"|\b(?:mon|notre|un de (?:mes|nos)) clients?\b|\b(?:nuestro|mi) cliente\b|\b(?:mijn|onze) (?:opdrachtgever|klant)\b"
)
_SHOPS = re.compile(
    r"\breferral (?:fee|bonus)\b|\b(?:share|send)(?: me| us)? (?:your|the) (?:updated |latest |most recent )?(?:cv|resume|résumé)\b"
)
"""What agencies write more often than employers."""
_ITSELF = re.compile(
    r"\btalent acquisition\b|\bjoin us\b|\bwe(?:'re|’re| are) \d+ people\b|\bno recruiters involved\b"
    r"|\b(?:i am|i'm|i’m) (?:the |a |an |one of the )?(?:co-?)?(?:founders?|cto|ceo|hiring manager)\b|\bi'm hiring\b"
    r"|\bi (?:run|lead|head|manage) (?:the |our )?(?!\w* ?(?:recruit|talent|search|practice))[\w ]{0,30}?\b(?:engineering|team|group)\b"
    r"|\brecruiter (?:with|at) (?:the )?\w+ hospital\b"
)
_FOUNDER = re.compile(r"(?:^|[,|\n] ?)(?:co-?)?(?:founder|cto|ceo)\b")
"""Behind a name."""
_HIRES = re.compile(r"\bwe(?:'re|’re| are) (?:now |currently |actively )?(?:hiring|looking for|building)\b")
_CLIENT_WORDS = (
    *("client", "rtr", "right to represent", "c2c", "working with", "kunde", "mandant", "auftraggeber", "opdrachtgever"),
    *("klant", "cliente"),
)  # fmt: skip
_ITS_WORDS = (
    *("talent acquisition", "join us", " people", "no recruiters", "founder", "cto", "ceo", "hiring manager"),
    *("i'm hiring", "i run ", "i lead ", "i head ", "i manage ", "hospital"),
)
_TAIL = 120


def mandate_in(text: Text) -> str:
    """Return retained, exclusive, contingent or in-house; an empty text where nothing shows it."""
    words = text.lower
    if text.has("retained", "exclusively", "executive search", "mandat") and _RETAINED.search(words):
        return "retained"
    if text.has("sole agency", "exclusive", "exklusiv") and _EXCLUSIVE.search(words):
        return "exclusive"
    if text.has(*_CLIENT_WORDS) and _FOR_A_CLIENT.search(words):
        return "contingent"
    domain = text.sender.email.rpartition("@")[2]
    if _hires_itself(text, domain):
        return "" if domain in FREE_MAIL else "in-house"
    agency = bool(domain) and IN_SENDER.search(domain) is not None
    shops = text.has("referral", "cv", "resume", "résumé") and _SHOPS.search(words) is not None
    return "contingent" if (agency or shops) and domain not in FREE_MAIL and (domain or shops) else ""


def _hires_itself(text: Text, domain: str) -> bool:
    """Tell whether the sender belongs to the employer."""
    if text.has(*_ITS_WORDS) and (
        _ITSELF.search(text.lower) or _FOUNDER.search(f"{text.body[-_TAIL:]}\n{text.signature}".lower())
    ):
        return True
    agency = IN_SENDER.search(domain) or IN_SENDER.search(text.signature.lower())
    return bool(domain) and agency is None and text.has("we're", "we’re", "we are") and bool(_HIRES.search(text.lower))
