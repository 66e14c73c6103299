"""The sender's phone number: in the signature first, in E.164 where the text itself tells the country."""

import re
from itertools import islice

from store.rules.lifting.text import Text

_NUMBER = re.compile(r"(?<![\w$£€₹#/.@-])(?:\+|\(\+?|00?)?\d[\d ().\-/\u00a0]{7,20}\d(?![\w%:]|,,|\.\d)")
_NOT_THEIRS = re.compile(
    r"(?:pin|passcode|meeting id|conference id|dial-?in|dial by[^\n]{0,20}|one tap mobile|access code"
    r"|req(?:uisition)?|job id|order|invoice|ref(?:erence)?|toll[- ]free|einwahl|iban|fax)\W{0,12}(?:\w+\W+){0,2}$"
    r"|\b(?:reach|call|called|ring|rang|tried|text|texted) you (?:at|on|under) ?$|\byour (?:number|phone|cell|mobile)\b[^\n.!?]{0,20}$",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"\b(?:t|tel|telefon|telephone|téléphone|ph|phone|m|mob|mobile|mobil|handy|c|cell|d|direct|desk|office|o|w|p"
    r"|call|ring|text|whatsapp|number|reach|reached)\b[^\n\d]{0,16}$",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{4}[-./]\d\d?[-./]\d\d?|\d\d?[-./]\d\d?[-./]\d{4}(?!\d)")
_AMOUNTS = re.compile(r"\d{1,3}(?:[ .]\d{3})+(?:\s?-|$)")
_US = re.compile(r"^\(?[2-9]\d{2}\)?[ .\-]{0,2}[2-9]\d{2}[ .\-]?\d{4}$")
_BRITISH = re.compile(r"^\(?0[1-37]\d")
_REGIONS = {
    **{"at": "AT", "au": "AU", "be": "BE", "ch": "CH", "cz": "CZ", "de": "DE", "dk": "DK", "es": "ES", "fi": "FI"},
    **{"fr": "FR", "ie": "IE", "in": "IN", "it": "IT", "nl": "NL", "no": "NO", "nz": "NZ", "pl": "PL", "pt": "PT"},
    **{"se": "SE", "sg": "SG", "uk": "GB", "za": "ZA"},
}  # fmt: skip
"""Countries by the end of a domain, where firms of one country use it."""
_BEFORE = 40
_FEWEST, _MOST = 9, 15
_NUMBERS = 20
"""Numbers of a text that are looked at."""


def phone_in(text: Text) -> str:
    """Return the number to ring the sender on, an empty text where there is none."""
    for words in (text.signature, text.body[-500:], text.body[:2_000]):
        for found in islice(_NUMBER.finditer(words), _NUMBERS):
            written = " ".join(found[0].split())
            before = words[max(found.start() - _BEFORE, 0) : found.start()]
            if _may_be(written, before) and not _NOT_THEIRS.search(before):
                return _e164(written, text)
    return ""


def _may_be(written: str, before: str) -> bool:
    """Tell whether digits are a phone number by their form, or else by the word before them."""
    if not _FEWEST <= sum(map(str.isdigit, written)) <= _MOST or _DATE.search(written):
        return False
    if written.startswith(("+", "(+", "0", "(")) or _US.match(written):
        return _LABELLED.search(before) is not None or not written.isdigit() or written.startswith("0")
    return _LABELLED.search(before) is not None and not _AMOUNTS.match(written)


def _e164(written: str, text: Text) -> str:
    """Return a number in E.164, or as it is written where nothing tells its country."""
    plain = "+" + written[2:] if written.startswith("00") else written
    region = "" if "+" in plain else _region(plain, text)
    if "+" not in plain and not region:
        return written
    import phonenumbers

    try:
        number = phonenumbers.parse(plain, region or None)
    except phonenumbers.NumberParseException:
        return written
    if not phonenumbers.is_possible_number(number):
        return written
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _region(written: str, text: Text) -> str:
    """Return the country of a number without one: by the sender's domain, its own form, or the currency."""
    if region := _REGIONS.get(text.sender.email.rpartition(".")[2], ""):
        return region
    if _US.match(written):
        return "IN" if "₹" in text.lower or "lpa" in text.lower else "US"
    if _BRITISH.match(written) and ("£" in text.lower or "UK" in text.whole):
        return "GB"
    if written.startswith("0") and text.has("aud", "a$"):
        return "AU"
    return "CH" if written.startswith("0") and "chf" in text.lower else ""
