"""`ringback pull`: what it reads, what it reports, and how it ends."""

import mailbox
import os
import signal
import subprocess
import time
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from pty_support import RINGBACK


def a_mail(number: int, subject: str = "A role") -> EmailMessage:
    """Make one recruiter's mail."""
    mail = EmailMessage()
    mail["From"] = f"Recruiter {number} <r{number}@firm{number}.example>"
    mail["To"] = "Robin <robin@home.example>"
    mail["Subject"] = subject
    mail["Message-ID"] = f"<{number}@firm.example>"
    mail["Date"] = f"Mon, 16 Nov 2026 08:{number % 60:02}:00 +0000"
    mail.set_content(f"Hi Robin, number {number}. We are hiring; are you open to a call about this role?")
    return mail


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """Write an mbox of three mails."""
    path = tmp_path / "box.mbox"
    made = mailbox.mbox(path)
    for number in range(3):
        made.add(a_mail(number))
    made.close()
    return path


def test_a_mailbox_is_read(run: Any, frozen: Any, box: Path) -> None:
    """Each source has its line, the sum stands below, and nothing is told on stderr."""
    ran = run("pull", str(box))
    first, second, third = ran.out.splitlines()
    assert (first, second) == (f"{box}  3 read, 3 new", "3 added. · ringback undo takes it back")
    assert third.startswith("None of your own addresses is known, so your answers count as mail to you.")
    assert third.endswith("own_addresses in the configuration tells them")
    assert ran.err == ""
    assert len(run("inbox", "--json").json["items"]) == 3


def test_who_says_who_they_are_is_not_asked(run: Any, frozen: Any, box: Path) -> None:
    """An address in the configuration is enough."""
    Path(os.environ["RINGBACK_CONFIG"]).write_text('own_addresses = ["robin@vale.example"]\n')
    assert "None of your own addresses" not in run("pull", str(box)).out


def test_pulling_again_adds_nothing(run: Any, frozen: Any, box: Path) -> None:
    """What is known is counted and left alone; undo of the pull removes it, another pull brings it back."""
    run("pull", str(box))
    assert run("pull", str(box)).out == f"{box}  3 read, 0 new, 3 known already\nNothing new.\n"
    run("undo")
    assert run("inbox", "--json").json["items"] == []
    assert "3 added" in run("pull", str(box)).out


def test_a_dry_run_adds_nothing(run: Any, frozen: Any, home: Path, box: Path) -> None:
    """`--dry-run` counts what would be added and changes nothing."""
    ran = run("pull", "--dry-run", str(box))
    assert ran.out.endswith("3 would be added, 0 known already. Nothing was changed.\n")
    assert not (home / "ringback.json").exists()


def test_the_report_as_json(run: Any, frozen: Any, box: Path) -> None:
    """The report holds totals, each source and each failure with its place."""
    report = run("pull", "--json", str(box), str(box.parent / "missing"), code=None).json["report"]
    counts = ["read", "added", "known", "review", "left_out", "skipped", "failed"]
    others = [
        "taken_up",
        "opportunities",
        "old",
        "people",
        "skipped_reasons",
        "skips",
        "left_out_reasons",
        "sources",
        "failures",
    ]
    assert list(report) == ["dry_run", "cancelled", *counts, *others]
    assert (report["read"], report["added"], report["failed"], report["opportunities"]) == (3, 3, 1, 3)
    assert report["sources"][0] | {"place": ""} == {
        "name": None, "place": "", "read": 3, "added": 3, "known": 0, "review": 0, "left_out": 0,
        "skipped": 0, "failed": 0,
    }  # fmt: skip
    assert "missing" in report["failures"][0]["place"]


def test_a_partly_readable_pull_is_fine(run: Any, frozen: Any, box: Path) -> None:
    """With something read, failures are told with their places and the command ends with 0."""
    (box.parent / "notes.bin").write_bytes(b"\x00\x01\x02")
    ran = run("pull", str(box), str(box.parent / "notes.bin"))
    assert "3 added." in ran.out
    assert ran.err.startswith("not read  ")
    assert "notes.bin" in ran.err


