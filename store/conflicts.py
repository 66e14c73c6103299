"""Values that met: the same field set on two machines apart. Both are kept until a person chooses."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from store.errors import AmbiguousError, NotFoundError, StoreError, UsageError
from store.file.codec import DamagedError, decode_document, encode
from store.file.document import MET, conflicts
from store.file.stamps import Stamp
from store.ids import document_id, parse_code, short_code
from store.naming import about, machine
from store.repository import Repository
from store.rules.field_words import field_words, value_words
from store.transaction import Transaction

_LONGEST = 40
"""Characters of a value in the sentence that says that it stands."""


class Side(NamedTuple):
    """One of the values, and who wrote it when."""

    value: Any
    words: str
    at: int
    """By that machine's clock (milliseconds)."""
    machine: str


class Conflict(NamedTuple):
    """A field of which several values met."""

    table: str
    id: int
    path: str
    about: str
    """What the document is about, in words."""
    sides: list[Side]
    """The one that is shown first."""

    @property
    def field(self) -> str:
        """What the field is called."""
        return field_words(self.path)

    @property
    def code(self) -> str:
        """The short code by which people name it."""
        return short_code(document_id(f"{self.table}/{self.id}/{self.path}"))


def prepare(repository: Repository) -> None:
    """Look through the whole file, in a thread where somebody waits for keys, so that `met` is quick."""
    repository.documents.look_for(MET)


def met(repository: Repository) -> list[Conflict]:
    """Return everything that met and that nobody has chosen between, the newest first."""
    found = [
        conflict
        for table, id, raw in repository.documents.holding(MET)
        if isinstance(id, int)
        for conflict in _of(repository, table, id, raw)
    ]
    return sorted(found, key=lambda each: (-max(side.at for side in each.sides), each.about, each.path))


def find(repository: Repository, code: str) -> Conflict:
    """Return the conflict of a short code; raises NotFoundError or AmbiguousError."""
    remainder, modulus = parse_code(code) or (-1, 1)
    found = [
        each
        for each in met(repository)
        if document_id(f"{each.table}/{each.id}/{each.path}") % modulus == remainder
    ]
    if not found:
        raise NotFoundError(
            f"No conflict has the id {code}.", "ringback conflicts lists them with their ids."
        )
    if len(found) > 1:
        raise AmbiguousError(f"The id {code} fits {len(found)} conflicts.", "Add a character to the id.")
    return found[0]


def choose(transaction: Transaction, conflict: Conflict, number: int) -> str:
    """Let one of the values stand, counted from 1; raises UsageError for a number that is none.

    Raises StoreError where other values stand there by now: nobody chose against those.
    """
    if not 1 <= number <= len(conflict.sides):
        raise UsageError(f"There is no value {number}.", f"They go from 1 to {len(conflict.sides)}.")
    document = transaction.get(conflict.table, conflict.id) or {}
    there = conflicts(document).get(conflict.path, ())
    if {encode(value) for value, _ in there} != {encode(side.value) for side in conflict.sides}:
        raise StoreError(
            f"{conflict.about}, {conflict.field}: it changed meanwhile, so nothing was chosen.",
            "Look again at what stands there now: g x, or ringback conflicts.",
        )
    side = conflict.sides[number - 1]
    transaction.resolve(conflict.table, conflict.id, conflict.path, side.value)
    return f"{conflict.field}: {_short(side.words)}"


def _short(words: str) -> str:
    """Return a value's words on a line that leaves room beside it."""
    told = " ".join(words.split())
    return told if len(told) <= _LONGEST else told[: _LONGEST - 1].rstrip() + "…"


def _of(repository: Repository, table: str, id: int, raw: bytes) -> Iterator[Conflict]:
    try:
        document = decode_document(raw)
    except DamagedError:
        return
    if document.get("gone") is True:
        return
    now = repository.now()
    for path, values in conflicts(document).items():
        sides = [_side(repository, path, value, stamp, now) for value, stamp in values]
        if len({side.words for side in sides}) > 1:
            yield Conflict(table, id, path, about(repository, table, id, document), sides)


def _side(repository: Repository, path: str, value: Any, stamp: Stamp, now: int) -> Side:
    return Side(value, value_words(path, value, now), stamp.time, machine(repository, stamp.node))
