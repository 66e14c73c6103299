"""What the user names is looked through: Maildirs, loose files, folders in folders, and what is no mail."""

import os
from pathlib import Path

import pytest

from mails import a_mail, in_mbox, messages, own, read_path, reasons
from store.sources import Unreadable, identify
from store.sources.folders import folder_kind, label_kinds


def maildir(path: Path, **mails: bytes) -> Path:
    """Make a Maildir; a name's `__` stands for its colon, a name that begins with new goes to new."""
    for part in ("cur", "new", "tmp"):
        (path / part).mkdir(parents=True, exist_ok=True)
    for name, mail in mails.items():
        part = name.partition("_")[0] if name.startswith(("new", "tmp")) else "cur"
        (path / part / name.replace("__", ":2,")).write_bytes(mail)
    return path


def test_maildir_flags(tmp_path: Path) -> None:
    """Seen mails are read, new ones not; drafts and trash are left out, unfinished files not touched."""
    maildir(
        tmp_path, a__S=a_mail(), b__=a_mail(), c__DS=a_mail(), d__T=a_mail(), new_e=a_mail(), tmp_f=a_mail()
    )
    items = read_path(tmp_path)
    assert [message.read for message in messages(items)] == [True, False, False]
    assert reasons(items) == ["draft", "trash"]


def test_maildir_on_windows_file_systems(tmp_path: Path) -> None:
    """Flags behind `!2,` and `;2,` count too."""
    maildir(tmp_path)
    (tmp_path / "cur" / "a!2,S").write_bytes(a_mail())
    (tmp_path / "cur" / "b;2,S").write_bytes(a_mail())
    assert [message.read for message in messages(read_path(tmp_path))] == [True, True]


def test_maildir_folders(tmp_path: Path) -> None:
    """Mail in a Sent folder is outgoing and names the user; spam, drafts and trash are left out."""
    maildir(tmp_path, a=a_mail())
    maildir(tmp_path / ".Sent", b=a_mail(**{"from": None}, From="robin@vale.example"))
    maildir(tmp_path / ".Junk", c=a_mail())
    maildir(tmp_path / ".INBOX.Drafts", d=a_mail())
    (tmp_path / "dovecot-uidlist").write_text("3 V1")
    items = read_path(tmp_path)
    assert sorted(message.direction for message in messages(items)) == ["in", "out"]
    assert own(items) == ["robin@vale.example"]
    assert sorted(reasons(items)) == ["draft", "spam"]


def test_maildir_name_dates_a_mail_without_one(tmp_path: Path) -> None:
    """A mail without a date has the time of its delivery, which the name of its file begins with."""
    maildir(tmp_path)
    (tmp_path / "new" / "1773135000.M1P2.host").write_bytes(a_mail(date=None))
    assert messages(read_path(tmp_path))[0].at == 1_773_135_000_000


def test_loose_files(tmp_path: Path) -> None:
    """Mail in files is found whatever they are called; other files of a folder are only counted."""
    (tmp_path / "1").write_bytes(a_mail())
    (tmp_path / "two.eml").write_bytes(b"\n" + a_mail())
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "three.txt").write_bytes(a_mail())
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "notes.yml").write_bytes(b"name: x\nversion: 1\n")
    (tmp_path / "empty.eml").write_bytes(b"")
    items = read_path(tmp_path)
    assert len(messages(items)) == 3
    assert sorted(reasons(items)) == ["empty", "not mail", "not mail"]


def test_files_in_a_sent_folder(tmp_path: Path) -> None:
    """Files and mailboxes below a folder take its kind, in any of the known languages."""
    sent = tmp_path / "Envoyés"
    sent.mkdir()
    (sent / "1.eml").write_bytes(a_mail())
    (tmp_path / "Gesendet.mbox").write_bytes(in_mbox(a_mail()))
    (tmp_path / "Papierkorb").write_bytes(in_mbox(a_mail()))
    (tmp_path / "Drafts").mkdir()
    (tmp_path / "Drafts" / "2.eml").write_bytes(a_mail())
    items = read_path(tmp_path)
    assert [message.direction for message in messages(items)] == ["out", "out"]
    assert sorted(reasons(items)) == ["draft", "trash"]


def test_a_folder_that_was_named_is_read(tmp_path: Path) -> None:
    """Who names the spam folder means it."""
    spam = tmp_path / "Spam"
    spam.mkdir()
    (spam / "1.eml").write_bytes(a_mail())
    (spam / "box").write_bytes(in_mbox(a_mail()))
    assert len(messages(read_path(spam))) == 2
    assert len(messages(read_path(spam / "1.eml"))) == 1


