"""The same role from two sides: whoever is submitted twice can sink, so it is said before leave is given."""

import re
from collections.abc import Iterable

from store.clock import DAY, local
from store.rules.companies import company_name
from store.rules.row import Row

_SAME_SEARCH = 180 * DAY
_SENIORITY = frozenset(
    {"senior", "staff", "principal", "lead", "junior", "sr", "jr", "head", "of", "a", "the"}
)


def pitched_before(row: Row, rows: Iterable[Row]) -> list[Row]:
    """Return earlier approaches for the same company and role by another firm or person, oldest first.

    After half a year it is another search.
    """
    company, role = company_name(row.company), _role(row)
    if not company or not role:
        return []
    found = [
        each
        for each in rows
        if 0 < row.first_at - each.first_at <= _SAME_SEARCH
        and each.company
        and company_name(each.company) == company
        and _is_same_role(_role(each), role)
        and _side(each) != _side(row)
    ]
    return sorted(found, key=lambda each: each.first_at)


def pitch_warnings(row: Row, rows: Iterable[Row]) -> list[str]:
    """Say who already pitched it, and who holds the user's CV with leave."""
    warnings = []
    for each in pitched_before(row, rows):
        by = each.firm or each.who
        sentence = f"Already pitched by {by} on {_day(each.first_at)}: being submitted twice can sink you."
        if each.leave == "yes":
            sentence += f" {by} has your leave to send your CV."
        warnings.append(sentence)
    return warnings


def _role(row: Row) -> frozenset[str]:
    if not row.role_known:
        return frozenset()
    return frozenset(re.findall(r"\w+", row.role.casefold())) - _SENIORITY


def _is_same_role(one: frozenset[str], other: frozenset[str]) -> bool:
    """Two titles name one role where the shorter's words all stand in the longer."""
    return bool(one and other) and (one <= other or other <= one)


def _side(row: Row) -> str:
    return company_name(row.firm) or row.email or row.who.casefold()


def _day(at: int) -> str:
    return f"{local(at):%-d %b %Y}"
