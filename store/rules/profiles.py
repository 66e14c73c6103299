"""LinkedIn's addresses: of profiles, in one form however they were shared, and of its own mail."""

import re
from unicodedata import normalize
from urllib.parse import unquote

_PROFILE = re.compile(
    r"^(?:https?://)?(?:[a-z]{2,3}\.)?linkedin\.com/(?:comm/)?in/([^/?#\s]{1,200})", re.IGNORECASE
)
_IN_WORDS = re.compile(
    r"(?<![\w.@/-])(?:https?://)?(?:www\.|[a-z]{2,3}\.)?linkedin\.com/(?:comm/)?in/[^/?#\s<>()\[\]\"',;|]{1,200}",
    re.IGNORECASE,
)


def is_linkedin(address: str) -> bool:
    """Tell whether a mail address is one of LinkedIn's own, and so stands for whoever it passes on."""
    domain = address.rpartition("@")[2]
    return domain == "linkedin.com" or domain.endswith(".linkedin.com")


def canonical_profile(url: str) -> str:
    """Return `https://www.linkedin.com/in/slug`, an empty text where it is no profile of a person.

    Queries go: in mails they hold tokens that log in with one click.
    """
    found = _PROFILE.match(url.strip().replace("://www.", "://", 1).removeprefix("www."))
    if found is None:
        return ""
    slug = normalize("NFC", unquote(found[1])).strip("/").lower()
    return f"https://www.linkedin.com/in/{slug}" if slug else ""


def profiles_in(text: str) -> list[str]:
    """Return the profiles whose addresses stand in a text, each once, in one form."""
    if "linkedin.com/" not in text.lower():
        return []
    found = (canonical_profile(each.rstrip(".:*_")) for each in _IN_WORDS.findall(text))
    return list(dict.fromkeys(filter(None, found)))
