"""Archives: Takeout's zips and tar balls are read as they are, and hostile ones are refused."""

import gzip
import io
import lzma
import random
import tarfile
import zipfile
from pathlib import Path

import pytest

from mails import a_mail, in_mbox, messages, read_path, reasons
from store.sources import Unreadable, identify, unpacking
from store.sources import archive as archives

BOX = in_mbox(a_mail(), a_mail(subject="Second"))


def a_zip(path: Path, **members: bytes) -> Path:
    """Make a zip; in names `_` stands for a slash."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr("Takeout/" + name.replace("_", "/") + ".mbox", data)
    return path


def test_takeout_zip(tmp_path: Path) -> None:
    """Every mailbox in the zip is read, each message with its place."""
    path = a_zip(tmp_path / "takeout-1.zip", Mail_All=BOX + b"junk", Mail_Papierkorb=BOX, Mail_Gesendet=BOX)
    items = read_path(path)
    assert [message.direction for message in messages(items)] == ["in", "in", "out", "out"]
    assert reasons(items) == ["trash", "trash"]
    (skipped, _) = [item for item in items if getattr(item, "reason", "") == "trash"]
    assert getattr(skipped, "place", "") == f"{path}: Takeout/Mail/Papierkorb.mbox, byte 0"


def test_takeout_tar(tmp_path: Path) -> None:
    """A tgz is read as a stream too, and found in a folder."""
    with tarfile.open(tmp_path / "archive.tgz", "w:gz") as archive:
        member = tarfile.TarInfo("Takeout/Mail/All.mbox")
        member.size = len(BOX)
        archive.addfile(member, io.BytesIO(BOX))
    assert len(messages(read_path(tmp_path))) == 2


def test_zip_of_single_mails(tmp_path: Path) -> None:
    """A zip of .eml files is read as well."""
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("Sent/1.eml", a_mail())
        archive.writestr("2.eml", a_mail())
        archive.writestr("readme.txt", "hello")
    assert [message.direction for message in messages(read_path(tmp_path))] == ["in", "out"]


@pytest.mark.parametrize(
    "name", ["../evil.mbox", "/etc/evil.mbox", "a/../../evil.mbox", "C:/evil.mbox", "a\\evil.mbox"]
)
def test_names_that_point_outside(tmp_path: Path, name: str) -> None:
    """A member whose name points outside is left alone and told; the others are read."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), BOX)
        archive.writestr("good.mbox", BOX)
    items = read_path(tmp_path / "a.zip")
    assert len(messages(items)) == 2
    assert reasons(items) == [
        "Its name points outside the archive, so it was left alone. Unpack it by hand if you trust it."
    ]


def test_links_and_bombs(tmp_path: Path) -> None:
    """A link and a member packed too tightly are refused."""
    link = zipfile.ZipInfo("link.mbox")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("bomb.mbox", b"\0" * 5_000_000)
    assert [reason.split(",")[0] for reason in reasons(read_path(tmp_path / "a.zip"))] == [
        "It is packed more tightly than messages can be",
        "It is a link",
    ]


@pytest.mark.parametrize(
    "kind", ["zip", "zip64", "with a comment", "in a zip", "long names", "a count that lies"]
)
def test_too_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """A zip of too many members is refused by what its end tells, before the list of them is made."""
    monkeypatch.setattr(unpacking, "MOST_MEMBERS", 9)
    monkeypatch.setattr(archives, "MOST_MEMBERS", 9)
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 5 if kind == "zip64" else 99)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number in range(1 if kind == "long names" else 10):
            archive.writestr(f"{number}.txt", b"")
        archive.comment = b"made by hand" if kind == "with a comment" else b""
    assert (b"PK\6\6" in made.getvalue()) == (kind == "zip64")
    data = bytearray(made.getvalue())
    if kind == "a count that lies":
        data[-12:-10] = b"\1\0"
    if kind == "long names":
        monkeypatch.setattr(unpacking, "_MOST_DIRECTORY", 50)
    (tmp_path / "a.zip").write_bytes(data)
    if kind == "in a zip":
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            archive.writestr("b.zip", data)
    listed: list[str] = []
    monkeypatch.setattr(zipfile.ZipInfo, "_decodeExtra", lambda info, *_: listed.append(info.filename))
    (reason,) = reasons(read_path(tmp_path / "a.zip"))
    assert "Unpack it and pull" in reason
    assert set(listed) <= {"b.zip"} or kind == "a count that lies"


