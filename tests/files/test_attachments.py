"""Files of mails: taken out as they came, saved beside what is there, opened only where they are harmless."""

import errno
import os
from pathlib import Path

import pytest
import time_machine

from mails import a_mail, multipart
from originals_support import PDF, with_files
from store import attachments
from store.attachments import Extracted, extract, folder_named, put_by, safe_name, save, why_not_opened
from store.errors import StoreError, UnreachableError
from store.file import disk
from store.repository import Repository
from store.sources.body import attachments as listed
from store.sources.mime import open_mail
from store.sources.parts import MOST_BYTES, read_parts

CV = ("cv.pdf", "application/pdf", PDF)


def test_files_come_out_as_they_were(tmp_path: Path) -> None:
    """Each file of a mail, in the order in which the message lists them, byte for byte."""
    inner = a_mail("Inner\n", subject="The client / says")
    kind, body = multipart(
        "mixed",
        "Content-Type: text/plain\n\nHello\n",
        b"Content-Type: application/pdf; name=cv.pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0xLjc=\n",
        "Content-Type: text/csv\nContent-Disposition: attachment; filename=a.csv\n"
        "Content-Transfer-Encoding: quoted-printable\n\na=3Db;c\n",
        b"Content-Type: message/rfc822\n\n" + inner,
    )
    raw = a_mail(body, content_type=kind)
    mail = open_mail(raw)
    names = [each.name for each in listed(read_parts(mail.raw, mail.start, mail.headers))]
    files = [extract(raw, index) for index in range(3)]
    assert names == [file.name for file in files] == ["cv.pdf", "a.csv", "The client - says.eml"]
    assert [file.data.strip() for file in files] == [b"%PDF-1.7", b"a=b;c", inner.strip()]
    for index in (-1, 3):
        with pytest.raises(UnreachableError, match="not in the mail"):
            extract(raw, index)


