"""Edits by stock TinyDB, an editor or `jq`, taken in as writes."""

import json
from typing import Any

import pytest

from store.file.codec import Key, decode_document, encode_document, encode_state
from store.file.document import conflicts, stamp_at, write
from store.file.foreign import adopt
from store.file.lines import Lines, parse_any
from store.file.merge import merge_states
from store.file.stamps import Stamp
from store.ids import document_id

ONE, TWO, HERE = Stamp("aaaaaa", 1, 10), Stamp("bbbbbb", 1, 20), Stamp("cccccc", 7, 99)
KEY = "m:1"
ID = document_id(KEY)
MAIL = {"k": KEY, "reader": 1, "channel": "email", "subject": "m"}


def _lines(*documents: dict[str, Any], table: str = "messages") -> Lines:
    raw: dict[int | str, bytes] = {document_id(each["k"]): encode_document(each) for each in documents}
    return Lines(b"".join(encode_state({table: raw})))


def _edited(known: Lines, **fields: Any) -> Lines:
    """Return a file in which a program set fields of the one document; `...` takes a field out."""
    tables = json.loads(known.data)
    for table in tables.values():
        for document in table.values():
            for name, value in fields.items():
                document.pop(name, None)
                if value is not ...:
                    document[name] = value
    return parse_any(json.dumps(tables).encode())


def _met(known: Lines, found: Lines) -> dict[str, Any]:
    """Return the one document after the edits were adopted and merged, proving that once is enough."""
    adopted = adopt(known, found, HERE)
    merged = known.with_changes(merge_states(known, adopted))
    assert merge_states(merged, adopt(merged, found, Stamp("cccccc", 8, 100))) == {}
    assert merge_states(merged, adopted) == {}
    ((_, raw),) = merged.items(merged.tables[0])
    return decode_document(raw)


def test_a_stamped_value_that_changed_is_a_new_write() -> None:
    """The edit replaces what its writer saw, under the stamp given for it."""
    known = _lines(write(write(MAIL, "role", "a", ONE), "pay", "9", TWO))
    met = _met(known, _edited(known, role="b"))
    assert (met["role"], met["pay"]) == ("b", "9")
    assert stamp_at(met, "role") == HERE
    assert stamp_at(met, "pay") == TWO
    assert conflicts(met) == {}


def test_a_key_in_an_object_is_a_value_of_its_own() -> None:
    """Of labels just the changed one is written."""
    known = _lines(write(write(MAIL, "labels/java", True, ONE), "labels/go", True, TWO))
    met = _met(known, _edited(known, labels={"java": True, "go": False, "new": True}))
    assert met["labels"] == {"java": True, "go": False, "new": True}
    assert stamp_at(met, "labels/go") == HERE
    assert stamp_at(met, "labels/java") == ONE


@pytest.mark.parametrize("base", [MAIL, {"k": KEY}])
def test_dropped_merge_data_is_restored(base: dict[str, Any]) -> None:
    """Values that are the same keep their stamps; one that differs stands beside the known, and is shown."""
    known = _lines(write(write(base, "role", "a", ONE), "pay", "9", TWO))
    met = _met(known, _edited(known, _m=..., role="b"))
    assert conflicts(met) == {"role": [("b", HERE), ("a", ONE)]}
    assert stamp_at(met, "pay") == TWO
    same = _met(known, _edited(known, _m=...))
    assert encode_document(same) == known.get("messages", ID)


def test_a_dropped_stamp_is_restored() -> None:
    """A program took one stamp out and changed the value: what the file has seen shows that it was there."""
    known = _lines(write(write(MAIL, "role", "a", ONE), "pay", "9", Stamp("aaaaaa", 2, 11)))
    met = _met(known, _edited(known, _m={"s": {"pay": "aaaaaa.2.b"}}, role="b"))
    assert met["role"] == "b"
    assert conflicts(met)["role"][1] == ("a", ONE)


def test_an_import_elsewhere_is_no_edit() -> None:
    """Another machine imported the same mail and never saw what was written here."""
    edited = write(write({**MAIL, "role": "a"}, "role", "mine", ONE), "read", True, TWO)
    found = _lines({**MAIL, "role": "a"})
    assert adopt(_lines(edited), found, HERE) is found
    assert _met(_lines(edited), found) == edited
    written = _lines(write({**MAIL, "role": "a"}, "pay", "9", TWO))
    assert adopt(_lines(edited), written, HERE) is written


def test_a_missing_field_or_document_stays() -> None:
    """What a program took out comes back: absence is never deletion."""
    document = write(MAIL, "role", "a", ONE)
    known = _lines(document)
    assert _met(known, _edited(known, role=..., subject=...)) == document
    assert _met(known, _edited(known, _m=..., role=..., k=...)) == document
    assert _met(known, Lines()) == document


def test_an_import_that_was_edited_is_a_write() -> None:
    """A changed origin value is taken in, though the merge of two imports would have kept the other."""
    known = _lines(MAIL)
    met = _met(known, _edited(known, subject="a"))
    assert met["subject"] == "a"
    assert stamp_at(met, "subject") == HERE
    greater = _met(known, _edited(known, subject="z", note=5))
    assert greater == {**MAIL, "subject": "z", "note": 5}


