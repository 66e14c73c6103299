"""Writing values into documents, and what documents say of themselves."""

from typing import Any

import pytest

from store.file.codec import encode_document
from store.file.document import (
    conflicts,
    context,
    is_trashed,
    join_path,
    put_together,
    split_path,
    stamp_at,
    take_apart,
    value_at,
    write,
)
from store.file.merge import merge_documents
from store.file.stamps import Stamp

ONE, TWO, THREE = Stamp("aaaaaa", 1, 10), Stamp("bbbbbb", 1, 20), Stamp("aaaaaa", 2, 30)


def _met(path: str, one: Any, two: Any) -> dict[str, Any]:
    """Return a document in which two machines wrote a path without knowing of each other; `two` is newer."""
    return merge_documents(write({"k": "x"}, path, one, ONE), write({"k": "x"}, path, two, TWO))


def test_a_write_is_stamped_and_leaves_the_old_document() -> None:
    """Writing gives a new document with the value, its stamp, and nothing else changed."""
    before = {"k": "x", "subject": "hello", "labels": {"java": True}}
    after = write(write(before, "role", "architect", ONE), "labels/a~1b", True, ONE)
    assert before == {"k": "x", "subject": "hello", "labels": {"java": True}}
    assert after == {
        "k": "x",
        "subject": "hello",
        "role": "architect",
        "labels": {"java": True, "a/b": True},
        "_m": {"s": {"role": "aaaaaa.1.a", "labels/a~1b": "aaaaaa.1.a"}},
    }
    assert value_at(after, "labels/a~1b") == (True, True)
    assert (
        value_at(after, "labels/none")
        == value_at(after, "subject/x")
        == value_at(after, "gone")
        == (False, None)
    )
    assert stamp_at(after, "role") == ONE
    assert stamp_at(after, "subject") is None


def test_an_unset_value_stays_as_null() -> None:
    """Unsetting writes null: a path that was written is never removed."""
    document = write(write({"k": "x"}, "role", "architect", ONE), "role", None, THREE)
    assert document["role"] is None
    assert value_at(document, "role") == (True, None)


def test_the_context_holds_what_stamps_do_not_imply() -> None:
    """A replaced write of another node stays in the context; an own one is implied by the newer stamp."""
    document = write(write({"k": "x"}, "role", "a", TWO), "role", "b", ONE)
    assert document["_m"] == {"s": {"role": "aaaaaa.1.a"}, "v": {"bbbbbb": 1}}
    document = write(document, "role", "c", THREE)
    assert document["_m"] == {"s": {"role": "aaaaaa.2.u"}, "v": {"bbbbbb": 1}}
    assert context(document) == {"aaaaaa": 2, "bbbbbb": 1}


def test_a_context_may_be_smaller_than_its_stamps() -> None:
    """`w` says where a repaired document has seen less than its stamps imply, and survives taking apart."""
    document: dict[str, Any] = {"role": "a", "_m": {"s": {"role": "aaaaaa.5.1"}, "w": {"aaaaaa": 2}}}
    assert context(document) == {"aaaaaa": 2}
    assert put_together(take_apart(document)) == document
    document["_m"]["w"] = {"aaaaaa": 0}
    assert context(document) == {}
    assert put_together(take_apart(document)) == document


def test_a_write_without_looking_replaces_what_is_shown() -> None:
    """Of two values that met only the shown one is replaced; resolving replaces both."""
    met = _met("role", "a", "b")
    assert met["role"] == "b"
    assert conflicts(met) == {"role": [("b", TWO), ("a", ONE)]}
    written = write(met, "role", "c", THREE)
    assert conflicts(written) == {"role": [("c", THREE), ("a", ONE)]}
    resolved = write(met, "role", "c", THREE, resolve=True)
    assert conflicts(resolved) == {}
    assert context(resolved) == {"aaaaaa": 2, "bbbbbb": 1}


def test_the_same_value_twice_is_no_conflict() -> None:
    """Two machines that wrote the same met without conflict, and a later write replaces both."""
    met = _met("place", {"view": "done"}, {"view": "done"})
    assert conflicts(met) == {}
    later = write(met, "place", {"view": "new"}, THREE)
    assert conflicts(later) == {}
    assert "x" not in later["_m"]


def test_a_clock_that_is_behind_still_shows_what_was_written() -> None:
    """What is written beside a value from the future is shown: only the time in its stamp is moved."""
    met = merge_documents(
        write({"k": "x"}, "role", "future", Stamp("aaaaaa", 1, 10**13)),
        write({"k": "x"}, "role", "farther", Stamp("bbbbbb", 1, 2 * 10**13)),
    )
    written = write(met, "role", "now", Stamp("cccccc", 4, 50))
    assert written["role"] == "now"
    assert stamp_at(written, "role") == Stamp("cccccc", 4, 10**13 + 1)


@pytest.mark.parametrize("path", ["read", "starred", "blocked", "do_not_contact", "labels/java", "unlike/5"])
def test_true_wins(path: str) -> None:
    """A flag set on one machine and cleared on another is set, no conflict, and can be cleared again."""
    met = _met(path, True, False)
    assert value_at(met, path) == (True, True)
    assert conflicts(met) == {}
    cleared = write(met, path, False, THREE)
    assert value_at(cleared, path) == (True, False)
    assert "x" not in cleared["_m"]


