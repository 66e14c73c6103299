"""Whatever bytes lie at the data file's place: reading them ends in documents or in a sentence."""

import json

from hypothesis import given
from hypothesis import strategies as st

from store.file.codec import DamagedError, decode_document, encode_document, encode_state
from store.file.damage import salvage
from store.file.lines import Lines, parse_any
from store.file.reading import is_canonical

GOOD = b"".join(
    encode_state(
        {
            "_meta": {1: b'{"app":"ringback","db":"x"}'},
            "messages": {
                2**53: encode_document({"channel": "email", "k": "m", "body": 'a"b\\ \ud800 é', "l": [{}]})
            },
            "notes": {
                2**53 + 1: b'{"k":"n","n":1.5}',
                2**53 + 2: b'{"_m":{"s":{"a":"b"}},"k":"o"}',
                "é": b"{}",
            },
        }
    )
)
FORMS = (GOOD, json.dumps(json.loads(GOOD)).encode(), json.dumps(json.loads(GOOD), indent=1).encode())
SCRAPS = st.sampled_from(
    [
        *(
            b"{",
            b"}",
            b'"',
            b"\\",
            b"\\q",
            b"\\u",
            b"\\ud800",
            b":",
            b",",
            b"\n",
            b"\r",
            b"\0",
            b"\xff",
            b"[",
            b"null",
        ),
        *(
            b"NaN",
            b"1e999",
            b"-0",
            b"\xef\xbb\xbf",
            b"\xed\xa0\x80",
            b'{"1":{}}',
            b'"\\q":{"1":{}}',
            b'"notes":{',
        ),
        *(b"\n<<<<<<< a\n", b"\n=======\n", b"\n>>>>>>> b\n", b"9" * 25, '"²":{}'.encode(), b'"":{"":{}}'),
    ]
)
MENDED = st.tuples(
    st.integers(0, 600), st.integers(0, 80), st.one_of(SCRAPS, st.binary(max_size=6), st.just(b""))
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Make a file of which stretches were replaced."""
    data = draw(st.sampled_from(FORMS))
    for at, size, scrap in draw(st.lists(MENDED, min_size=1, max_size=4)):
        data = data[:at] + scrap + data[at + draw(st.sampled_from([0, size])) :]
    return data


def is_sound(state: Lines) -> bool:
    """Tell whether a state is what it says: canonical, every document readable."""
    documents = [decode_document(raw) for table in state.tables for _, raw in state.items(table)]
    assert all(isinstance(document, dict) for document in documents)
    return is_canonical(state.data) or not documents


@given(mutated())
def test_reading_never_ends_otherwise(data: bytes) -> None:
    """`parse_any` gives a sound state or says that the bytes are damaged."""
    try:
        state = parse_any(data)
    except DamagedError:
        return
    assert is_sound(state)


@given(st.one_of(mutated(), st.binary(max_size=60)))
def test_salvage_never_raises(data: bytes) -> None:
    """What is saved of any bytes is sound."""
    saved = salvage(data)
    assert saved.states
    assert all(map(is_sound, saved.states))
