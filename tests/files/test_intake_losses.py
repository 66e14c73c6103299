"""Reading that goes wrong, or meets what others did meanwhile: nothing is lost, nothing is hidden."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake_support import NEWS, box, left, news, pitch, subjects, take, with_folder
from mails import a_mail, in_mbox
from store.errors import FileError, StoreError
from store.intake import database, screening, taking
from store.intake.memory import Memory
from store.intake.pulling import Request, pull
from store.intake.report import Progress, SourceReport
from store.intake.taking import BATCH, Intake
from store.joining import merge_files
from store.repository import Repository
from store.sources import Item
from store.sources.entries import Entry, file_entry
from store.sources.mbox import MailboxSource


def take_in(repository: Repository) -> str:
    """Say of the newest message that was left out that it is outreach."""
    return screening.say(repository, (), outreach=True, scope="this", left=left(repository)[:1])


def test_what_failed_is_tried_and_told_until_it_is_mended(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that could not be read is told by each pull, a bad record on the page of sources."""
    folder = tmp_path / "drop"
    box(folder, pitch(1))
    (folder / "cut.zip").write_bytes(b"PK\x03\x04 cut off")
    closed = box(folder, pitch(2), name="2.mbox")
    torn = folder / "texts.xml"
    text = '<sms protocol="0" address="+12125550144" date="1773133200000" type="1" bo'
    torn.write_text(f'<smses count="2">{text}')
    with_folder(repository, folder)

    def failed() -> list[str]:
        with Memory.of(repository) as memory:
            reading = memory.reads.of("drop")
        return sorted(Path(each.place.partition(",")[0]).name for each in reading.failures) if reading else []

    def entry(path: Path) -> Entry:
        if path == closed:
            raise FileNotFoundError(2, "it went away")
        return file_entry(path)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("store.sources.finding.file_entry", entry)
        assert pull(repository, Request(names=["drop"])).added == 1
    assert failed() == ["2.mbox", "cut.zip", "texts.xml"]
    report = pull(repository, Request(names=["drop"]))
    assert (report.added, report.failed) == (1, 1)
    assert failed() == ["cut.zip", "texts.xml"]
    torn.unlink()
    (folder / "cut.zip").unlink()
    assert pull(repository, Request(names=["drop"])).failed == 0
    assert failed() == []


