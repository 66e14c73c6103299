"""The sender's phone number: in the signature first, in E.164 where the text itself tells the country."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from store.rules import role_words as known
from store.rules.lifting.text import Text

_NUMBER = re.compile(r"[0-9](?<!\w[0-9])[0-9 ().\-/\u00a0]{7,22}[0-9](?![\w%:]|,,|\.[0-9])")
"""Digits as numbers are written; it begins with what is quickly found."""
_NOT_BEFORE = frozenset("_$£€₹#/.@-+(")
_NOT_THEIRS = re.compile(
    r"(?:pin|passcode|meeting id|conference id|dial-?in|dial by[^\n]{0,20}|one tap mobile|access code"
    r"|req(?:uisition)?|job id|order|invoice|ref(?:erence)?|toll[- ]free|einwahl|iban|fax)"
    r"\W{0,12}(?:\w+\W+){0,2}$"
    r"|\b(?:reach|call|called|ring|rang|tried|text|texted) you (?:at|on|under) ?$"
    r"|\byour (?:number|phone|cell|mobile)\b[^\n.!?]{0,20}$",
    re.IGNORECASE,
)
_OTHERS = (
    *(
        "pin",
        "pass",
        " id",
        "dial",
        "tap",
        "access",
        "req",
        "order",
        "invoice",
        "ref",
        "toll",
        "einwahl",
        "iban",
    ),
    *("fax", "you"),
)
"""One of these stands in each of them."""
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
    domain: domain.upper()
    for domain in known.words("at au be ch cz de dk es fi fr ie in it nl no nz pl pt se sg za")
} | {"uk": "GB"}
"""Countries by the end of a domain, where firms of one country use it."""
_BEFORE = 40
_FEWEST, _MOST = 9, 15
_NORTH_AMERICAN = 11
_AUSTRALIAN = frozenset({"aud"})
_TAIL, _HEAD = 500, 2_000
"""Characters of a text in which senders give their number."""
_NUMBERS = 20
"""Numbers of a text that are looked at."""


def phone_in(text: Text) -> str:
    """Return the number to ring the sender on, an empty text where there is none."""
    for words in (text.signature, text.body[-_TAIL:], text.body[:_HEAD]):
        for start, end in islice(_numbers_in(words), _NUMBERS):
            written = " ".join(words[start:end].split())
            before = words[max(start - _BEFORE, 0) : start]
            if _may_be(written, before) and not _is_of_others(before):
                return _e164(written, _region(written, text))
    return ""


def _numbers_in(words: str) -> Iterator[tuple[int, int]]:
    """Yield where numbers begin and end, with a plus or a bracket before them."""
    for found in _NUMBER.finditer(words):
        start, end = found.span()
        start -= words[start - 1 : start] == "+"
        start -= words[start - 1 : start] == "("
        before = words[start - 1 : start]
        if not before.isalnum() and before not in _NOT_BEFORE:
            yield start, end


def _is_of_others(before: str) -> bool:
    """Tell whether what stands before a number says that it is nobody's, or the reader's own."""
    lower = before.lower()
    return any(word in lower for word in _OTHERS) and _NOT_THEIRS.search(before) is not None


def _may_be(written: str, before: str) -> bool:
    """Tell whether digits are a phone number by their form, or else by the word before them."""
    if not _FEWEST <= sum(map(str.isdigit, written)) <= _MOST or _DATE.search(written):
        return False
    if written.startswith(("+", "(+", "0", "(")) or _US.match(written):
        return not written.isdigit() or written.startswith("0") or _LABELLED.search(before) is not None
    return _LABELLED.search(before) is not None and not _AMOUNTS.match(written)


@lru_cache(maxsize=1_024)
def _e164(written: str, region: str) -> str:
    """Return a number in E.164, or as it is written where nothing tells its country.

    Who writes once writes again: what was looked up is kept.
    """
    plain = "+" + written[2:] if written.startswith("00") else written
    if "+" not in plain and not region:
        return written
    digits = "".join(filter(str.isdigit, plain))
    if plain.startswith("+1") and len(digits) == _NORTH_AMERICAN and digits.isascii() and digits[1] > "1":
        return f"+{digits}"
    import phonenumbers

    try:
        number = phonenumbers.parse(plain, None if "+" in plain else region)
    except phonenumbers.NumberParseException:
        return written
    if not phonenumbers.is_possible_number(number):
        return written
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _region(written: str, text: Text) -> str:
    """Return the country of a number without one: by the sender's domain, its own form, or the currency."""
    if "+" in written or written.startswith("00"):
        return ""
    if region := _REGIONS.get(text.sender.email.rpartition(".")[2], ""):
        return region
    if _US.match(written):
        return "IN" if "lpa" in text.vocabulary or "₹" in text.whole else "US"
    if not written.startswith(("0", "(0")):
        return ""
    whole = text.whole
    if _BRITISH.match(written) and ("£" in whole or "UK" in whole):
        return "GB"
    if text.has(_AUSTRALIAN) or "A$" in whole:
        return "AU"
    return "CH" if "chf" in text.vocabulary else ""
