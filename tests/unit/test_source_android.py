# ruff: noqa: E501 - elements and lines of chats stand as they are written
"""Backups of texts and calls on Android: broken, cut, hostile and huge."""

import importlib
import sys
import tracemalloc
from base64 import b64encode
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mails import messages, read_path, reasons
from store.records.message import Attachment
from store.rules.grouping import group
from store.sources.phone.elements import Element, elements
from store.sources.phone.mending import mended
from store.sources.source import Item, Unreadable

HEAD = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"
TEXT = '<sms address="+1 (415) 555-0132" date="1773135005000" type="{}" subject="null" body="{}" contact_name="(Unknown)"/>\n'


def texts(folder: Path, *elements: str, name: str = "sms.xml") -> Path:
    """Write a backup of texts."""
    path = folder / name
    path.write_text(f'{HEAD}<smses count="99">\n{"".join(elements)}</smses>\n')
    return path


def calls(folder: Path, *elements: str) -> Path:
    """Write a backup of calls."""
    path = folder / "calls.xml"
    path.write_text(f'{HEAD}<calls count="1">\n{"".join(elements)}</calls>\n')
    return path


def test_texts(tmp_path: Path) -> None:
    """Received and sent ones, each with the other side; drafts and what was not sent are left out."""
    path = texts(tmp_path, *(TEXT.format(kind, f"Number {kind}") for kind in "123456"))
    items = read_path(path)
    received, sent = messages(items)
    assert (received.direction, received.sender.phone, received.sender.name) == ("in", "+14155550132", "")
    assert (sent.direction, sent.recipients[0].phone) == ("out", "+14155550132")
    assert received.at == 1_773_135_005_000
    assert reasons(items) == ["draft", "not sent", "not sent", "not sent"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("&#55357;&#56395;", "👋"),
        ("&#xD83D;&#xDC4B;", "👋"),
        ("a&#55357;b", "a\ufffdb"),
        ("a&#56395;&#55357;b", "a\ufffd\ufffdb"),
        ("a&#0;&#8;b", "ab"),
        ("one&#10;two", "one\ntwo"),
        ("&amp;#55357;", "&#55357;"),
        ("null", ""),
    ],
)
def test_what_no_parser_takes(tmp_path: Path, written: str, read: str) -> None:
    """Halves of emoji are joined, lone ones replaced, control characters left out, nothing else touched."""
    (message,) = messages(read_path(texts(tmp_path, TEXT.format(1, written))))
    assert message.body == read


class Slow(BytesIO):
    """A stream that gives so many bytes at once."""

    def __init__(self, data: bytes, most: int) -> None:
        super().__init__(data)
        self._most = most

    def read(self, count: int | None = -1, /) -> bytes:
        """Read a few bytes."""
        return super().read(self._most)


PIECES = st.sampled_from([
    b"&#55357;", b"&#56395;", b"&#xD83D;", b"&#xDC4B;", b"&#0;", b"&#10;", b"&#65535;", b"&#99999999999;", b"&#",
    b"&", b";", b"\xf0\x9f\x91\x8b", b"\xf0\x9f", b"\xff", b"\x00", b' data="', b" data = '", b" dat", b"a", b'"', b"'",
    b"A" * 4_000, b"A" * 5_000, b"QUI=", b"<sms ", b"<mms>", b"</mms>", b"<part", b"/>", b"</smses>", b" body='", b"\n",
])  # fmt: skip


@given(st.lists(PIECES, max_size=20), st.integers(1, 40))
def test_mending_does_not_depend_on_chunks(pieces: list[bytes], size: int) -> None:
    """However the bytes come, what comes out is the same: no reference, pair, character or picture is cut."""
    data = b"".join(pieces)
    assert "".join(mended(Slow(data, size))) == "".join(mended(BytesIO(data)))


