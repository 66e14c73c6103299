"""Pay as recruiters state it, read as numbers: `$230-260k`, `€95.000`, `230 to 260 thousand`, `$70/hr`."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

Per = Literal["year", "month", "week", "day", "hour"]
_NUMBER = re.compile(
    r"(?:(?<![\w.,])|(?<=usd|eur|gbp|chf|inr|cad|aud))"
    r"(\d{1,3}(?:[.,'’\s]\d{3}){1,3}(?!\d)|\d{1,7}(?!\d))([.,]\d{1,2}(?!\d))?"
    r"\s*(k\b|thousand\b|tsd\b|t(?=\s?€)|m\b|million\b|lpa\b|lakhs?\b)?",
    re.IGNORECASE,
)
"""A figure, its decimals, and what it is counted in."""
_UNITS = {"m": 1_000_000, "million": 1_000_000, "lpa": 100_000, "lakh": 100_000, "lakhs": 100_000}
"""What a figure is multiplied with; any other unit stands for thousands."""
_CURRENCIES = (
    ("CAD", r"ca\$|c\$|\bcad(?![a-z])"),
    ("AUD", r"a\$|au\$|\baud(?![a-z])"),
    ("EUR", r"€|\beur(?:os?)?(?![a-z])"),
    ("GBP", r"£|\bgbp(?![a-z])|\bpounds?\b"),
    ("CHF", r"\bchf(?![a-z])|\bfr\."),
    ("INR", r"₹|\binr(?![a-z])|lpa\b|\blakhs?\b"),
    ("USD", r"\$|\busd(?![a-z])|\bdollars?\b"),
)
_CURRENCY = re.compile("|".join(f"(?P<{code}>{pattern})" for code, pattern in _CURRENCIES))
_PER: dict[Per, str] = {
    "hour": r"/\s*(?:hr|h|hour|std)\b|\b(?:per|an) hour\b|\bhourly\b|\b(?:pro |die )?stunde\b|\bstundensatz\b"
    r"|\bpar heure\b|\bper uur\b|\bpor hora\b|\bp\.?h\b",
    "day": r"/\s*(?:d|day|tag|jour|dag)\b|\b(?:per|a) day\b|\bdaily\b|\bday rate\b|\btagessatz\b"
    r"|\b(?:pro|am) tag\b|\bpar jour\b|\btjm\b|\bper dag\b|\b(?:al|por) día\b|\bp\.?d\b",
    "week": r"/\s*(?:wk|week)\b|\b(?:per|a) week\b|\bweekly\b|\bpro woche\b|\bpar semaine\b|\bp\.?w\b",
    "month": r"/\s*(?:mo|month|monat|mois|maand|mes)\b|\b(?:per|a) month\b|\bmonthly\b|\b(?:pro|im) monat\b"
    r"|\bmonatlich\b|\bpar mois\b|\bper maand\b|\b(?:al|por) mes\b|\bp\.?m\b",
    "year": r"/\s*(?:yr|year|annum|jahr|an)\b|\b(?:per|a) (?:annum|year)\b|\bannual(?:ly)?\b|\byearly\b"
    r"|\bjahresgehalt\b|\b(?:pro|im) jahr\b|\bpar an\b|\bper jaar\b|\bal año\b|\bp\.?a\b|lpa\b",
}
_EACH = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PER.items()))
_JOINED = re.compile(
    r"^[^+;\n]{0,16}?(?:[-–—]|\b(?:to|or|bis|à|a|hasta|tot)\b)[^+;\n\w]{0,2}(?:bis|zu)?[^+;\n\w]{0,2}"
    r"(?:[a-z]{0,3}[$£€₹]|usd|eur|gbp|chf|inr|cad|aud|rs\.?)?\s*$"
)
"""What stands between the two ends of a range."""
_AND = re.compile(r"^\s*(?:and|und|et|y)\s")
_BETWEEN = re.compile(r"\b(?:between|zwischen|entre)\b")
_UP_TO = re.compile(
    r"\b(?:up ?to|max(?:imum)?|maximal|bis(?: zu)?|jusqu['’]?à|hasta|tot)\b[.:]?\s*"
    r"(?:[a-z]{0,3}[$£€₹]|usd|eur|gbp|chf|inr|cad|aud)?\s*$"
)
_PENSION = re.compile(r"\b401\s*\(?k\)?")
"""What Americans are paid later."""
_LEAST = {"year": 10_000, "month": 500, "week": 200, "day": 50, "hour": 5}
_MOST = {"year": 5_000_000, "month": 100_000, "week": 40_000, "day": 10_000, "hour": 2_000}
_SMALL_COIN = {"INR": 20}
"""How many times as high sums run where the currency's unit is small."""
_AROUND, _BEHIND = 8, 24
"""Characters near a figure: where its currency stands, and what it is paid for."""
_LONGEST = 300
_FIGURES = 12


