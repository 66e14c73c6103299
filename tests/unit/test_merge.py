"""Merging by hand-made examples; the laws are proved in properties."""

from typing import Any

import pytest

from store.file.codec import decode_document, encode_document, encode_state, new_meta
from store.file.document import conflicts, context, write
from store.file.lines import Lines
from store.file.merge import OtherDatabaseError, merge_documents, merge_raw, merge_states
from store.file.stamps import Stamp

ONE, TWO, THREE = Stamp("aaaaaa", 1, 10), Stamp("bbbbbb", 1, 20), Stamp("aaaaaa", 2, 30)


def _both_ways(a: dict[str, Any], b: dict[str, Any]) -> dict[str, Any]:
    """Return the merge, after proving that it is the same both ways and that merging again adds nothing."""
    met = merge_documents(a, b)
    raw = encode_document(met)
    assert encode_document(merge_documents(b, a)) == raw
    assert encode_document(merge_documents(met, a)) == encode_document(merge_documents(met, b)) == raw
    return met


def _lines(**tables: dict[int | str, dict[str, Any]]) -> Lines:
    raw = {
        name: {key: encode_document(each) for key, each in table.items()} for name, table in tables.items()
    }
    return Lines(b"".join(encode_state(raw)))


def test_edits_of_different_fields_both_stand() -> None:
    """Two machines that changed different fields lose nothing and have no conflict."""
    base = write({"k": "x"}, "role", "a", ONE)
    met = _both_ways(write(base, "pay", "9", TWO), write(base, "firm", "f", THREE))
    assert (met["role"], met["pay"], met["firm"]) == ("a", "9", "f")
    assert conflicts(met) == {}


def test_what_was_seen_and_replaced_goes() -> None:
    """An old copy does not bring back what a newer one replaced, whatever the clocks say."""
    old = write({"k": "x"}, "role", "a", Stamp("aaaaaa", 1, 10**13))
    new = write(old, "role", "b", Stamp("bbbbbb", 1, 5))
    assert _both_ways(old, new) == new


def test_concurrent_edits_meet() -> None:
    """Neither had seen the other: the newer is shown, the other kept beside it."""
    met = _both_ways(write({"k": "x"}, "role", "a", ONE), write({"k": "x"}, "role", "b", TWO))
    assert conflicts(met) == {"role": [("b", TWO), ("a", ONE)]}
    assert met["_m"] == {"s": {"role": str(TWO)}, "x": {"role": [["a", str(ONE)]]}}


def test_one_writer_replaces_one_of_two() -> None:
    """A write that had seen one of two concurrent values replaces that one only."""
    one, two = write({"k": "x"}, "role", "a", ONE), write({"k": "x"}, "role", "b", TWO)
    three = write(two, "role", "c", Stamp("bbbbbb", 2, 40))
    met = _both_ways(_both_ways(one, two), three)
    assert {value for value, _ in conflicts(met)["role"]} == {"c", "a"}


def test_two_processes_share_a_node() -> None:
    """Each folds in the journal before it writes, so the second write of the node has seen the first."""
    first = write({"k": "x"}, "role", "a", ONE)
    stale = {"k": "x"}
    second = write(merge_documents(stale, first), "pay", "9", THREE)
    assert _both_ways(first, second) == second
    assert _both_ways(stale, second) == second
    assert context(second) == {"aaaaaa": 2}


def test_absence_is_not_deletion() -> None:
    """A field or merge data missing on one side comes from the other, even if that side had seen it."""
    whole = write(write({"k": "x", "subject": "s"}, "role", "a", ONE), "pay", "9", THREE)
    for missing in ("role", "pay", "subject", "_m", "k"):
        part = {name: value for name, value in whole.items() if name != missing}
        assert _both_ways(whole, part) == whole


def test_a_field_taken_out_of_a_conflict_comes_back() -> None:
    """A program took out the shown value and left the rest: what it left says nothing of what is missing."""
    met = merge_documents(write({"k": "x"}, "role", "a", ONE), write({"k": "x"}, "role", "b", TWO))
    thin = {name: value for name, value in met.items() if name != "role"}
    assert _both_ways(met, thin) == met


def test_mutual_replacement_keeps_all() -> None:
    """States that no machine can reach, where each side claims to have replaced the other's, lose nothing."""
    one = {"role": "a", "_m": {"s": {"role": str(ONE)}, "v": {"bbbbbb": 9}}}
    two = {"role": "b", "_m": {"s": {"role": str(TWO)}, "v": {"aaaaaa": 9}}}
    met = merge_documents(one, two)
    assert met == merge_documents(two, one)
    assert {value for value, _ in conflicts(met)["role"]} == {"a", "b"}


