"""Saving what can be saved of a damaged file."""

import json
import random

import pytest

from store.file.codec import Key, encode_document, encode_state
from store.file.damage import salvage
from store.file.document import write
from store.file.lines import Lines
from store.file.merge import merge_states
from store.file.stamps import Stamp

FIRST = 2**53
MESSAGES: dict[Key, bytes] = {
    FIRST + number: encode_document(
        {"channel": "email", "k": f"m{number}", "sender": {"name": "A {b}"}, "to": [{}]}
    )
    for number in range(0, 900, 3)
}
NOTES: dict[Key, bytes] = {
    FIRST + number: encode_document({"k": f"n{number}", "text": '"}]{'}) for number in range(0, 30, 3)
}
STATE: dict[str, dict[Key, bytes]] = {
    "_meta": {1: b'{"app":"ringback","db":"x"}'},
    "messages": MESSAGES,
    "notes": NOTES,
}
DATA = b"".join(encode_state(STATE))


def _held(state: Lines) -> dict[str, dict[Key, bytes]]:
    return {name: dict(state.items(name)) for name in state.tables}


def _is_part(state: Lines) -> bool:
    """Tell whether a state holds nothing that the whole file does not."""
    return all(STATE[name].items() >= table.items() for name, table in _held(state).items())


def _line(at: int) -> str:
    return f"line {DATA.count(bytes([10]), 0, at) + 1}"


def test_a_whole_file_is_saved_whole() -> None:
    """What is not damaged is handed back as it is."""
    saved = salvage(DATA)
    assert [state.data for state in saved.states] == [DATA]
    assert (saved.lost, saved.reason) == ([], "")


@pytest.mark.parametrize("cut", [5000, len(DATA) - 3, DATA.index(b'"notes"'), DATA.index(b'"notes"') + 9])
def test_of_a_cut_file_all_whole_documents_are_saved(cut: int) -> None:
    """Everything before the cut is there, and nothing is made up."""
    saved = salvage(DATA[:cut])
    (state,) = saved.states
    assert _is_part(state)
    whole = DATA[:cut].count(b'"to":[{}]}') + DATA[:cut].count(b'"text":')
    assert state.count("messages") + state.count("notes") == whole
    assert state.get("_meta", 1) == STATE["_meta"][1]
    assert saved.lost in ([], [_line(cut)])
    assert saved.reason == f"Input data was truncated ({_line(cut)})"


def test_a_cut_head_loses_no_document() -> None:
    """Without its beginning, a file's messages are still known by what they look like."""
    (state,) = salvage(DATA[DATA.index(b'"channel"') :]).states
    assert _is_part(state)
    assert state.count("messages") == len(MESSAGES) - 1
    assert _held(state)["notes"] == NOTES


def test_zero_bytes_cost_only_what_they_wiped() -> None:
    """A wiped block loses the documents it touched; its place is told."""
    data = DATA[:5000] + b"\0" * 512 + DATA[5512:]
    saved = salvage(data)
    (state,) = saved.states
    assert _is_part(state)
    assert state.count("messages") >= len(MESSAGES) - 10
    assert _held(state)["notes"] == NOTES
    assert saved.lost[0] == _line(5000)


@pytest.mark.parametrize("first", [FIRST, FIRST + 10_000])
@pytest.mark.parametrize("before", [MESSAGES, {}])
def test_a_wiped_heading_puts_no_document_into_a_wrong_table(before: dict[Key, bytes], first: int) -> None:
    """Where the line that begins a table is gone, what does not fit the table before is lost."""
    people: dict[Key, bytes] = {first + number: b'{"k":"p"}' for number in range(100)}
    tables = {"messages": MESSAGES, "people": people} if before else {"notes": NOTES, "people": people}
    data = b"".join(encode_state({**tables, "reviews": {1: b'{"k":"v"}'}}))
    at = data.index(b'"people"')
    saved = salvage(data[: at - 20] + b"\0" * 36 + data[at + 16 :])
    (state,) = saved.states
    assert state.tables == [*list(tables)[:1], "reviews"]
    strays = _held(state)[state.tables[0]].keys() - tables[state.tables[0]].keys()
    assert not strays or (not before and first > FIRST), "only rising ids of a table like it may deceive"
    assert state.get("reviews", 1) == b'{"k":"v"}'


def test_a_document_is_no_heading() -> None:
    """Where a heading is missing between two tables, no id is taken for the name of one."""
    saved = salvage(DATA.replace(b'"notes":{\n', b""))
    assert _is_part(saved.states[0])


def test_half_lines_cost_only_themselves() -> None:
    """A line that lost its end, its comma or its line break leaves the others alone."""
    lines = DATA.split(b"\n")
    lines[20] = lines[20][:30]
    lines[40] = lines[40][:-1]
    lines[60:62] = [lines[60][:25] + lines[61]]
    saved = salvage(b"\n".join(lines))
    (state,) = saved.states
    assert _is_part(state)
    assert state.count("messages") == len(MESSAGES) - 2
    assert saved.lost == ["line 21", "line 61"]


