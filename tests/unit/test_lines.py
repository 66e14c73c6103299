"""A file looked up by its lines, and read in whatever form it comes."""

import json

import pytest

from store.file.codec import DamagedError, Key, encode_document, encode_state
from store.file.document import write
from store.file.lines import Lines, parse_any
from store.file.stamps import Stamp

STATE: dict[str, dict[Key, bytes]] = {
    "_meta": {1: b'{"db":"x"}'},
    "messages": {number: b'{"at":%d,"k":"m%d"}' % (number, number) for number in range(100, 400)},
    "notes": {7: b'{"k":"n"}'},
}
LINE_END = b"\n"
DATA = b"".join(encode_state(STATE))


def test_documents_are_found() -> None:
    """Each document is found by its key, as a number or as text; a key or table that is not there is None."""
    lines = Lines(DATA)
    assert lines.tables == ["_meta", "messages", "notes"]
    assert lines.get("messages", 250) == lines.get("messages", "250") == b'{"at":250,"k":"m250"}'
    assert lines.get("messages", 99) is None
    assert lines.get("messages", 400) is None
    assert lines.get("letters", 1) is None
    assert lines.count("messages") == 300
    assert lines.count("letters") == 0
    assert dict(lines.items("messages")) == STATE["messages"]


def test_a_splice_copies_little() -> None:
    """What stays is handed on as a few views of the old bytes, not line by line."""
    chunks = list(Lines(DATA).splice({"messages": {250: b'{"k":"new"}', 999: b'{"k":"last"}', 100: None}}))
    views = [chunk for chunk in chunks if isinstance(chunk, memoryview)]
    assert sum(map(len, views)) > 0.9 * len(DATA)
    assert len(views) == 4
    lines = Lines(b"".join(chunks))
    assert lines.get("messages", 250) == b'{"k":"new"}'
    assert lines.get("messages", 999) == b'{"k":"last"}'
    assert lines.get("messages", 100) is None
    assert lines.count("messages") == 300


def test_a_splice_makes_tables_and_removes_empty_ones() -> None:
    """A new table appears in its place; one whose last document is taken out is left out."""
    data = b"".join(Lines(DATA).splice({"letters": {1: b'{"k":"l"}'}, "notes": {7: None}, "zebra": {}}))
    assert Lines(data).tables == ["_meta", "letters", "messages"]
    assert parse_any(data).data is data


def test_long_tables_are_compared_in_steps() -> None:
    """Long stretches that are the same are skipped, and what differs after them is still found."""
    table = {number: encode_document({"k": "m" * (number % 700)}) for number in range(0, 4000, 2)}
    other = {**table, 1999: b"{}", 2000: b'{"k":"new"}', 3998: b'{"k":"last"}', 4001: b"{}"}
    one, two = Lines().with_changes({"notes": table}), Lines().with_changes({"notes": other})
    found = [(order[0], mine, raw) for order, mine, raw in one.differing(two, "notes")]
    assert found == [(number, table.get(number), other[number]) for number in (1999, 2000, 3998, 4001)]
    long = [
        Lines().with_changes({"notes": {5: b'{"k":"%b%b"}' % (b"m" * 9999, end)}}) for end in (b"a", b"b")
    ]
    assert [order[0] for order, _, _ in long[0].differing(long[1], "notes")] == [5]
    back = [(order[0], mine, raw) for order, mine, raw in two.differing(one, "notes")]
    assert back == [(number, other[number], table[number]) for number in (2000, 3998)]


def test_no_change_is_the_same_file() -> None:
    """Without changes the bytes are the same, and nothing is copied."""
    lines = Lines(DATA)
    assert lines.with_changes({}) is lines
    assert lines.with_changes({"notes": {}}) is lines
    assert b"".join(lines.splice({})) == DATA


def test_an_empty_file_grows() -> None:
    """The file without tables takes the first documents."""
    assert Lines().with_changes(STATE).data == DATA


def test_canonical_bytes_are_kept() -> None:
    """A file in canonical form is not written anew; trusted bytes are not even looked at."""
    assert parse_any(DATA).data is DATA
    assert parse_any(b"{\n}\n", trusted=True).tables == []


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("indent", [None, 0, 4])
def test_other_forms_are_written_anew(indent: int | None, mark: bytes) -> None:
    """As stock TinyDB, an editor or git leave it: the content is what counts."""
    text = json.dumps(json.loads(DATA), indent=indent)
    assert parse_any(mark + text.encode()).data == DATA
    assert parse_any(text.replace("\n", "\r\n").encode()).data == DATA


