"""Where the work is, and whether it is remote, hybrid or on site; both are kept apart."""

import re
from collections.abc import Container, Iterator
from itertools import islice
from typing import Literal

from store.rules.lifting.text import Text

Mode = Literal["", "remote", "hybrid", "on-site"]
_LABELS = (
    *("location", "based in", "place", "work location", "standort", "ort", "arbeitsort", "lieu", "ubicación"),
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
).split("|")
CITIES = frozenset(city.lower() for city in _CITIES)
_BY_FIRST_WORD: dict[str, tuple[str, ...]] = {}
for _city in _CITIES:
    _first = _city.split()[0].lower()
    _BY_FIRST_WORD[_first] = (*_BY_FIRST_WORD.get(_first, ()), _city)
_FIRST_WORDS = frozenset(_BY_FIRST_WORD)
_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND"
    "|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC"
)
_STATE = re.compile(rf", (?:{_STATES})\b")
_BEFORE_STATE = re.compile(r"(?:^|(?<=\W))[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}$")
_IN = frozenset({"in", "aus", "à", "en"})
_REACH = 60
_SHORT = 6
_PLACES = 20
"""Places of a text that are looked at."""
_LONGEST = 60


def place_in(text: Text) -> str:
    """Return the place as the text names it, an empty text where none is named."""
    if labelled := text.labelled(*_LABELS):
        return labelled.rstrip(" .,;")[:_LONGEST]
    cities = [city for word in _FIRST_WORDS & text.vocabulary for city in _BY_FIRST_WORD[word]]
    for words in (text.subject, text.body):
        if found := _in_state(words) or _first_city(words, cities, _IN):
            return found
    return _first_city(text.subject, cities)


def mode_in(said: Container[str]) -> Mode:
    """Return how much of the work is done in an office."""
    if "hybrid" in said:
        return "hybrid"
    if "remote" in said and "not-remote" not in said:
        return "remote"
    return "on-site" if "on-site" in said else ""


def _in_state(words: str) -> str:
    """Return the first `Oakland, CA` in a text."""
    for state in islice(_STATE.finditer(words), _PLACES):
        start = max(state.start() - _REACH, 0)
        if city := _BEFORE_STATE.search(words[start : state.start()]):
            return city[0] + state[0]
    return ""


def _first_city(words: str, cities: list[str], behind: Container[str] = ()) -> str:
    """Return the one of some cities that a text names first, behind a word where one is asked for."""
    first = min(filter(None, (_place(words, city, behind) for city in cities)), default=None)
    return first[1] if first else ""


def _place(words: str, city: str, behind: Container[str]) -> tuple[int, str] | None:
    """Return where a text first names a city, and the city."""
    for start in _places(words, city):
        end = start + len(city)
        whole = not (words[start - 1 : start].isalnum() or words[end : end + 1].isalnum())
        if whole and (not behind or _word_before(words, start) in behind):
            return start, city
    return None


def _word_before(words: str, start: int) -> str:
    """Return the short word before a place in a text."""
    near = words[max(start - _SHORT, 0) : start]
    return near.rsplit(maxsplit=1)[-1].lstrip("(,").lower() if near[-1:].isspace() and near.strip() else ""


def _places(words: str, city: str) -> Iterator[int]:
    start = words.find(city)
    for _ in range(_PLACES):
        if start < 0:
            return
        yield start
        start = words.find(city, start + len(city))