@given(st.lists(PIECES, max_size=20), st.integers(1, 4_000))
def test_records_do_not_depend_on_chunks(pieces: list[bytes], size: int) -> None:
    """However the bytes come, the records are the same, and those before and behind the bytes are there."""
    data = f"{HEAD}<smses>{TEXT.format(1, 'first')}".encode() + b"".join(pieces)
    data += f"\n{TEXT.format(1, 'last')}</smses>".encode()
    found = list(elements(mended(Slow(data, size))))
    assert found == list(elements(mended(BytesIO(data))))
    bodies = [each.fields["body"] for each in found if isinstance(each, Element) and "body" in each.fields]
    assert (bodies[0], bodies[-1]) == ("first", "last")


@given(st.text(max_size=200))
def test_no_words_are_changed(words: str) -> None:
    """Whatever a text says, in either kind of quotes, it is read as it was written."""
    from xml.sax.saxutils import escape

    ends = {"\n": "&#10;", "\t": "&#9;", "\r": "&#13;", "'": "&apos;"}
    legal = "".join(c for c in words if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff"))
    legal = legal.replace("\ufffe", "").replace("\uffff", "") + " data=\"A\" data='B' &#55357;"
    data = f"<smses><sms body='{escape(legal, ends)}'/></smses>".encode()
    (found,) = elements(mended(BytesIO(data)))
    assert isinstance(found, Element)
    assert found.fields["body"] == legal


@pytest.mark.parametrize(
    "broken",
    [
        "<sms address=oops/>\n",
        '<sms body="&nosuch;"/>\n',
        "<mms>" + "<a>" * 5_000 + "\n",
        "<sms></smses>\n",
    ],
    ids=["quotes", "entity", "deep", "ended"],
)
def test_a_broken_record_costs_itself_alone(tmp_path: Path, broken: str) -> None:
    """It is told with its line; what stands before and behind is read."""
    path = texts(tmp_path, TEXT.format(1, "One"), broken, TEXT.format(1, "Two"))
    items = read_path(path)
    assert [message.body for message in messages(items)] == ["One", "Two"]
    (problem,) = [item for item in items if isinstance(item, Unreadable)]
    assert problem.place.endswith("sms.xml, line 4")
    assert "no XML" in problem.reason


def test_an_endless_record(tmp_path: Path) -> None:
    """It is passed over and told, in little memory."""
    endless = '<sms body="' + "x" * 12_000_000 + '"/>\n'
    path = texts(tmp_path, TEXT.format(1, "One"), endless, TEXT.format(1, "Two"))
    tracemalloc.start()
    items = read_path(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [message.body for message in messages(items)] == ["One", "Two"]
    assert "longer than 4 MB" in reasons(items)[0]
    assert most < 30_000_000


def test_what_a_stranger_writes_breaks_nothing(tmp_path: Path) -> None:
    """Words that look like a picture stay words, and what stands behind them is read."""
    hostile = """<sms address="88202" date="1773135005000" type="1" body='a data="b' read="1"/>\n"""
    found = messages(read_path(texts(tmp_path, hostile, TEXT.format(1, "Two"))))
    assert [message.body for message in found] == ['a data="b', "Two"]


def test_numbers_that_are_none(tmp_path: Path) -> None:
    """A date of thousands of digits is told, a duration of as many is none."""
    items = read_path(texts(tmp_path, TEXT.replace("1773135005000", "9" * 5_000).format(1, "x")))
    assert "no date" in reasons(items)[0]
    element = f'<call number="1" date="1773135005000" type="2" duration="{"9" * 5_000}"/>'
    assert messages(read_path(calls(tmp_path, element)))[0].duration == 0


@pytest.mark.parametrize("encoding", ["no-such", "shift_jis", "utf-16"])
def test_an_encoding_that_is_claimed(tmp_path: Path, encoding: str) -> None:
    """A backup is UTF-8 whatever it says of itself."""
    path = texts(tmp_path, TEXT.format(1, "Grüße"))
    path.write_text(path.read_text().replace("UTF-8", encoding))
    assert [message.body for message in messages(read_path(path))] == ["Grüße"]


@pytest.mark.parametrize(
    "text",
    ["<data><calls><call number='1' date='1773135005000' type='1'/></calls></data>", "<svg><!-- <smses> --></svg>"],
)  # fmt: skip
def test_other_xml_is_no_backup(tmp_path: Path, text: str) -> None:
    """The root decides, not what stands in it."""
    (tmp_path / "sms.xml").write_text(text)
    assert messages(read_path(tmp_path / "sms.xml")) == []
    assert "docs/sources.md lists what can be read" in reasons(read_path(tmp_path / "sms.xml"))[0]


def test_a_picture_message(tmp_path: Path) -> None:
    """Its text parts are its words, its pictures are listed, and whoever wrote it is the sender."""
    mms = (
        '<mms date="1773135005" msg_box="1" address="+14155550132~+14155550133" m_type="132" sub="null" m_id="7">'
        '<parts><part seq="-1" ct="application/smil" text="&lt;smil/>"/><part seq="0" ct="text/plain" text="A role"/>'
        '<part seq="1" ct="image/jpeg" cl="brief.jpg" data="' + "QUJD" * 100_000 + '"/></parts>'
        '<addrs><addr address="+14155550133" type="137"/><addr address="insert-address-token" type="151"/></addrs>'
        "</mms>"
    )
    (message,) = messages(read_path(texts(tmp_path, mms)))
    assert (message.channel, message.body) == ("mms", "A role")
    assert (message.sender.phone, message.recipients[0].phone) == ("+14155550133", "+14155550132")
    assert message.attachments == (Attachment(name="brief.jpg", type="image/jpeg", size=300_000),)
    assert message.at == 1_773_135_005_000


def picture(folder: Path, parts: str = "", **fields: str) -> list[Item]:
    """Read a backup with one picture message."""
    named = {"date": "1773135005000", "address": "+14155550132", "msg_box": "1", **fields}
    written = " ".join(f'{name}="{value}"' for name, value in named.items())
    return read_path(texts(folder, f"<mms {written}><parts>{parts}</parts></mms>"))


def test_words_that_are_written_as_base64(tmp_path: Path) -> None:
    """They are words of the message, in the character set that the part names."""
    written = b64encode("Grüße".encode("latin-1")).decode()
    part = f'<part seq="0" ct="text/plain" chset="4" text="null" data="{written}"/>'
    (message,) = messages(picture(tmp_path, part))
    assert (message.body, message.attachments) == ("Grüße", ())


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"msg_box": "3"}, "draft"),
        ({"msg_box": "5"}, "not sent"),
        ({"m_type": "130"}, "not downloaded"),
        ({"m_type": "134"}, "report of delivery"),
    ],
)
def test_what_is_no_picture_message(tmp_path: Path, fields: dict[str, str], reason: str) -> None:
    """What was not sent is not taken for something that came in, nor is a report."""
    items = picture(tmp_path, **fields)
    assert messages(items) == []
    assert reasons(items) == [reason]


