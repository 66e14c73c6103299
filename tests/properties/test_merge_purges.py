"""What was purged never comes back by itself; merging keeps its laws, over files that can be reached."""

import random
from dataclasses import dataclass, field
from itertools import permutations, product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from properties.replicas import examples
from store.file.codec import Key, decode_document, encode_document, encode_state
from store.file.document import context, write
from store.file.lines import Lines
from store.file.merge import merge_states
from store.file.purge import AGAIN, PURGED, made_again, purge_of, seen_of
from store.file.stamps import Context, Stamp, join

IDS = (1, 2)
PATHS = ("role", "pay", "starred")


def merged(a: Lines, b: Lines) -> Lines:
    """Return both, by the merge that is on trial."""
    return a.with_changes(merge_states(a, b))


@dataclass
class World:
    """Machines that import, write, purge, make anew and merge."""

    files: list[Lines] = field(default_factory=lambda: [Lines() for _ in range(3)])
    copies: list[Lines] = field(default_factory=lambda: [Lines()])
    sequence: int = 0
    secrets: dict[int, set[bytes]] = field(default_factory=lambda: {id: set() for id in IDS})
    """Values that were in a document when it was purged."""

    def put(self, machine: int, table: str, id: int, document: dict[str, Any] | None) -> None:
        """Lay a document into a machine's file, or take it out."""
        raw = encode_document(document) if document is not None else None
        self.files[machine] = self.files[machine].with_changes({table: {id: raw}})

    def get(self, machine: int, table: str, id: int) -> dict[str, Any] | None:
        """Return a document of a machine's file."""
        raw = self.files[machine].get(table, id)
        return decode_document(raw) if raw is not None else None

    def stamp(self, machine: int) -> Stamp:
        """Return a stamp that no machine ever had."""
        self.sequence += 1
        return Stamp(f"node{machine:02}", self.sequence, self.sequence)

    def receive(self, machine: int, id: int) -> None:
        """Import a document, unless it is known or purged."""
        if self.get(machine, "things", id) is None and self.get(machine, PURGED, id) is None:
            self.put(machine, "things", id, {"k": f"k{id}", "subject": f"import{id}"})

    def write(self, machine: int, id: int, path: str) -> None:
        """Write a value that is nowhere else."""
        document = self.get(machine, "things", id)
        if document is not None:
            stamp = self.stamp(machine)
            self.put(machine, "things", id, write(document, path, f"v{stamp.sequence}!", stamp))

    def purge(self, machine: int, id: int) -> None:
        """Purge a document as a transaction does."""
        document = self.get(machine, "things", id)
        if document is None:
            return
        known = self.get(machine, PURGED, id) or {}
        seen: Context = join([context(document), seen_of(known)])
        for name, value in document.items():
            if name not in ("k", "_m", AGAIN):
                self.secrets[id].add(encode_document({"v": value})[5:-1])
        self.put(machine, "things", id, None)
        self.put(machine, PURGED, id, purge_of("things", seen))

    def again(self, machine: int, id: int) -> None:
        """Make a purged document anew."""
        purge = self.get(machine, PURGED, id)
        if purge is not None and self.get(machine, "things", id) is None:
            self.put(machine, "things", id, made_again(f"k{id}", seen_of(purge), self.stamp(machine)))

    def publish(self, machine: int) -> None:
        """Leave a copy that lies about."""
        self.copies.append(self.files[machine])

    def absorb(self, machine: int, copy: int) -> None:
        """Merge a copy that lay about."""
        self.files[machine] = merged(self.files[machine], self.copies[copy % len(self.copies)])

    def meet(self, machine: int, other: int) -> None:
        """Merge another machine's file."""
        self.files[machine] = merged(self.files[machine], self.files[other])


def play(chance: random.Random) -> World:
    """Play steps that often purge and meet."""
    world = World()
    kinds = ["receive"] * 3 + ["write"] * 8 + ["purge"] * 3 + ["again"] * 3 + ["publish"] * 3
    for kind in chance.choices([*kinds, *["absorb"] * 4, *["meet"] * 6], k=40):
        machine, id = chance.randrange(3), chance.choice(IDS)
        if kind == "write":
            world.write(machine, id, chance.choice(PATHS))
        elif kind == "publish":
            world.publish(machine)
        elif kind in ("absorb", "meet"):
            getattr(world, kind)(machine, chance.randrange(3 if kind == "meet" else 9))
        else:
            getattr(world, kind)(machine, id)
    return world


worlds = (st.randoms(use_true_random=True) | st.randoms(use_true_random=False)).map(play)


@given(worlds)
@examples(150)
def test_the_laws_hold_with_purges(world: World) -> None:
    """Merging whole files stays idempotent, commutative and associative, to the byte."""
    files = [*world.files, *world.copies[-2:]]
    for a, b in product(files, files):
        both = merged(a, b)
        assert both.data == merged(b, a).data
        assert merged(both, b).data == both.data
        assert merged(both, both).data == both.data
    for a, b, c in permutations(files[:4], 3):
        assert merged(merged(a, b), c).data == merged(a, merged(b, c)).data


@given(worlds, st.randoms(use_true_random=False))
@examples(150)
def test_nothing_that_was_purged_comes_back(world: World, chance: random.Random) -> None:
    """Whatever old copies turn up, in whatever order: no value that a purge took is in the end."""
    files = [*world.files, *world.copies]
    chance.shuffle(files)
    end = Lines()
    for each in files:
        end = merged(end, each)
    for id in IDS:
        raw = end.get("things", id)
        if end.get(PURGED, id) is None:
            continue
        assert raw is None or AGAIN in decode_document(raw)
        assert not any(secret in (raw or b"") for secret in world.secrets[id])


def test_a_purge_that_another_program_spoilt_takes_nothing() -> None:
    """A malformed document of the table does not stop a merge, nor drop what it cannot name."""
    thing: dict[str, dict[Key, bytes]] = {"things": {1: encode_document({"k": "k1", "role": "x"})}}
    for purge in ({"table": 5}, {"table": PURGED, "seen": {}}, {"seen": "x"}, {}):
        file = Lines(b"".join(encode_state({**thing, PURGED: {1: encode_document(purge)}})))
        assert merged(file, Lines(b"".join(encode_state(thing)))).get("things", 1) is not None
