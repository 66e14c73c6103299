"""Pay that a text states, told from other figures by its size, its unit and the words beside it."""

import re
from typing import Final

from store.rules.outreach.phrasing import END, either

_AMOUNT: Final = re.compile(
    r"(\$|usd|gbp|eur|chf|cad|aud|aed)?(\d{1,4})(?:[.'](\d{3}))?(k)?(?:(?:,00|\.00)?[$+]?)"
)
_LOOKED_AT: Final = 24
"""Figures of one message."""
_MONEY: Final = either(
    "$|eur|euro|euros|usd|gbp|chf|cad|aud|aed|inr|brutto|brut|bruts|brutos|pa|p.a|base|ote|salary"
    "|salaire|plus"
)
_UNITS: Final = either("hr|hour|h|day|d|std|stunde|tag|jour|heure|hora|día|pd|ph")
_PER: Final = either("per|a|an|pro|par|por|je|p")
_UP_TO: Final = either("to|bis|zu|base|salary|comp|around|circa|c|ca|ab|between|up|und|and|entre")
_OTHER_MONEY: Final = either(
    "raised|raise|series|seed|funding|valuation|arr|revenue|aum|invoice|deal|worth|referral|referrals"
    "|savings|payment|mortgage|price|cost|budget|fund|funded|rent|users|customers|requests|employees"
    "|people"
)
"""Beside these, a large figure is not what somebody earns."""


def states_pay(words: list[str]) -> bool:
    """Tell whether a figure among words, as `words_of` gives them, is pay."""
    figures = [at for at, word in enumerate(words) if word < "a" and word != END]
    return any(_is_pay(words, at) for at in figures[:_LOOKED_AT])


def _is_pay(words: list[str], at: int) -> bool:
    found = _AMOUNT.fullmatch(words[at])
    if found is None:
        return False
    currency, whole, thousands, kilo = found.groups()
    value = int(whole)
    following = words[at + 1]
    if value >= 10 and not thousands and not kilo and _is_rate(words, at, known=bool(currency)):
        return True
    if following == "lpa":
        return True
    if not _OTHER_MONEY.isdisjoint(words[max(at - 4, 0) : at + 3]):
        return False
    if not 15 <= value < 1_000:
        return False
    with_money = bool(currency) or words[at][-1] == "$" or following in _MONEY or words[at - 1] in _MONEY
    if thousands or kilo:
        return with_money or (bool(kilo) and (words[at - 1] in _UP_TO or _is_figure(words[at - 1])))
    grouped = len(following) == 3 and following.isdigit()
    return grouped and (with_money or words[at + 2] in _MONEY)


def _is_rate(words: list[str], at: int, *, known: bool) -> bool:
    """Tell whether `per day`, `/hr` and the like follow a figure; one without a currency must be a large"
    " one."""
    following = at + 1
    if words[following] == "$":
        known, following = True, following + 1
    if not known and len(words[at].rstrip("+")) < 3:
        return False
    return words[following] in _UNITS or (words[following] in _PER and words[following + 1] in _UNITS)


def _is_figure(word: str) -> bool:
    return word.lstrip("$")[:1].isdigit()
