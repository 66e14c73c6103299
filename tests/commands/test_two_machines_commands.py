"""Two machines on the command line: values that met, sync, merge in all its forms, another database."""

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from commands.conftest import Inbox, Run
from store import verbs
from store.errors import NotPublishedError
from store.repository import Repository

COPY = "ringback.sync-conflict-20261125-101530-ABCDEFG.json"


class Other:
    """Another machine, with a copy of the file and a state of its own."""

    def __init__(self, run: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.file = file
        self._run = run
        self._monkeypatch = monkeypatch

    @contextmanager
    def here(self) -> Iterator[None]:
        """Work on that machine for a while."""
        with self._monkeypatch.context() as patch:
            patch.setenv("RINGBACK_STATE", str(self.file.parent / "state"))
            patch.setenv("RINGBACK_FILE", str(self.file))
            patch.setattr("store.repository.host", lambda: "thinkpad")
            yield

    def run(self, *words: str, code: int | None = 0) -> str:
        """Run a command there and return what it wrote."""
        with self.here():
            return self._run(*words, code=code).out


@pytest.fixture
def other(run: Run, inbox: Inbox, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Other:
    """Give another machine a copy of the file."""
    monkeypatch.setattr("store.sync.copies.QUIET", 0.05)
    return Other(run, Path(shutil.copy(home / "ringback.json", tmp_path / "ringback.json")), monkeypatch)


@pytest.fixture
def met(run: Run, inbox: Inbox, other: Other) -> str:
    """Set the pay on both machines, merge, and return the conflict's code."""
    run("edit", inbox.dana, "--pay", "$180k")
    other.run("edit", inbox.dana, "--pay", "$200k")
    run("merge", str(other.file), code=4)
    return str(run("conflicts", "--json").json["items"][0]["code"])


def test_values_that_met_are_shown_and_chosen(run: Run, inbox: Inbox, met: str) -> None:
    """Both stand with machine and time, either can be chosen, and undo has both again."""
    shown = run("conflicts").out
    assert "Dana Whitfield, Staff Platform Engineer  pay" in shown
    assert "this machine, 2026-11-16 10:00" in shown
    assert "thinkpad, 2026-11-16 10:00" in shown
    values = [each["value"] for each in run("conflicts", met, "--json").json["items"][0]["values"]]
    assert sorted(values) == ["$180k", "$200k"]
    number = values.index("$180k") + 1
    assert "pay: $180k · ringback undo takes it back" in run("conflicts", met, "--take", str(number)).out
    assert run("show", inbox.dana, "--json").json["opportunity"]["pay"] == "$180k"
    assert run("conflicts").err == "No two values met.\n"
    run("undo")
    assert sorted(each["value"] for each in run("conflicts", "--json").json["items"][0]["values"]) == [
        "$180k",
        "$200k",
    ]
    run("redo")
    assert run("conflicts").out == ""


def test_a_choice_travels(run: Run, inbox: Inbox, other: Other, met: str, home: Path) -> None:
    """What was chosen here is what stands on the other machine, and it has no conflict left."""
    run("conflicts", met, "--take", "2")
    chosen = run("show", inbox.dana, "--json").json["opportunity"]["pay"]
    shutil.copy(home / "ringback.json", other.file)
    assert other.run("conflicts") == ""
    assert f'"pay": "{chosen}"' in other.run("show", inbox.dana, "--json")


def test_a_value_that_is_none(run: Run, met: str) -> None:
    """A number that no value has, an unknown id and a missing one are refused with what there is."""
    assert "They go from 1 to 2" in run("conflicts", met, "--take", "3", code=2).err
    assert "ringback conflicts lists them" in run("conflicts", "zzzzzzz", code=1).err
    assert "by its id" in run("conflicts", "--take", "1", code=2).err


def test_the_same_choice_on_both_sides_is_no_conflict(run: Run, inbox: Inbox, other: Other) -> None:
    """Done here and done there means one thing."""
    run("done", inbox.dana)
    other.run("done", inbox.dana)
    assert run("merge", str(other.file)).code == 0


def test_resolve_asks_only_where_somebody_is(run: Run, met: str) -> None:
    """In a pipe it says how to choose, and still ends with 4."""
    ran = run("merge", "--resolve", code=4)
    assert "ringback conflicts ID --take N" in ran.err


def test_sync_absorbs_and_removes(run: Run, inbox: Inbox, other: Other, home: Path) -> None:
    """A copy beside the file is merged with what was on it, and removed when asked to."""
    other.run("add", "call", "--from", "Sofia Rossi")
    copy = Path(shutil.copy(other.file, home / COPY))
    time.sleep(0.1)
    assert run("sync", "--json").json["sync"]["merged"] == [COPY]
    assert "Sofia Rossi" in run("inbox").out
    assert run("sync", "--remove-absorbed").out == f"{COPY}: removed.\n"
    assert not copy.exists()
    assert run("sync").out == "No conflict copies beside the data file.\n"


def test_merge_into_a_file_of_its_own(
    run: Run, inbox: Inbox, other: Other, home: Path, tmp_path: Path
) -> None:
    """--output changes neither side, is no wider than the data file, and never replaces a file."""
    other.run("add", "call", "--from", "Sofia Rossi")
    before = (home / "ringback.json").read_bytes(), other.file.read_bytes()
    whole = tmp_path / "whole.json"
    run("merge", str(other.file), "--output", str(whole))
    assert ((home / "ringback.json").read_bytes(), other.file.read_bytes()) == before
    assert "Sofia Rossi" in whole.read_text()
    assert whole.stat().st_mode & 0o777 == 0o600
    assert "is there already" in run("merge", str(other.file), "--output", str(whole), code=1).err


def test_output_says_where_values_met(run: Run, inbox: Inbox, other: Other, tmp_path: Path) -> None:
    """The merge into a file of its own ends with 4 where somebody has to choose in it."""
    run("edit", inbox.dana, "--pay", "$180k")
    other.run("edit", inbox.dana, "--pay", "$200k")
    ran = run("merge", str(other.file), "--output", str(tmp_path / "whole.json"), code=4)
    assert "values met in 1 document" in ran.err


def test_what_only_looks_changes_nothing(run: Run, inbox: Inbox, other: Other, home: Path) -> None:
    """--dry-run and --output take no --resolve and no bare --adopt; a dry run sees edits by hand too."""
    for words in (("--dry-run", "--resolve"), ("--dry-run", "--adopt"), ("--output", "x.json", "--adopt")):
        assert "change nothing here" in run("merge", *words, code=2).err
    tables = json.loads(other.file.read_bytes())
    next(iter(tables["messages"].values()))["subject"] = "by hand"
    other.file.write_text(json.dumps(tables))
    before = (home / "ringback.json").read_bytes()
    assert "1 document would be merged" in run("merge", "--dry-run", str(other.file)).out
    assert (home / "ringback.json").read_bytes() == before


def test_sync_names_what_it_leaves_alone(run: Run, inbox: Inbox, other: Other, home: Path) -> None:
    """What is named as a conflict copy and is of another database is told, and stays."""
    apart = other.file.with_name("apart.json")
    with other._monkeypatch.context() as patch:
        patch.setenv("RINGBACK_STATE", str(other.file.parent / "apart-state"))
        run("--file", str(apart), "add", "call", "--from", "Sofia Rossi")
    copy = Path(shutil.copy(apart, home / COPY))
    time.sleep(0.1)
    run("inbox")
    assert f"{COPY} is no copy of this database" in run("sync", "--remove-absorbed").err
    assert copy.exists()


def test_what_the_file_had_lost_is_said(run: Run, inbox: Inbox, home: Path) -> None:
    """An older version in its place, and one without half of its documents: all is there again, and told."""
    file = home / "ringback.json"
    old = file.read_bytes()
    run("done", inbox.tom)
    run("note", inbox.dana, "Rang back")
    file.write_bytes(old)
    ran = run("inbox", "--view", "done")
    assert "had lost 3 documents" in ran.err
    assert "Tom" in ran.out
    tables = json.loads(file.read_bytes())
    tables["messages"] = dict(list(tables["messages"].items())[:1])
    file.write_text(json.dumps(tables))
    assert "had lost 2 documents" in run("inbox").err
    assert run("inbox").err == ""


def test_a_folder_that_is_not_mounted(run: Run, inbox: Inbox, home: Path, tmp_path: Path) -> None:
    """A missing folder ends with 3 and says what to do; nothing is lost."""
    folder = tmp_path / "stick"
    folder.mkdir()
    run("--file", str(folder / "r.json"), "add", "call", "--from", "Kim Osei")
    folder.rename(tmp_path / "away")
    assert "Mount it" in run("--file", str(folder / "r.json"), "note", "abcd", "x", code=3).err
    (tmp_path / "away").rename(folder)
    assert "Kim Osei" in run("--file", str(folder / "r.json"), "inbox").out


def test_a_missing_file_has_its_own_next_step(run: Run, inbox: Inbox, home: Path) -> None:
    """`status` and `doctor` name what brings a file back that was there, not what makes a new one."""
    (home / "ringback.json").unlink()
    assert "doctor --recreate" in run("status", code=3).err
    assert "doctor --recreate" in run("doctor", code=1).out


def test_three_copies_in_every_order(
    run: Run, inbox: Inbox, other: Other, home: Path, tmp_path: Path
) -> None:
    """Edited apart and merged in every order, three copies become the same bytes; again, nothing is new."""
    (tmp_path / "third").mkdir()
    third = Path(shutil.copy(other.file, tmp_path / "third" / "ringback.json"))
    run("snooze", inbox.dana, "2w")
    other.run("label", inbox.dana, "python")
    with other._monkeypatch.context() as patch:
        patch.setenv("RINGBACK_STATE", str(tmp_path / "third-state"))
        run("--file", str(third), "note", inbox.tom, "Rang him back")
    here = home / "ringback.json"
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    run("merge", str(other.file), str(third), "--output", str(one))
    run("merge", str(third), str(other.file), "--output", str(two))
    assert one.read_bytes() == two.read_bytes()
    run("merge", str(third), str(other.file))
    assert here.read_bytes() == one.read_bytes()
    assert run("merge", str(one), str(two)).out.count("holds nothing new") == 2


def test_another_database_is_adopted_only_when_asked(
    run: Run, inbox: Inbox, other: Other, home: Path, tmp_path: Path
) -> None:
    """Two that were begun apart become one when a person says so, and then know each other for good."""
    apart = tmp_path / "apart" / "ringback.json"
    apart.parent.mkdir()
    begun = Other(run, apart, other._monkeypatch)
    begun.run("add", "call", "--from", "Sofia Rossi")
    assert "--adopt makes them so" in run("merge", str(apart), code=3).err
    assert run("inbox").out.count("\n") == 3
    run("merge", "--adopt", str(apart))
    assert "Sofia Rossi" in run("inbox").out
    shutil.copy(home / "ringback.json", apart)
    assert "Dana" in begun.run("inbox")
    begun.run("add", "call", "--from", "Kim Osei")
    shutil.copy(apart, home / "ringback.json")
    assert "Kim Osei" in run("inbox").out


def test_another_database_in_its_place(run: Run, inbox: Inbox, other: Other, home: Path) -> None:
    """A syncer that put another database there ends with 3; --adopt alone makes both one."""
    begun = Other(run, other.file.with_name("begun.json"), other._monkeypatch)
    with other._monkeypatch.context() as patch:
        patch.setenv("RINGBACK_STATE", str(other.file.parent / "begun-state"))
        run("--file", str(begun.file), "add", "call", "--from", "Sofia Rossi")
    shutil.copy(begun.file, home / "ringback.json")
    assert "another database" in run("inbox", code=3).err
    run("merge", "--adopt")
    assert {"Dana", "Sofia"} <= set(run("inbox").out.split())


@pytest.mark.parametrize(
    ("bytes_there", "words"),
    [(b"", "is damaged"), (b"{}", "is damaged"), (b'{"a": {"1": {"b": 2}}}', "is not a Ringback data file")],
)
def test_merge_of_what_is_none(
    run: Run, inbox: Inbox, tmp_path: Path, bytes_there: bytes, words: str
) -> None:
    """An empty file, a folder, nothing at all, another program's file are refused with a sentence."""
    file = tmp_path / "odd.json"
    file.write_bytes(bytes_there)
    assert words in run("merge", str(file), code=3).err
    assert "is a folder" in run("merge", str(tmp_path), code=3).err
    assert "There is no file" in run("merge", str(tmp_path / "none.json"), code=3).err
    assert "Name a copy" in run("merge", code=2).err


def test_what_can_be_read_of_half_a_copy_is_merged(run: Run, inbox: Inbox, other: Other) -> None:
    """The rest is said."""
    other.run("add", "call", "--from", "Sofia Rossi")
    whole = other.file.read_bytes()
    other.file.write_bytes(whole[: whole.rindex(b"\n}")])
    assert "Only what can be read" in run("merge", str(other.file)).err
    assert "Sofia Rossi" in run("inbox").out


def test_nothing_of_another_machine_reaches_the_terminal_as_it_is(
    run: Run, inbox: Inbox, other: Other, home: Path
) -> None:
    """Values that met, and names of copies, are hostile text like any other."""
    run("edit", inbox.dana, "--pay", "here \x1b[31m\u202e")
    other.run("edit", inbox.dana, "--pay", "there \x1b]0;owned\x07\x9b")
    shutil.copy(other.file, home / "ringback \x1b[31m\u202e 2.json")
    time.sleep(0.1)
    said = [
        run("sync", code=4),
        run("conflicts"),
        run("merge", str(other.file), code=4),
        run("doctor", code=None),
    ]
    for ran in said:
        assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(ran.out + ran.err)


def test_sync_ends_with_5_only_where_something_is_left(
    run: Run, inbox: Inbox, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a killed process left unpublished goes out with sync; where it cannot, the code says so."""
    killed = Repository.open()
    killed.transact("Star", lambda t: verbs.star(t, list(killed.index.rows)))
    assert killed.unpublished
    with monkeypatch.context() as patch:

        def full(*_: object) -> None:
            raise NotPublishedError("No space left on device.")

        patch.setattr("store.file.publish.replace", full)
        run("sync", code=5)
    run("sync")
    assert b'"starred":true' in (home / "ringback.json").read_bytes()