def test_an_edited_key_of_an_import_is_a_write() -> None:
    """Where one key of an object was written, another that came with the import may be edited too."""
    known = _lines(write({**MAIL, "labels": {"java": True, "go": True}}, "labels/java", True, ONE))
    met = _met(known, _edited(known, labels={"java": True, "go": False}))
    assert met["labels"] == {"java": True, "go": False}
    assert stamp_at(met, "labels/go") == HERE


def test_an_import_that_differs_elsewhere_is_no_edit() -> None:
    """A file that has not seen our writes is another machine's: its import is merged, no edit."""
    known = _lines(write(MAIL, "role", "a", ONE))
    found = _lines(write({**MAIL, "subject": "a"}, "pay", "9", TWO))
    assert adopt(known, found, HERE) is found
    assert _met(known, found)["subject"] == "m"


def test_another_reader_is_no_edit() -> None:
    """An import by a newer or an older program is merged as such."""
    known = _lines(MAIL)
    for reader in (0, 2):
        found = _lines({**MAIL, "reader": reader, "subject": "a"})
        assert adopt(known, found, HERE) is found


def test_new_documents_of_ours_are_left_alone() -> None:
    """What another machine made is at home where it stands."""
    found = _lines(MAIL, {"k": "m:2"}, write({"k": "m:3"}, "role", "a", ONE))
    assert adopt(_lines(MAIL), found, HERE) is found


def test_a_document_without_key_gets_one_of_its_content() -> None:
    """What stock TinyDB inserts moves to the id of a key made of its content, the same on every machine."""
    known = _lines(MAIL)
    strays: dict[Key, bytes] = {2**60: b'{"channel":"call","k":5}', "x": b'{"body":"?"}'}
    found = known.with_changes({"messages": strays})
    adopted = adopt(known, found, HERE)
    assert adopted.count("messages") == 3
    assert adopted.get("messages", 2**60) is adopted.get("messages", "x") is None
    for id, raw in adopted.items("messages"):
        key = decode_document(raw)["k"]
        assert id == document_id(key)
        assert key == KEY or key.startswith("h:")
    assert adopt(Lines(), found, ONE).data == adopted.data
    again = known.with_changes(merge_states(known, adopted))
    assert merge_states(again, adopt(again, found, HERE)) == {}


def test_a_copied_document_goes_home() -> None:
    """A document that was inserted again under an id of TinyDB's is the same document; its edits count."""
    known = _lines(write(MAIL, "role", "a", ONE))
    copy = decode_document(known.get("messages", ID) or b"") | {"role": "b"}
    beside = known.with_changes({"messages": {ID + 1: encode_document(copy)}})
    instead = known.with_changes({"messages": {ID: None, ID + 1: encode_document(copy)}})
    for found in (beside, instead):
        adopted = adopt(known, found, HERE)
        merged = known.with_changes(merge_states(known, adopted))
        assert merged.count("messages") == 1
        assert decode_document(merged.get("messages", ID) or b"")["role"] == "b"


def test_other_tables_keep_their_ids() -> None:
    """In tables that are not ours documents stay where they are, and edits are taken in all the same."""
    known = Lines(b"".join(encode_state({"_meta": {1: b'{"db":"x"}'}, "todo": {1: b'{"n":"9"}'}})))
    found = known.with_changes({"todo": {1: b'{"n":"10"}', 2: b'{"n":"1"}'}})
    adopted = adopt(known, found, HERE)
    merged = known.with_changes(merge_states(known, adopted))
    assert decode_document(merged.get("todo", 1) or b"")["n"] == "10"
    assert merged.get("todo", 2) == b'{"n":"1"}'


def test_bytes_that_are_no_document_are_passed_over() -> None:
    """A document that cannot be read is left to the merge, which keeps the one that can."""
    known = _lines(write(MAIL, "role", "a", ONE))
    found = Lines(known.data.replace(b'"a"', b'a"'))
    assert adopt(known, found, HERE) is found
    stray = known.with_changes({"messages": {5: b'{"k":}'}})
    assert adopt(known, stray, HERE) is stray


def test_strange_fields_are_survived() -> None:
    """A field without a name, or one that makes a document what it is, is never turned into a write."""
    known = _lines({**MAIL, "": "z", "other": 3})
    found = _edited(known, **{"": "a", "other": 2, "k": "z:changed"})
    met = _met(known, found)
    assert met["k"] == KEY
    assert met[""] == "z"
    assert met["other"] == 2


@pytest.mark.parametrize("path", ["a/b/c", "", "~", "k", "_m/s"])
@pytest.mark.parametrize("part", ["s", "x"])
def test_a_path_that_can_stand_nowhere_is_only_carried(path: str, part: str) -> None:
    """Merge data under such a path stops no edit and is not lost."""
    entry: Any = str(TWO) if part == "s" else [["odd", str(TWO)]]
    document = write(MAIL, "role", "a", ONE)
    document["_m"].setdefault(part, {})[path] = entry
    known = _lines(document)
    for edited in (_edited(known, role="b"), _edited(known, role="b", subject="n"), _edited(known, _m=...)):
        assert _met(known, edited)["role"] in ("a", "b")
    stripped = _met(known, _edited(known, role="b"))
    assert path in stripped["_m"].get(part, {}) or part == "s"
    assert path not in conflicts(stripped)
