"""Where mails lie: every source tells it, this machine remembers it, and the very same mail is read there."""

import gzip
import io
import os
import sqlite3
import tarfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from mails import a_mail, in_mbox, messages, read_path
from originals_support import take_in
from store.errors import UnreachableError
from store.intake.database import connect
from store.intake.originals import Originals
from store.intake.reaching import places_of, reach
from store.repository import Repository
from store.sources import fetching
from store.sources.fetching import raw_of, where
from store.sources.mime import key_of
from store.sources.source import Original

FIRST = a_mail("Hi Robin\n\nFrom the start\n>From the middle\n", message_id="<1@northgate.example>")
SECOND = a_mail("Second\n", message_id="<2@northgate.example>")


def in_zip(*members: tuple[str, bytes]) -> bytes:
    """Return a zip of members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def in_tar(*members: tuple[str, bytes]) -> bytes:
    """Return a tar.gz of members."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, data in members:
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


def emlx(mail: bytes) -> bytes:
    """Return a mail as Apple's program keeps it."""
    return b"%-10d\n" % len(mail) + mail + b"<?xml version='1.0'?><plist><dict></dict></plist>"


BOX = in_mbox(FIRST, SECOND)
PLACES: dict[str, bytes] = {
    "box.mbox": BOX,
    "crlf.mbox": BOX.replace(b"\n", b"\r\n"),
    "bom.mbox": b"\xef\xbb\xbf\n" + BOX,
    "one.eml": FIRST,
    "apple.emlx": emlx(FIRST),
    "noname": BOX,
    "cur/1773135000.M1P2.host,S=12:2,S": FIRST,
    "new/1773135001.M1P2.host": SECOND,
    "takeout.zip": in_zip(("Takeout/Mail/All.mbox", BOX), ("Takeout/Mail/1.eml", SECOND)),
    "outer.zip": in_zip(("inner.zip", in_zip(("Mail/All.mbox", BOX), ("2.eml", FIRST)))),
    "marked.zip": in_zip(("odd!/box.mbox", BOX)),
    "takeout.tgz": in_tar(("Takeout/Mail/All.mbox", BOX), ("1.eml", SECOND)),
}


def write(folder: Path, name: str) -> Path:
    """Write one of the places; return what to pull."""
    path = folder / name
    if path.parent != folder:
        for part in ("cur", "new", "tmp"):
            (folder / part).mkdir(exist_ok=True)
    path.write_bytes(PLACES[name])
    return path if path.parent == folder else folder


@pytest.mark.parametrize("name", PLACES)
def test_each_message_is_read_again_from_its_place(tmp_path: Path, name: str) -> None:
    """Behind each message stands where it lies, and there lies that very mail."""
    items = read_path(write(tmp_path, name))
    assert messages(items)
    for message, original in zip(items[::2], items[1::2], strict=True):
        assert isinstance(original, Original)
        assert original.k == getattr(message, "k", "")
        raw = raw_of(original).replace(b"\r\n", b"\n")
        assert raw.strip() in (FIRST.strip(), SECOND.strip())
        assert key_of(raw) == original.k


def test_places_in_words(tmp_path: Path) -> None:
    """A file, a byte in it, a member of an archive, and one of an archive within."""
    found = {
        name: where([item for item in read_path(write(tmp_path, name)) if isinstance(item, Original)][-1])
        for name in ("one.eml", "box.mbox", "outer.zip")
    }
    second = BOX.rindex(b"From dana@northgate.example Tue")
    assert found == {
        "one.eml": f"{tmp_path}/one.eml",
        "box.mbox": f"{tmp_path}/box.mbox, byte {second}",
        "outer.zip": f"{tmp_path}/outer.zip: inner.zip!/Mail/All.mbox, byte {second}",
    }
    assert where(Original("k", "work", "INBOX", 7, 0, 3)) == "work: INBOX, UID 7"