def test_trash_holds_until_an_unseen_edit() -> None:
    """Trash covers what it has seen; reading and starring do not bring a document back, an edit does."""
    document = write({"k": "x"}, "role", "a", ONE)
    trashed = write(document, "trash", context(document), TWO)
    assert is_trashed(trashed)
    assert is_trashed(merge_documents(trashed, write(document, "read", True, THREE)))
    assert not is_trashed(merge_documents(trashed, write(document, "role", "b", THREE)))
    assert not is_trashed(write(trashed, "trash", None, Stamp("bbbbbb", 2, 40)))
    assert not is_trashed(document)


def test_a_document_without_stamps_can_be_in_the_trash() -> None:
    """An import that nobody wrote to has an empty context, which covers all there is."""
    assert is_trashed(write({"k": "x", "reader": 1}, "trash", {}, ONE))


def test_strange_trash_is_survived() -> None:
    """A concurrent value of `trash` that is no context has seen nothing."""
    document = write(write({"k": "x"}, "role", "a", ONE), "trash", {"aaaaaa": 1}, TWO)
    document["_m"]["x"] = {"trash": [[[5], "cccccc.1.1"]]}
    assert is_trashed(document)
    assert not is_trashed({"k": "x", "trash": [1]})


def test_two_machines_throw_a_document_away() -> None:
    """Each side's trash covers its own edit: together they cover both."""
    one = write({"k": "x"}, "role", "a", ONE)
    two = write({"k": "x"}, "pay", "b", TWO)
    one = write(one, "trash", context(one), THREE)
    two = write(two, "trash", context(two), Stamp("bbbbbb", 2, 40))
    met = merge_documents(one, two)
    assert is_trashed(met)
    assert conflicts(met) == {}


def test_taking_out_of_the_trash_wins() -> None:
    """A machine takes a document out while another throws it away again: it is out."""
    document = write({"k": "x"}, "trash", {}, ONE)
    out = write(document, "trash", None, TWO)
    again = write(document, "trash", {}, THREE)
    assert not is_trashed(merge_documents(out, again))


@pytest.mark.parametrize("path", ["a/b/c", "", "/x", "a~", "a~2b", "_m", "_m/s", "k", "reader"])
def test_some_paths_are_never_written(path: str) -> None:
    """A path is a field or a key in it, and what makes a document what it is has no stamp."""
    with pytest.raises(ValueError, match=r"path|never"):
        write({"k": "x"}, path, 1, ONE)


def test_paths_escape_their_names() -> None:
    """A name with a slash or a tilde survives being made a path."""
    assert join_path("labels", "a/b~1") == "labels/a~1b~01"
    assert split_path("labels/a~1b~01") == ("labels", "a/b~1")
    assert split_path(join_path("c/d")) == ("c/d", None)


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {"s": 5, "x": [], "v": "", "w": None},
        {"s": {"role": 5, "a/b/c": "aaaaaa.1.1", "_m": "aaaaaa.1.1", "labels/x": "?"}},
        {"s": {"role": "garbage"}, "v": {"n": -1, "m": "x", "o": True}},
        {
            "x": {
                "role": 5,
                "pay": [[1], "x", [2, 3], [4, "??"], [5, "aaaaaa.9.9"]],
                "a/b/c": [[1, "aaaaaa.1.1"]],
            }
        },
    ],
)
def test_strange_merge_data_is_survived(data: Any) -> None:
    """Whatever another program left in `_m`, the document is read, written and merged, and loses nothing."""
    document = {"k": "x", "role": "a", "labels": 3, "_m": data}
    assert is_trashed(document) is False
    assert isinstance(conflicts(document), dict)
    written = write(document, "pay", "9", ONE)
    assert written["pay"] == "9"
    met = merge_documents(document, written)
    assert met["role"] == "a"
    assert met["labels"] == 3
    assert encode_document(merge_documents(met, document)) == encode_document(met)


def test_a_stamp_that_cannot_be_read_is_kept_and_comes_last() -> None:
    """A value under a garbled stamp is never covered, ranks below all others, and keeps its stamp."""
    strange = {"k": "x", "role": "old", "_m": {"s": {"role": "garbage"}}}
    met = merge_documents(strange, write({"k": "x"}, "role", "new", Stamp("aaaaaa", 1, 0)))
    assert met["role"] == "new"
    assert met["_m"]["x"] == {"role": [["old", "garbage"]]}
    assert conflicts(met)["role"][1][0] == "old"


def test_whole_objects_and_their_keys_may_meet() -> None:
    """One machine writes a field as a whole, another a key in it: both stay, in any order of merging."""
    whole = write({"k": "x"}, "labels", {"java": True}, ONE)
    key = write({"k": "x"}, "labels/go", True, TWO)
    plain = {"k": "x", "labels": {"rust": True}, "_m": {"v": {"cccccc": 1}}}
    met = merge_documents(whole, key)
    assert met["labels"] == {"go": True}
    assert met["_m"]["x"] == {"labels": [[{"java": True}, "aaaaaa.1.a"]]}
    orders = [
        merge_documents(merge_documents(whole, key), plain),
        merge_documents(whole, merge_documents(key, plain)),
        merge_documents(merge_documents(plain, whole), key),
    ]
    assert len({encode_document(document) for document in orders}) == 1
