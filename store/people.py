"""Recruiters as people: gathered from the rows when read, with what the user keeps about them."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from store.errors import AmbiguousError, NotFoundError, StoreError, UsageError
from store.file.document import join_path, times_of
from store.ids import document_id, random_key
from store.records.note import Note
from store.records.person import CHECK_ANSWERS, CHECKS, RELATIONS, Person, Promise
from store.records.plain import plain
from store.records.reading import read_fields
from store.repository import Repository
from store.rules.pitches import pitch_warnings
from store.rules.row import Row
from store.rules.scam import safety_flags
from store.rules.standing import identities, of_one_person, standing_sentence
from store.rules.summarize import is_outgoing
from store.transaction import Transaction


class Card(NamedTuple):
    """Everything about one recruiter."""

    rows: list[Row]
    """Their opportunities, newest first."""
    keys: tuple[str, ...]
    """Keys that the person's document may have, the one to write to first."""
    person: Person
    notes: list[tuple[int, Note]]
    promises: list[tuple[int, Promise]]
    standing: str

    @property
    def name(self) -> str:
        """Their name, or what stands for it."""
        return self.rows[0].who

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids that the person's document may have, as texts."""
        return tuple(str(document_id(key)) for key in self.keys)

    @property
    def firm(self) -> str:
        """The firm they wrote for last."""
        return next((row.firm for row in self.rows if row.firm), "")


class Brief(msgspec.Struct, frozen=True):
    """A recruiter in a few facts."""

    standing: str
    checks_yes: int
    checks_asked: int
    promises_kept: int
    promises_made: int
    """By them, and due to be known."""
    relation: str

    @property
    def sentence(self) -> str:
        """All of it in a line: `6 of 8 checks yes · 2 approaches, 0 answered`."""
        parts = [
            self.standing,
            f"checks {self.checks_yes} of {len(CHECKS)} yes" if self.checks_asked else "",
            f"promises kept {self.promises_kept} of {self.promises_made}" if self.promises_made else "",
            f"relation {self.relation}" if self.relation else "",
        ]
        return " · ".join(filter(None, parts))


def card(repository: Repository, row: Row) -> Card:
    """Return the card of whoever is behind a row."""
    rows = of_one_person(row, repository.index.rows.values())
    keys = tuple(dict.fromkeys(f"person:{identity}" for each in rows for identity in identities(each))) or (
        f"person:name:{row.who.casefold()}",
    )
    documents = {
        id: document
        for key in keys
        if (document := repository.document("people", id := document_id(key))) is not None
    }
    if documents:
        first = min(documents)
        keys = tuple(sorted(keys, key=lambda key: document_id(key) != first))
    ids = {str(document_id(key)) for key in keys}
    return Card(
        rows=rows,
        keys=keys,
        person=_combined(documents),
        notes=_of(repository, "notes", ids, Note),
        promises=_of(repository, "promises", ids, Promise),
        standing=standing_sentence(rows, repository.now(), repository.settings.silent_days),
    )


def brief(repository: Repository, row: Row) -> Brief:
    """Return a recruiter in a few facts."""
    found = card(repository, row)
    answers = [check.answer for check in found.person.checks.values() if check is not None]
    theirs = [promise for _, promise in found.promises if promise.by == "them" and promise.kept is not None]
    return Brief(
        standing=found.standing,
        checks_yes=answers.count("yes"),
        checks_asked=sum(bool(answer) for answer in answers),
        promises_kept=sum(bool(promise.kept) for promise in theirs),
        promises_made=len(theirs),
        relation=found.person.relation or "",
    )


def named(repository: Repository, name: str) -> Card:
    """Return the card of a recruiter by name, firm, address or number, or by an opportunity's id.

    Raises NotFoundError, or AmbiguousError that lists those who fit.
    """
    rows = repository.index.rows.values()
    wanted = plain(name)
    if not wanted:
        raise UsageError("A person needs a name.", 'ringback person "Dana Whitfield"')
    exact = [row for row in rows if wanted in (plain(row.who), row.email.casefold(), row.phone)]
    found = exact or [row for row in rows if _fits(row, wanted)]
    if not found:
        return card(repository, _by_code(repository, name))
    people: list[Card] = []
    seen: set[int] = set()
    for row in sorted(found, key=lambda each: -each.at):
        if row.id not in seen:
            people.append(card(repository, row))
            seen |= {each.id for each in people[-1].rows}
    if len(people) > 1:
        names = ", ".join(" of ".join(filter(None, (each.name, each.firm))) for each in people[:5])
        raise AmbiguousError(
            f"{name} fits {len(people)} people: {names}.", "Name the address or number, or an opportunity."
        )
    return people[0]


