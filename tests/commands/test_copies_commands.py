"""`merge`, `restore` and `doctor`: other copies of the data file, and its health."""

import shutil
from pathlib import Path
from typing import Any

import pytest


def codes(run: Any, view: str) -> set[str]:
    """Return what a view lists."""
    return {item["code"] for item in run("inbox", "--view", view, "--json").json["items"]}


@pytest.fixture
def copy(inbox: Any, home: Path, tmp_path: Path) -> Path:
    """Copy the data file as it is now."""
    return Path(shutil.copy(home / "ringback.json", tmp_path / "copy.json"))


def test_restore_brings_back_old_values(run: Any, inbox: Any, copy: Path) -> None:
    """Old values are written anew as one action, what came since stays, and undo takes it back."""
    run("edit", inbox.dana, "--role", "CTO")
    run("add", "call", "--from", "Sofia Rossi")
    run("undo")
    run("add", "call", "--from", "Kim Osei")
    run("restore", str(copy))
    assert len(codes(run, "all")) == 4
    run("undo")
    assert run("show", inbox.dana, "--json").json["opportunity"]["role"] == "CTO"


def test_restore_of_the_same_says_so(run: Any, inbox: Any, copy: Path) -> None:
    """Where nothing differs, nothing is written and that is said."""
    assert run("restore", str(copy)).out.startswith("Nothing to restore")


def test_merge_takes_in_what_another_machine_did(
    run: Any, inbox: Any, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy that was changed elsewhere is merged; a dry run only tells; a second time holds nothing new."""
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("RINGBACK_STATE", str(copy.parent / "elsewhere"))
        run("--file", str(copy), "add", "call", "--from", "Sofia Rossi")
        run("--file", str(copy), "done", inbox.tom)
    before = copy.read_bytes()
    assert "would be merged" in run("merge", "--dry-run", str(copy)).out
    assert len(codes(run, "all")) == 3
    assert "documents merged" in run("merge", str(copy)).out
    assert len(codes(run, "all")) == 4
    assert codes(run, "done") == {inbox.tom}
    assert run("merge", str(copy)).out == f"{copy} holds nothing new.\n"
    assert copy.read_bytes() == before


def test_the_doctor_finds_nothing_wrong(run: Any, inbox: Any) -> None:
    """A healthy file ends with 0, each finding on a line."""
    ran = run("doctor")
    assert all(line.startswith("ok    ") for line in ran.out.splitlines())


def test_the_doctor_finds_a_mode_that_is_too_open(run: Any, inbox: Any, home: Path) -> None:
    """What wants a hand is marked, with what to do, and ends with 1."""
    (home / "ringback.json").chmod(0o644)
    ran = run("doctor", code=1)
    assert "look  Others on this machine may read" in ran.out
    assert "chmod 600" in ran.out


def test_the_doctor_without_a_file(run: Any, home: Path) -> None:
    """A missing file is a finding, not a failure of the doctor; nothing is made."""
    assert "There is no data file" in run("doctor", code=1).out
    assert not (home / "ringback.json").exists()


def test_the_doctor_writes_a_missing_file_anew(run: Any, inbox: Any, home: Path) -> None:
    """A file that went missing comes back from this machine's own copy."""
    (home / "ringback.json").unlink()
    assert "written anew" in run("doctor", "--recreate").out
    assert len(codes(run, "all")) == 3