@pytest.mark.parametrize("keep", [30, 200, -1, -30])
def test_truncated_zip(tmp_path: Path, keep: int) -> None:
    """A zip that was cut off anywhere is told as damaged."""
    data = a_zip(tmp_path / "a.zip", Mail_All=BOX).read_bytes()
    (tmp_path / "cut.zip").write_bytes(data[:keep])
    items = read_path(tmp_path / "cut.zip")
    assert isinstance(items[-1], Unreadable)
    assert "damaged" in items[-1].reason


def test_damaged_member(tmp_path: Path) -> None:
    """Damage inside one member is told; what stood before it and the other members are read."""
    path = a_zip(tmp_path / "a.zip", Mail_A=BOX, Mail_B=BOX)
    data = bytearray(path.read_bytes())
    data[80:120] = b"\xff" * 40
    path.write_bytes(data)
    items = read_path(path)
    assert len(messages(items)) == 2
    assert "damaged from here on" in reasons(items)[0]


def a_tar(path: Path, *members: tuple[tarfile.TarInfo, bytes]) -> Path:
    """Make a tgz of members whose headers may claim what they like."""
    with gzip.open(path, "wb") as packed:
        for member, data in members:
            packed.write(member.tobuf(tarfile.GNU_FORMAT) + data + b"\0" * (-len(data) % 512))
        packed.write(b"\0" * 1024)
    return path


def a_member(name: str, data: bytes, kind: bytes = tarfile.REGTYPE) -> tuple[tarfile.TarInfo, bytes]:
    """Make a member of a tar, written on 10 March 2026."""
    member = tarfile.TarInfo(name)
    member.size, member.type, member.mtime = len(data), kind, 1_773_135_000
    return member, data


@pytest.mark.parametrize("kind", [tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE, tarfile.XGLTYPE])
def test_tar_with_an_endless_header(kind: bytes, tmp_path: Path) -> None:
    """A name or attributes of megabytes are refused before they are read; what stood before is there."""
    good, bad = a_member("a.mbox", BOX), a_member("x", b"a" * 3_000_000, kind)
    items = read_path(a_tar(tmp_path / "a.tgz", good, bad, good))
    assert len(messages(items)) == 2
    assert "a header is longer than any program writes" in reasons(items)[0]


def test_tar_that_is_packed_too_tightly(tmp_path: Path) -> None:
    """A tar that unpacks to far more than mail can is told, with the member at which that shows."""
    items = read_path(
        a_tar(tmp_path / "a.tgz", a_member("a.mbox", BOX), a_member("b.mbox", bytes(8_000_000)))
    )
    assert len(messages(items)) == 2
    assert "it is packed more tightly than messages can be" in reasons(items)[-1]
    skipped = read_path(
        a_tar(tmp_path / "b.tgz", a_member("b.bin", bytes(8_000_000)), a_member("a.mbox", BOX))
    )
    assert "it is packed more tightly than messages can be" in reasons(skipped)[-1]