def test_standard_input_lies_nowhere() -> None:
    """What came through a pipe is nowhere afterwards, so no place is told."""
    from store.sources import identify_text

    for data in (BOX, FIRST):
        items = list(identify_text(data).read(lambda done: None))
        assert messages(items)
        assert not [item for item in items if isinstance(item, Original)]


def the_original(path: Path) -> Original:
    """Return where the last message of a path lies."""
    return [item for item in read_path(path) if isinstance(item, Original)][-1]


def test_a_maildir_renames_its_mails(tmp_path: Path) -> None:
    """A mail that was read or answered since is found by the part of its name that stays."""
    write(tmp_path, "new/1773135001.M1P2.host")
    new = the_original(tmp_path)
    (tmp_path / "new" / "1773135001.M1P2.host").rename(tmp_path / "cur" / "1773135001.M1P2.host:2,RS")
    (tmp_path / "cur" / "1773135001.M1P2.host2:2,S").write_bytes(FIRST)
    assert key_of(raw_of(new)) == new.k
    (tmp_path / "cur" / "1773135001.M1P2.host:2,RS").rename(
        tmp_path / "cur" / "1773135001.M1P2.host,U=5;2,FRS"
    )
    assert key_of(raw_of(new)) == new.k
    (tmp_path / "cur" / "1773135001.M1P2.host,U=5;2,FRS").unlink()
    with pytest.raises(UnreachableError, match="not there any more"):
        raw_of(new)


def insert_before(path: Path) -> None:
    """Put another mail before those of a mailbox."""
    path.write_bytes(in_mbox(a_mail("Other\n", message_id="<3@x.example>")) + path.read_bytes())


def cut_short(path: Path) -> None:
    """Cut a file in the middle of its last mail."""
    path.write_bytes(path.read_bytes()[:-40])


def replace(path: Path) -> None:
    """Put a mail in the place of another one, of the same sender, id and length."""
    path.write_bytes(path.read_bytes().replace(b"Second\n", b"Forged\n").replace(b"the start", b"the_start"))


def remove(path: Path) -> None:
    """Remove the file."""
    path.unlink()


def move(path: Path) -> None:
    """Move the file elsewhere."""
    path.rename(path.with_name("moved"))


def make_a_pipe(path: Path) -> None:
    """Put a pipe into the place of the file: reading it would wait for ever."""
    path.unlink()
    os.mkfifo(path)


def make_a_folder(path: Path) -> None:
    """Put a folder into the place of the file."""
    path.unlink()
    path.mkdir()


GONE, CHANGED = "is not there any more", "changed since"


@pytest.mark.parametrize("name", ["box.mbox", "one.eml", "apple.emlx"])
@pytest.mark.parametrize(
    ("happens", "words"),
    [
        (cut_short, CHANGED),
        (replace, CHANGED),
        (remove, GONE),
        (move, GONE),
        (make_a_pipe, GONE),
        (make_a_folder, GONE),
    ],
)
def test_nobody_is_shown_another_mail(
    tmp_path: Path, name: str, happens: Callable[[Path], None], words: str
) -> None:
    """Whatever became of the file, it is the same mail or a sentence with its place and the next step."""
    path = write(tmp_path, name)
    original = the_original(path)
    happens(path)
    if name == "apple.emlx" and happens is cut_short:
        assert key_of(raw_of(original)) == original.k  # the end of such a file is no part of its mail
        return
    with pytest.raises(UnreachableError, match=words) as caught:
        raw_of(original)
    assert str(path) in caught.value.sentence
    assert "ull it again" in caught.value.hint


def test_a_mailbox_that_grew_in_front(tmp_path: Path) -> None:
    """Another mail at that byte is not taken for the one that was there; pulled again, it is found."""
    path = write(tmp_path, "box.mbox")
    before = the_original(path)
    insert_before(path)
    with pytest.raises(UnreachableError, match=CHANGED):
        raw_of(before)
    assert key_of(raw_of(the_original(path))) == before.k


