"""Saving what can be saved of a damaged file: every whole document, wherever the rest was cut or wiped."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from store.file.codec import (
    DamagedError,
    ForeignNumber,
    Key,
    decode_document,
    encode_document,
    encode_state,
    key_order,
    read_key,
    refuse_constant,
)
from store.file.lines import Lines, parse_any
from store.file.merge import merge_raw
from store.file.purge import PURGED
from store.ids import LOWEST

_KEY = re.compile(r'"((?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})){1,200})"\s*:\s*(?=\{)')
_ID = re.compile(r'"[0-9]{16,19}"\s*:\s*\{')
_NAMED_AS_OURS = re.compile(r"[0-9]{16,19}")
_TABLE = re.compile(r'\{\s*(?:\}|"[0-9]{1,19}"\s*:\s*\{)')
_STRUCTURE = re.compile(r"[\s{},\ufeff]*")
_NOT_UTF8 = re.compile(r"[\udc80-\udcff]")
_MARKER = re.compile(rb"^(<{7}|\|{7}|={7}|>{7})(?: .*)?\r?$", re.MULTILINE)
_decoder = json.JSONDecoder(parse_float=ForeignNumber, parse_constant=refuse_constant)


@dataclass
class Salvaged:
    """What was saved of a damaged file."""

    states: list[Lines] = field(default_factory=list)
    """To be merged: one, or the two sides that git left in the file."""
    lost: list[str] = field(default_factory=list)
    """Where something could not be saved, as "line 12"; of a longer stretch, its first line."""
    reason: str = ""
    """What is wrong with the file, in words."""


def salvage(data: bytes) -> Salvaged:
    """Save every whole document of a file; never raises."""
    sides = _sides(data)
    saved = Salvaged(reason="git left both sides of a conflict in it" if len(sides) > 1 else "")
    for side in sides:
        try:
            saved.states.append(parse_any(side))
        except DamagedError as error:
            rescue = _Rescue(side.decode("utf-8", "surrogateescape"))
            saved.states.append(rescue.state())
            saved.lost += [place for place in rescue.lost if place not in saved.lost]
            saved.reason = saved.reason or _reason(data, error)
    return saved


def _reason(data: bytes, error: DamagedError) -> str:
    if not data.strip():
        return "it is empty"
    if not data.strip(b"\0"):
        return "it holds nothing but zero bytes"
    return f"{error.reason} ({error.place})"


def _sides(data: bytes) -> list[bytes]:
    """Return both sides of a file with git's conflict markers, line for line; else the file as it is."""
    if not any(marker[1] == b"<<<<<<<" for marker in _MARKER.finditer(data)):
        return [data]
    ours, theirs, side = [], [], b""
    for line in data.split(b"\n"):
        marker = _MARKER.fullmatch(line)
        if marker is not None:
            side = marker[1] if marker[1] != b">>>>>>>" else b""
        ours.append(line if marker is None and side in (b"", b"<<<<<<<") else b"")
        theirs.append(line if marker is None and side in (b"", b"=======") else b"")
    return [b"\n".join(ours), b"\n".join(theirs)]


def in_known_tables(known: Lines, saved: Lines) -> Lines:
    """Return what was saved with each document in the table that it is known in.

    Where the heading of a table was lost, its documents may seem to belong to the table before. Ids are
    hashes, so that one which is known in a single other table is that document.
    """
    changes: dict[str, dict[Key, bytes | None]] = {}
    for table in saved.tables:
        if table == PURGED:  # by rights its ids are those of other tables
            continue
        for order, mine, raw in known.differing(saved, table):
            id = order[0]
            home = _known_home(known, id, raw) if mine is None and id >= LOWEST else None
            if home is not None:
                there = changes.get(home, {}).get(id) or saved.get(home, id)
                changes.setdefault(home, {})[id] = merge_raw(there, raw) if there is not None else raw
                changes.setdefault(table, {})[id] = None
    return saved.with_changes(changes)


