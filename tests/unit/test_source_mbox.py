"""Mailboxes: every variant is split where its messages begin, and streamed."""

import io
from pathlib import Path

import pytest

from mails import PLAIN, a_mail, in_mbox, messages, own, read_path, reasons
from store.records.message import message_fields
from store.sources import mbox_pieces
from store.sources.mbox import MailboxSource
from store.sources.mbox_pieces import Piece, pieces, stretches

TWO = a_mail(message_id="<1@x.example>") + b"\n", a_mail(message_id="<2@x.example>") + b"\n"


def split(data: bytes) -> list[Piece]:
    """Split bytes as a mailbox."""
    return [piece for stretch in stretches(io.BytesIO(data)) for piece in pieces(stretch)]


@pytest.mark.parametrize(
    "separator",
    [
        b"From dana@northgate.example Tue Mar 10 09:30:00 2026",
        b"From dana@northgate.example Tue Mar 10 09:30 2026",
        b"From dana@northgate.example  Tue Mar  3 09:30:00 CET 2026",
        b"From dana@northgate.example Tue Mar 10 09:30:00 2026 +0100",
        b"From 1864464279665606918@xxx Tue Mar 10 09:30:00 +0000 2026",
        b"From 1864464279665606918@xxx",
        b"From - Wed Sep 11 08:47:00 1996",
        b"From - ",
        b"From MAILER-DAEMON Fri, 6 Mar 2026 10:00:00 +0000",
    ],
)
@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_separators(separator: bytes, ends: bytes) -> None:
    """Every form of the separator line must split, with either line end."""
    data = (separator + b"\n" + TWO[0] + separator + b"\n" + TWO[1]).replace(b"\n", ends)
    found = split(data)
    assert [piece.offset for piece in found] == [0, data.rindex(separator)]
    assert [b"<1@x.example>" in piece.raw for piece in found] == [True, False]


def test_mozilla_without_an_empty_line() -> None:
    """Mozilla's mailboxes lack the empty line; a known header below is enough."""
    data = (
        b"From - Wed Sep 11 08:47:00 1996\n"
        + a_mail("one\n")
        + b"From - \nX-Mozilla-Status: 0001\n"
        + a_mail("two\n")
    )
    assert len(split(data)) == 2


@pytest.mark.parametrize(
    "line",
    [
        "From me to you, with love",
        "From inside an unquoted body line 2026",
        "From Monday on we meet\nDaily: at ten",
        "From London\nSalary: 100k\nRemote: yes",
        "From x@y.example Tue Mar 10 09:30:00 2026\nis how such a line looks",
        ">From the start",
    ],
)
@pytest.mark.parametrize("before", ["", "\n"])
def test_lines_of_text_do_not_split(line: str, before: str) -> None:
    """Lines of text that begin with From must not split, whatever stands around them."""
    data = b"From a@b.example Tue Mar 10 09:30:00 2026\n" + a_mail(f"Hi\n{before}{line}\nbye\n")
    assert len(split(data)) == 1


def test_one_word_splits_only_below_an_empty_line() -> None:
    """`From` and one word are a separator by the rule, but not in the middle of a paragraph."""
    start = b"From a@b.example Tue Mar 10 09:30:00 2026\n"
    assert len(split(start + a_mail("Regards\nFrom Dana\nTo: whom it may concern\n"))) == 1
    assert len(split(start + a_mail("Regards\n\nFrom nobody\nTo: robin@vale.example\n"))) == 2


def test_byte_order_mark_and_empty_lines_at_the_start() -> None:
    """A mark and empty lines at the start belong to no message; offsets count from the file's start."""
    (piece,) = split(b"\xef\xbb\xbf\n\n" + in_mbox(TWO[0]))
    assert (piece.offset, piece.problem) == (5, "")


def test_quoted_from_lines_are_restored() -> None:
    """`>From ` in the file was `From ` in the mail; one mark is undone, not more."""
    (piece,) = split(in_mbox(a_mail("From me\n>From you\n> From him\n")))
    assert piece.raw.endswith(b"\nFrom me\n>From you\n> From him\n\n")


def test_wrong_content_length_is_not_believed() -> None:
    """A length that a mail claims must neither hide the next message nor cut this one."""
    mail = a_mail(content_length="1000000")
    assert len(split(in_mbox(mail, TWO[1]))) == 2


