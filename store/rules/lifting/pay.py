"""Pay as the text states it, in words that `rules.pay` reads; money of other kinds is passed over."""

import re

from store.rules.lifting.text import Text
from store.rules.pay import parse_pay

_LABELS = (
    *("salary", "base", "base salary", "compensation", "comp", "pay", "rate", "ctc", "package", "day rate"),
    *("hourly rate", "gehalt", "jahresgehalt", "salaire", "rémunération", "salario", "salary range"),
)
_FIGURE = r"(?:\d{1,3}(?:[.,'’ ]\d{3})+|\d{2,7}(?:[.,]\d{1,2})?)\s?(?:k\b|tsd\b|lpa\b)?"
_CURRENCY = r"(?:[A-Z]{2}\$|[$£€₹]|\b(?:USD|GBP|EUR|CHF|INR|CAD|AUD)\b)"
_PER = r"(?:\s?(?:/|per|an?|p)\s?(?:hr|hour|h|day|d|annum|year|yr|a|stunde|tag|jahr)\b|\s?p\.?[adh]\.?\b)?"
_STATED = re.compile(
    rf"(?:up to\s|bis(?: zu)?\s|hasta\s|jusqu'à\s)?(?:{_CURRENCY}\s?)?{_FIGURE}"
    rf"(?:\s?(?:-|–|—|to|bis|and|à|a|bis zu)\s?(?:{_CURRENCY}\s?)?{_FIGURE})?(?:\s?{_CURRENCY})?{_PER}"
    r"(?:\s?\blpa\b)?",
    re.IGNORECASE,
)
_MONEY = re.compile(rf"{_CURRENCY}|\d\s?k\b|\d\s?lpa\b|\d{{3}},\d{{3}}|\d\s?p[ad]\b", re.IGNORECASE)
_MAY_BE = re.compile(
    r"[0-9$£€₹](?:\s?[kK]\b|[.,'’]\d{3}|\s?(?:lpa|LPA)|\s?[€£]|(?<=[$£€₹])\s?[0-9]|\s?[pP][dDaA]\b|\s[A-Z]{3}\b)"
)
"""A quick look whether there is any money at all."""
_OTHER_MONEY = re.compile(
    r"\b(?:raised|raise|seed|series [a-f]|funding|round|valuation|valued|arr|aum|revenue|401|referral"
    r"|sign-?on|signing|ipo|budget of|grant|turnover|bonus of|fee|order|invoice)\b[^\n.!?]{0,12}$",
    re.IGNORECASE,
)
_OTHER_BEHIND = re.compile(
    r"^\s?(?:m\b|mm\b|bn\b|million|billion|\+?\s?(?:employees|people|users|customers|engineers|referral|sign))"
    r"|^[^\n.!?]{0,12}\b(?:referral|sign-?on|fund|in funding|funding|arr|revenue|users|customers)\b",
    re.IGNORECASE,
)
_BEFORE = 30


def pay_in(text: Text) -> str:
    """Return the pay as stated, an empty text where none is stated for certain."""
    labelled = text.labelled(*_LABELS)
    if labelled and (found := _first(labelled, sure=True)):
        return found
    return _first(text.subject, sure=False) or _first(text.body, sure=False)


def _first(words: str, *, sure: bool) -> str:
    """Return the first figure that is pay; behind a label, a plain number is one as well."""
    if not sure and _MAY_BE.search(words) is None:
        return ""
    for found in _STATED.finditer(words):
        stated = " ".join(found[0].split()).strip(" ,.")
        if not sure and _MONEY.search(stated) is None:
            continue
        before, behind = words[max(found.start() - _BEFORE, 0) : found.start()], words[found.end() :][:40]
        if _OTHER_MONEY.search(before) or _OTHER_BEHIND.search(behind):
            continue
        if parse_pay(stated) is not None:
            return stated
    return ""