def _fits(row: Row, wanted: str) -> bool:
    digits = "".join(filter(str.isdigit, wanted))
    by_number = len(digits) > 3 and digits in "".join(filter(str.isdigit, row.phone))
    return wanted in row.who.casefold() or wanted in row.email.casefold() or by_number


def _by_code(repository: Repository, name: str) -> Row:
    try:
        return repository.index.resolve(name)
    except AmbiguousError:
        raise
    except StoreError as error:
        raise NotFoundError(
            f"Nobody here is called {name}.", "ringback search from:NAME looks through every message."
        ) from error


def _combined(documents: Mapping[int, Mapping[str, Any]]) -> Person:
    """Read several documents of one person as one: of each field the newest value."""
    fields: dict[str, Any] = {}
    checks: dict[str, Any] = {}
    written: dict[str, int] = {}
    for _, document in sorted(documents.items()):
        times = times_of(document)
        values = {name: value for name, value in document.items() if name not in ("k", "_m", "checks")}
        own = document.get("checks")
        values |= {f"checks/{name}": value for name, value in own.items()} if isinstance(own, dict) else {}
        for path, value in values.items():
            if path not in written or times.get(path, 0) > written[path]:
                written[path] = times.get(path, 0)
                field, _, number = path.partition("/")
                if number:
                    checks[number] = value
                else:
                    fields[field] = value
    return read_fields({**fields, "checks": checks}, Person)


def _of(repository: Repository, table: str, people: set[str], kind: type[Any]) -> list[tuple[int, Any]]:
    found = [
        (id, read_fields(document, kind))
        for id, document in repository.documents.items(table)
        if isinstance(id, int) and document.get("person") in people and not document.get("gone")
    ]
    return sorted(found, key=lambda item: (item[1].at, item[0]))


def warnings(repository: Repository, card: Card) -> tuple[str, ...]:
    """Return what to beware of with a recruiter, each a sentence: roles pitched before, signs of a scam."""
    index = repository.index
    found: list[str] = []
    for row in card.rows:
        messages = (index.message(id) for id in row.messages)
        inbound = [each for each in messages if each is not None and not is_outgoing(each, index.own)]
        found += safety_flags(row, inbound)
        found += pitch_warnings(row, index.rows.values())
    return tuple(dict.fromkeys(found))


# Verbs


def set_relation(transaction: Transaction, card: Card, relation: str) -> str:
    """Say how things are with a recruiter (`RELATIONS`)."""
    if relation not in RELATIONS:
        raise UsageError(f"There is no relation {relation!r}.", f"Relations are {', '.join(RELATIONS)}.")
    transaction.set("people", _document(transaction, card), "relation", relation)
    return f"{card.name}: {relation}"


def set_check(transaction: Transaction, card: Card, number: int, answer: str, note: str = "") -> str:
    """Answer one of the eight checks: yes, no, unknown, or nothing for not asked."""
    if not 1 <= number <= len(CHECKS):
        raise UsageError(f"There is no check {number}.", f"Checks go from 1 to {len(CHECKS)}.")
    if answer not in CHECK_ANSWERS:
        raise UsageError(
            f"A check takes yes, no or unknown, not {answer!r}.", "Leave it empty for not asked."
        )
    value = {"answer": answer, **({"note": note} if note else {})}
    transaction.set("people", _document(transaction, card), join_path("checks", str(number)), value)
    return f"Check {number}: {answer or 'not asked'}"


def add_promise(transaction: Transaction, card: Card, text: str, *, by: str = "them") -> str:
    """Write down what one side promised."""
    if not text.strip():
        raise UsageError("The promise is empty.", "Say what was promised, and by when.")
    person = str(_document(transaction, card))
    fields = {"person": person, "by": by, "text": " ".join(text.split()), "at": transaction.now}
    transaction.insert("promises", random_key(), fields)
    return "Promise written down"


def keep_promise(transaction: Transaction, id: int, *, kept: bool) -> str:
    """Say whether a promise was kept."""
    transaction.set("promises", id, "kept", kept)
    return "Promise kept" if kept else "Promise broken"


def note(transaction: Transaction, card: Card, text: str) -> str:
    """Add a note to a person."""
    if not text.strip():
        raise UsageError("The note is empty.", "Write what you want to remember.")
    fields = {"person": str(_document(transaction, card)), "at": transaction.now, "text": text.strip()}
    transaction.insert("notes", random_key(), fields)
    return f"Noted about {card.name}"


def _document(transaction: Transaction, card: Card) -> int:
    return transaction.ensure("people", card.keys[0])
