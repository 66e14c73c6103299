"""Machines that write, import and merge in any order, and an account of what each of them must hold.

The account knows nothing of contexts. It keeps, for every state, the set of writes that led to it, and of
every write which earlier ones it replaced. A write is alive in a state if it is in its set and none that
replaced it is.
"""

import os
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from store.file.codec import encode, encode_document, encode_state
from store.file.document import context, take_apart, value_at, write
from store.file.lines import Lines
from store.file.merge import merge_documents
from store.file.stamps import Stamp

FLAGS = ("read", "starred", "blocked", "labels/java", "labels/a~1b")
RULED = (*FLAGS, "trash")
PATHS = (*RULED, "role", "place", "pay", "notes/x")
VALUES: tuple[Any, ...] = ("", "a", "b", None, 7, {"view": "later"}, {"until": 5, "view": "done"})
IMPORTS: tuple[dict[str, Any], ...] = (
    {"role": "a", "subject": "x"},
    {"role": "b", "labels": {"java": False, "mail": True}},
    {"labels": {}, "notes": 3, "pay": "9"},
    {"labels": {"java": True, "mail": False, "z": 1}, "role": "a", "subject": "x"},
    {"notes": {"x": "mine", "y": [1]}, "subject": "\ud800é", "read": False},
)

Write = tuple[tuple[str, int], int, str]
"""The dot, the document and the path: what a write is known by."""


def examples(count: int) -> settings:
    """Return settings for so many examples, or for as many as a longer proof asks for."""
    longer = settings.get_current_profile_name() == "full"
    count = settings.default.max_examples if longer and settings.default else count
    return settings(max_examples=int(os.environ.get("RINGBACK_EXAMPLES", count)), deadline=None)


def lines_of(documents: dict[int, dict[str, Any]]) -> Lines:
    """Return documents as a file with the one table `things`."""
    raw: dict[int | str, bytes] = {id: encode_document(document) for id, document in documents.items()}
    return Lines(b"".join(encode_state({"things": raw})))


@dataclass(frozen=True)
class Event:
    """A write as it happened."""

    value: bytes
    replaced: frozenset[Write]
    seen: frozenset[Write]


@dataclass(frozen=True)
class State:
    """Documents as somebody has them, and everything that led to them."""

    documents: dict[int, dict[str, Any]] = field(default_factory=dict)
    writes: frozenset[Write] = frozenset()
    imports: frozenset[tuple[int, int, int]] = frozenset()
    """(document, reader, which of IMPORTS)."""

    def merged(self, other: "State") -> "State":
        """Return both, by the merge that is on trial."""
        documents = {
            id: merge_documents(self.documents[id], other.documents[id])
            if id in self.documents and id in other.documents
            else (self.documents.get(id) or other.documents[id])
            for id in self.documents.keys() | other.documents.keys()
        }
        return State(documents, self.writes | other.writes, self.imports | other.imports)

    def raw(self) -> dict[int, bytes]:
        """Return the documents as bytes."""
        return {id: encode_document(document) for id, document in self.documents.items()}


