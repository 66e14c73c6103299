"""A file looked up and spliced by its lines is the same as its tables in memory."""

import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.replicas import World, examples, lines_of, worlds
from store.file.codec import DamagedError, Key, encode_document, encode_state, key_order, read_key
from store.file.lines import Lines, parse_any
from store.file.merge import merge_raw, merge_states

KEYS: tuple[Key, ...] = (*range(4), 2**53, 2**62 - 1, 10**19, "x", "007", "é", 'a":{b', 'z\\"', "\ud800", "")
TABLES = ("_meta", "messages", "notes", "Zeta", "é", "")
Tables = dict[str, dict[Key, bytes]]

_texts = st.text(st.sampled_from('ab"\\{}:,\n é\ud800\x00'), max_size=12)
_documents = st.fixed_dictionaries(
    {"k": _texts}, optional={"n": st.integers(), "o": st.dictionaries(_texts, _texts)}
)
_raw = _documents.map(encode_document)
_tables = st.dictionaries(
    st.sampled_from(TABLES), st.dictionaries(st.sampled_from(KEYS), _raw, max_size=8), max_size=4
)
_changes = st.dictionaries(
    st.sampled_from(TABLES), st.dictionaries(st.sampled_from(KEYS), st.none() | _raw, max_size=8), max_size=3
)


def _bytes(tables: Tables) -> bytes:
    return b"".join(encode_state(tables))


def _model(tables: Tables) -> Tables:
    """Return tables as a file holds them: sorted, keys as they are read, empty ones left out."""
    return {
        name: {
            read_key(order): raw for order, raw in sorted((key_order(key), raw) for key, raw in table.items())
        }
        for name, table in tables.items()
        if table or name == "_meta"
    }


@given(_tables)
@examples(100)
def test_lookup_is_that_of_tables(tables: Tables) -> None:
    """Every document is found under its key, and no other."""
    lines, model = Lines(_bytes(tables)), _model(tables)
    assert set(lines.tables) == set(model)
    for name in TABLES:
        assert list(lines.items(name)) == list(model.get(name, {}).items())
        assert lines.count(name) == len(model.get(name, {}))
        assert [lines.get(name, key) for key in KEYS] == [
            model.get(name, {}).get(read_key(key_order(key))) for key in KEYS
        ]


@given(_tables, _changes)
@examples(150)
def test_splicing_is_changing_tables(tables: Tables, changes: dict[str, dict[Key, bytes | None]]) -> None:
    """Splicing in documents, and taking some out, gives the bytes of the changed tables."""
    model = {name: dict(table) for name, table in _model(tables).items()}
    for name, documents in changes.items():
        for key, raw in documents.items():
            model.setdefault(name, {}).pop(read_key(key_order(key)), None)
            if raw is not None:
                model[name][read_key(key_order(key))] = raw
    if "_meta" in changes:
        model.setdefault("_meta", {})
    assert b"".join(Lines(_bytes(tables)).splice(changes)) == _bytes(model)


@given(_tables, _tables)
@examples(80)
def test_what_differs_is_found(one: Tables, two: Tables) -> None:
    """Walking two files together yields just the documents of the other that are not the same here."""
    mine, theirs = _model(one), _model(two)
    for name in TABLES:
        table = mine.get(name, {})
        due = [
            (key, table.get(key), raw) for key, raw in theirs.get(name, {}).items() if table.get(key) != raw
        ]
        found = Lines(_bytes(one)).differing(Lines(_bytes(two)), name)
        assert [(read_key(order), known, raw) for order, known, raw in found] == due


@given(_tables, st.sampled_from([None, 1]), st.booleans(), st.randoms(use_true_random=False))
@examples(80)
def test_any_form_is_read(tables: Tables, indent: int | None, ascii: bool, chance: random.Random) -> None:
    """One line or many, in any order, escaped or not: the same content becomes the same bytes."""
    model = {name: table for name, table in _model(tables).items() if table}
    shuffled: dict[str, Any] = {}
    for name in chance.sample(sorted(model), len(model)):
        documents = list(model[name].items())
        chance.shuffle(documents)
        shuffled[name] = {str(key): json.loads(raw) for key, raw in documents}
    text = json.dumps(shuffled, indent=indent, ensure_ascii=ascii)
    try:
        data = text.encode()
    except UnicodeEncodeError:
        data = json.dumps(shuffled, indent=indent).encode()
    if model:
        assert parse_any(data).data == _bytes(model)
    else:
        with pytest.raises(DamagedError):
            parse_any(data)


@given(_tables, st.randoms(use_true_random=False))
@examples(150)
def test_a_vandal_is_noticed(tables: Tables, chance: random.Random) -> None:
    """Lines out of order, double, cut or torn are refused or mended: what is read is canonical and whole."""
    data = _bytes(tables)
    lines = data.split(b"\n")
    at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
    kind = chance.choice(["double", "move", "cut", "tear", "blank", "join"])
    if kind == "double":
        lines.insert(to, lines[at])
    elif kind == "move":
        lines.insert(to, lines.pop(at))
    elif kind == "cut":
        lines[at] = lines[at][: chance.randrange(len(lines[at]) + 1)]
    elif kind == "tear":
        lines = lines[:at]
    elif kind == "blank":
        lines[at] = b" " + lines[at]
    else:
        lines[at : at + 2] = [b"".join(lines[at : at + 2])]
    broken = b"\n".join(lines)
    try:
        read = parse_any(broken)
    except DamagedError:
        return
    held = {name: dict(read.items(name)) for name in read.tables}
    assert read.data == _bytes(held)
    merged: Tables = {}
    for name, table in json.loads(broken, object_pairs_hook=list):
        for key, pairs in table:
            raw, order = encode_document(_plain(pairs)), read_key(key_order(key))
            known = merged.setdefault(name, {}).get(order)
            merged[name][order] = raw if known is None else merge_raw(known, raw)
    assert {name: table for name, table in held.items() if table} == _model(merged)


def _plain(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {key: _plain(value) if isinstance(value, list) else value for key, value in pairs}


@given(worlds)
@examples(60)
def test_files_merge_as_their_documents_do(world: World) -> None:
    """Splicing in what `merge_states` says makes the merged file, whichever side it is spliced into."""
    for one, two in ((world.states[0], world.states[1]), (world.states[2], world.copies[-1])):
        a, b = lines_of(one.documents), lines_of(two.documents)
        merged = a.with_changes(merge_states(a, b))
        assert merged.data == b.with_changes(merge_states(b, a)).data
        assert merged.data == lines_of(one.merged(two).documents).data
        assert merge_states(merged, a) == merge_states(merged, b) == {}
