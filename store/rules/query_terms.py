"""What a query can ask of a row: its words, and its fields `from:` `is:` `before:` and so on."""

import re
from collections.abc import Callable
from datetime import tzinfo
from typing import NamedTuple

from store.errors import UsageError
from store.records.decision import VERDICTS
from store.records.message import COARSE_CHANNELS
from store.records.opportunity import MANDATES
from store.rules.dates import period
from store.rules.journal import DEFAULT
from store.rules.row import Row
from store.rules.views import is_silent, view_of


class Moment(NamedTuple):
    """When and where a query is asked, and after how many days an approach counts as silent."""

    now: int
    zone: tzinfo | None
    silent_days: int


class Texts:
    """The words of one row, folded: first those it shows, and those of its messages once they are needed."""

    __slots__ = ("_lookup", "_messages", "_row", "_shown")

    def __init__(self, row: Row, lookup: Callable[[Row], str]) -> None:
        self._row = row
        self._lookup = lookup
        self._shown: str | None = None
        self._messages: str | None = None

    def hold(self, found: Callable[[str], object]) -> bool:
        """Tell whether something is found in what the row shows or in its messages."""
        if self._shown is None:
            self._shown = row_text(self._row).casefold()
        if found(self._shown):
            return True
        if self._messages is None:
            self._messages = self._lookup(self._row).casefold()
        return bool(found(self._messages))


Test = Callable[[Row, Texts], bool]


class Term(NamedTuple):
    """A part of a query, compiled."""

    test: Test
    words: tuple[str, ...] = ()
    """Folded words, each of which a row that fits must hold."""
    marks: tuple[str, ...] = ()
    """Folded words and phrases to be highlighted."""
    textual: bool = False
    opens: frozenset[str] = frozenset()
    """Which rows it looks at besides the usual ones: `hidden` (muted, blocked), `trash`."""
    bare: Test | None = None
    """The same test for rows that are known to hold `words`; None where that is not all that texts decide."""


def row_text(row: Row) -> str:
    """Return the texts of a row that words are looked for in, besides its messages."""
    shown = (row.who, row.firm, row.role, row.company, row.subject, row.email, row.phone)
    return "\n".join((*shown, *row.labels))


def _always(_row: Row, _texts: Texts) -> bool:
    return True


def text_term(text: str) -> Term:
    """Look for a word or a phrase; the words of a phrase may be wrapped over lines."""
    words = tuple(text.casefold().split())
    phrase = " ".join(words)
    if len(words) == 1:
        return Term(
            lambda _, texts: texts.hold(lambda held: phrase in held), words, words, textual=True, bare=_always
        )
    search = re.compile(r"\s+".join(map(re.escape, words))).search
    return Term(lambda _, texts: texts.hold(search), words, (phrase,), textual=True)


def field_term(name: str, value: str, moment: Moment) -> Term:
    """Compile a field of `FIELDS`; a value that it does not know raises UsageError."""
    folded, values = value.casefold().strip(), FIELDS[name]
    if values:
        folded = _ALIASES.get((name, folded), folded)
        if folded not in values:
            raise UsageError(f'{name}: knows no "{value}".', f"{name}: takes {', '.join(values)}.")
    return _BUILDERS[name](folded, moment)


def _never(_value: str, _moment: Moment) -> Term:
    return Term(lambda _row, _texts: False)


def _from(value: str, _moment: Moment) -> Term:
    digits = re.sub(r"[\s()./+-]", "", value)
    if len(digits) < 3 or not digits.isdecimal():
        return Term(lambda row, _: value in row.who.casefold() or value in row.email)
    return Term(
        lambda row, _: value in row.who or digits in re.sub(r"\D", "", row.phone) or value in row.email
    )


def _firm(value: str, _moment: Moment) -> Term:
    return Term(lambda row, _: value in row.firm.casefold())


def _company(value: str, _moment: Moment) -> Term:
    return Term(lambda row, _: value in row.company.casefold())