@pytest.mark.parametrize("indent", [None, 2])
def test_other_forms_are_saved_too(indent: int | None) -> None:
    """One line as stock TinyDB writes it, or indented: what stands before the cut is saved."""
    text = json.dumps(json.loads(DATA), indent=indent).encode()
    (half,) = salvage(text[: len(text) // 2]).states
    assert _is_part(half)
    assert half.count("messages") > len(MESSAGES) // 3
    (most,) = salvage(text[:-40]).states
    assert _is_part(most)
    assert most.count("notes") >= len(NOTES) - 2


def test_both_sides_of_a_conflict_are_saved() -> None:
    """What git left between its markers becomes two states, which merge to everything."""
    note = {"k": "n0", "text": "t"}
    ours = encode_document(write(note, "text", "ours", Stamp("aaaaaa", 1, 1)))
    theirs = encode_document(write(note, "text", "theirs", Stamp("bbbbbb", 1, 2)))
    lines = DATA.split(b"\n")
    at = lines.index(b'"notes":{') + 1
    key = b'"%d":' % FIRST
    lines[at : at + 1] = [b"<<<<<<< HEAD", key + ours + b",", b"||||||| 1234", lines[at], b"======="]
    lines[at + 5 : at + 5] = [key + theirs + b",", b">>>>>>> theirs"]
    for end in (b"\n", b"\r\n"):
        saved = salvage(end.join(lines))
        one, two = saved.states
        assert one.get("notes", FIRST) == ours
        assert two.get("notes", FIRST) == theirs
        merged = one.with_changes(merge_states(one, two))
        assert merged.count("notes") == len(NOTES)
        assert merged.count("messages") == len(MESSAGES)
        assert (saved.lost, saved.reason) == ([], "git left both sides of a conflict in it")


def test_a_conflict_may_break_the_commas() -> None:
    """Where each side's last line stands between markers, commas are missing: no document is lost to that."""
    lines = DATA.split(b"\n")
    lines[-4:-4] = [
        b"<<<<<<< a",
        b'"%d":{"k":"o"},' % 2**60,
        b"=======",
        b'"%d":{"k":"t"},' % 2**61,
        b">>>>>>> b",
    ]
    saved = salvage(b"\n".join(lines))
    one, two = saved.states
    assert one.count("notes") == two.count("notes") == len(NOTES) + 1
    assert saved.lost == []


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b" \n", "it is empty"),
        (b"\0" * 4096, "it holds nothing but zero bytes"),
        (b"{}", "it holds no documents (line 1)"),
        (b"[]", "it is not made of tables of documents (line 1)"),
        (b"hello", "JSON is malformed"),
        (b'{"notes":{"1":' + b'{"a":' * 5000, ""),
        (b'{"notes":{"1":{"a":1' + b"0" * 5000 + b"}}}", ""),
        (b"\xff\xfe{\0}\0", ""),
        (b'{\n"\\q":{"1":{}}}', ""),
        (b'{\n"\\u12":{"1":{}}}', ""),
        (b"<<<<<<< x", "git left both sides of a conflict in it"),
    ],
)
def test_of_nothing_nothing_is_saved(data: bytes, reason: str) -> None:
    """Bytes without documents give one state without documents, and a reason, never an error."""
    saved = salvage(data)
    assert saved.states
    assert all(_held(state) == {} for state in saved.states)
    assert saved.reason.startswith(reason)
    assert saved.reason


def test_bytes_that_are_no_text_lose_their_document() -> None:
    """A document with bytes that are not UTF-8 is lost; its neighbours are not."""
    data = DATA.replace(b'"k":"m30"', b'"k":"m\xff30"')
    saved = salvage(data)
    (state,) = saved.states
    assert _is_part(state)
    assert state.count("messages") == len(MESSAGES) - 1
    assert saved.lost == [_line(DATA.index(b'"k":"m30"'))]


@pytest.mark.parametrize("seed", range(40))
def test_no_damage_makes_documents_up(seed: int) -> None:
    """Whatever is overwritten, cut out or doubled: nothing fails, most is saved, and all of it was there."""
    chance = random.Random(seed)
    data = bytearray(DATA)
    for _ in range(chance.randint(1, 4)):
        at, size = chance.randrange(len(data)), chance.choice([1, 3, 40, 700])
        kind = chance.choice(["wipe", "cut", "noise", "double"])
        if kind == "wipe":
            data[at : at + size] = b"\0" * size
        elif kind == "cut":
            del data[at : at + size]
        elif kind == "noise":
            data[at : at + size] = chance.randbytes(size)
        else:
            data[at:at] = data[at : at + size]
    for state in salvage(bytes(data)).states:
        assert state.count("messages") > len(MESSAGES) * 0.8
        keys = {(name, key) for name, table in _held(state).items() for key in table}
        strays = keys - {(name, key) for name, table in STATE.items() for key in table}
        assert len(strays) <= 4
