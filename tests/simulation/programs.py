"""Other programs that edit the file, and what must come of it when a machine takes that in.

They leave no stamp, so nobody can tell in every case what they had seen. What is promised, and asked for:

* A value set under its stamp, read by a machine that knows the value it replaced and has not replaced that
  itself: it becomes a write of that machine.
* A value without a stamp, read by a machine that knows exactly what the file was made from: likewise. Not so
  in an import, which other machines may have made too: theirs may look like this one without `_m`, and then
  the value that was read stands beside the edited one.
* A document without `_m`, read by a machine that knows it and every write that was in it: each of its values
  that the machine does not hold stands beside what it holds.
* A document added: it is there, once, whoever reads it and how often.

In the other cases (the machine has overwritten the value meanwhile, or has never seen the write that the
stamp named, or the document) the place is *blurred*: all machines must agree on it, and show only values that
somebody wrote there.
"""

import json
import random
from dataclasses import replace
from typing import Any

from simulation.account import Account, Document, Place, Tables, canonical, has_rule, shown
from simulation.version import Edit, Version

TABLES = ("messages", "notes", "opportunities")
_PLAIN = ("subject", "text", "body")


def edited(account: Account, version: Version, number: int, chance: random.Random) -> Version:
    """Return the file as another program leaves it after an edit."""
    tables = version.tables()
    documents = [
        (table, id) for table in TABLES for id in sorted(tables.get(table, {})) if "_m" in tables[table][id]
    ]
    kind = chance.choice(["stamped", "stamped", "plain", "strip", "strip", "add"])
    made = replace(version, number=number, past=version.past | {version.number}, is_ours=False)
    if kind == "add" or not documents:
        made = _add(account, made, tables, chance)
    else:
        table, id = chance.choice(documents)
        document, place = tables[table][id], (table, int(id))
        if kind == "stamped":
            made = _set_stamped(account, made, document, place, chance)
        elif kind == "plain":
            made = _set_plain(account, made, document, place, chance)
        else:
            made = _strip(account, made, document, place, chance)
    indent = chance.choice([None, None, 1])
    return replace(made, data=json.dumps(tables, indent=indent).encode())


def _add(account: Account, made: Version, tables: Tables, chance: random.Random) -> Version:
    table = chance.choice(("notes", "promises"))
    marker = f"added{len(account.events)}!"
    fields = {"mark": marker, "at": chance.randrange(10**9)}
    ids = [int(id) for id in tables.get(table, {})]
    tables.setdefault(table, {})[str(max(ids, default=0) + 1)] = fields
    number = account.note("added", (table, 0, marker), canonical(fields))
    return replace(made, known=made.known | {number})


def _set_stamped(
    account: Account, made: Version, document: dict[str, Any], place: Document, chance: random.Random
) -> Version:
    paths = [path for path in sorted(document["_m"].get("s", {})) if not has_rule(path) and "/" not in path]
    for path in chance.sample(paths, len(paths)):
        where = (*place, path)
        bases = [each for each in account.alive(made.known, where) if each.value == shown(document, path)]
        pending = [edit for edit in made.edits if edit.place == where]
        if len(bases) == 1 and not pending:
            return _set(account, made, document, where, bases[0].number)
    return made


def _set_plain(
    account: Account, made: Version, document: dict[str, Any], place: Document, chance: random.Random
) -> Version:
    stamped = document["_m"].get("s", {})
    names = [name for name in _PLAIN if name in document and name not in stamped]
    pending = {edit.place for edit in made.edits}
    if not names or (*place, name := chance.choice(names)) in pending:
        return made
    account.touched.add(place)
    return _set(account, made, document, (*place, name), None)


def _set(
    account: Account, made: Version, document: dict[str, Any], place: Place, base: int | None
) -> Version:
    # Of values without a stamp the greater bytes win, so a small one shows whether an edit was seen as one.
    value = f"!edited{len(account.events)}!"
    document[place[2]] = value
    account.said[place].add(canonical(value))
    # The edit's number is that of an event that no state ever knows.
    number = account.note("write", place, canonical(value))
    return replace(made, edits=(*made.edits, Edit(number, place, canonical(value), base)))


def _strip(
    account: Account, made: Version, document: dict[str, Any], place: Document, chance: random.Random
) -> Version:
    if any(edit.place[:2] == place for edit in made.edits):
        return made
    del document["_m"]
    account.touched.add(place)
    written = sorted(path for path in account.written(made.known, place) if not has_rule(path))
    for path in written:
        if chance.random() < 0.3 and "/" not in path and path in document:
            document[path] = f"stripped{len(account.events)}!"
            account.note("write", (*place, path), canonical(document[path]))
    gone = {number for number in made.known if account.events[number].place[:2] == place}
    gone = {number for number in gone if account.events[number].kind == "write"}
    return replace(made, known=made.known - gone, bare=(*made.bare, (place, frozenset(gone))))


def take(account: Account, known: set[int], version: Version) -> None:
    """Let a machine that knows so much merge a version."""
    before = frozenset(known)
    new = set[int]()
    for edit in version.edits:
        new |= _take_edit(account, before, version, edit)
    for document, hidden in version.bare:
        found = version.tables()[document[0]][str(document[1])]
        if hidden <= before and account.of_document(before, document):
            new |= _take_bare(account, before, found, document)
        else:
            account.unsure.add(document)
    known |= version.known | new
    account.acknowledged |= known


def _take_edit(account: Account, known: frozenset[int], version: Version, edit: Edit) -> set[int]:
    if any(account.events[number].edit == edit.number for number in known) or account.is_blurred(edit.place):
        return set()
    replaced = {event.number for event in account.alive(known, edit.place)}
    is_import = bool(account.origins(known, edit.place[:2], "reader"))
    if edit.base is None and known == version.known and not replaced and not is_import:
        return {account.note("write", edit.place, edit.value, (), edit.number)}
    if edit.base in replaced:
        return {account.note("write", edit.place, edit.value, {edit.base}, edit.number)}
    account.blurred.add(edit.place)
    return set()


def _take_bare(
    account: Account, known: frozenset[int], found: dict[str, Any], document: Document
) -> set[int]:
    new = set[int]()
    paths = sorted(account.written(known, document))
    alive = {path: account.alive(known, (*document, path)) for path in paths}
    if found.get("reader") and not all(
        shown(found, path) is not None or all(event.value == "null" for event in events)
        for path, events in alive.items()
    ):
        return new  # it may be an import that never had them
    for path, events in alive.items():
        value = shown(found, path)
        if value is not None and value not in {event.value for event in events}:
            new.add(account.note("write", (*document, path), value))
    for name in found.keys() - alive.keys():
        made = account.origins(known, document, name)
        if made and canonical(found[name]) not in made:
            account.blurred.add((*document, name))
    return new
