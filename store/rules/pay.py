"""Pay as recruiters state it, read as numbers: `$230-260k`, `€95.000`, `230 to 260 thousand`, `$70/hr`."""

import re
from typing import Literal

import msgspec

Per = Literal["year", "day", "hour"]
_NUMBER = re.compile(
    r"(\d{1,3}(?:[.,'’\s]\d{3})+|\d+(?:[.,]\d{1,2})?)\s*(k\b|thousand|tsd|m\b|lpa\b|lakhs?\b)?", re.IGNORECASE
)
_CURRENCIES = (
    ("CAD", r"ca\$|c\$|\bcad\b"),
    ("AUD", r"a\$|au\$|\baud\b"),
    ("EUR", r"€|\beur(?:os?)?\b"),
    ("GBP", r"£|\bgbp\b|\bpounds?\b"),
    ("CHF", r"\bchf\b|\bfr\."),
    ("INR", r"₹|\binr\b|\blpa\b|\blakhs?\b"),
    ("USD", r"\$|\busd\b|\bdollars?\b"),
)
_PER: tuple[tuple[Per, str], ...] = (
    ("hour", r"/\s*(?:hr|h|hour)\b|\bper hour\b|\ban hour\b|\bhourly\b"),
    ("day", r"/\s*(?:d|day)\b|\bper day\b|\ba day\b|\bdaily\b|\bday rate\b|\d\s?p\.?d\b"),
)
_PENSION = re.compile(r"\b401\s*\(?k\)?")
"""What Americans are paid later."""
_UNITS = {"lpa": 100_000, "lakh": 100_000}
"""What a figure is multiplied with; any other unit stands for thousands."""
_LEAST = {"year": 10_000, "day": 50, "hour": 5}
_MOST = {"year": 5_000_000, "day": 10_000, "hour": 2_000}


class Pay(msgspec.Struct, frozen=True, gc=False):
    """A stated range in whole units of a currency; both ends are equal where one figure was given."""

    low: int
    high: int
    currency: str
    """An ISO 4217 code, empty where none was named."""
    per: Per = "year"

    @property
    def middle(self) -> int:
        """The middle of the range."""
        return (self.low + self.high) // 2


def parse_pay(text: str) -> Pay | None:
    """Read a stated pay, None where it cannot be read."""
    folded = _PENSION.sub("", text.casefold())
    per: Per = next((name for name, pattern in _PER if re.search(pattern, folded)), "year")
    found = [(match[1], match[2] or "") for match in _NUMBER.finditer(folded)][:2]
    if not found:
        return None
    # In "230-260k" the k stands for both.
    unit = next((each for _, each in found if each), "")
    figures = [_figure(number, _UNITS.get(unit.rstrip("s"), 1_000 if unit else 1)) for number, _ in found]
    figures = [each for each in figures if _LEAST[per] <= each <= _MOST[per]]
    if not figures:
        return None
    currency = next((code for code, pattern in _CURRENCIES if re.search(pattern, folded)), "")
    return Pay(min(figures), max(figures), currency, per)


def _figure(number: str, unit: int) -> int:
    grouped = re.fullmatch(r"\d{1,3}(?:[.,'’\s]\d{3})+", number)
    value = float(re.sub(r"[.,'’\s]", "", number)) if grouped else float(number.replace(",", "."))
    return round(value * unit) if value < 10_000 else round(value)