class World:
    """Machines, and the copies of their files that lie about."""

    def __init__(self, machines: int) -> None:
        self.events: dict[Write, Event] = {}
        self.states = [State() for _ in range(machines)]
        self.copies: list[State] = [State()]
        self._nodes = [f"node{number:02}" for number in range(machines)]
        self._sequences = dict.fromkeys(self._nodes, 0)

    def alive(self, state: State, id: int, path: str) -> set[Write]:
        """Return the writes of a path that no other write in the state has replaced."""
        mine = {write for write in state.writes if write[1:] == (id, path)}
        return mine.difference(*(self.events[write].replaced for write in mine))

    def write(
        self, machine: int, id: int, values: Sequence[tuple[str, Any]], *, time: int, resolve: bool
    ) -> None:
        """Write values on a machine, all under one stamp."""
        node = self._nodes[machine]
        self._sequences[node] += 1
        stamp = Stamp(node, self._sequences[node], time)
        for path, given in values:
            state = self.states[machine]
            document = state.documents.get(id, {"k": f"k{id}"})
            value = context(document) if path == "trash" and given is not None else given
            replaced = self.alive(state, id, path)
            if not resolve and path not in RULED:
                shown = encode(value_at(document, path)[1])
                replaced = {each for each in replaced if self.events[each].value == shown}
            written = write(document, path, value, stamp, resolve=resolve)
            assert value_at(written, path) == (True, value), "what was written is what is shown"
            name = (stamp.dot, id, path)
            seen = frozenset(each for each in state.writes if each[1] == id)
            self.events[name] = Event(encode(value), frozenset(replaced), seen)
            documents = {**state.documents, id: written}
            self.states[machine] = State(documents, state.writes | {name}, state.imports)

    def receive(self, machine: int, id: int, reader: int, which: int) -> None:
        """Import a document on a machine that may know it already."""
        fresh = State(
            {id: {"k": f"k{id}", "reader": reader, **IMPORTS[which]}},
            imports=frozenset({(id, reader, which)}),
        )
        self.states[machine] = self.states[machine].merged(fresh)

    def publish(self, machine: int) -> None:
        """Leave a copy of a machine's file, as a syncer or a slow second process does."""
        self.copies.append(self.states[machine])

    def absorb(self, machine: int, copy: int) -> None:
        """Merge a copy into a machine's state."""
        self.states[machine] = self.states[machine].merged(self.copies[copy % len(self.copies)])

    def meet(self, machine: int, other: int) -> None:
        """Merge another machine's present file into a machine's state."""
        self.states[machine] = self.states[machine].merged(self.states[other])

    def renew(self, machine: int, copy: int) -> None:
        """Let a machine lose its state folder: it begins again from a copy, under a new node."""
        self._nodes[machine] = f"renew{len(self._sequences):02}"
        self._sequences[self._nodes[machine]] = 0
        self.states[machine] = self.copies[copy % len(self.copies)]

    def check(self, state: State) -> None:
        """Assert that a state holds what the account says, no less and no more."""
        for id, document in state.documents.items():
            written = take_apart(document).written
            for path in PATHS:
                held = {((stamp.node, stamp.sequence), raw) for stamp, raw in _stamps(written.get(path, {}))}
                due = {(each[0], self.events[each].value) for each in self.alive(state, id, path)}
                assert held == due, (id, path)
            self._check_origin(state, id, document)

    def _check_origin(self, state: State, id: int, document: dict[str, Any]) -> None:
        readers = {reader for each, reader, _ in state.imports if each == id}
        if not readers:
            return
        assert document["reader"] == max(readers)
        stamped = {path for path in PATHS if self.alive(state, id, path)}
        due: dict[str, list[bytes]] = {}
        for each, reader, which in state.imports:
            if each == id and reader == max(readers):
                for path, value in _flat(IMPORTS[which]):
                    due.setdefault(path, []).append(encode(value))
        for path, values in due.items():
            deeper = any(other.startswith(path + "/") for other in due.keys() | stamped)
            if path not in stamped and path.split("/")[0] not in stamped and not deeper:
                assert encode(value_at(document, path)[1]) == max(values), path


def _flat(fields: dict[str, Any]) -> Iterable[tuple[str, Any]]:
    for name, value in fields.items():
        if isinstance(value, dict) and value:
            yield from ((f"{name}/{key}", inner) for key, inner in value.items())
        else:
            yield name, value


def _stamps(pairs: dict[tuple[str, bytes], Any]) -> Iterable[tuple[Stamp, bytes]]:
    for text, raw in pairs:
        stamp = Stamp.parse(text)
        assert stamp is not None
        yield stamp, raw


MACHINES = 3


def _play(steps: list[tuple[Any, ...]]) -> World:
    world = World(MACHINES)
    for name, *arguments in steps:
        if name == "write":
            *where, time, resolve = arguments
            world.write(*where, time=time, resolve=resolve)
        else:
            getattr(world, name)(*arguments)
    return world


def _busy(chance: random.Random, imports: int = 2) -> World:
    """Play steps that mostly write and merge, on few paths, so that values meet."""
    often = {"write": 16, "meet": 8, "publish": 4, "absorb": 4, "renew": 1, "receive": imports}
    kinds = chance.choices([kind for kind, times in often.items() for _ in range(times)], k=40)
    paths = chance.sample(PATHS, 4)
    steps: list[tuple[Any, ...]] = []
    for kind in kinds:
        machine, id = chance.randrange(MACHINES), chance.choice([1, 1, 1, 2])
        if kind == "write":
            values = [
                (path, _any_value(path, chance)) for path in chance.sample(paths, chance.choice([1, 1, 2]))
            ]
            steps.append((kind, machine, id, values, chance.choice([0, 5, 6, 10**12]), chance.random() < 0.2))
        elif kind == "receive":
            steps.append((kind, machine, id, chance.randint(1, 2), chance.randrange(len(IMPORTS))))
        elif kind == "meet":
            steps.append((kind, machine, chance.randrange(MACHINES)))
        else:
            steps.append((kind, machine, chance.randrange(9))[: 2 if kind == "publish" else 3])
    return _play(steps)


def _any_value(path: str, chance: random.Random) -> Any:
    if path == "trash":
        return chance.choice([None, {}, {}])
    return chance.choice((True, False, None) if path in FLAGS else VALUES)


_chances = st.randoms(use_true_random=True) | st.randoms(use_true_random=False)
worlds = _chances.map(_busy)
"""Worlds after some steps: each of their states is one that can be reached. One half is full of conflicts,
the other is what Hypothesis makes smaller when something fails."""
written_worlds = _chances.map(lambda chance: _busy(chance, imports=0))
"""The same without imports: each value in them has a stamp."""