def test_half_characters_do_not_hinder() -> None:
    """A lone surrogate, which fast readers refuse, is read in canonical form and in any other."""
    data = b"".join(encode_state({"notes": {1: b'{"k":"\\ud800"}', 2: b'{"k":"b"}'}}))
    assert parse_any(data).data is data
    assert parse_any(data.replace(b'":', b'" :')).data == data


def test_double_lines_are_merged() -> None:
    """A merge of text may leave two versions of a document: neither is lost."""
    base = {"k": "x"}
    one = encode_document(write(base, "role", "a", Stamp("aaaaaa", 1, 1)))
    two = encode_document(write(base, "pay", "b", Stamp("bbbbbb", 1, 1)))
    for rest in (b"", b'"3":{"k":"\\ud800"},\n'):
        data = b'{\n"notes":{\n' + rest + b'"2":' + one + b',\n"2":' + two + b"\n}\n}\n"
        raw = parse_any(data).get("notes", 2)
        assert raw == parse_any(data.replace(one, b"%").replace(two, one).replace(b"%", two)).get("notes", 2)
        assert json.loads(raw or b"")["role"] == "a"
        assert json.loads(raw or b"")["pay"] == "b"


def test_two_tables_of_one_name_are_joined() -> None:
    """A table that occurs twice holds the documents of both."""
    assert parse_any(b'{"notes":{"1":{}},"notes":{"2":{}}}').data == b'{\n"notes":{\n"1":{},\n"2":{}\n}\n}\n'


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"", "line 1"),
        (b"{}", "line 1"),
        (b"{\n}\n", "line 1"),
        (b"\0" * 100, "line 1"),
        (DATA[:3020], f"line {DATA[:3020].count(LINE_END) + 1}"),
        (DATA + b"x", "line 311"),
        (DATA.replace(b'"k":"m200"', b'"k":m200'), "line 106"),
        (DATA.replace(b'},\n"250"', b'}\n"250"'), "line 156"),
        (DATA.replace(b'"k":"n"}', b'"k":"n"},'), "line 309"),
        (b"[]", "line 1"),
        (b'{"notes":[]}', "line 1"),
        (b'{"notes":{"1":5}}', "document 1 of notes"),
        (b'{"notes":{"1":{"k":"\xff"}}}', "document 1 of notes"),
        (b'{"notes":{"1":{"k":"\\ud800"},\n"2":nul}}', "line 2"),
        (b'{"notes":{"1":{"k":"\\ud800"},"2":[]}}', "document 2 of notes"),
        (b'{"a":"\\ud800","notes":{}}', "table a"),
        (b'{"\xff":{}}', "line 1"),
        (b'{"notes":{"1":{"k":"\\ud800\xff"}}}', "line 1"),
        (b'{"notes":{"1":{"k":' + b"[" * 100_000 + b"]" * 100_000 + b"}}}", "line 1"),
        (b"<<<<<<< HEAD\n" + DATA, "line 1"),
    ],
)
def test_damage_has_a_place(data: bytes, place: str) -> None:
    """What is not tables of documents is damage, never emptiness, and says where."""
    with pytest.raises(DamagedError) as caught:
        parse_any(data)
    assert caught.value.place == place
    assert caught.value.reason
    assert caught.value.exit_code == 3


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"250":', b'"250" :'),
        (b'"250":{', b'"250": {'),
        (b',"k":"m250"', b',"k":"\xc3\xa9"'),
        (b'"250"', b'"0250"'),
        (b'"250"', b'"\\u0032"'),
        (b'"250":{"at":250,"k":"m250"},\n', b'"250":{"at":250,"k":"m250"},'),
        (b'"250":', b'"249":{},"250":'),
        (b'"250":', b'"251":'),
        (b'"250":', b'"250":{},"250":'),
        (b'"k":"m250"}', b'"k":"m250"} '),
        (b'"notes":{\n', b'"messages":{\n'),
        (b'"notes":{\n', b'"notes": {\n'),
        (b'"notes"', b'"\\u006eotes"'),
        (b'"notes":{\n', b'"a":{\n},\n"notes":{\n'),
        (b"\n}\n}\n", b"\n}\n}"),
        (b"\n}\n}\n", b"\n}\n}\n\n"),
        (b"\n}\n}\n", b"\n} \n}\n"),
        (b"\n},\n", b"\n}\n,"),
    ],
)
def test_what_only_looks_canonical_is_not(old: bytes, new: bytes) -> None:
    """A file that differs from the form by one character is found out: looking up would go wrong in it."""
    data = DATA.replace(old, new)
    assert data != DATA
    read = parse_any(data)
    held = {name: dict(read.items(name)) for name in read.tables}
    assert read.data == b"".join(encode_state(held)) != data
