"""A version of the data file as it lies about, and the events that led to it."""

import json
from dataclasses import dataclass, replace
from typing import Any

from simulation.account import Account, Document, Known, Place, Tables


@dataclass(frozen=True)
class Edit:
    """A value that another program set in a file."""

    number: int
    place: Place
    value: str
    base: int | None
    """The write whose value it replaced under its stamp; None where the value had no stamp."""


@dataclass(frozen=True)
class Version:
    """Bytes, and what is known of where they come from."""

    number: int
    data: bytes
    known: Known
    past: frozenset[int] = frozenset()
    """Numbers of the versions that this one replaced where it was written."""
    edits: tuple[Edit, ...] = ()
    """By other programs, not taken in yet."""
    bare: tuple[tuple[Document, Known], ...] = ()
    """Documents that another program took `_m` out of, and the writes that this hides."""
    is_torn: bool = False
    is_ours: bool = True
    """Whether it is as Ringback wrote it, whole."""

    def tables(self) -> Tables:
        """Read it as any program does."""
        tables: Tables = json.loads(self.data)
        return tables


def torn(account: Account, version: Version, number: int, chance: Any) -> Version:
    """Return a version of ours cut off in the middle of a document: those before it are whole."""
    lines = version.data.splitlines(keepends=True)
    start = chance.choice([at for at, line in enumerate(lines) if line.startswith(b'"') and len(line) > 60])
    whole = b"".join(lines[:start])
    data = whole + lines[start][: chance.randrange(1, len(lines[start]) - 4)]
    held, table = set[Document](), ""
    for line in lines[:start]:
        if line.endswith(b":{\n"):
            table = line.split(b'"')[1].decode()
        elif line.startswith(b'"') and (id := line.split(b'"')[1]).isdigit():
            held.add((table, int(id)))
    known = frozenset(each for each in version.known if _is_held(account, each, held, whole))
    return replace(version, number=number, data=data, known=known, is_torn=True, is_ours=False)


def _is_held(account: Account, number: int, held: set[Document], whole: bytes) -> bool:
    event = account.events[number]
    if event.kind == "added":
        return event.place[2].encode() in whole
    table = "purged" if event.kind == "purged" else event.place[0]
    return (table, event.place[1]) in held
