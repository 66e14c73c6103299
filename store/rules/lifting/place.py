"""Where the work is, and whether it is remote, hybrid or on site; both are kept apart."""

import re
from collections.abc import Container, Sequence
from itertools import islice
from typing import Literal

from store.rules.lifting.text import Text

Mode = Literal["", "remote", "hybrid", "on-site"]
_LABELS = (
    *("location", "based in", "place", "work location", "standort", "ort", "arbeitsort", "lieu", "ubicación"),
    "lugar",
)
_NAMED = (
    "Aarhus|Aberdeen|Abu Dhabi|Amsterdam|Ann Arbor|Antwerp|Antwerpen|Athens|Atlanta|Auckland|Austin|Bangalore"
    "|Barcelona|Basel|Belfast|Bengaluru|Berlin|Bern|Bilbao|Birmingham|Bologna|Bonn|Bordeaux|Boston|Boulder"
    "|Bratislava|Bremen|Brighton|Brisbane|Bristol|Brno|Brooklyn|Brussels|Bruxelles|Bucharest|Budapest|Calgary"
    "|Cambridge|Canberra|Cape Town|Cardiff|Chennai|Chicago|Cincinnati|Cleveland|Cologne|Columbus"
    "|Copenhagen|Coventry|Dallas|Delhi|Den Haag|Denver|Detroit|Dortmund|Dresden|Dubai|Dublin"
    "|Düsseldorf|Edinburgh|Eindhoven|Exeter|Frankfurt|Freiburg|Galway|Gdańsk|Geneva|Genève|Genf|Gent"
    "|Ghent|Glasgow|Göteborg|Gothenburg|Graz|Grenoble|Groningen|Gurgaon|Gurugram|Hamburg|Hannover|Heidelberg"
    "|Helsinki|Hong Kong|Houston|Hyderabad|Innsbruck|Istanbul|Jersey City|Johannesburg|Karlsruhe|Katowice"
    "|Kolkata|København|Köln|Kraków|Krakow|Lausanne|Leeds|Leicester|Leipzig|Leuven|Lille|Linz|Lisboa|Lisbon"
    "|Liverpool|Ljubljana|London|Los Angeles|Luxembourg|Luzern|Lyon|Madrid|Malmö|Manchester|Mannheim"
    "|Marseille|Melbourne|Mexico City|Miami|Milan|Milano|Milton Keynes|Milwaukee|Minneapolis|Montpellier"
    "|Montreal|Montréal|Mountain View|Mumbai|Munich|München|Nantes|Nashville|New York|Newcastle|Noida|Norwich"
    "|Nottingham|Nuremberg|Nürnberg|NYC|Oakland|Osaka|Oslo|Ottawa|Oxford|Palo Alto|Paris|Perth|Philadelphia"
    "|Phoenix|Pittsburgh|Plymouth|Portland|Porto|Potsdam|Poznań|Prague|Pune|Raleigh|Rennes|Riga|Rome|Rotterdam"
    "|Salt Lake City|Salzburg|San Antonio|San Diego|San Francisco|San Jose|San Mateo|Santa Monica|São Paulo"
    "|Seattle|Sevilla|Seville|Sheffield|Singapore|Southampton|Stockholm|Strasbourg|Stuttgart|Sunnyvale"
    "|Sydney|Tallinn|Tampa|Tel Aviv|Tokyo|Toronto|Torino|Toulouse|Tucson|Turin|Utrecht|Valencia|Vancouver"
    "|Vienna|Vilnius|Warsaw|Warszawa|Washington|Wellington|Wien|Winterthur|Wrocław|Zagreb|Zug|Zurich"
    "|Zürich"
)
_CITIES = tuple(_NAMED.split("|"))
_WORDS_TOO = ("Bath", "Charlotte", "Cork", "Derby", "Essen", "Hull", "Nice", "Reading", "Sofia", "York")
"""Names and words too: cities only behind `in`."""
CITIES = frozenset(city.lower() for city in _CITIES)
"""In lower case."""
_BY_FIRST_WORD: dict[str, tuple[str, ...]] = {}
for _city in (*_CITIES, *_WORDS_TOO):
    _first = _city.split()[0].lower()
    _BY_FIRST_WORD[_first] = (*_BY_FIRST_WORD.get(_first, ()), _city)
_FIRST_WORDS = frozenset(_BY_FIRST_WORD)
_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND"
    "|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC"
)
_STATE = re.compile(rf", (?:{_STATES})\b")
_BEFORE_STATE = re.compile(r"(?:^|(?<=\W))[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}$")
_OF_A_FIRM = re.compile(r"\b(?:at|with|by)(?: [A-Z]\S*)+")
"""Firms are called after cities."""
_IN = tuple(
    f"{mark}{word}{blank}" for mark in " \n(" for word in ("in", "In", "aus", "à", "en") for blank in " \n"
)
_SHORT = 5
_REACH = 60
_PLACES = 20
"""Places of a text that are looked at."""
_LONGEST = 60


def place_in(text: Text) -> str:
    """Return the place as the text names it, an empty text where none is named."""
    if labelled := text.labelled(*_LABELS):
        return labelled.rstrip(" .,;")[:_LONGEST]
    cities = [city for word in _FIRST_WORDS & text.vocabulary for city in _BY_FIRST_WORD[word]]
    in_subject = [city for city in cities if city in text.subject]
    for words, named in ((text.subject, in_subject), (text.body, cities)):
        if found := _in_state(words) or _first_city(words, named, _IN):
            return found
    alone = [city for city in in_subject if city not in _WORDS_TOO]
    return _first_city(_OF_A_FIRM.sub("", text.subject), alone) if alone else ""


def mode_in(said: Container[str]) -> Mode:
    """Return how much of the work is done in an office."""
    if "days" in said or "part-remote" in said or ("hybrid" in said and "not-hybrid" not in said):
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


def _first_city(words: str, cities: Sequence[str], before: tuple[str, ...] = ()) -> str:
    """Return the one of some cities that a text names first, behind one of some words if any."""
    if not cities:
        return ""
    found = [(at, city) for city in cities if (at := _place(words, city, before)) >= 0]
    return min(found)[1] if found else ""


def _place(words: str, city: str, before: tuple[str, ...]) -> int:
    """Return where a text first names a city, -1 for nowhere."""
    start = words.find(city)
    for _ in range(_PLACES):
        if start < 0:
            break
        end = start + len(city)
        behind = not before or f" {words[max(start - _SHORT, 0) : start]}".endswith(before)
        if behind and not (words[start - 1 : start].isalnum() or words[end : end + 1].isalnum()):
            return start
        start = words.find(city, end)
    return -1
