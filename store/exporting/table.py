"""CSV of people, referrals and opportunities, for spreadsheets."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from store import network, referring
from store.clock import iso
from store.records.plain import plain
from store.rules.views import view_of

if TYPE_CHECKING:
    from store.referring import Logged
    from store.repository import Repository

Line = Sequence[object]
WHAT: Final = ("people", "referrals", "opportunities")
_FORMULA: Final = "=+-@\uff1d\uff0b\uff0d\uff20"
"""What a spreadsheet takes for the beginning of a formula, in its wide forms too."""
_FILLERS: Final = "\u115f\u1160\u2800\u3164\uffa0"
_PERSON: Final = (
    *("name", "title", "employer", "email", "phone", "profile", "industry", "places", "floor", "circle"),
    *("wants", "how_met", "would_hire", "may_move", "do_not_refer", "sensitive", "cadence"),
)
_REFERRAL: Final = ("kind", "name", "role", "company", "recruiter", "firm", "why", "mode", "note")
_ROW: Final = ("who", "firm", "role", "company", "email", "phone", "pay", "mandate", "subject")


def text_of(repository: "Repository", what: str) -> str:
    """Return one of the tables of `WHAT` as CSV."""
    if what == "people":
        return written(("id", *_PERSON, "last_touch", "consent", "consent_until"), _people(repository))
    if what == "referrals":
        return referrals(referring.log(repository.documents, repository.now()))
    head = ("id", "code", "view", *_ROW, "first_at", "at", "attempts", "verdict", "labels")
    return written(head, _opportunities(repository))


def referrals(log: "Iterable[Logged]") -> str:
    """Return referrals as CSV."""
    lines = (
        (
            *(each.id, iso(each.referral.at)),
            *(getattr(each.referral, name) for name in _REFERRAL),
            *(each.standing.state, iso(each.standing.since), _time(each.standing.next_check)),
        )
        for each in log
    )
    return written(("id", "at", *_REFERRAL, "state", "since", "next_check"), lines)


def _people(repository: "Repository") -> Iterator[Line]:
    for id, person in sorted(
        network.everybody(repository.documents), key=lambda each: plain(each.person.name or "")
    ):
        consent = person.consent
        yield (
            id,
            *(getattr(person, name) for name in _PERSON),
            _time(person.last_touch),
            consent.answer if consent is not None else "",
            _time(consent.until) if consent is not None else "",
        )


def _opportunities(repository: "Repository") -> Iterator[Line]:
    index, now = repository.index, repository.now()
    for row in sorted(index.rows.values(), key=lambda row: (-row.at, row.id)):
        yield (
            *(row.id, index.code(row.id), view_of(row, now)),
            *(getattr(row, name) for name in _ROW),
            *(_time(row.first_at), _time(row.at), row.attempts, row.verdict, ", ".join(row.labels)),
        )


def _time(at: int | None) -> str:
    return iso(at) if at else ""


def written(head: Sequence[str], lines: Iterable[Line]) -> str:
    """Return lines of values as CSV with a head."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([cell(value) for value in line] for line in lines)
    return text.getvalue()


def cell(value: object) -> str:
    """Return a value on one line, neutralised where a spreadsheet would take it for a formula."""
    told = "yes" if value is True else "" if value is None or value is False else str(value)
    text = " ".join(told.split())
    first = next((character for character in text if not _is_unseen(character)), "")
    return f"'{text}" if first and first in _FORMULA else text


def _is_unseen(character: str) -> bool:
    """Tell what a terminal or a spreadsheet may leave out, so that what follows it comes first."""
    is_mark = unicodedata.category(character).startswith("M")
    return is_mark or not character.isprintable() or character.isspace() or character in _FILLERS