def test_an_error_that_no_reader_foresaw_ends_its_source_alone(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are read, the error is told with its place, and the file is tried again."""
    one, other = box(tmp_path, pitch(1), name="1.mbox"), box(tmp_path, pitch(2), name="2.mbox")

    def broken(self: MailboxSource, progress: object) -> Iterator[Item]:
        if self.place == str(one):
            raise ZeroDivisionError("of a test")
        yield from read(self, progress)  # type: ignore[arg-type]

    read = MailboxSource.read
    monkeypatch.setattr(MailboxSource, "read", broken)
    report = take(repository, one, other)
    assert report.added == 1
    assert [(each.place, "ZeroDivisionError: of a test" in each.reason) for each in report.failures] == [
        (str(one), True)
    ]


def test_names_of_files_that_are_no_text(repository: Repository, tmp_path: Path) -> None:
    """They are read, and remembered as read."""
    folder = tmp_path / "drop"
    folder.mkdir()
    try:
        (folder / os.fsdecode(b"x\xff.mbox")).write_bytes(in_mbox(pitch(1)))
    except OSError:
        pytest.skip("this file system takes only names that are text")
    with_folder(repository, folder)
    assert pull(repository, Request(names=["drop"])).added == 1
    assert pull(repository, Request(names=["drop"])).read == 0


def test_letting_go_of_what_was_left_out(repository: Repository, tmp_path: Path) -> None:
    """What was taken in stays behind it, for undo; the rest comes back when its source is read again."""
    box(tmp_path / "drop", news(1), news(2))
    with_folder(repository, tmp_path / "drop")
    pull(repository, Request(names=["drop"]))
    take_in(repository)
    with Memory.of(repository) as memory:
        assert memory.left_out.clear() == 1
    assert not left(repository)
    repository.undo()
    assert len(left(repository)) == 1
    pull(repository, Request(names=["drop"], again=True))
    assert len(left(repository)) == 2


def test_forgetting_takes_only_theirs(repository: Repository, tmp_path: Path) -> None:
    """A part of somebody else's name or address is not theirs."""
    names = ("Mara <mara@x.example>", "Tamara Lopez <tamara@x.example>", "Mara Stone <mara@y.example>")
    mails = (a_mail(NEWS, From=each, message_id=f"<{each[:12]}@x>") for each in names)
    take(repository, box(tmp_path, *mails))
    with Memory.of(repository) as memory:
        memory.left_out.forget(["Mara", "mara@x.example"], [])
    assert sorted(each.message.sender.name for each in left(repository)) == ["Mara Stone", "Tamara Lopez"]


def test_what_another_machine_took_in_is_left_out_here_no_more(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both left it out; one takes it in, and the other sees that when the file has come over."""
    path = box(tmp_path, news(1))
    take(repository, path)
    repository.publish()
    copy = Path(shutil.copy(repository.path, tmp_path / "copy.json"))
    with monkeypatch.context() as there:
        there.setenv("RINGBACK_STATE", str(tmp_path / "there"))
        there.setattr("store.repository.host", lambda: "thinkpad")
        with Repository.open(copy) as other:
            take(other, path)
            take_in(other)
    merge_files(repository, [copy])
    assert subjects(repository) == {"Gardens 1"}
    assert not left(repository)


def test_a_pull_is_not_undone_before_it_has_ended(repository: Repository, tmp_path: Path) -> None:
    """Half of it would go and the other half come."""
    path = box(tmp_path, *(pitch(number) for number in range(BATCH + 100)))
    tried = []

    def undo(progress: Progress) -> None:
        if not progress.added:
            return
        with Repository.open(repository.path) as inbox, pytest.raises(StoreError, match="still being read"):
            inbox.undo()
        tried.append(progress)

    pull(repository, Request(paths=[path]), progress=undo)
    assert tried
    assert len(subjects(repository)) == 1
    repository.undo()
    assert not subjects(repository)


def test_long_mails_are_not_held_by_the_thousand(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch ends by the text that it holds, too."""
    monkeypatch.setattr(taking, "BATCH_TEXT", 1_000)
    batches = []
    flush = Intake._flush

    def counted(intake: Intake, counts: SourceReport) -> None:
        batches.append(counts)
        flush(intake, counts)

    monkeypatch.setattr(Intake, "_flush", counted)
    take(repository, box(tmp_path, *(pitch(number, phone="word " * 300) for number in range(6))))
    assert len(batches) > 6


def test_the_database_is_locked(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else writes for too long: a sentence, and what was left out stays."""
    take(repository, box(tmp_path, news(1)))
    monkeypatch.setattr(database, "_PATIENCE", 0.1)
    connection = sqlite3.connect(repository.state_folder.intake)
    connection.execute("BEGIN IMMEDIATE")
    with pytest.raises(FileError, match="locked"):
        take(repository, box(tmp_path, news(2)))
    connection.rollback()
    connection.close()
    assert len(left(repository)) == 1


def test_another_process_writes_between_two_batches(repository: Repository, tmp_path: Path) -> None:
    """What a pull wrote last is behind it before somebody else's turn, so that neither is refused."""
    path = tmp_path / "box.mbox"
    first = [pitch(number) for number in range(BATCH)]
    path.write_bytes(in_mbox(*first, news(1), pitch(BATCH), news(2)))
    with Memory.of(repository) as other:
        states = iter(range(10_000))

        def write(progress: Progress) -> None:
            other.checkpoints.keep("other", str(next(states)))
            other.commit()

        assert pull(repository, Request(paths=[path]), progress=write).left_out == 2
    assert len(left(repository)) == 2