def test_a_pull_without_anything_new_is_fine(run: Any, frozen: Any, home: Path, box: Path) -> None:
    """Also where another source is not there: what could be read was read, and had nothing."""
    for name, path in (("drop", box.parent), ("gone", box.parent / "gone")):
        run("sources", "add", "folder", name, str(path))
    assert "3 added." in run("pull").out
    ran = run("pull")
    assert ran.out.startswith(f"gone  {box.parent / 'gone'}  0 read, 0 new, 1 not read\nNothing new.\n")
    assert "1 not read: each is told above with its place." in ran.out
    assert ran.err.startswith("not read  ")
    run("pull", "gone", code=1)


@pytest.mark.parametrize("name", ["missing.mbox", "picture.png", "empty.mbox"])
def test_nothing_readable_is_a_failure(run: Any, tmp_path: Path, name: str) -> None:
    """A path that is missing, or no mail, is named with the reason and ends with 1."""
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (tmp_path / "empty.mbox").write_bytes(b"")
    ran = run("pull", str(tmp_path / name), code=1)
    assert ran.err.startswith("not read  ")
    assert str(tmp_path / name) in ran.err


def test_a_mail_from_standard_input(run: Any, frozen: Any) -> None:
    """A piped mail is read, named by a dash or not."""
    assert "1 added" in run("pull", "-", given=bytes(a_mail(1))).out
    assert "1 added" in run("pull", given=bytes(a_mail(2))).out


def test_a_pasted_text_from_standard_input(run: Any, frozen: Any) -> None:
    """Words that are no mail make a message too."""
    run("pull", "-", given="Are you open to a call about a Head of Data role?")
    assert "Head of Data" in run("search", "call").out


def test_what_is_skipped_is_named_when_asked(run: Any, frozen: Any, box: Path) -> None:
    """It is counted by its reason, and its place is told with --skipped and in JSON."""
    folder = box.parent
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "half.eml.part").write_bytes(bytes(a_mail(9)))
    assert "2 skipped: 1 empty, 1 not mail." in run("pull", str(folder)).out
    assert f"skipped  {folder / 'picture.png'}: not mail\n" in run("pull", "--skipped", str(folder)).out
    skips = run("pull", "--json", str(folder)).json["report"]["skips"]
    assert {"place": str(folder / "empty.txt"), "reason": "empty"} in skips


def test_nothing_to_read_is_a_usage_error(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """At a terminal without a path, the sentence says what to name."""
    monkeypatch.setattr("tui.commands.common.words.is_piped", lambda: False)
    assert "Name a file or a folder" in run("pull", code=2).err


def test_the_samples_are_read(run: Any, frozen: Any) -> None:
    """Real mailboxes of every kind are read to their end, and nothing in them reaches the terminal."""
    samples = Path(__file__).parents[3] / "shared" / "corpus" / "mime"
    if not samples.is_dir():
        pytest.skip("the samples are not here")
    ran = run("pull", str(samples), code=None)
    assert "\x1b" not in ran.out + ran.err
    assert ran.code == 0


@pytest.mark.parametrize("words", [("pull",), ("import", "csv"), ("export", "csv", "people", "--output")])
def test_a_home_folder_that_is_not_there(run: Any, frozen: Any, words: tuple[str, ...]) -> None:
    """It is told as a sentence."""
    run("add", "call", "--from", "Dana Whitfield", "Ring me back.")
    ran = run(*words, "~nosuchuser/x", code=2)
    assert ran.err.startswith("~nosuchuser/x names a home folder that is not there.")


def test_an_empty_name_is_a_usage_error(run: Any, frozen: Any) -> None:
    """It would be the folder that one stands in, which nobody named."""
    result = run("pull", "", code=2)
    assert "An empty name leads nowhere." in result.err


def test_a_pull_that_is_stopped_tells_what_it_kept(home: Path, tmp_path: Path) -> None:
    """Ctrl+C ends it between two messages; pulling again reads the rest."""
    path = tmp_path / "box.mbox"
    path.write_bytes(
        b"".join(
            b"From x@x.example Mon Nov 16 08:00:00 2026\n" + bytes(a_mail(n)) + b"\n" for n in range(3_000)
        )
    )
    process = subprocess.Popen(
        [*RINGBACK, "pull", "--all", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    while process.poll() is None and not any((home / "ringback-state").rglob("intake.sqlite")):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Stopped before the end: what was read so far is kept." in out
    again = subprocess.run(
        [*RINGBACK, "pull", "--all", str(path)], capture_output=True, text=True, check=True
    )
    assert "3000 read" in again.stdout
