"""The query language of search, saved views and commands, compiled to tests on rows.

Words and `"phrases"` side by side must all fit, `or` between them needs one side to; `-` turns round what
follows, brackets group. `field:value` asks a field of `query_terms.FIELDS`.
"""

import re
from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import cast

import msgspec

from store.errors import UsageError
from store.rules.query_terms import FIELDS, Moment, Term, Test, Texts, field_term, text_term
from store.rules.row import Row
from store.rules.views import SILENT_DAYS

_TOKEN = re.compile(
    r"\s*(?:(?P<not>-(?=[^\s)]))"
    r"|(?P<open>\()|(?P<close>\))"
    r'|(?P<field>[A-Za-z][A-Za-z-]*):(?!//)(?P<value>"[^"]*"?|[^\s()"]*)'
    r'|(?P<phrase>"[^"]*"?)'
    r'|(?P<word>[^\s()"]+))'
)
_STRAIGHT = {0x201C: '"', 0x201D: '"', 0x201E: '"'}
_DASHES = "-\u2013\u2014"
"""Between words, as in a pasted subject, they ask for nothing."""
_SCHEMES = ("mailto", "tel", "http", "https")
_DEEPEST = 30
_EXAMPLES = {"before": "monday", "after": "2w", "due": "today"}
_QUOTE = 'Put it in quotes to look for it as text: "like this".'


_ANYTHING = Term(lambda _row, _texts: True)
_UNASKED = cast(Texts, None)
"""A query without words never looks at texts, and this runs for every row."""


class Query(msgspec.Struct, frozen=True):
    """A compiled query; it answers for the moment at which it was parsed."""

    text: str
    words: tuple[str, ...]
    """Case-folded words, each of which must occur somewhere in a row that fits; phrases are taken apart."""
    marks: tuple[str, ...]
    """Case-folded words and phrases to be highlighted."""
    textual: bool
    """Whether texts of messages have to be looked at."""
    everything: bool
    """Whether there are no terms at all."""
    in_all: bool
    """Whether it looks in the trash too."""
    in_hidden: bool
    """Whether it looks at what is muted or blocked."""
    _test: Test
    _bare: Test | None

    @property
    def needs_texts(self) -> bool:
        """Whether holding all `words` does not yet settle what texts decide: phrases, `or`, `-`."""
        return self.textual and self._bare is None

    def matches(self, row: Row, text: Callable[[Row], str] | None) -> bool:
        """Tell whether a row fits; `text` returns the texts of its messages and is asked only if needed.

        It may be None for a row that holds all `words`, unless the query `needs_texts`. What is muted,
        blocked or in the trash is left out unless the query asks for it.
        """
        if row.trashed:
            if not self.in_all:
                return False
        elif row.hidden and not self.in_hidden:
            return False
        if text is None and self._bare is not None:
            return self._bare(row, _UNASKED)
        return self._test(row, Texts(row, text) if self.textual and text is not None else _UNASKED)


def parse(
    text: str, now: int, zone: tzinfo | None, *, typing: bool = False, silent_days: int = SILENT_DAYS
) -> Query:
    """Compile a query; UsageError names the part that cannot be understood, its column and what could.

    While it is being typed, an unfinished end is not yet a mistake: it asks for nothing.
    """
    parser = _Parser(text, Moment(now, zone, silent_days), typing=typing)
    term = parser.read()
    return Query(
        text=text,
        words=term.words,
        marks=tuple(dict.fromkeys(term.marks)),
        textual=term.textual,
        everything=parser.count == 0,
        in_all="trash" in term.opens,
        in_hidden="hidden" in term.opens,
        _test=term.test,
        _bare=term.bare,
    )