def test_a_group_that_was_written_to(tmp_path: Path) -> None:
    """Each of them has the name that is theirs; where names do not fit, nobody gets one."""
    group = {"msg_box": "2", "address": "+14155550132~+14155550133"}
    (message,) = messages(picture(tmp_path, contact_name="Dana Whitfield, Priya Nair", **group))
    assert [(each.name, each.phone) for each in message.recipients] == [
        ("Dana Whitfield", "+14155550132"), ("Priya Nair", "+14155550133"),
    ]  # fmt: skip
    (message,) = messages(picture(tmp_path, contact_name="Whitfield, Dana, Priya", **group))
    assert [each.name for each in message.recipients] == ["", ""]


def test_a_later_backup_adds_nothing(tmp_path: Path) -> None:
    """What has a name by now, or was written with whole characters, has the key it had."""
    old = messages(read_path(texts(tmp_path, TEXT.format(1, "Hi &#55357;&#56395;"))))
    new = TEXT.format(1, "Hi 👋").replace("(Unknown)", "Dana Whitfield")
    (later,) = messages(read_path(texts(tmp_path, new, name="sms-2.xml")))
    assert (later.k, later.sender.name) == (old[0].k, "Dana Whitfield")


@pytest.mark.parametrize(
    ("kind", "duration", "channel", "direction"),
    [
        ("1", "72", "call", "in"),
        ("1", "0", "call_missed", "in"),
        ("2", "33", "call", "out"),
        ("3", "0", "call_missed", "in"),
        ("4", "12", "voicemail", "in"),
        ("5", "0", "call_missed", "in"),
        ("1000", "5", "call", "in"),
    ],
)
def test_calls(tmp_path: Path, kind: str, duration: str, channel: str, direction: str) -> None:
    """A call that nobody took is a missed one, whatever the telephone calls it."""
    element = f'<call number="+14155550132" duration="{duration}" date="1773135005000" type="{kind}"/>'
    (message,) = messages(read_path(calls(tmp_path, element)))
    assert (message.channel, message.direction, message.duration) == (channel, direction, int(duration))


