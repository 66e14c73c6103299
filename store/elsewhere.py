"""What changed elsewhere: the merges of this machine, value by value, for as long as undo is kept."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from store.file.document import value_at
from store.file.journal import START, FieldChange, Position, Record
from store.file.purge import PURGED
from store.file.stamps import Stamp
from store.naming import about, machine
from store.repository import Repository
from store.rules.field_words import field_words, value_words

_SILENT = frozenset({PURGED, "machines", "_meta", "steps", "identities"})
"""Tables of which nobody wants to hear by themselves."""
_QUIET = frozenset({"impulse", "read", "quoted"})
_SAID = "opportunities"
"""The table whose documents begin with what is said of something that is there already."""
MOST = 200
"""Changes that are listed, the newest."""


class Change(NamedTuple):
    """One document that a merge changed."""

    at: int
    """When it was merged here (milliseconds)."""
    table: str
    id: int
    about: str
    what: str
    """`new`, or the values that stand now: `view: Done`."""
    machine: str
    """Who wrote it, where that is known."""


def changes(repository: Repository, *, since: Position = START) -> list[Change]:
    """Return what came from elsewhere since a place in the journal, the newest first."""
    found: list[Change] = []
    for record in reversed(repository.merges()):
        if record.sequence > since.sequence:
            found += _of(repository, record)
        if len(found) >= MOST:
            break
    return found[:MOST]


def sentence(found: Sequence[Change]) -> str:
    """Say in a line what changed elsewhere; an empty text where nothing did that anybody wants to hear of."""
    if not found:
        return ""
    machines = sorted({each.machine for each in found} - {""})
    who = f" on {machines[0]}" if len(machines) == 1 else ""
    first = f"{found[0].about}: {found[0].what}"
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    return f"Changed{who or ' elsewhere'}: {first}{more}"


def _of(repository: Repository, record: Record) -> Iterator[Change]:
    by_document: dict[tuple[str, str], list[FieldChange]] = {}
    for change in record.undo:
        if change.table not in _SILENT and change.path not in _QUIET and change.key.isdigit():
            by_document.setdefault((change.table, change.key), []).append(change)
    for (table, key), made in by_document.items():
        document = repository.document(table, int(key))
        if document is not None:
            title = about(repository, table, int(key), document)
            what = _what(table, made, document, repository.now())
            yield Change(record.time, table, int(key), title, what, _who(repository, made))


def _what(table: str, made: Sequence[FieldChange], document: dict[str, Any], now: int) -> str:
    written = [change for change in made if change.path]
    if any(change.created for change in made) and (table != _SAID or not written):
        return f"new {_SINGULAR.get(table, table)}"
    words = (
        f"{field_words(change.path)}: {value_words(change.path, value_at(document, change.path)[1], now)}"
        for change in written
    )
    return ", ".join(words)


def _who(repository: Repository, made: Sequence[FieldChange]) -> str:
    nodes = {stamp.node for change in made if (stamp := Stamp.parse(change.stamp)) is not None}
    return machine(repository, nodes.pop()) if len(nodes) == 1 else ""


_SINGULAR = {
    "messages": "message",
    "opportunities": "opportunity",
    "notes": "note",
    "people": "person",
    "decisions": "decision",
    "reviews": "look back",
    "referrals": "referral",
    "letters": "letter",
    "promises": "promise",
}
