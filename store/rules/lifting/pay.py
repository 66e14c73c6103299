"""Pay as the text states it, in words that `rules.pay` reads; money of other kinds is passed over."""

import re
from itertools import islice

from store.rules.lifting.text import Text
from store.rules.pay import parse_pay

_BY_THE_DAY = ("day rate", "daily rate", "tagessatz", "tjm")
_BY_THE_HOUR = ("hourly rate", "stundensatz")
_LABELS = (
    *("salary", "salary range", "base", "base salary", "compensation", "comp", "pay", "pay range"),
    *("pay rate", "rate", "ctc", "package", "budget", "gehalt", "jahresgehalt", "salaire", "rémunération"),
    *("salario", "salaris"),
)  # fmt: skip
_FIGURE = (
    r"(?:\d{1,3}(?:[.,'’ ]\d{3}){1,3}(?!\d)|\d{1,7}(?!\d))(?:[.,]\d{1,2}(?!\d))?"
    r"(?:\s?(?:k|m|tsd\.?|t(?=\s?€)|lpa|lakhs?)(?![^\W_]))?"
)
_CURRENCY = r"(?:[A-Z]{0,2}[$£€₹]|(?:USD|GBP|EUR(?:os?)?|CHF|INR|CAD|AUD)(?![^\W_])|[$£€₹](?:USD|CAD|AUD)?)"
_PER = (
    r"(?:\s?(?:/\s?|(?:per|an?|pro|par|al|por|im)\s)(?:hr|hour|h|std|stunde|heure|uur|hora|day|d|tag"
    r"|jour|dag|día"
    r"|week|wk|woche|semaine|month|mo|monat|mois|maand|mes|annum|year|yr|jahr|an|jaar|año)(?![^\W_])"
    r"|\s?p\.?[adhmw](?![^\W_])\.?|\s(?:hourly|daily|weekly|monthly|annually|monatlich)\b)?"
)
_STATED = re.compile(
    rf"{_FIGURE}(?:\s?{_CURRENCY})?{_PER}(?:\s(?:on )?(?:W2|C2C|1099))?"
    rf"(?:\s?(?:-|–|—|to|or|bis(?: zu)?|and|und|à|a|y|et|hasta"
    rf"|tot)\s?(?:{_CURRENCY}\s?){{0,2}}{_FIGURE}(?:\s?{_CURRENCY})?{_PER})?"
    r"(?:\slpa\b)?",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"(?:\b(?:up ?to|max(?:imum|imal)?\.?|bis(?: zu)?|hasta|jusqu['’]?à|between|zwischen|entre"
    r"|stundensatz|tagessatz"
    rf"|tjm|day rate(?: of)?)[:\s]\s?)?(?:{_CURRENCY}\s?){{0,2}}$",
    re.IGNORECASE,
)
"""What belongs to a figure and stands before it."""
_NUMBER = re.compile(
    r"[0-9](?<![\w.,][0-9])(?:(?:[0-9.,'’ ]{0,14}[0-9])?(?![\w%]|\.[0-9])|[0-9.,]{0,6}(?=[kKmMpPlL]))"
)
"""It begins with what is quickly found."""
_SURE = re.compile(rf"{_CURRENCY}|lpa|lakh|/\s?\w|\b(?:per|pro|par|an|al)\s\w|p\.?[dah]\b", re.IGNORECASE)
"""What only pay has, where it is no other money."""
_THOUSANDS = re.compile(
    r"\d\s?(?:-|–|—|to|bis)\s?\d+(?:[.,]\d)?\s?k\b|(?:up to|bis|hasta|jusqu['’]?à) \d+\s?k\b", re.IGNORECASE
)
_MILLIONS = re.compile(r"\dm\b|\d\s?million", re.IGNORECASE)
_OF_PAY = re.compile(
    r"\b(?:salary|salaries|base|comp|compensation|pay|pays|paying|paid|rate|ote|gross|brutto|brut"
    r"|gehalt\w*|band"
    r"|range|package|earn|earnings|offer\w*|fixsalär|salär|salaire|salario|salaris|ctc|tc|cash|bonus|equity"
    r"|rémunération)\b",
    re.IGNORECASE,
)
_OTHER_MONEY = re.compile(
    r"\b(?:raised|raise|seed|series [a-f]|funding|round|valuation|valued|arr|aum|revenue|401|referral"
    r"|sign-?on|signing|ipo|budget of|grant|turnover|bonus(?: of)?|allowance(?: of)?|fee|order|invoice"
    r"|stipend"
    r"|relocation|worth)\b[^\n.!?,;]{0,12}$",
    re.IGNORECASE,
)
_OTHER_BEHIND = re.compile(
    r"^\s?(?:mm\b|bn\b|b\b|million|billion|%|\+?\s?(?:employees|people|users|customers|engineers|hours"
    r"|years|days))"
    r"|^[^\n.!?;,]{0,16}\b(?:referral|sign-?on|signing|seed|series [a-f]|fund|funding|valuation|arr"
    r"|revenue|users"
    r"|customers|raise|round|relocation|stipend|allowance)\b",
    re.IGNORECASE,
)
_BEFORE, _BEHIND, _AHEAD_MOST = 30, 40, 20
_FIGURES = 60
"""Numbers of a text that are looked at."""


def pay_in(text: Text) -> str:
    """Return the pay as stated, an empty text where none is stated for certain."""
    for labels, unit in ((_BY_THE_DAY, "day rate "), (_BY_THE_HOUR, "hourly "), (_LABELS, "")):
        labelled = text.labelled(*labels)
        if labelled and (found := _first(labelled, unit=unit, sure=True)):
            return found
    return _first(text.subject) or _first(text.body)


def _first(words: str, *, unit: str = "", sure: bool = False) -> str:
    """Return the first figure that is pay; behind a label, a plain number is one as well.

    `unit` is what a label says that it is paid for.
    """
    end = 0
    for number in islice(_NUMBER.finditer(words), _FIGURES):
        start = number.start()
        stated = _STATED.match(words, start) if start >= end else None
        if stated is None:
            continue
        end = stated.end()
        ahead = _AHEAD.search(words, max(start - _AHEAD_MOST, 0), start)
        begin = ahead.start() if ahead else start
        pay = " ".join(words[begin:end].split()).strip(" ,.")
        before, behind = words[max(begin - _BEFORE, 0) : begin], words[end : end + _BEHIND]
        if not sure and not _is_pay(pay, f"{before} {behind}"):
            continue
        if _OTHER_MONEY.search(before) or _OTHER_BEHIND.search(behind):
            continue
        for written in (pay, unit + pay):
            if parse_pay(written) is not None:
                return written
    return ""


def _is_pay(stated: str, around: str) -> bool:
    """Tell whether a figure is pay: by a sign of money, as thousands, or by the words around it."""
    if _MILLIONS.search(stated):
        return _OF_PAY.search(around) is not None
    return any(pattern.search(stated) for pattern in (_SURE, _THOUSANDS)) or (
        stated[-1:] in "kK0" and _OF_PAY.search(around) is not None
    )