def test_a_large_file_comes_whole() -> None:
    """What is beyond the bytes that are looked at for the text is there all the same."""
    data = PDF + os.urandom(1024) * (MOST_BYTES // 1024)
    assert extract(with_files(("large.pdf", "application/pdf", data)), 0).data == data


@pytest.mark.parametrize(
    ("name", "fit"),
    [
        ("cv.pdf", "cv.pdf"),
        ("../../etc/passwd", "passwd"),
        ("/etc/cron.d/x", "x"),
        ("..\\..\\windows\\x.pdf", "x.pdf"),
        ("C:\\x.pdf", "x.pdf"),
        ("a/", "a"),
        ("..", "attachment.pdf"),
        ("", "attachment.pdf"),
        ("...", "attachment.pdf"),
        (".bashrc", "bashrc"),
        ("-rf.pdf", "rf.pdf"),
        ("~x.pdf", "x.pdf"),
        ("a\x1b]0;x\x07b.pdf", "a]0;xb.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("a\0b\n.pdf", "ab.pdf"),
        ("a\u2028b\u00a0c.pdf", "a b c.pdf"),
        ("cv.pdf. . ", "cv.pdf"),
        ("a:b*c?.pdf", "a-b-c-.pdf"),
        ("Lebenslauf für Zoë.pdf", "Lebenslauf für Zoë.pdf"),
    ],
)
def test_names(name: str, fit: str) -> None:
    """A name from a stranger becomes that of one file in the folder, and shows what it is."""
    assert safe_name(name, "application/pdf") == fit


def test_long_names_keep_their_ending() -> None:
    """A name has 120 bytes at most, cut between characters, its ending kept."""
    for name in ("x" * 300 + ".pdf", "é" * 300 + ".pdf"):
        assert safe_name(name).endswith(".pdf")
        assert 118 <= len(safe_name(name).encode()) <= 120
    assert len(safe_name("x." + "y" * 300).encode()) == 120


def test_saving_overwrites_nothing(tmp_path: Path) -> None:
    """A name that is taken gets a number, a link is not written through, and only the owner may read it."""
    (tmp_path / "cv (3).pdf").symlink_to(tmp_path / "elsewhere")
    file = Extracted(*CV)
    saved = [save(tmp_path, file) for _ in range(3)]
    assert [path.name for path in saved] == ["cv.pdf", "cv (2).pdf", "cv (4).pdf"]
    assert all(path.read_bytes() == PDF and path.stat().st_mode & 0o777 == 0o600 for path in saved)
    assert not (tmp_path / "elsewhere").exists()


def test_saving_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is told, with what helps, and half a file does not stay."""

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(disk, "write_all", full)
        with pytest.raises(StoreError, match="No space left") as caught:
            save(tmp_path, Extracted(*CV))
    assert caught.value.hint == "Free some space."
    assert not list(tmp_path.iterdir())
    with pytest.raises(StoreError, match="cannot be written"):
        save(tmp_path / "nowhere", Extracted(*CV))
    with pytest.raises(StoreError, match="There is no folder"):
        folder_named(str(tmp_path / "nowhere"))
    assert folder_named("~") == Path.home()


ZIP = b"PK\x03\x04" + b"word/document.xml"


@pytest.mark.parametrize(
    ("name", "kind", "data"),
    [
        CV,
        ("cv.PDF", "application/octet-stream", PDF),
        ("cv.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ZIP),
        ("note.txt", "text/plain", b"Hello\n"),
        ("me.jpg", "image/jpeg", b"\xff\xd8\xff\xe0"),
        ("voice.m4a", "audio/mp4", b"\0\0\0\x20ftypM4A "),
        ("invite.ics", "text/calendar", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"),
    ],
)
def test_what_is_opened(name: str, kind: str, data: bytes) -> None:
    """Documents, pictures, sound and calendars that are what their names say."""
    assert why_not_opened(name, kind, data) == ""


@pytest.mark.parametrize(
    ("name", "kind", "data", "words"),
    [
        ("x.exe", "application/pdf", PDF, "files that end in .exe"),
        ("cv.pdf.exe", "application/pdf", PDF, ".exe"),
        ("x.desktop", "text/plain", b"[Desktop Entry]", ".desktop"),
        ("x.lnk", "application/octet-stream", b"L", ".lnk"),
        ("x.sh", "text/plain", b"#!/bin/sh", ".sh"),
        ("x.docm", "application/vnd.ms-word.document.macroEnabled.12", ZIP, ".docm"),
        ("x.doc", "application/msword", b"\xd0\xcf\x11\xe0", ".doc"),
        ("x.html", "text/html", b"<html>", ".html"),
        ("x.svg", "image/svg+xml", b"<svg>", ".svg"),
        ("x.zip", "application/zip", ZIP, ".zip"),
        ("x.jar", "application/java-archive", ZIP, ".jar"),
        ("README", "application/octet-stream", b"x", "without an ending"),
        ("x.pdf", "application/x-msdownload", PDF, "the mail calls it application/x-msdownload"),
        ("x.pdf", "text/html", PDF, "the mail calls it text/html"),
        ("x.pdf", "application/pdf", b"MZ\x90\0" + PDF, "not what its name says"),
        ("x.png", "image/png", b"<svg>", "not what its name says"),
        ("x.txt", "text/plain", b"#!/bin/sh\n", "not what its name says"),
        ("x.txt", "text/plain", b"\x7fELF", "not what its name says"),
        ("x.txt", "text/plain", b"a\0b", "not what its name says"),
        ("x.docx", "application/octet-stream", ZIP + b"word/vbaProject.bin", "a program hides in it"),
        ("x\u202efdp.exe", "application/pdf", PDF, ".exe"),
    ],
)
def test_what_is_saved_only(repository: Repository, name: str, kind: str, data: bytes, words: str) -> None:
    """What could run or load something, or is not what it says, is not opened, and nothing is written."""
    assert words in why_not_opened(name, kind, data)
    with pytest.raises(StoreError, match="is not opened") as caught:
        put_by(repository.state_folder, Extracted(safe_name(name, kind), kind, data))
    assert "Save it" in caught.value.hint
    assert not repository.state_folder.opened.exists()


def test_what_was_opened_goes_after_a_day(repository: Repository, frozen: time_machine.Traveller) -> None:
    """A file is put where only its owner looks, under its own name, and is gone a day later."""
    state, file = repository.state_folder, Extracted(*CV)
    first = put_by(state, file)
    assert (first.name, first.read_bytes()) == ("cv.pdf", PDF)
    assert first.stat().st_mode & 0o777 == 0o600
    assert all(each.stat().st_mode & 0o777 == 0o700 for each in (first.parent, state.opened))
    os.utime(first.parent, (repository.now() / 1000 - 90_000,) * 2)
    second = put_by(state, file)
    assert not first.parent.exists()
    assert second.exists()
    state.sweep()
    assert second.exists()
    frozen.shift(2 * 86_400)
    os.utime(second.parent, (repository.now() / 1000 - 90_000,) * 2)
    state.sweep()
    assert not list(state.opened.iterdir())


def test_forgetting_takes_it_too(repository: Repository) -> None:
    """Once somebody is forgotten, nothing of theirs lies about, however lately it was opened."""
    from inbox_support import fill
    from store.transaction import Transaction
    from support import a_message

    (id,) = fill(repository, a_message())
    path = put_by(repository.state_folder, Extracted(*CV))

    def purge(transaction: Transaction) -> None:
        transaction.purge("messages", id)

    repository.purge("Forget", purge)
    repository.publish()
    assert not path.exists()


def test_downloads_are_the_users_folder(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Files go where the user's other programs put what comes from elsewhere."""
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(home / "Received"))
    assert attachments.downloads() == home / "Received"