def test_tar_with_too_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Members of a tar are counted as those of a zip are."""
    monkeypatch.setattr(archives, "MOST_MEMBERS", 3)
    path = a_tar(tmp_path / "a.tgz", *[a_member(f"{number}.txt", b"") for number in range(4)])
    assert "Unpack it and pull" in reasons(read_path(path))[0]


@pytest.mark.parametrize("keep", [100, 3_000])
def test_truncated_tar(keep: int, tmp_path: Path) -> None:
    """A tar that was cut off anywhere is told as damaged."""
    whole = a_tar(tmp_path / "a.tgz", a_member("a.mbox", in_mbox(a_mail(random_text()))))
    (tmp_path / "cut.tgz").write_bytes(whole.read_bytes()[:keep])
    assert "damaged" in reasons(read_path(tmp_path / "cut.tgz"))[-1]


def random_text() -> str:
    """Return words that cannot be packed tightly."""
    return "".join(f"{number * 7919 % 1_000_003:x} " for number in range(5_000))


def test_ways_to_pack_without_a_bound(tmp_path: Path) -> None:
    """A zip packed otherwise than Takeout does is left alone: its members unpack all at once."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.mbox", BOX)
    assert "It is packed in an unusual way" in reasons(read_path(tmp_path / "a.zip"))[0]