def test_lines_before_the_first_message_are_told() -> None:
    """Text before the first separator is reported and does not stop the rest."""
    found = split(b"junk\nmore junk\n\n" + in_mbox(TWO[0]))
    assert [bool(piece.problem) for piece in found] == [True, False]


@pytest.mark.parametrize("stretch", [1, 3_000, 1_000_000])
@pytest.mark.parametrize("chunk", [37, 2_500, 1_000_000])
def test_chunks_do_not_matter(chunk: int, stretch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a read, or a stretch, happens to end must not change what is found."""
    data = b"".join(in_mbox(a_mail(f"Mail {number}\n\nFrom here\n")) for number in range(40))
    whole = split(data)
    monkeypatch.setattr(mbox_pieces, "_CHUNK", chunk)
    monkeypatch.setattr(mbox_pieces, "_STRETCH", stretch)
    assert split(data) == whole
    assert len(whole) == 40


class Breaking:
    """A stream that breaks where it should go on."""

    def __init__(self, data: bytes) -> None:
        self._stream = io.BytesIO(data)

    def read(self, size: int, /) -> bytes:
        """Return bytes as long as there are some."""
        if not (read := self._stream.read(size)):
            raise OSError("the disk is gone")
        return read


@pytest.mark.parametrize("count", [1, 100, 1_500])
def test_what_came_whole_before_a_stream_broke(count: int) -> None:
    """All but the last message, of which nobody knows its end, and then the error."""
    data = b"".join(in_mbox(a_mail(f"Mail {number}\n")) for number in range(count))
    found: list[Piece] = []
    with pytest.raises(OSError, match="the disk is gone"):
        found.extend(piece for stretch in stretches(Breaking(data)) for piece in pieces(stretch))
    assert found == split(data)[:-1]


@pytest.mark.parametrize("before", [1, 10, 16, 17, 18, 19, 20, 30])
def test_message_that_is_too_long(before: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A message over the limit is told and dropped; those around it are read, memory stays bounded."""
    monkeypatch.setattr(mbox_pieces, "_CHUNK", 10_000)
    monkeypatch.setattr(mbox_pieces, "_STRETCH", 5_000)
    monkeypatch.setattr(mbox_pieces, "MOST_MESSAGE", 50_000)
    data = in_mbox(TWO[0]) * before + in_mbox(a_mail("x" * 200_000)) + in_mbox(TWO[1])
    found = split(data)
    assert [bool(piece.problem) for piece in found] == [False] * before + [True, False]
    assert found[-1].offset == data.rindex(b"From dana@northgate.example Tue")
    assert max(len(stretch.raw) for stretch in stretches(io.BytesIO(data))) < 20_000


def test_mailbox_of_takeout(tmp_path: Path) -> None:
    """Labels decide, in the user's language and as one encoded word: what is left out, sent, unread."""
    separator = b"From 1@xxx Tue Mar 10 09:30:00 +0000 2026"
    labels = [
        "=?UTF-8?Q?Posteingang,Ungelesen,Kategorie:_=22Pers=C3=B6nlich=22,=22Jobs,_2026=22?=",
        "Inbox,Opened,Important,, Work",
        "Gesendet",
        "Corbeille",
        "Spam",
        "=?UTF-8?Q?Entw=C3=BCrfe?=",
        "Chat",
    ]
    arrived = {"delivered_to": "robin@vale.example", "received": "x"}
    mails = [
        a_mail(x_gmail_labels=label, x_gm_thrid="77", **({} if label == "Gesendet" else arrived))
        for label in labels
    ]
    path = tmp_path / "All mail Including Spam and Trash.mbox"
    path.write_bytes(in_mbox(*mails, separator=separator))
    items = read_path(path)
    assert [(message.direction, message.read) for message in messages(items)] == [
        ("in", False),
        ("in", True),
        ("out", True),
    ]
    assert reasons(items) == ["trash", "spam", "draft", "chat"]
    assert own(items) == ["robin@vale.example", "dana@northgate.example"]
    assert "gm:77" in messages(items)[0].threads


@pytest.mark.parametrize("sender", [b"dana@northgate.example", b"dana@xxx-search.example", b"1@xxx.example"])
def test_labels_of_strangers_are_not_believed(sender: bytes, tmp_path: Path) -> None:
    """A label counts only in a Takeout: a stranger's header must not make a mail the user's own."""
    path = tmp_path / "inbox"
    separator = b"From " + sender + b" Tue Mar 10 09:30:00 2026"
    path.write_bytes(in_mbox(a_mail(x_gmail_labels="Sent"), separator=separator))
    items = read_path(path)
    assert messages(items)[0].direction == "in"
    assert own(items) == []


def test_flags_in_headers(tmp_path: Path) -> None:
    """Status tells what was read; in Mozilla's mailboxes its flags tell what was read or deleted."""
    path = tmp_path / "inbox"
    flagged = [b"X-Mozilla-Status: " + flags + b"\n" + a_mail() for flags in (b"0001", b"0009", b"zzz")]
    path.write_bytes(
        in_mbox(a_mail(status="RO"), a_mail(status="O"))
        + in_mbox(*flagged, separator=b"From - Tue Mar 10 09:30:00 2026")
    )
    items = read_path(path)
    assert [message.read for message in messages(items)] == [True, False, True, False]
    assert reasons(items) == ["deleted"]


def test_no_sender_can_have_a_mail_left_out(tmp_path: Path) -> None:
    """A flag that came with the mail must not say that it was deleted, nor that it was read."""
    path = tmp_path / "inbox"
    forged = a_mail(received="x", x_mozilla_status="0009", x_status="D")
    path.write_bytes(
        in_mbox(forged, b"X-Mozilla-Status: 0009\n" + a_mail())
        + in_mbox(forged, separator=b"From - Tue Mar 10 09:30:00 2026")
    )
    items = read_path(path)
    assert [message.read for message in messages(items)] == [False] * 3
    assert reasons(items) == []


def test_separator_dates_a_mail_without_one(tmp_path: Path) -> None:
    """A mail without a date has that of its separator, else that of the file."""
    path = tmp_path / "inbox"
    path.write_bytes(
        in_mbox(a_mail(date=None), separator=b"From a@b.example Tue Mar 10 09:30:00 +0000 2026")
        + in_mbox(a_mail(date=None), separator=b"From -")
    )
    first, second = messages(read_path(path))
    assert (first.at, first.at_zone) == (1_773_135_000_000, False)
    assert second.at == path.stat().st_mtime_ns // 1_000_000


def test_same_mail_in_every_container(tmp_path: Path) -> None:
    """One mail read from an mbox, a Maildir and a file must give equal records."""
    mail = a_mail(PLAIN + "\nFrom then on\n>From even\n")
    (tmp_path / "one.mbox").write_bytes(in_mbox(mail))
    (tmp_path / "two.eml").write_bytes(mail.replace(b"\n", b"\r\n"))
    for part in ("cur", "new", "tmp"):
        (tmp_path / "three" / part).mkdir(parents=True)
    (tmp_path / "three" / "cur" / "1773135000.M1.host:2,").write_bytes(mail)
    (tmp_path / "four.emlx").write_bytes(b"%d\n" % len(mail) + mail + b"<plist></plist>")
    records = [message_fields(message) for message in messages(read_path(tmp_path))]
    assert len(records) == 4
    assert all(record == records[0] for record in records)


def test_reading_goes_on_where_a_disk_fails(tmp_path: Path) -> None:
    """A file that goes away is told with its place."""
    source = MailboxSource(tmp_path / "gone", "gone")
    assert reasons(source.read(lambda done: None)) == ["It cannot be read: No such file or directory."]
    assert source.size == 0


def test_progress_grows_to_the_size(tmp_path: Path) -> None:
    """Progress must grow and end at the size of the file."""
    path = tmp_path / "inbox"
    path.write_bytes(in_mbox(*TWO * 5))
    seen: list[int] = []
    source = MailboxSource(path, "inbox")
    assert len(messages(source.read(seen.append))) == 10
    assert seen == sorted(seen)
    assert seen[-1] == source.size == path.stat().st_size


@pytest.mark.parametrize(("name", "read"), [("Unread", False), ("Ungelesen", False), ("All.mbox", True)])
def test_a_takeout_of_what_is_unread(name: str, read: bool, tmp_path: Path) -> None:
    """The mailbox says so where its mails' labels do not."""
    path = tmp_path / name
    separator = b"From 1@xxx Tue Mar 10 09:30:00 +0000 2026"
    path.write_bytes(in_mbox(a_mail(x_gmail_labels="Inbox,Work"), separator=separator))
    assert [message.read for message in messages(read_path(tmp_path))] == [read]