class Pay(msgspec.Struct, frozen=True, gc=False):
    """A stated range in whole units of a currency; both ends are equal where one figure was given."""

    low: int | None
    """None where only the most was stated: `up to 45k`."""
    high: int
    currency: str
    """An ISO 4217 code, empty where none was named."""
    per: Per = "year"

    @property
    def middle(self) -> int:
        """The middle of the range; the most, where no least is known."""
        return self.high if self.low is None else (self.low + self.high) // 2


def parse_pay(text: str) -> Pay | None:
    """Read a stated pay, None where it cannot be read: the first figure, or range, that may be one."""
    folded = _PENSION.sub("", text[:_LONGEST].casefold())
    found = [match for match, _ in zip(_NUMBER.finditer(folded), range(_FIGURES), strict=False)]
    for place, first in enumerate(found):
        second = found[place + 1] if place + 1 < len(found) else None
        ranged = second is not None and _is_range(folded, first, second)
        if second and ranged and (pay := _read(folded, [first, second], found[place + 2 : place + 3])):
            return pay
        if pay := _read(folded, [first], found[place + 1 : place + 2]):
            return pay
    return None


def _is_range(text: str, first: re.Match[str], second: re.Match[str]) -> bool:
    """Tell whether two figures are the ends of one range, in one currency."""
    gap = text[first.end() : second.start()]
    if _AND.search(gap):
        return _one_currency(text, first, second) and _BETWEEN.search(text[: first.start()]) is not None
    return _one_currency(text, first, second) and _JOINED.search(gap) is not None


def _one_currency(text: str, *figures: re.Match[str]) -> bool:
    return len({_currency(text[max(each.start() - 4, 0) : each.start()]) for each in figures} - {""}) < 2


def _read(text: str, ends: Sequence[re.Match[str]], behind: Sequence[re.Match[str]]) -> Pay | None:
    """Read one figure or two as pay, None where they are too low or too high for any."""
    figures = _figures(ends)
    start, end = ends[0].start(), ends[-1].end()
    near = text[max(start - _AROUND, 0) : end + _AROUND]
    currency = _currency(near) or _currency(text)
    times = _SMALL_COIN.get(currency, 1)
    next_figure = behind[0].start() if behind else len(text)
    for per in _periods(text, text[ends[0].end() : min(end + _BEHIND, next_figure)]):
        if all(_LEAST[per] <= each <= _MOST[per] * times for each in figures):
            only_most = len(figures) == 1 and _UP_TO.search(text[:start]) is not None
            return Pay(None if only_most else min(figures), max(figures), currency, per)
    return None


def _periods(text: str, behind: str) -> Iterator[Per]:
    """Yield what a figure may be paid for, the likeliest first: named behind it, named anywhere, a year."""
    for words in (behind, text):
        if named := _EACH.search(words):
            yield next(name for name in _PER if named[name])
    yield "year"


def _currency(text: str) -> str:
    found = _CURRENCY.search(text)
    return found.lastgroup or "" if found else ""


def _figures(ends: Sequence[re.Match[str]]) -> list[int]:
    """Return figures as numbers; in `230-260k` the k stands for both."""
    spread = next((unit for each in reversed(ends) if (unit := each[3])), None)
    return [_figure(each[1], each[2] or "", each[3] or spread) for each in ends]


def _figure(whole: str, decimals: str, unit: str | None) -> int:
    times = _UNITS.get(unit, 1_000) if unit else 1
    number = int(re.sub(r"\D", "", whole))
    if times > 1 and number >= 10_000:
        return number
    return round((number + float("0" + decimals.replace(",", "."))) * times)