@pytest.mark.parametrize(
    "error",
    [
        lzma.LZMAError("corrupt"),
        UnicodeDecodeError("utf-8", b"x", 0, 1, "bad"),
        IndexError("index"),
        ValueError(),
    ],
)
def test_whatever_the_archive_library_raises(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hostile bytes make the libraries raise nearly anything; the place and the reason are told."""
    path = a_zip(tmp_path / "a.zip", Mail_All=BOX)

    def broken(*_: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(zipfile.ZipExtFile, "read", broken)
        assert "damaged from here on" in reasons(read_path(path))[0]
    with monkeypatch.context() as patch:
        patch.setattr(zipfile.ZipFile, "infolist", broken)
        (source,) = identify(path)
        assert isinstance(source, archives.ArchiveSource)
        assert source.size == path.stat().st_size
        patch.setattr(zipfile.ZipFile, "_RealGetContents", broken)
        assert "The archive is damaged" in reasons(read_path(path))[0]


def test_mails_without_a_date_have_that_of_their_member(tmp_path: Path) -> None:
    """A mail without a date has the time of its member, else that of the archive, and is not of 1970."""
    mail = a_mail(date=None)
    a_tar(tmp_path / "a.tgz", a_member("a.eml", mail))
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("known.eml", (2026, 3, 10, 9, 30, 0)), mail)
        archive.writestr(zipfile.ZipInfo("unknown.eml"), mail)
    times = [message.at for message in messages(read_path(tmp_path))]
    written = (tmp_path / "b.zip").stat().st_mtime_ns // 1_000_000
    assert times == [1_773_135_000_000, 1_773_135_000_000, written]


def with_attributes(path: Path, *members: tuple[str, bytes, dict[str, str]]) -> Path:
    """Make a tgz of members with attributes (pax) that may say what they like."""
    with gzip.open(path, "wb") as packed:
        for name, data, said in members:
            lines = b"".join(_attribute(f"{key}={value}\n".encode()) for key, value in said.items())
            for member, content in (a_member("said", lines, tarfile.XHDTYPE), a_member(name, data)):
                packed.write(member.tobuf(tarfile.GNU_FORMAT) + content + b"\0" * (-len(content) % 512))
        packed.write(b"\0" * 1024)
    return path


def _attribute(said: bytes) -> bytes:
    """Write an attribute behind its own length."""
    length = len(said) + 1
    while len(str(length)) + 1 + len(said) != length:
        length += 1
    return b"%d %b" % (length, said)


@pytest.mark.parametrize("time", ["inf", "-inf", "nan", "1e308", "1e300", "-1", "-1e12", "9" * 400, "soon"])
def test_times_of_members_that_are_none(tmp_path: Path, time: str) -> None:
    """A time that no message can have is that of the archive; what stands behind it is read, too."""
    mail = a_mail(date=None)
    path = with_attributes(
        tmp_path / "a.tgz", ("a.eml", mail, {"mtime": time}), ("b.mbox", in_mbox(mail), {"mtime": time})
    )
    written = path.stat().st_mtime_ns // 1_000_000
    assert [message.at for message in messages(read_path(path))] == [written, 1_773_135_000_000]


@pytest.mark.parametrize(
    "said",
    [
        {"size": "9" * 40},
        {"size": "-512"},
        {"size": "-99999999"},
        {"size": "9" * 5_000},
        {"size": "1e3"},
        {"uid": "9" * 5_000, "gid": "-1"},
        {"uid": "nobody", "gid": "nan"},
        {"path": "\0/../a\x1b.mbox"},
        {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.realsize": "9" * 40},
        {"GNU.sparse.map": "0,9999999999999,5,x"},
        {"hdrcharset": "BINARY", "path": "\xff.mbox"},
    ],
    ids=lambda said: "-".join(f"{name}={value[:12]}" for name, value in said.items()),
)
def test_attributes_of_members_that_are_none(tmp_path: Path, said: dict[str, str]) -> None:
    """A size, an owner or a name that cannot be ends no reading: what stood before is there."""
    path = with_attributes(tmp_path / "a.tgz", ("a.mbox", BOX, {}), ("b.mbox", BOX, said))
    items = read_path(path)
    assert len(messages(items)) in (2, 4)
    assert all(str(path) in item.place for item in items if isinstance(item, Unreadable))


def test_archive_without_mail(tmp_path: Path) -> None:
    """Named, an archive without mail needs a sentence; in a folder it is only counted."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("photo.jpg", b"x")
    assert "There are no messages in this archive." in reasons(read_path(tmp_path / "a.zip"))[0]
    assert reasons(read_path(tmp_path)) == ["not mail"]


def test_progress_over_several_members(tmp_path: Path) -> None:
    """Progress counts on over the members, within the size told before."""
    path = a_zip(tmp_path / "a.zip", A=BOX, B=BOX)
    (source,) = identify(path)
    assert not isinstance(source, Unreadable)
    seen: list[int] = []
    assert len(messages(source.read(seen.append))) == 4
    assert seen == sorted(seen)
    assert seen[-1] <= source.size == 2 * len(BOX)


@pytest.mark.parametrize("name", ["all.mbox.gz", "Sent.gz", "one.eml.gz"])
def test_a_mailbox_or_a_mail_packed_alone(tmp_path: Path, name: str) -> None:
    """It is read as it would be unpacked, and its name tells what it is for."""
    mail = a_mail(message_id="<1@x.example>")
    data = mail if "eml" in name else in_mbox(mail, a_mail(message_id="<2@x.example>"))
    path = tmp_path / name
    path.write_bytes(gzip.compress(data))
    found = messages(read_path(path))
    assert len(found) == (1 if "eml" in name else 2)
    assert {each.direction for each in found} == ({"out"} if "Sent" in name else {"in"})


def test_a_mailbox_packed_alone_that_was_cut(tmp_path: Path) -> None:
    """What stands before the cut is read, and the rest is told."""
    mails = [
        a_mail(random.Random(number).randbytes(3_000).hex(), Subject=f"{number}") for number in range(40)
    ]
    path = tmp_path / "all.mbox.gz"
    path.write_bytes(gzip.compress(in_mbox(*mails))[:-30_000])
    items = read_path(path)
    assert 20 < len(messages(items)) < 40
    assert [each.reason for each in items if isinstance(each, Unreadable)] == [
        "It is damaged from here on: Compressed file ended before the end-of-stream marker was reached."
    ]


def test_an_encrypted_member(tmp_path: Path) -> None:
    """It is told what to do, and the others are read."""
    path = tmp_path / "mail.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.mbox", in_mbox(a_mail()))
        archive.writestr("b.mbox", in_mbox(a_mail(message_id="<2@x.example>")))
    data = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    path.write_bytes(data)
    items = read_path(path)
    assert len(messages(items)) == 1
    (problem,) = [each for each in items if isinstance(each, Unreadable)]
    assert problem.place.endswith("a.mbox")
    assert problem.reason.startswith("It is encrypted")
