"""Where the work is, and whether it is remote, hybrid or on site; both are kept apart."""

import re
from typing import Literal

from store.rules.lifting.text import Text

Mode = Literal["", "remote", "hybrid", "on-site"]
_LABELS = (
    "location",
    "based in",
    "place",
    "work location",
    "standort",
    "ort",
    "arbeitsort",
    "lieu",
    "ubicación",
    "lugar",
)
_CITIES = (
    "Amsterdam|Atlanta|Austin|Bangalore|Barcelona|Bengaluru|Berlin|Birmingham|Boston|Bratislava|Bristol"
    "|Brussels|Bucharest|Budapest|Cambridge|Chennai|Chicago|Cologne|Copenhagen|Dallas|Delhi|Denver|Dublin"
    "|Düsseldorf|Edinburgh|Frankfurt|Geneva|Glasgow|Gurgaon|Hamburg|Helsinki|Houston|Hyderabad|Köln|Kraków"
    "|Leeds|Lisbon|Liverpool|London|Los Angeles|Lyon|Madrid|Manchester|Melbourne|Miami|Milan|Montreal"
    "|Mumbai|Munich|München|Nantes|New York|NYC|Noida|Oakland|Oslo|Oxford|Palo Alto|Paris|Philadelphia"
    "|Phoenix|Portland|Porto|Prague|Pune|Raleigh|Rome|San Diego|San Francisco|San Jose|Seattle|Singapore"
    "|Stockholm|Stuttgart|Sydney|Tallinn|Tel Aviv|Tokyo|Toronto|Toulouse|Vancouver|Vienna|Warsaw"
    "|Washington|Wien|Zurich|Zürich"
)
_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND"
    "|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC"
)
_CITY_STATE = re.compile(rf"\b([A-Z][a-z]+(?: [A-Z][a-z]+){{0,2}}, (?:{_STATES}))\b")
_CITY = re.compile(rf"\b({_CITIES})\b")
_BASED = re.compile(
    rf"\b(?:based in|located in|office in|offices in|in|aus|in der Nähe von|à|en)\s({_CITIES})\b"
)
_REMOTE = re.compile(
    r"\bremote(?:ly)?\b|\bhome[- ]?office\b|\bwork from anywhere\b|\btélétravail\b", re.IGNORECASE
)
_HYBRID = re.compile(
    r"\bhybrid\w*\b|\b(?:\d|one|two|three|zwei|drei|deux)(?:\s?-\s?\d)?\s(?:days?|tage?"
    r"|jours?)\s(?:a|per|in der|pro|par|in the|in)?\s?"
    r"(?:week|woche|semaine|office|in|onsite|on-site)\b",
    re.IGNORECASE,
)
_ON_SITE = re.compile(
    r"\bon-?site\b|\bin[- ]office\b|\boffice[- ]based\b|\bvor ort\b|\bsur site\b", re.IGNORECASE
)
_LONGEST = 60


def place_in(text: Text) -> str:
    """Return the place as the text names it, an empty text where none is named."""
    if labelled := text.labelled(*_LABELS):
        return labelled.rstrip(" .,;")[:_LONGEST]
    for words in (text.subject, text.body):
        for pattern in (_CITY_STATE, _BASED):
            if found := pattern.search(words):
                return found[1]
    found = _CITY.search(text.subject)
    return found[1] if found else ""


def mode_in(text: Text) -> Mode:
    """Return how much of the work is done in an office."""
    words = f"{text.subject}\n{text.body}"
    if text.has("hybrid", "day", "tag", "jour") and _HYBRID.search(words):
        return "hybrid"
    if text.has("remote", "home", "anywhere", "télétravail") and _REMOTE.search(words):
        return "remote"
    return "on-site" if text.has("site", "office", "vor ort") and _ON_SITE.search(words) else ""