def _known_home(known: Lines, id: int, raw: bytes) -> str | None:
    """Return the only table that a document is known in, None where there is no such."""
    key = _key_of(raw)
    homes = [home for home in known.tables if (there := known.get(home, id)) and _key_of(there) == key]
    return homes[0] if len(homes) == 1 and isinstance(key, str) else None


def _key_of(raw: bytes) -> object:
    try:
        return decode_document(raw).get("k")
    except DamagedError:
        return None


class _Rescue:
    """One walk over a damaged text, from key to key.

    It is certain of the table it is in until something was lost, for that may have held the end of the table.
    From then on, until the next table begins, a document must fit: be named and look like those before it.
    """

    def __init__(self, text: str) -> None:
        self.lost: list[str] = []
        self._text = text
        self._any_odd = _NOT_UTF8.search(text) is not None
        self._tables: dict[str, dict[Key, bytes]] = {}
        self._table: str | None = None
        self._certain = text.lstrip("\ufeff \t\r\n").startswith("{")
        self._last = key_order(0)
        self._counted = (0, 1)

    def state(self) -> Lines:
        """Return every document that is whole and whose table is known."""
        at, whole = 0, True
        while (key := _KEY.search(self._text, at)) is not None:
            self._pass(at, key.start(), whole=whole)
            if self._begins_table(key):
                self._table, self._certain, self._last = _unescaped(key[1]), True, (-1, b"")
                self._tables.setdefault(self._table, {})
                at, whole = key.end() + 1, True
            else:
                at, whole = self._take(key)
        self._pass(at, len(self._text), whole=whole)
        return Lines(b"".join(encode_state(self._tables)))

    def _pass(self, at: int, stop: int, *, whole: bool) -> None:
        """Go over what stands between two keys; `whole` tells whether what came before it was."""
        clean = _STRUCTURE.match(self._text, at, stop)
        end = clean.end() if clean is not None else at
        if end < stop:
            self._lose(end)
            self._certain = False
        elif whole and self._text.find("}", at, stop) >= 0:
            self._table, self._certain = None, True

    def _begins_table(self, key: re.Match[str]) -> bool:
        if self._certain and self._table is None and _NAMED_AS_OURS.fullmatch(key[1]):
            self._certain = False  # a document stands where a heading ought to be
        if self._certain:
            return self._table is None
        return not key[1].isdigit() and _TABLE.match(self._text, key.end()) is not None

    def _take(self, key: re.Match[str]) -> tuple[int, bool]:
        """Save the document of a key if it can be; return where to go on, and whether it was whole."""
        try:
            document, end = _decoder.raw_decode(self._text, key.end())
            raw = encode_document(document)
            order = key_order(_unescaped(key[1]))
        except (ValueError, TypeError, RecursionError):
            return self._give_up(key), False
        table = self._home(document, order)
        if table is None or (self._any_odd and _NOT_UTF8.search(self._text, key.start(), end)):
            return self._give_up(key), False
        documents = self._tables.setdefault(table, {})
        name = read_key(order)
        documents[name] = merge_raw(documents[name], raw) if name in documents else raw
        self._table, self._last = table, order
        return end, True

    def _home(self, document: dict[str, Any], order: tuple[int, bytes]) -> str | None:
        """Return the table that a document belongs to; None where that cannot be told."""
        if self._certain:
            return self._table
        if order[1]:
            return None
        if "channel" in document:
            return "messages"
        if order <= self._last or self._table == "messages":
            self._table = None
        return self._table

    def _give_up(self, key: re.Match[str]) -> int:
        """Return where the next document may begin: on the next line, or at the next key that is an id."""
        self._lose(key.start())
        self._certain = False
        line = self._text.find("\n", key.end())
        id = _ID.search(self._text, key.end(), line if line >= 0 else len(self._text))
        if id is not None:
            return id.start()
        return line if line >= 0 else len(self._text)

    def _lose(self, at: int) -> None:
        before, line = self._counted
        line += self._text.count("\n", before, at)
        self._counted = (at, line)
        if f"line {line}" not in self.lost[-1:]:
            self.lost.append(f"line {line}")


def _unescaped(name: str) -> str:
    return str(json.loads(f'"{name}"'))