def test_one_stamp_with_two_values_keeps_both() -> None:
    """A cloned machine gave one number twice: both values stay."""
    one, two = write({"k": "x"}, "role", "a", ONE), write({"k": "x"}, "role", "b", ONE)
    assert {value for value, _ in conflicts(_both_ways(one, two))["role"]} == {"a", "b"}


def test_a_written_value_covers_an_imported_one() -> None:
    """What somebody wrote stands over what a later or better import says."""
    edited = write({"k": "x", "reader": 1, "role": "a", "pay": "1"}, "role", "mine", ONE)
    met = _both_ways(edited, {"k": "x", "reader": 2, "role": "better", "pay": "2"})
    assert (met["role"], met["pay"], met["reader"]) == ("mine", "2", 2)


def test_the_better_reader_wins_whole() -> None:
    """Of two imports that of the higher reader stands, with what it has and what it lacks."""
    old = {"k": "x", "reader": 1, "subject": "s", "footer": "f"}
    new = {"k": "x", "reader": 2, "subject": "t"}
    assert _both_ways(old, new) == new
    assert _both_ways({"k": "x", "subject": "u"}, old) == old
    assert _both_ways({"k": "x", "reader": True, "subject": "u"}, old) == old


def test_equal_readers_join_field_by_field() -> None:
    """Of equal readers each field's greater bytes win, objects key by key, and no field is lost."""
    one = {
        "k": "x",
        "a": 1,
        "b": [2],
        "sender": {"name": "A", "email": "e"},
        "c": {},
        "d": {"x": 1},
        "n": True,
    }
    two = {"k": "x", "a": 2, "b": [1], "sender": {"name": "B", "phone": "5"}, "c": 3, "d": 9, "n": 1}
    assert _both_ways(one, two) == {
        "k": "x",
        "a": 2,
        "b": [2],
        "sender": {"name": "B", "email": "e", "phone": "5"},
        "c": {},
        "d": {"x": 1},
        "n": True,
    }


def test_true_wins_over_a_newer_false() -> None:
    """A flag that one machine set is set, though another cleared it later without knowing."""
    met = _both_ways(write({"k": "x"}, "read", True, ONE), write({"k": "x"}, "read", False, TWO))
    assert met["read"] is True
    assert conflicts(met) == {}


def test_documents_that_cannot_be_read_yield() -> None:
    """Bytes that are no document give way to a document; of two such the greater stay."""
    good, bad, worse = b'{"k":"x"}', b'{"k":}', b'{"k":"'
    assert merge_raw(good, bad) == merge_raw(bad, good) == good
    assert merge_raw(bad, worse) == merge_raw(worse, bad) == bad


def test_files_join() -> None:
    """Documents and tables of either side are in the merge; what is the same is not spliced."""
    a = _lines(notes={1: {"k": "a"}, 2: {"k": "b"}}, theirs={"x": {"n": 1}})
    b = _lines(notes={2: {"k": "b"}, 3: {"k": "c"}}, theirs={"x": {"m": 2}, "y": {}})
    changes = merge_states(a, b)
    assert changes == {"notes": {3: b'{"k":"c"}'}, "theirs": {"x": b'{"m":2,"n":1}', "y": b"{}"}}
    assert a.with_changes(changes).data == b.with_changes(merge_states(b, a)).data
    assert merge_states(a, a) == merge_states(a, Lines()) == {}


def test_other_databases_are_refused() -> None:
    """Two files that hold different databases are not merged; one that does not say is."""
    mine, other = _lines(_meta={1: new_meta("a")}), _lines(_meta={1: new_meta("b")})
    with pytest.raises(OtherDatabaseError) as caught:
        merge_states(mine, other)
    assert caught.value.exit_code == 3
    assert merge_states(mine, _lines(notes={1: {}})) == {"notes": {1: b"{}"}}
    assert merge_states(Lines(), mine) == {"_meta": {1: encode_document(new_meta("a"))}}


def test_the_newest_format_stands() -> None:
    """Of two files of one database the merge demands what the more demanding one does."""
    newer = new_meta("a") | {"format": 10, "min_reader": 9, "min_writer": 2, "note": "new"}
    older = new_meta("a") | {"min_writer": 3}
    a, b = _lines(_meta={1: newer}), _lines(_meta={1: older})
    merged = a.with_changes(merge_states(a, b))
    assert merged.data == b.with_changes(merge_states(b, a)).data
    assert decode_document(merged.get("_meta", 1) or b"") == newer | {"min_writer": 3}
    broken = Lines(a.data.replace(b'"app":"ringback"', b'"app":ringback'))
    assert a.with_changes(merge_states(a, broken)).data == broken.with_changes(merge_states(broken, a)).data
