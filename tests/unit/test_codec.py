"""Documents and files as canonical bytes."""

import json
from typing import Any

import pytest

from store.file.codec import (
    DamagedError,
    Key,
    decode,
    decode_document,
    encode,
    encode_document,
    encode_state,
    key_order,
    new_meta,
    read_key,
    write_key,
)


def test_the_form_is_canonical() -> None:
    """Pure ASCII, keys sorted, no blanks; what it says reads back the same."""
    document = {"subject": "Grüße \u2028 \ud83d\ude00", "at": 17, "k": "x", "labels": {"b": True, "a": None}}
    raw = encode_document(document)
    assert raw.isascii()
    assert raw.startswith(b'{"at":17,"k":"x","labels":{"a":null,"b":true},"subject":"Gr\\u00fc')
    assert decode_document(raw) == json.loads(raw)
    assert encode_document(dict(reversed(document.items()))) == raw


def test_lone_surrogates_are_carried() -> None:
    """Half a character, which mail may hold, survives."""
    document = {"k": "x", "subject": "\ud800 and \udfff"}
    assert decode_document(encode_document(document)) == document


@pytest.mark.parametrize(
    "value", [1.5, float("nan"), float("inf"), {"a": [1, {"b": 0.0}]}, {1, 2}, b"x", object()]
)
def test_floats_and_strange_types_are_refused(value: Any) -> None:
    """Nothing of ours is a float or something that JSON does not know, however deep."""
    with pytest.raises(TypeError, match="a document"):
        encode_document({"k": "x", "value": value})


@pytest.mark.parametrize(
    "number", ["1.50", "1e5", "1E400", "-0.0", "2.5e-3", "123456789012345678901234567890"]
)
def test_foreign_numbers_keep_their_spelling(number: str) -> None:
    """A number that another program wrote is carried to the letter, beside half characters too."""
    for rest in ("", ',"z":"\\ud800"'):
        raw = f'{{"a":[{number},{{"b":{number}}}]{rest}}}'.encode()
        assert encode_document(decode_document(raw)) == raw


def test_foreign_numbers_are_equal_as_they_are_spelt() -> None:
    """Two such numbers are the same value if they are spelt the same."""
    assert decode(b"1.50") == decode(b"1.50") != decode(b"1.5")
    assert len({decode(b"1.50"), decode(b"1.50")}) == 1
    assert repr(decode(b"1.50")) == "1.50"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b"5",
        b'{"a":NaN}',
        b'{"a":-Infinity}',
        b'{"a":"\\ud800',
        b'{"a":"\xff"}',
        b"[" * 9999,
    ],
)
def test_what_is_no_document_is_damage(raw: bytes) -> None:
    """Bytes that are not one JSON object raise DamagedError and nothing else."""
    with pytest.raises(DamagedError):
        decode_document(raw)


def test_keys_are_in_one_order() -> None:
    """Decimals of up to 19 digits come first, as numbers; then all else by the bytes it is written as."""
    keys = ["b", "10", "9", "é", "007", "0", "9" * 19, "1" + "0" * 19, "-1", "", "x\ny"]
    ordered = [read_key(order) for order in sorted(map(key_order, keys))]
    assert ordered == [0, 9, 10, 10**19 - 1, "", "-1", "007", "1" + "0" * 19, "é", "b", "x\ny"]
    assert key_order(12) == key_order("12") == key_order(b"12")
    assert key_order(10**19) == key_order(str(10**19))
    assert write_key(key_order('a"é')) == b'a\\"\\u00e9'


def test_a_file_is_one_document_a_line() -> None:
    """Tables and keys are sorted, empty tables left out save `_meta`, the last line ends the file."""
    state: dict[str, dict[Key, bytes]] = {
        "notes": {10: b'{"k":"b"}', 9: b'{"k":"a"}'},
        "_meta": {1: b'{"db":"x"}'},
        "letters": {},
    }
    data = b"".join(encode_state(state))
    assert data == (b'{\n"_meta":{\n"1":{"db":"x"}\n},\n"notes":{\n"9":{"k":"a"},\n"10":{"k":"b"}\n}\n}\n')
    assert json.loads(data) == {"_meta": {"1": {"db": "x"}}, "notes": {"9": {"k": "a"}, "10": {"k": "b"}}}
    assert b"".join(encode_state({})) == b"{\n}\n"
    assert b"".join(encode_state({"_meta": {}})) == b'{\n"_meta":{\n}\n}\n'
    assert json.loads(b"".join(encode_state({"_meta": {}, "a": {1: b"{}"}}))) == {"_meta": {}, "a": {"1": {}}}


def test_a_new_file_says_what_it_is() -> None:
    """The first document names the program, the database and the format."""
    assert encode(new_meta("7b1e")) == (
        b'{"app":"ringback","db":"7b1e","format":1,"min_reader":1,"min_writer":1}'
    )
