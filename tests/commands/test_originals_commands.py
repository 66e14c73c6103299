"""`attachments` and `headers`: what came with a message, and how it came, from where its mail lies."""

from pathlib import Path
from typing import Any

import pytest

from mails import a_mail, in_mbox
from originals_support import PDF, take_in, with_files
from store.ids import short_code
from store.repository import Repository
from tui import viewers

MAIL = with_files(
    ("cv.pdf", "application/pdf", PDF), ("run.exe", "application/octet-stream", b"MZ"), x_spam="no"
)


@pytest.fixture
def pulled(home: Path, tmp_path: Path, frozen: object) -> str:
    """Have a mail with two files in a mailbox, and return its opportunity's code."""
    path = tmp_path / "box.mbox"
    path.write_bytes(in_mbox(MAIL))
    with Repository.open() as repository:
        take_in(repository, path)
        (id,) = repository.index.rows
        return repository.index.code(id)


def test_the_list(run: Any, pulled: str) -> None:
    """Each file has a number, a name, a kind and a size; `show` tells of them too."""
    lines = run("attachments", pulled).out.splitlines()
    assert lines[0].startswith(" 1  cv.pdf · application/pdf · 285 bytes  Dana Whitfield, ")
    assert lines[1].startswith(" 2  run.exe · application/octet-stream · 2 bytes  ")
    assert "[attached: cv.pdf · application/pdf · 285 bytes]" in run("show", pulled).out
    assert len(run("attachments", pulled, "2").out.splitlines()) == 1


def test_saving(run: Any, pulled: str, tmp_path: Path) -> None:
    """All, or those that were named, byte for byte; a second time beside the first."""
    assert run("attachments", pulled, "--save", str(tmp_path)).out == (
        f"Saved as {tmp_path}/cv.pdf\nSaved as {tmp_path}/run.exe\n"
    )
    assert (tmp_path / "cv.pdf").read_bytes() == PDF
    found = run("attachments", pulled, "1", "--save", str(tmp_path), "--json").json["items"]
    assert [each["saved"] for each in found] == [f"{tmp_path}/cv (2).pdf"]


def test_opening(run: Any, pulled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document goes to the desktop's program; what runs does not, however it is asked for."""
    got = tmp_path / "got"
    program = tmp_path / "xdg-open"
    program.write_text(f'#!/bin/sh\n/bin/cp "$1" {got}\necho "$1" > {got}.name\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "no window" in run("attachments", pulled, "1", "--open", code=1).err
    monkeypatch.setenv("DISPLAY", ":0")
    assert run("attachments", pulled, "1", "--open").out == "Opened cv.pdf\n"
    assert got.read_bytes() == PDF
    assert Path(f"{got}.name").read_text().strip().endswith("/cv.pdf")
    got.unlink()
    ran = run("attachments", pulled, "2", "--open", code=1)
    assert "run.exe is not opened: files that end in .exe" in ran.err
    assert "--save FOLDER" in ran.err
    assert not got.exists()
    program.write_text("#!/bin/sh\nexit 3\n")
    assert "No program took cv.pdf." in run("attachments", pulled, "1", "--open", code=1).err
    assert viewers._running == []


@pytest.mark.parametrize(
    "words",
    [
        ("attachments", "ID", "3"),
        ("attachments", "ID", "--open"),
        ("attachments", "ID", "1", "--open", "--save", "."),
        ("attachments", "ID", "0"),
        ("headers", "ID", "--message", "9"),
    ],
)
def test_what_cannot_be_understood(run: Any, pulled: str, words: tuple[str, ...]) -> None:
    """A number that is none of the list's, or two things at once, end with 2 and a sentence."""
    ran = run(*(pulled if word == "ID" else word for word in words), code=2)
    assert ran.err
    assert ran.out == ""


@pytest.mark.parametrize("words", [("attachments", "zzzzzz"), ("headers", "zzzzzz")])
def test_an_unknown_id(run: Any, pulled: str, words: tuple[str, ...]) -> None:
    """It ends with 1, and says how to find ids."""
    assert "No opportunity has the id zzzzzz." in run(*words, code=1).err


def test_the_headers(run: Any, pulled: str, tmp_path: Path) -> None:
    """On stdout stands what was received, nothing decoded; on stderr where it lies."""
    ran = run("headers", pulled)
    assert ran.err == f"{tmp_path}/box.mbox\n"
    assert ran.out.splitlines()[0] == "From: Dana Whitfield <dana@northgate.example>"
    assert "x-spam: no" in ran.out
    assert "JVBERi0" not in ran.out
    whole = run("headers", pulled, "--whole", "--message", "1").out
    assert whole.rstrip("\n") == MAIL.decode().rstrip("\n")
    shape = run("headers", pulled, "--json").json["headers"]
    assert (shape["place"], shape["text"]) == (f"{tmp_path}/box.mbox", ran.out.rstrip("\n"))


def test_the_newest_mail_is_meant(run: Any, pulled: str, tmp_path: Path) -> None:
    """Without a number the newest mail is shown; with one, that of `show`."""
    later = a_mail(
        message_id="<m2@x.example>",
        in_reply_to="<m1@northgate.example>",
        date="Wed, 11 Mar 2026 09:30:00 +0000",
    )
    (tmp_path / "later.eml").write_bytes(later)
    with Repository.open() as repository:
        take_in(repository, tmp_path / "later.eml")
    assert "<m2@x.example>" in run("headers", pulled).out
    assert "<m1@northgate.example>" in run("headers", pulled, "--message", "1").out


def test_a_source_that_is_gone(run: Any, pulled: str, tmp_path: Path) -> None:
    """It ends with 1, the place and the next step, and nothing is saved."""
    (tmp_path / "box.mbox").unlink()
    for words in (("headers", pulled), ("attachments", pulled, "--save", str(tmp_path))):
        ran = run(*words, code=1)
        assert f"It was read from {tmp_path}/box.mbox, which is not there any more." in ran.err
        assert "pull it again from its new place" in ran.err
    assert list(tmp_path.glob("*.pdf")) == []
    assert run("attachments", pulled, "--save", "/nowhere", code=1).err.startswith("There is no folder")


def test_without_files(run: Any, inbox: Any) -> None:
    """Nothing came with what was typed in, and it has no headers."""
    assert run("attachments", inbox.dana).err == "No file came with it.\n"
    assert run("attachments", inbox.dana, "--json").json["items"] == []
    assert "written or pasted in here" in run("headers", inbox.dana, code=1).err


def test_what_was_left_out_can_be_looked_at(run: Any, pulled: str, tmp_path: Path) -> None:
    """A message that is no outreach has its files and headers too, under its own id."""
    from contextlib import closing

    from mails import messages, read_path
    from store.ids import document_id
    from store.intake.database import connect
    from store.intake.memory import Memory
    from store.intake.originals import Originals
    from store.sources.appraising import prepare
    from store.sources.source import Original

    path = tmp_path / "other.eml"
    path.write_bytes(with_files(("bill.pdf", "application/pdf", PDF), message_id="<9@x.example>"))
    items = read_path(path)
    (message,) = messages(items)
    with Repository.open() as repository:
        with Memory.of(repository) as memory:
            memory.left_out.keep([(prepare(message), 0)])
            memory.commit()
        with closing(connect(repository.state_folder)) as connection:
            Originals(connection).remember(item for item in items if isinstance(item, Original))
            connection.commit()
    code = short_code(document_id(message.k), 6)
    assert "bill.pdf" in run("attachments", code).out
    assert "<9@x.example>" in run("headers", code).out