def test_an_archive_that_changed(tmp_path: Path) -> None:
    """A member that is gone, a damaged archive and one that was replaced by something else are told."""
    path = write(tmp_path, "takeout.zip")
    original = the_original(path)
    path.write_bytes(in_zip(("other.mbox", BOX)))
    with pytest.raises(UnreachableError, match="does not hold it any more"):
        raw_of(original)
    path.write_bytes(PLACES["takeout.zip"][:200])
    with pytest.raises(UnreachableError, match="cannot be read now"):
        raw_of(original)
    path.unlink()
    with pytest.raises(UnreachableError, match=GONE):
        raw_of(original)
    tar = write(tmp_path, "takeout.tgz")
    original = the_original(tar)
    tar.write_bytes(in_tar(("other.mbox", BOX)))
    with pytest.raises(UnreachableError, match="does not hold it any more"):
        raw_of(original)


def test_a_hostile_archive_in_its_place(tmp_path: Path) -> None:
    """A bomb, a link and a name that points outside are refused when read again, as at the first time."""
    path = tmp_path / "a.zip"
    bomb, link, outside = zipfile.ZipInfo("b.eml"), zipfile.ZipInfo("l.eml"), zipfile.ZipInfo("../o.eml")
    bomb.compress_type = zipfile.ZIP_DEFLATED
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(bomb, bytes(5_000_000))
        archive.writestr(link, "/etc/passwd")
        archive.writestr(outside, FIRST)
    key = key_of(FIRST)
    for member, words in (
        ("b.eml", "too tightly|more tightly"),
        ("l.eml", "a link"),
        ("../o.eml", "outside"),
    ):
        with pytest.raises(UnreachableError, match=words):
            raw_of(Original(key, str(path), member))


def test_a_mail_that_became_endless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more is read than a mail may have, whatever the file holds by now."""
    monkeypatch.setattr(fetching, "MOST_MESSAGE", 1_000)
    path = tmp_path / "one.eml"
    path.write_bytes(FIRST)
    original = the_original(path)
    path.write_bytes(FIRST + b"x" * 10_000)
    with pytest.raises(UnreachableError, match=CHANGED):
        raw_of(original)


def test_a_server_is_asked_by_whoever_can() -> None:
    """What lies on a server comes from whoever asks it, and is checked as all else is."""
    original = Original(key_of(FIRST), "work", "INBOX", 7, 0, 3)
    assert raw_of(original, lambda asked: FIRST if asked == original else b"") == FIRST
    with pytest.raises(UnreachableError, match="work: INBOX, UID 7"):
        raw_of(original, lambda asked: SECOND)
    with pytest.raises(UnreachableError, match="mail server"):
        raw_of(original)


def test_other_channels_have_no_original_to_show(tmp_path: Path) -> None:
    """A text message has neither headers nor files: that is said, with the file it came in."""
    with pytest.raises(UnreachableError, match=r"Only mails can be looked at.*sms\.xml"):
        raw_of(Original("sms:1", str(tmp_path / "sms.xml")))


# What is remembered


@pytest.fixture
def originals() -> Originals:
    """Remember in memory only."""
    return Originals(sqlite3.connect(":memory:"))


def test_several_places_the_newest_first(originals: Originals) -> None:
    """A mail may lie in several places; remembering one again changes where in it the mail is."""
    one, two = Original("mail:1", "/a.mbox", "", 10, 20), Original("mail:1", "/b.zip", "All.mbox", 5, 20)
    other = Original("mail:2", "/a.mbox", "", 30, 20)
    originals.remember([one, other])
    originals.remember([two, one])
    assert originals.find("mail:1") == [two, one]
    moved = Original("mail:1", "/a.mbox", "", 11, 21)
    originals.remember([moved])
    assert originals.find("mail:1") == [two, moved]
    assert originals.find("mail:2") == [other]
    assert originals.find("mail:3") == []


def test_names_that_are_no_text(originals: Originals) -> None:
    """A file's name may be any bytes, and comes back as it was."""
    odd = Original("mail:1", os.fsdecode(b"/mail/\xff\xfe.eml"), "\udce4\ud800!/x", 2**40, 1, 2**31)
    originals.remember([odd])
    assert originals.find("mail:1") == [odd]


