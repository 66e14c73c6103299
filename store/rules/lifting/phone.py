"""The sender's phone number: in the signature first, in E.164 where the text itself tells the country."""

import re

from store.rules.lifting.text import Text

_NUMBER = re.compile(r"(?<![\w$£€₹#/.-])(?:\+|\(|0|00)?\d[\d ().\-/\u00a0]{7,20}\d(?![\w%])")
_NOT_THEIRS = re.compile(
    r"(?:pin|passcode|meeting id|conference id|dial-?in|access code|req(?:uisition)?|job id"
    r"|ref(?:erence)?|einwahl)\W{0,12}(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)
_US = re.compile(r"^\(?[2-9]\d{2}\)?[ .\-]?[2-9]?\d{2}[ .\-]?\d{4}$")
_BRITISH = re.compile(r"^0[1-37]\d")
_BEFORE = 40
_FEWEST, _MOST = 9, 15


def phone_in(text: Text) -> str:
    """Return the number to ring the sender on, an empty text where there is none."""
    tail = text.body[-500:]
    for words in (text.signature, tail, text.body[:2_000]):
        for found in _NUMBER.finditer(words):
            before = words[max(found.start() - _BEFORE, 0) : found.start()]
            written = " ".join(found[0].split())
            if _FEWEST <= sum(map(str.isdigit, written)) <= _MOST and not _NOT_THEIRS.search(before):
                return _e164(written, text)
    return ""


def _e164(written: str, text: Text) -> str:
    """Return a number in E.164, or as it is written where nothing tells its country."""
    region = _region(written, text)
    if not written.startswith(("+", "00")) and not region:
        return written
    import phonenumbers

    plain = "+" + written[2:] if written.startswith("00") else written
    try:
        number = phonenumbers.parse(plain, region or None)
    except phonenumbers.NumberParseException:
        return written
    if not phonenumbers.is_possible_number(number):
        return written
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _region(written: str, text: Text) -> str:
    if written.startswith(("+", "00")):
        return ""
    domain = text.sender.email.rpartition(".")[2]
    if _US.match(written) and domain not in ("uk", "de", "fr"):
        return "US"
    if _BRITISH.match(written) and ("£" in text.whole or domain == "uk" or "UK" in text.whole):
        return "GB"
    return {
        "uk": "GB",
        "de": "DE",
        "fr": "FR",
        "at": "AT",
        "ch": "CH",
        "nl": "NL",
        "es": "ES",
        "it": "IT",
    }.get(domain, "")
