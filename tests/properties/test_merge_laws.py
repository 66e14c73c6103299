"""The laws of merging, over states that machines can reach, to the byte."""

import random
from itertools import permutations, product

from hypothesis import given
from hypothesis import strategies as st

from properties.replicas import FLAGS, PATHS, State, World, examples, worlds
from store.file.codec import encode_document
from store.file.document import conflicts, is_trashed, put_together, take_apart, value_at
from store.file.merge import merge_documents


def _some_states(world: World) -> list[State]:
    return [*world.states, *world.copies[-2:]]


@given(worlds)
@examples(120)
def test_states_hold_what_nobody_replaced(world: World) -> None:
    """A value is in a state exactly if its write reached it and no write that replaced it did."""
    for state in _some_states(world):
        world.check(state)


@given(worlds)
@examples(120)
def test_merge_obeys_its_laws(world: World) -> None:
    """Merging is idempotent, commutative and associative, and equal content is equal bytes."""
    states = _some_states(world)
    for a in states:
        assert a.merged(a).raw() == a.raw()
    for a, b in product(states, states):
        both = a.merged(b)
        assert both.raw() == b.merged(a).raw()
        assert both.merged(b).raw() == both.raw()
    for a, b, c in permutations(states[:4], 3):
        assert a.merged(b).merged(c).raw() == a.merged(b.merged(c)).raw()


@given(worlds, st.randoms(use_true_random=False))
@examples(80)
def test_machines_converge(world: World, chance: random.Random) -> None:
    """Once everything has reached everybody, all hold the same bytes, and still nothing was lost."""
    states = [*world.states, *world.copies]
    ends = []
    for _ in range(3):
        chance.shuffle(states)
        end = State()
        for state in states:
            end = end.merged(state)
        world.check(end)
        ends.append(end.raw())
    assert ends[0] == ends[1] == ends[2]


@given(worlds)
@examples(60)
def test_merge_makes_nothing_new(world: World) -> None:
    """Each value and stamp of a merge was in one of the two versions."""
    for a, b in permutations(world.states, 2):
        for id, document in a.merged(b).documents.items():
            for path, pairs in take_apart(document).written.items():
                held = [
                    take_apart(side.documents[id]).written.get(path, {})
                    for side in (a, b)
                    if id in side.documents
                ]
                assert all(any(pair in side for side in held) for pair in pairs)


@given(worlds)
@examples(60)
def test_documents_survive_being_taken_apart(world: World) -> None:
    """A document made of its own parts is the same to the byte."""
    for state in _some_states(world):
        for document in state.documents.values():
            assert encode_document(put_together(take_apart(document))) == encode_document(document)


@given(worlds)
@examples(60)
def test_true_wins_and_is_no_conflict(world: World) -> None:
    """Of concurrent flags true is shown; flags and trash are never a conflict, other values that met are."""
    end = State()
    for state in world.states:
        end = end.merged(state)
    for id, document in end.documents.items():
        for path in PATHS:
            values = {world.events[each].value for each in world.alive(end, id, path)}
            if path in FLAGS and b"true" in values:
                assert value_at(document, path) == (True, True)
            met = conflicts(document).get(path, [])
            assert len(met) == (len(values) if path not in (*FLAGS, "trash") and len(values) > 1 else 0)
            if met and path != "notes":
                assert met[0][0] == value_at(document, path)[1]


@given(worlds)
@examples(80)
def test_trash_yields_to_what_it_had_not_seen(world: World) -> None:
    """A document is in the trash if all that is alive in it was seen by one that put it there."""
    for state in [*_some_states(world), world.states[0].merged(world.states[1])]:
        for id, document in state.documents.items():
            trash = [world.events[each] for each in world.alive(state, id, "trash")]
            seen = frozenset[object]().union(*(event.seen for event in trash))
            alive = {
                each
                for path in PATHS
                if path not in ("trash", "read", "starred")
                for each in world.alive(state, id, path)
            }
            due = bool(trash) and all(event.value != b"null" for event in trash) and alive <= seen
            assert is_trashed(document) == due


@given(worlds, st.randoms(use_true_random=False))
@examples(40)
def test_merge_does_not_mind_the_order_of_keys(world: World, chance: random.Random) -> None:
    """Fields that another program shuffled merge to the same bytes, and the versions stay as they were."""
    a, b = world.states[:2]
    for id in a.documents.keys() & b.documents.keys():
        fields = list(a.documents[id].items())
        chance.shuffle(fields)
        before = encode_document(b.documents[id])
        merged = merge_documents(dict(fields), b.documents[id])
        assert encode_document(merged) == encode_document(merge_documents(a.documents[id], b.documents[id]))
        assert encode_document(b.documents[id]) == before