def _role(value: str, _moment: Moment) -> Term:
    return Term(lambda row, _: value in row.role.casefold())


def _channel(value: str, _moment: Moment) -> Term:
    return Term(lambda row, _: row.channel == value)


def _label(value: str, _moment: Moment) -> Term:
    return Term(lambda row, _: bool(row.labels) and any(label.casefold() == value for label in row.labels))


def _mandate(value: str, _moment: Moment) -> Term:
    return Term(lambda row, _: row.mandate == value)


def _verdict(value: str, _moment: Moment) -> Term:
    return Term(lambda row, _: row.verdict == value)


def _has(value: str, _moment: Moment) -> Term:
    if value == "phone":
        return Term(lambda row, _: bool(row.phone))
    if value == "pay":
        return Term(lambda row, _: bool(row.pay))
    return Term(lambda row, _: bool(row.notes))


def _in(_value: str, _moment: Moment) -> Term:
    return Term(lambda _row, _texts: True, opens=frozenset({"trash"}))


def _is(value: str, moment: Moment) -> Term:
    now, silent_days = moment.now, moment.silent_days
    if value == "silent":
        return Term(lambda row, _: is_silent(row, now, silent_days))
    if value in _FLAGS:
        return _FLAGS[value]
    return Term(lambda row, _: view_of(row, now) == value)


_FLAGS = {
    "unread": Term(lambda row, _: row.unread),
    "starred": Term(lambda row, _: row.starred),
    "muted": Term(lambda row, _: row.muted, opens=frozenset({"hidden"})),
    "blocked": Term(lambda row, _: row.blocked, opens=frozenset({"hidden"})),
    "other": Term(lambda row, _: row.judged == "other", opens=frozenset({"hidden"})),
    "trash": Term(lambda row, _: row.trashed, opens=frozenset({"trash"})),
    "declined": Term(lambda row, _: row.verdict == "no"),
}


def _before(value: str, moment: Moment) -> Term:
    first, _ = period(value, moment.now, moment.zone, forward=False)
    return Term(lambda row, _: row.at < first)


def _after(value: str, moment: Moment) -> Term:
    first, _ = period(value, moment.now, moment.zone, forward=False)
    return Term(lambda row, _: row.at >= first)


def _due(value: str, moment: Moment) -> Term:
    """What is snoozed or waits for a nudge up to the end of a day; what is overdue is due."""
    _, end = period(value, moment.now, moment.zone, forward=True)

    def test(row: Row, _texts: Texts) -> bool:
        if row.place == "done":
            return False
        return 0 < row.until < end or (row.place == "waiting" and 0 < row.nudge < end)

    return Term(test)


_BUILDERS: dict[str, Callable[[str, Moment], Term]] = {
    "from": _from,
    "firm": _firm,
    "company": _company,
    "role": _role,
    "channel": _channel,
    "label": _label,
    "is": _is,
    "stage": _never,
    "verdict": _verdict,
    "mandate": _mandate,
    "before": _before,
    "after": _after,
    "due": _due,
    "has": _has,
    "in": _in,
}
_VALUES = {
    "channel": tuple(dict.fromkeys(COARSE_CHANNELS.values())),
    "is": ("new", "later", "waiting", "snoozed", "aside", "done", "silent", *_FLAGS),
    "mandate": MANDATES,
    "verdict": (*VERDICTS, DEFAULT),
    "has": ("phone", "pay", "note"),
    "in": ("all",),
}
FIELDS: dict[str, tuple[str, ...]] = {name: _VALUES.get(name, ()) for name in _BUILDERS}
"""Every field of the language with the values it takes; none where it takes any."""
_ALIASES = {
    ("channel", "mail"): "email",
    ("channel", "li"): "linkedin",
    ("channel", "vm"): "voicemail",
    ("has", "notes"): "note",
    ("mandate", "inhouse"): "in-house",
}
"""Words that the list itself shows, or that are as near."""
