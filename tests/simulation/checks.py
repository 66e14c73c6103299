"""What must be in a state, by the account."""

import json
from collections.abc import Iterator
from typing import Any

from simulation.account import Account, Document, Known, Place, Tables, canonical, shown


def problems(account: Account, known: Known, tables: Tables) -> Iterator[str]:
    """Yield what a state lacks, or has too much: the first words tell which."""
    gone = account.purged(known)
    yield from _purged(gone, tables)
    yield from _made(account, known, tables, gone)
    places = {account.events[number].place for number in known if account.events[number].kind == "write"}
    places |= set(_stamped(tables))
    for place in sorted(places):
        if place[:2] not in gone:
            yield from _values(account, known, place, tables)


def _stamped(tables: Tables) -> Iterator[Place]:
    for table, documents in tables.items():
        for id, document in documents.items():
            data = document.get("_m", {})
            yield from ((table, int(id), path) for path in {*data.get("s", {}), *data.get("x", {})})


def values_at(document: dict[str, Any], path: str) -> set[str]:
    """Return the value shown at a path, if it has a stamp, and those that stand beside it."""
    data = document.get("_m", {})
    values = {canonical(value) for value, _ in data.get("x", {}).get(path, [])}
    return values | ({str(shown(document, path))} if path in data.get("s", {}) else set())


def _values(account: Account, known: Known, place: Place, tables: Tables) -> Iterator[str]:
    """Every value alive is shown or stands beside, and nothing else is (I2, I4)."""
    table, id, path = place
    document = tables.get(table, {}).get(str(id), {})
    held = values_at(document, path)
    due = {event.value for event in account.alive(known, place)}
    if account.is_blurred(place):
        if not held <= account.said[place]:
            yield f"new: {place} holds {held - account.said[place]}, which nobody wrote"
        return
    for value in sorted(due - held):
        yield f"lost: {place} lacks {value}, holds {held}"
    for value in sorted(held - due):
        yield f"new: {place} holds {value} beside {due}"


def _made(account: Account, known: Known, tables: Tables, gone: set[Document]) -> Iterator[str]:
    """Every document made is there; a field that nobody wrote is the highest reader's."""
    made: dict[Document, list[dict[str, Any]]] = {}
    marks = {account.events[number].value for number in known if account.events[number].kind == "purged"}
    for number in sorted(known):
        event = account.events[number]
        if event.kind == "added" and canonical(event.place[2]) not in marks:
            yield from _added(event.place, json.loads(event.value), tables)
        elif event.kind == "made" and event.place[:2] not in gone:
            made.setdefault(event.place[:2], []).append(json.loads(event.value))
    for (table, id), versions in made.items():
        document = tables.get(table, {}).get(str(id))
        if document is None:
            yield f"lost: {table} {id} is missing"
        elif (table, id) not in account.touched:
            yield from _origin(document, versions, f"{table} {id}")


def _origin(document: dict[str, Any], versions: list[dict[str, Any]], name: str) -> Iterator[str]:
    highest = max(version.get("reader", 0) for version in versions)
    versions = [version for version in versions if version.get("reader", 0) == highest]
    stamped = {path.split("/")[0] for path in document.get("_m", {}).get("s", {})}
    for field in {field for version in versions for field in version} - stamped - {"k"}:
        due = max(canonical(version[field]) for version in versions if field in version)
        if shown(document, field) != due:
            yield f"lost: {name} {field} is {shown(document, field)} instead of {due}"


def _added(place: Place, fields: dict[str, Any], tables: Tables) -> Iterator[str]:
    """What another program added is there exactly once."""
    marked = [each for each in tables.get(place[0], {}).values() if each.get("mark") == place[2]]
    found = [each for each in marked if fields.items() <= each.items()]
    if len(found) != 1 or len(marked) != 1:
        yield f"{'new' if len(marked) > 1 else 'lost'}: {place} is there {len(marked)} times"


def _purged(gone: set[Document], tables: Tables) -> Iterator[str]:
    for table, id in sorted(gone):
        if str(id) in tables.get(table, {}):
            yield f"new: {table} {id} was purged and is there"


Stamps = dict[tuple[str, Place], str]
"""What each write was seen to be, by stamp and place."""


def stamps_twice(stamps: Stamps, account: Account, tables: Tables) -> Iterator[str]:
    """Remember what each stamp stands for, and yield those that stand for something else now (I5)."""
    for table, documents in tables.items():
        for id, document in documents.items():
            for stamp, path, value in _stamps(document):
                place = (table, int(id), path)
                if stamps.setdefault((stamp, place), value) != value and not account.is_blurred(place):
                    yield f"new: {stamp} of {place} is {value} and {stamps[stamp, place]}"


def _stamps(document: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    data = document.get("_m", {})
    for path, stamp in data.get("s", {}).items():
        yield stamp, path, str(shown(document, path))
    for path, pairs in data.get("x", {}).items():
        yield from ((stamp, path, canonical(value)) for value, stamp in pairs)