def test_a_backup_that_is_cut_off(tmp_path: Path) -> None:
    """What stood before is kept, and the place is told."""
    path = texts(tmp_path, TEXT.format(1, "One"), TEXT.format(1, "Two"))
    path.write_bytes(path.read_bytes()[:-40])
    items = read_path(path)
    assert [message.body for message in messages(items)] == ["One"]
    assert "ends here before its end" in reasons(items)[0]


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>\n',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">\n',
        "<!--" + "x" * 10_000 + '-->\n<!DOCTYPE x [<!ENTITY a "b">]>\n',
    ],
    ids=["bomb", "file", "far down"],
)
def test_entities_are_refused(tmp_path: Path, declared: str) -> None:
    """A file that declares entities is not read: no backup has any."""
    path = tmp_path / "sms.xml"
    path.write_text(
        f"<smses>\n{TEXT.format(1, 'x')}</smses>".replace("<smses>", f"<!--<smses-->{declared}<smses>")
    )
    items = read_path(path)
    assert messages(items) == []
    assert "declares entities" in reasons(items)[0]


def test_a_large_backup_takes_little_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures of megabytes are passed over as they come, however many there are."""
    path = tmp_path / "sms.xml"
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1] / "bench"))
    importlib.import_module("backup").write(path, 40_000_000)
    tracemalloc.start()
    count = len(messages(read_path(path)))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count > 1_000
    assert most < 15_000_000


@pytest.mark.full
def test_a_backup_of_a_gigabyte(tmp_path: Path) -> None:
    """The same with a thousand megabytes, in a process that may not grow by a hundred."""
    import subprocess

    program = (
        "import resource, sys\nfrom pathlib import Path\nsys.path[:0] = sys.argv[1:3]\nimport backup\n"
        "from store.sources import identify\npath = Path(sys.argv[3])\nbackup.write(path, 10**9)\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "(source,) = identify(path)\ncount = sum(1 for _ in source.read(lambda done: None))\n"
        "after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print(count, (after - before) // 1024)"
    )
    root = Path(__file__).parents[2]
    words = [
        sys.executable,
        "-c",
        program,
        str(root),
        str(root / "tests" / "bench"),
        str(tmp_path / "sms.xml"),
    ]
    ended = subprocess.run(words, capture_output=True, text=True, check=True)
    count, grown = map(int, ended.stdout.split())
    assert count > 30_000
    assert grown < 100


def test_what_is_sent_to_a_number_joins_what_came_from_it(tmp_path: Path) -> None:
    """Texts and calls of one number are one opportunity while nobody is silent for 45 days, and then another."""
    day = 86_400_000
    written = [("1", 0), ("2", 1), ("2", 30), ("1", 60), ("1", 160)]
    elements = [
        TEXT.format(kind, f"Hi {days}").replace("1773135005000", str(1_773_135_005_000 + days * day))
        for kind, days in written
    ]
    found = dict(enumerate(messages(read_path(texts(tmp_path, *elements))), 1))
    assert sorted(group(found, {})) == [[1, 2, 3, 4], [5]]
