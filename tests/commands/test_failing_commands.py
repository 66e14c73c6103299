"""Bad input gets one sentence with its place, the next step, and the documented exit code."""

import os
from pathlib import Path
from typing import Any

import pytest

from store.errors import NotPublishedError

READING = [
    ("inbox",),
    ("inbox", "--views"),
    ("show", "abcd"),
    ("search", "x"),
    ("due",),
    ("done", "abcd"),
    ("undo",),
]


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_a_missing_file(run: Any, home: Path, words: tuple[str, ...]) -> None:
    """Without a data file, commands that need one end with 3, name it, and make none."""
    ran = run(*words, code=3)
    assert str(home / "ringback.json") in ran.err
    assert len(ran.err.splitlines()) == 2
    assert ran.out == ""
    assert not (home / "ringback.json").exists()


def test_a_missing_folder(run: Any, home: Path) -> None:
    """A folder that is not there is not made: a typing mistake must not start a second file."""
    ran = run("--file", str(home / "nowhere" / "x.json"), "add", "call", "--from", "Dana", code=3)
    assert str(home / "nowhere") in ran.err
    assert not (home / "nowhere").exists()


DAMAGED = [b"", b"\0" * 100, b"{}", b"not json", b'{"messages": {"1": {"subj', b"[1, 2]"]


@pytest.mark.parametrize("content", DAMAGED)
@pytest.mark.parametrize("words", [("inbox",), ("add", "call", "--from", "Dana")], ids=" ".join)
def test_a_damaged_file(run: Any, home: Path, words: tuple[str, ...], content: bytes) -> None:
    """A file that cannot be read ends with 3 and its place, and its bytes stay as they were."""
    file = home / "ringback.json"
    file.write_bytes(content)
    ran = run(*words, code=3)
    assert str(file) in ran.err
    assert ran.out == ""
    assert file.read_bytes() == content


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(run: Any, inbox: Any, home: Path) -> None:
    """A file that may not be read ends with 3 and its place."""
    (home / "ringback.json").chmod(0)
    assert str(home / "ringback.json") in run("inbox", code=3).err


def test_an_unknown_id(run: Any, inbox: Any) -> None:
    """An id that fits nothing ends with 1 and says how to find ids."""
    ran = run("show", "zzzzzz", code=1)
    assert ran.err == "No opportunity has the id zzzzzz.\nringback inbox lists them with their ids.\n"


def test_an_id_that_fits_several(run: Any) -> None:
    """An ambiguous id ends with 1 and lists what it fits."""
    for number in range(40):
        run("add", "call", "--from", f"555-01{number:02}")
    codes = [item["code"] for item in run("inbox", "--json").json["items"]]
    first = max(
        "0123456789abcdefghjkmnpqrstvwxyz", key=lambda letter: sum(code[0] == letter for code in codes)
    )
    ran = run("show", first, code=1)
    assert ran.err.startswith(f"The id {first} fits ")
    assert len(ran.err.splitlines()) == 2


@pytest.mark.parametrize("query", ["colour:red", "is:tall", 'from:"dana', "before:nonsense", "(a"])
@pytest.mark.parametrize("words", [("inbox",), ("search",), ("done", "--query")], ids=" ".join)
def test_a_bad_query(run: Any, inbox: Any, words: tuple[str, ...], query: str) -> None:
    """A query that cannot be understood ends with 2, its column, and what could be."""
    ran = run(*words, query, code=2)
    assert "olumn 1" in ran.err
    assert len(ran.err.splitlines()) == 2
    assert ran.out == ""


def test_a_file_of_something_else(run: Any, home: Path, tmp_path: Path) -> None:
    """Another program's TinyDB file is never written to."""
    file = tmp_path / "other.json"
    file.write_text('{"_default": {"1": {"name": "not ours"}}}')
    ran = run("--file", str(file), "add", "call", "--from", "Dana", code=3)
    assert str(file) in ran.err
    assert file.read_text() == '{"_default": {"1": {"name": "not ours"}}}'


def test_a_folder_in_the_place_of_the_file(run: Any, tmp_path: Path) -> None:
    """A folder named as the data file is a usage error."""
    assert str(tmp_path) in run("--file", str(tmp_path), "inbox", code=2).err


def test_a_hostile_name_of_a_file(run: Any, tmp_path: Path) -> None:
    """A path is repeated only through the gate."""
    ran = run("--file", str(tmp_path / "\x1b]0;owned\x07.json"), "inbox", code=3)
    assert "\x1b" not in ran.err
    assert "owned" in ran.err


def test_restore_of_what_is_no_copy(run: Any, inbox: Any, tmp_path: Path) -> None:
    """Restoring from nothing, or from something else, ends with 3 and changes nothing."""
    assert "nowhere.json" in run("restore", str(tmp_path / "nowhere.json"), code=3).err
    (tmp_path / "other.json").write_text("{}")
    assert "other.json" in run("restore", str(tmp_path / "other.json"), code=3).err
    assert len(run("inbox", "--json").json["items"]) == 3


def test_merge_of_what_is_no_copy(run: Any, inbox: Any, tmp_path: Path) -> None:
    """Merging nothing, or something else, ends with 3 and changes nothing."""
    assert "nowhere.json" in run("merge", str(tmp_path / "nowhere.json"), code=3).err
    (tmp_path / "other.json").write_text("{}")
    assert "other.json" in run("merge", str(tmp_path / "other.json"), code=3).err
    assert len(run("inbox", "--json").json["items"]) == 3


def test_a_change_that_cannot_be_published(run: Any, inbox: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept in the journal only says so and ends with 5; the change is there all the same."""

    def fail(*_: object, **__: object) -> None:
        raise NotPublishedError("Kept here, not in the synced file.", "Do not repeat it.")

    with monkeypatch.context() as patch:
        patch.setattr("store.repository.Repository.publish", fail)
        ran = run("done", inbox.dana, code=5)
    assert ran.out.startswith("Done · ")
    assert ran.err == "Kept here, not in the synced file.\nDo not repeat it.\n"
    assert [item["code"] for item in run("inbox", "--view", "done", "--json").json["items"]] == [inbox.dana]
