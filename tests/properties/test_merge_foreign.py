"""Programs that know nothing of stamps change the file: what they changed is taken in, nothing else moves."""

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from properties.replicas import RULED, World, examples, lines_of, written_worlds
from store.file.codec import decode_document, encode
from store.file.document import MERGE_DATA, split_path, take_apart, value_at
from store.file.foreign import adopt
from store.file.lines import Lines
from store.file.merge import merge_states
from store.file.stamps import Stamp

STAMP = Stamp("adopter", 1, 3)
NEW = "seen by nobody"


def _join(a: Lines, b: Lines) -> Lines:
    return a.with_changes(merge_states(a, b))


def _documents(lines: Lines) -> dict[int, dict[str, Any]]:
    return {int(key): decode_document(raw) for key, raw in lines.items("things")}


@given(written_worlds)
@examples(80)
def test_files_of_our_own_are_left_alone(world: World) -> None:
    """What another machine or an older save of this one wrote is no edit by another program."""
    files = [lines_of(state.documents) for state in (*world.states, *world.copies)]
    for known in files[:3]:
        for found in files:
            assert adopt(known, found, STAMP) is found


@given(written_worlds, st.randoms(use_true_random=False))
@examples(100)
def test_an_edit_replaces_what_its_writer_saw(world: World, chance: random.Random) -> None:
    """A value changed under its stamp replaces the one that stood there; all else stays; once is enough."""
    state = world.states[0]
    known, documents = lines_of(state.documents), _documents(lines_of(state.documents))
    edited = {
        (id, path)
        for id, document in documents.items()
        for path in document.get(MERGE_DATA, {}).get("s", {})
        if chance.random() < 0.4
    }
    for id, path in edited:
        _put(documents[id], path, NEW)
    found = lines_of(documents)
    merged = _join(known, adopt(known, found, STAMP))
    for id, document in _documents(merged).items():
        for path, pairs in take_apart(document).written.items():
            before = set(take_apart(state.documents[id]).written[path])
            if (id, path) not in edited:
                assert set(pairs) == before
                continue
            shown = take_apart(state.documents[id])
            gone = before - set(pairs)
            assert len(gone) == 1
            assert gone.pop()[1] == encode(value_at(state.documents[id], path)[1])
            assert {raw for _, raw in set(pairs) - before} == {encode(NEW)}
            assert path in RULED or value_at(document, path) == (True, NEW)
            assert shown.context.items() <= take_apart(document).context.items()
    assert adopt(merged, found, STAMP) is found
    assert merge_states(merged, found) == {}


@given(written_worlds, st.randoms(use_true_random=False))
@examples(100)
def test_nothing_is_lost_to_a_vandal(world: World, chance: random.Random) -> None:
    """What was dropped comes back; the values of a document without its merge data stand beside ours."""
    state = world.states[0]
    known, documents = lines_of(state.documents), _documents(lines_of(state.documents))
    for id in list(documents):
        kind = chance.choice(["strip", "strip", "drop", "thin"])
        if kind == "drop":
            del documents[id]
        elif kind == "thin":
            for field in chance.sample(sorted(documents[id]), len(documents[id]) // 2):
                documents[id].pop(field)
        else:
            documents[id].pop(MERGE_DATA, None)
            for path in take_apart(state.documents[id]).written:
                if chance.random() < 0.3:
                    _put(documents[id], path, NEW)
    found = lines_of(documents)
    merged = _join(known, adopt(known, found, STAMP))
    for id, document in _documents(merged).items():
        for path, before in take_apart(state.documents[id]).written.items():
            pairs = take_apart(document).written[path]
            assert set(before) <= set(pairs)
            edited = id in documents and value_at(documents[id], path) == (True, NEW)
            assert (encode(NEW) in {raw for _, raw in pairs}) == edited
            assert not edited or path in RULED or value_at(document, path) == (True, NEW)
    assert set(_documents(merged)) == set(state.documents)
    again = _join(merged, adopt(merged, found, Stamp("adopter", 2, 4)))
    assert again.data == merged.data


def _put(document: dict[str, Any], path: str, value: Any) -> None:
    field, key = split_path(path)
    if key is None:
        document[field] = value
    else:
        document[field][key] = value