class _Parser:
    """Reads alternatives of terms from left to right."""

    def __init__(self, text: str, moment: Moment, *, typing: bool) -> None:
        self._text = text.translate(_STRAIGHT)
        self._moment = moment
        self._typing = typing
        self._tokens = list(_TOKEN.finditer(self._text))
        self._next = 0
        self._depth = 0
        self.count = 0
        """Terms that ask for something."""

    def read(self) -> Term:
        """Read the whole text."""
        term = self._alternatives()
        if self._next < len(self._tokens):
            raise self._unfit(self._tokens[self._next], "The bracket at column {} closes nothing.")
        return term or _ANYTHING

    def _alternatives(self) -> Term | None:
        """Read terms with `or` between them, up to a closing bracket or the end."""
        found = [self._together()]
        while (token := self._peek()) is not None and _is_or(token):
            self._next += 1
            right = self._together()
            if not (self._typing or (found[-1] and right)):
                raise self._unfit(token, "The or at column {} needs something on both sides.")
            found.append(right)
        return _any([term for term in found if term])

    def _together(self) -> Term | None:
        """Read terms that must all fit, up to an `or`."""
        found = []
        while (token := self._peek()) is not None and not (_is_or(token) or token["close"]):
            self._next += 1
            found.append(self._term(token))
        return _all([term for term in found if term])

    def _term(self, token: re.Match[str]) -> Term | None:
        if token["not"]:
            return self._turned(token)
        if token["open"]:
            return self._bracket(token)
        term = self._field(token) if token["field"] else self._words(token)
        self.count += term is not None
        return term

    def _turned(self, minus: re.Match[str]) -> Term | None:
        """Read what follows a `-`: it must not fit."""
        token = self._peek()
        if token is None or token["close"]:
            return None
        self._next += 1
        term = self._deeper(minus, lambda: self._term(token))
        if term is None:
            return None
        test = term.test
        return Term(lambda row, texts: not test(row, texts), textual=term.textual)

    def _bracket(self, opening: re.Match[str]) -> Term | None:
        term = self._deeper(opening, self._alternatives)
        if self._peek() is not None:
            self._next += 1
        elif not self._typing:
            raise self._unfit(opening, "The bracket at column {} is not closed.")
        return term

    def _deeper(self, token: re.Match[str], read: Callable[[], Term | None]) -> Term | None:
        """Read one level down, as long as that is within reason."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._unfit(token, "The query is nested too deep at column {}.")
        term = read()
        self._depth -= 1
        return term

    def _field(self, token: re.Match[str]) -> Term | None:
        name, value = token["field"].lower(), token["value"]
        if name in _SCHEMES:
            return text_term(f"{token['field']}:{value}")
        unfinished = self._typing and token.end() == len(self._text)
        if name not in FIELDS:
            fields = ", ".join(FIELDS)
            raise self._unfit(
                token, f"There is no field {name}: (column {{}}).", f"The fields are {fields}. {_QUOTE}"
            )
        value = self._unquoted(token, value)
        if not value.strip():
            if unfinished:
                return None
            raise self._unfit(
                token, f"{name}: at column {{}} names nothing.", f"Write it like {name}:{_example(name)}."
            )
        try:
            return field_term(name, value, self._moment)
        except UsageError as error:
            if unfinished and _begins(name, value):
                return None
            raise UsageError(f"Column {self._column(token)}: {error.sentence}", error.hint) from None

    def _words(self, token: re.Match[str]) -> Term | None:
        text = token["word"] or self._unquoted(token, token["phrase"])
        return text_term(text) if text.strip(_DASHES if token["word"] else None) else None

    def _unquoted(self, token: re.Match[str], text: str) -> str:
        if not text.startswith('"'):
            return text
        if not self._typing and (len(text) < 2 or not text.endswith('"')):
            raise self._unfit(token, "The quote at column {} is not closed.", "Close it with another one.")
        return text.strip('"')

    def _peek(self) -> re.Match[str] | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _column(self, token: re.Match[str]) -> int:
        """Return where a token begins, counted from 1."""
        return token.end() - len(token[0].lstrip()) + 1

    def _unfit(self, token: re.Match[str], sentence: str, hint: str = _QUOTE) -> UsageError:
        return UsageError(sentence.format(self._column(token)), hint)


def _is_or(token: re.Match[str]) -> bool:
    return token["word"] in ("or", "OR")


def _begins(name: str, value: str) -> bool:
    """Tell whether a value may become one that the field takes; dates may always."""
    return not FIELDS[name] or any(known.startswith(value.casefold()) for known in FIELDS[name])


def _example(name: str) -> str:
    return FIELDS[name][0] if FIELDS[name] else _EXAMPLES.get(name, "name")


def _all(terms: Sequence[Term]) -> Term | None:
    """Combine terms that must all fit; what needs no texts is asked first."""
    if len(terms) <= 1:
        return terms[0] if terms else None
    tests = [term.test for term in sorted(terms, key=lambda term: term.textual)]

    def test(row: Row, texts: Texts) -> bool:
        for each in tests:  # noqa: SIM110 - a generator costs twice as much, and this runs for every row
            if not each(row, texts):
                return False
        return True

    words = tuple(word for term in terms for word in term.words)
    return _combined(terms, test, words)._replace(bare=_bare(terms))


def _bare(terms: Sequence[Term]) -> Test | None:
    """Return what is left to ask of rows that hold all words."""
    tests = [term.bare if term.textual else term.test for term in terms]
    known = [test for test in tests if test is not None]
    if len(known) < len(tests):
        return None
    return lambda row, texts: all(test(row, texts) for test in known)


def _any(terms: Sequence[Term]) -> Term | None:
    """Combine terms of which one must fit."""
    if len(terms) <= 1:
        return terms[0] if terms else None
    tests = [term.test for term in sorted(terms, key=lambda term: term.textual)]
    return _combined(terms, lambda row, texts: any(test(row, texts) for test in tests), ())


def _combined(terms: Sequence[Term], test: Test, words: tuple[str, ...]) -> Term:
    return Term(
        test,
        words,
        tuple(mark for term in terms for mark in term.marks),
        any(term.textual for term in terms),
        frozenset().union(*(term.opens for term in terms)),
    )