def test_emlx(tmp_path: Path) -> None:
    """Apple's files have a length before and flags behind the mail."""

    def write(name: str, flags: int) -> None:
        mail = a_mail()
        plist = (
            f"<?xml version='1.0'?><plist><dict><key>flags</key>\n<integer>{flags}</integer></dict></plist>"
        )
        (tmp_path / name).write_bytes(b"%-10d\n" % len(mail) + mail + plist.encode())

    write("1.emlx", 8_590_195_713)
    write("2.emlx", 0)
    write("3.emlx", 3)
    write("4.emlx", 64)
    items = read_path(tmp_path)
    assert [message.read for message in messages(items)] == [True, False]
    assert all("plist" not in message.body for message in messages(items))
    assert reasons(items) == ["deleted", "draft"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n", "docs/sources.md lists what can be read"),
        (b"", "This file is empty."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Save the mails as .eml"),
        (b"!BDN", "export them as mbox"),
        (b"name: x\nversion: 1\n", "`ringback pull -` takes its text"),
        (b"PK\x03\x04 cut off", "The archive is damaged"),
        (b"PK\x05\x06" + b"\0" * 18, "There are no messages in this archive."),
        (b"\x1f\x8b cut off", "The archive is damaged"),
    ],
)
def test_named_file_that_is_no_mail(tmp_path: Path, data: bytes, words: str) -> None:
    """A file that the user named and that cannot be read needs a sentence with the next step."""
    path = tmp_path / "file"
    path.write_bytes(data)
    (reason,) = reasons(read_path(path))
    assert words in reason


def test_outlook_files_in_a_folder_are_failures(tmp_path: Path) -> None:
    """A .msg in a folder is mail that was not read, so it must not pass as skipped."""
    (tmp_path / "a.msg").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    (item,) = read_path(tmp_path)
    assert isinstance(item, Unreadable)


def test_missing_and_odd_paths(tmp_path: Path) -> None:
    """What is missing, or neither file nor folder, needs a sentence too."""
    assert reasons(read_path(tmp_path / "nowhere")) == [
        "There is no such file or folder. Is the name right, and its disk there?"
    ]
    os.mkfifo(tmp_path / "pipe")
    assert reasons(read_path(tmp_path / "pipe")) == ["This is neither a file nor a folder."]
    assert reasons(read_path(tmp_path)) == ["This is neither a file nor a folder."]


def test_links_are_followed_once(tmp_path: Path) -> None:
    """Linked folders are read, each once, and a loop ends."""
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "a.eml").write_bytes(a_mail())
    (inner / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "again").symlink_to(inner, target_is_directory=True)
    (tmp_path / "dead").symlink_to(tmp_path / "nowhere")
    items = read_path(tmp_path)
    assert len(messages(items)) == 1
    assert reasons(items) == ["This link leads to nothing that is there."]


def test_files_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file without permission is told, and the rest is read."""
    (tmp_path / "a.eml").write_bytes(a_mail())
    (tmp_path / "b.eml").write_bytes(a_mail())
    maildir(tmp_path / "mail", a__=a_mail(), b__=a_mail())
    (tmp_path / "c").write_bytes(in_mbox(a_mail()))
    real = Path.open

    def guarded(path: Path, mode: str = "r") -> object:
        if path.name.startswith(("a", "c")):
            raise PermissionError(13, "Permission denied")
        return real(path, mode)

    monkeypatch.setattr(Path, "open", guarded)
    items = read_path(tmp_path)
    assert len(messages(items)) == 2
    assert reasons(items) == ["It cannot be read: Permission denied."] * 3
    assert reasons(read_path(tmp_path / "c")) == ["It cannot be read: Permission denied."]


def test_order_does_not_depend_on_the_folder(tmp_path: Path) -> None:
    """Sources and their messages come sorted by name."""
    for name in ("b", "c", "a"):
        (tmp_path / name).mkdir()
        for number in ("2", "10", "1"):
            (tmp_path / name / f"{number}.eml").write_bytes(a_mail(subject=f"{name}{number}"))
    subjects = [message.subject for message in messages(read_path(tmp_path))]
    assert subjects == ["a1", "a10", "a2", "b1", "b10", "b2", "c1", "c10", "c2"]


def test_sizes_are_known_before(tmp_path: Path) -> None:
    """A progress bar needs sizes: those of all files together."""
    maildir(tmp_path / "mail", a__=a_mail())
    (tmp_path / "b.eml").write_bytes(a_mail())
    (tmp_path / "c.mbox").write_bytes(in_mbox(a_mail()))
    sizes = [source.size for source in identify(tmp_path) if not isinstance(source, Unreadable)]
    assert sorted(sizes) == sorted([len(a_mail()), len(a_mail()), len(in_mbox(a_mail()))])


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Sent", "sent"),
        (".Sent Items", "sent"),
        ("[Gmail].Sent Mail", "sent"),
        ("[Gmail]/Corbeille", "trash"),
        ("INBOX.Drafts", "draft"),
        ("Sent.mbox", "sent"),
        ("Entwürfe", "draft"),
        ("All mail Including Spam and Trash.mbox", ""),
        ("Sent to Dana", ""),
        ("Jobs", ""),
    ],
)
def test_folder_names(name: str, kind: str) -> None:
    """Folders are known by their names, whole names only."""
    assert folder_kind(name) == kind


def test_labels() -> None:
    """Labels with commas are in quotes, empty ones occur, and a broken header harms nothing."""
    assert label_kinds('Inbox,"Sent, really",, Trash') == {"trash"}
    assert label_kinds("No leídos,Enviados") == {"unread", "sent"}
    assert label_kinds('"') == set()


def test_a_file_named_as_mail_needs_one_header_only(tmp_path: Path) -> None:
    """An .eml with a subject and nothing else is a mail; a text that begins alike is not."""
    (tmp_path / "bare.eml").write_text("Subject: A role\n\nCould we talk?\n")
    (tmp_path / "list.txt").write_text("Subject: A role\n\nCould we talk?\n")
    assert [message.subject for message in messages(read_path(tmp_path))] == ["A role"]