def test_dropping(originals: Originals) -> None:
    """What is forgotten leaves no place behind."""
    from store.ids import document_id

    originals.remember([Original("mail:1", "/a"), Original("mail:2", "/a")])
    originals.drop([document_id("mail:1")])
    assert (originals.find("mail:1"), len(originals.find("mail:2"))) == ([], 1)


def test_it_is_there_in_the_next_process(repository: Repository, tmp_path: Path) -> None:
    """Places are kept in the state folder, for its owner only."""
    (message, _) = take_in(repository, write(tmp_path, "box.mbox"))
    with closing(connect(repository.state_folder)) as connection:
        assert len(Originals(connection).find(message.k)) == 1
    assert repository.state_folder.intake.stat().st_mode & 0o077 == 0


# From a message to its mail


def test_the_first_place_that_can_be_read(repository: Repository, tmp_path: Path) -> None:
    """Where the newest place is gone, the one before is read."""
    (message,) = take_in(repository, write(tmp_path, "one.eml"))
    take_in(repository, write(tmp_path, "apple.emlx"))
    assert reach(repository, message).place == f"{tmp_path}/apple.emlx, byte 11"
    assert len(places_of(repository, message)) == 2
    (tmp_path / "apple.emlx").unlink()
    reached = reach(repository, message)
    assert (reached.place, reached.raw) == (f"{tmp_path}/one.eml", FIRST)
    (tmp_path / "one.eml").unlink()
    with pytest.raises(UnreachableError, match=r"apple\.emlx, byte 11, which is not there"):
        reach(repository, message)


def test_what_was_read_elsewhere(repository: Repository, tmp_path: Path) -> None:
    """A message from another machine has no place here: this machine and the others are named."""
    from inbox_support import fill
    from store.transaction import Transaction

    (message,) = messages(read_path(write(tmp_path, "one.eml")))
    fill(repository, message)
    with pytest.raises(UnreachableError, match="not known on this machine") as caught:
        reach(repository, message)
    assert "Pull its source again" in caught.value.hint

    def meet(transaction: Transaction) -> None:
        for node, name in (("laptop1", "laptop"), ("desk0001", "desk")):
            transaction.insert("machines", f"machine:{node}", {"name": name})

    repository.transact("Meet", meet)
    with pytest.raises(UnreachableError, match="it was read on desk or laptop"):
        reach(repository, message)


def test_what_never_was_a_mail(repository: Repository) -> None:
    """What was typed in or came as a text has no original, and no pull would bring one."""
    from support import a_message

    with pytest.raises(UnreachableError, match="written or pasted in"):
        reach(repository, a_message())
    with pytest.raises(UnreachableError, match="in no mail"):
        reach(repository, a_message(k="sms:1", reader=1, channel="sms"))


def test_an_account_that_is_not_set_up(repository: Repository) -> None:
    """A mail of an account that left the configuration is named with it."""
    from store.records.message import Message

    message = Message(k=key_of(FIRST), reader=1)
    with closing(connect(repository.state_folder)) as connection:
        Originals(connection).remember([Original(message.k, "work", "INBOX", 7, 0, 3)])
        connection.commit()
    with pytest.raises(UnreachableError, match="the account work, which the configuration"):
        reach(repository, message)


def test_gzip_that_is_no_archive(tmp_path: Path) -> None:
    """A file that lost its members is damaged, not a traceback."""
    path = tmp_path / "takeout.tgz"
    path.write_bytes(gzip.compress(b"no tar"))
    with pytest.raises(UnreachableError):
        raw_of(Original(key_of(FIRST), str(path), "1.eml"))
