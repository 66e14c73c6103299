# ruff: noqa: E501 - elements and lines of chats stand as they are written
"""Texts, calls and voicemail: backups of Android, Google Voice, WhatsApp; broken, cut, hostile and huge."""

import importlib
import sys
import time
import tracemalloc
import zipfile
from base64 import b64encode
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mails import messages, own, read_path, reasons
from store.records.message import Attachment, Message
from store.rules.grouping import group
from store.sources.entries import bytes_entry
from store.sources.phone.chat_lines import is_chat
from store.sources.phone.elements import Element, elements
from store.sources.phone.mending import mended
from store.sources.phone.whatsapp import _read
from store.sources.source import Item, Own, Skipped, Unreadable

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
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
    assert "This is not mail" in reasons(read_path(tmp_path / "sms.xml"))[0]


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


# Google Voice

PAGE = """<?xml version="1.0" ?><!DOCTYPE html><html><head><title>{title}</title></head><body>{body}
<div class="tags">Labels: <a rel="tag" href="http://www.google.com/voice#{label}">x</a></div></body></html>"""
CHAT = """<div class="hChatLog hfeed">
<div class="message"><abbr class="dt" title="2026-03-10T09:30:00.563-07:00">Mar 10</abbr>:
<cite class="sender vcard"><a class="tel" href="tel:+14155550132"><span class="fn">Dana Whitfield</span></a></cite>:
<q>Staff role &amp; more<br>Free at 3?</q></div>
<div class="message"><abbr class="dt" title="2026-03-10T09:31:00.000-07:00">Mar 10</abbr>:
<cite class="sender vcard"><a class="tel" href="tel:+14155550199"><abbr class="fn" title="">Me</abbr></a></cite>:
<q>MMS Sent</q><div><img src="Dana - Text - 2026-1" alt="x"/></div></div></div>"""
VOICEMAIL = """<div class="haudio"><div class="contributor vcard">Voicemail from
<a class="tel" href="tel:+14155550132"><span class="fn">Dana Whitfield</span></a></div>
<abbr class="published" title="2026-03-10T09:23:31.000-07:00">Mar 10</abbr>
<span class="description"><span class="full-text">Hi, call me back about the role.</span>
<span class="word high"><span>Hi</span></span>
<audio controls="controls" src="Dana - Voicemail.mp3"></audio><abbr class="duration" title="PT1M18S">x</abbr></div>"""


def voice(folder: Path, **pages: str) -> Path:
    """Write pages into a Takeout."""
    calls_folder = folder / "Takeout" / "Voice" / "Calls"
    calls_folder.mkdir(parents=True)
    for name, page in pages.items():
        (calls_folder / f"{name}.html").write_text(page)
    (folder / "Takeout" / "Voice" / "Phones.vcf").write_text(
        "BEGIN:VCARD\nitem1.TEL:+14155550199\nEND:VCARD\n"
    )
    return folder


def test_a_conversation(tmp_path: Path) -> None:
    """Texts with their lines, the user's own as sent, pictures listed, times to the millisecond and in UTC."""
    page = PAGE.format(title="Me to\nDana Whitfield", body=CHAT, label="sms")
    received, sent = messages(read_path(voice(tmp_path, chat=page)))
    assert received.body == "Staff role & more\nFree at 3?"
    assert received.at == 1_773_160_200_563
    assert (sent.direction, sent.recipients[0].phone, len(sent.attachments)) == ("out", "+14155550132", 1)


def test_a_voicemail_with_its_transcript(tmp_path: Path) -> None:
    """The transcript is its words, once; the recording is listed."""
    page = PAGE.format(title="Voicemail from Dana", body=VOICEMAIL, label="voicemail")
    (message,) = messages(read_path(voice(tmp_path, mail=page)))
    assert (message.channel, message.body) == ("voicemail", "Hi, call me back about the role.")
    assert (message.duration, message.attachments[0].name) == (78, "Dana - Voicemail.mp3")


def test_the_users_own_numbers(tmp_path: Path) -> None:
    """The card beside the pages has them."""
    page = PAGE.format(title="Missed call from Dana", body=VOICEMAIL, label="missed")
    folder = voice(tmp_path, call=page)
    (folder / "Takeout" / "Voice" / "Phones.vcf").rename(
        folder / "Takeout" / "Voice" / "Calls" / "Phones.vcf"
    )
    items = read_path(folder)
    assert Own(phone="+14155550199") in items
    assert own(items) == [""]
    assert messages(items)[0].channel == "call_missed"


def test_spam_is_left_out(tmp_path: Path) -> None:
    """What Voice put into spam or trash is counted."""
    page = PAGE.format(title="x", body=CHAT, label="spam")
    items = read_path(voice(tmp_path, chat=page))
    assert "spam" in reasons(items)
    assert messages(items) == []


def test_another_page_is_no_conversation(tmp_path: Path) -> None:
    """A page of HTML elsewhere is nobody's."""
    (tmp_path / "page.html").write_text("<html><body>Hello</body></html>")
    assert messages(read_path(tmp_path)) == []


# WhatsApp


def at(*pieces: int) -> int:
    """Return a time in milliseconds."""
    year, month, day, hour, minute, second = (*pieces, 0, 0)[:6]
    return int(datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp() * 1000)


def chat(folder: Path, text: str, name: str = "WhatsApp Chat with Dana Whitfield.txt") -> list[Message]:
    """Return the messages of a chat."""
    path = folder / name
    path.write_text(text)
    return messages(read_path(path))


@pytest.mark.parametrize(
    ("first", "second", "when"),
    [
        ("3/14/26, 1:55 p.m. - Dana Whitfield: Hi", "3/15/26, 1:56 p.m. - Robin: Yes", (2026, 3, 14, 13, 55)),
        ("14-03-2026, 01.55 PM - Dana Whitfield: Hi", "15-03-2026, 01.56 PM - Robin: Yes", (2026, 3, 14, 13, 55)),
        ("14.03.26 21.25.15: Dana Whitfield: Hi", "15.03.26 21.25.16: Robin: Yes", (2026, 3, 14, 21, 25, 15)),
        ("[14.03.26 21:25:15] Dana Whitfield: Hi", "[15.03.26 21:25:16] Robin: Yes", (2026, 3, 14, 21, 25, 15)),
        ("14.3.2026 klo 21.25.15 - Dana Whitfield: Hi", "15.3.2026 klo 21.25.16 - Robin: Yes", (2026, 3, 14, 21, 25, 15)),
        ("14. 3. 2026. 21:25:15 Dana Whitfield: Hi", "15. 3. 2026. 21:25:16 Robin: Yes", (2026, 3, 14, 21, 25, 15)),
        ("\u200e[2026/03/14, 21:25:15] Dana Whitfield: Hi", "[2026/03/15, 21:25:16] Robin: Yes", (2026, 3, 14, 21, 25, 15)),
        ("3/14/26, 12:05\u202fAM - Dana Whitfield: Hi", "3/15/26, 1:56\u202fPM - Robin: Yes", (2026, 3, 14, 0, 5)),
        ("١٤/٠٣/٢٦, 13:55 - Dana Whitfield: Hi", "١٥/٠٣/٢٦, 13:56 - Robin: Yes", (2026, 3, 14, 13, 55)),
    ],
)  # fmt: skip
def test_dates_as_telephones_write_them(
    tmp_path: Path, first: str, second: str, when: tuple[int, ...]
) -> None:
    """Every way of writing a date is read, and days are told from months by what the file shows."""
    received, sent = chat(tmp_path, f"{first}\n{second}\n")
    assert (received.body, received.direction, received.at) == ("Hi", "in", at(*when))
    assert (sent.body, sent.direction, sent.recipients[0].name) == ("Yes", "out", "Dana Whitfield")
    assert not received.at_zone


def test_days_and_months_by_what_never_goes_back(tmp_path: Path) -> None:
    """Where no number is above twelve, the order in which dates rise is the right one."""
    lines = "01/02/2026, 10:00 - Dana Whitfield: a\n05/02/2026, 10:00 - Dana Whitfield: b\n02/03/2026, 10:00 - Dana Whitfield: c\n"
    assert [message.at for message in chat(tmp_path, lines)] == [
        at(2026, 2, 1, 10), at(2026, 2, 5, 10), at(2026, 3, 2, 10),
    ]  # fmt: skip


def test_what_cannot_be_told_is_said(tmp_path: Path) -> None:
    """One date that may be two is read as the day first, with a sentence."""
    path = tmp_path / "WhatsApp Chat with Dana.txt"
    path.write_text("02/03/2026, 10:00 - Dana: a\n02/03/2026, 10:01 - Dana: b\n")
    items = read_path(path)
    assert "whether day or month comes first" in reasons(items)[0]
    assert messages(items)[0].at == at(2026, 3, 2, 10)


def test_lines_notes_and_media(tmp_path: Path) -> None:
    """Lines go on, notes are left out, a file is listed, a missed call is a call, a colon makes no author."""
    text = (
        "14/03/2026, 10:00 - Messages and calls are end-to-end encrypted.\n"
        '14/03/2026, 10:01 - Dana Whitfield changed the subject to "Plan: B"\n'
        "14/03/2026, 10:02 - Dana Whitfield: One\nmore: of it\n"
        "14/03/2026, 10:03 - Dana Whitfield: <Media omitted>\n"
        "14/03/2026, 10:04 - Dana Whitfield: brief.pdf (file attached)\n"
        "14/03/2026, 10:05 - Dana Whitfield: Missed voice call\n"
        "14/03/2026, 10:06 - Dana Whitfield: Yes <This message was edited>\n"
    )
    words, file, call, edited = chat(tmp_path, text)
    assert words.body == "One\nmore: of it"
    assert file.attachments[0].name == "brief.pdf"
    assert call.channel == "call_missed"
    assert edited.body == "Yes"


def test_attachments_of_a_chat(tmp_path: Path) -> None:
    """However an export writes that a file was sent, it is listed, and the words beside it are kept."""
    text = (
        "14/03/2026, 10:00 - Dana: < attached: a b.jpg >\n"
        "14/03/2026, 10:01 - Dana: b.jpg <\u200eattached>\n"
        "14/03/2026, 10:02 - Dana: \u200ec.jpg (Datei angehängt)\nFrohe Ostern\n"
    )
    found = chat(tmp_path, text)
    assert [each.attachments[0].name for each in found] == ["a b.jpg", "b.jpg", "c.jpg"]
    assert [each.body for each in found] == ["[attachment]", "[attachment]", "Frohe Ostern"]


def test_words_that_look_like_another_export(tmp_path: Path) -> None:
    """An export has one shape: a line of another one belongs to the words of the message before."""
    text = (
        "14/03/2026, 10:00 - Dana: Slots:\n2026-04-29 10:30:00 first: maybe\n[15.03.26 21:25:16] Robin: Yes\n"
        "15/03/2026, 10:00 - Robin: Fine\n"
    )
    first, second = chat(tmp_path, text)
    assert first.body.count("\n") == 2
    assert (first.at, second.at) == (at(2026, 3, 14, 10), at(2026, 3, 15, 10))


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-14 10:00:00 INFO server: started\n2026-03-14 10:00:01 INFO server: up\n",
        "[2026-03-14 10:00:00] shop.ERROR: no\n[2026-03-14 10:00:01] shop.INFO: yes\n",
        "14.3.2026 10:00 Call Dana: ask about pay\n15.3.2026 10:00 Call Priya: thanks\n",
        "14/03/2026, 10:00 - Dana: only one\n",
        "Dear Robin,\n\n14/03/2026, 10:00 would do.\n",
    ],
    ids=["log", "log in brackets", "notes", "one line", "letter"],
)
def test_other_texts_are_no_chats(tmp_path: Path, text: str) -> None:
    """A log, a note or a letter is nobody's."""
    (tmp_path / "notes.txt").write_text(text)
    assert messages(read_path(tmp_path)) == []


def test_a_copy_and_an_unpacked_export_are_the_same_chat(tmp_path: Path) -> None:
    """The number that a browser adds to a name changes nothing; nor whether it lies in a zip or in a folder."""
    text = "14/03/2026, 10:00 - Dana Whitfield: One\n14/03/2026, 10:01 - Robin: Two\n"
    expected = chat(tmp_path, text)
    assert chat(tmp_path, text, "WhatsApp Chat with Dana Whitfield (1).txt") == expected
    folder = tmp_path / "WhatsApp Chat - Dana Whitfield"
    folder.mkdir()
    assert chat(folder, text, "_chat.txt") == expected
    with zipfile.ZipFile(tmp_path / "WhatsApp Chat - Dana Whitfield.zip", "w") as archive:
        archive.writestr("_chat.txt", text)
    assert messages(read_path(tmp_path / "WhatsApp Chat - Dana Whitfield.zip")) == expected


def test_a_chat_of_years_is_many_talks(tmp_path: Path) -> None:
    """A month without a word is one talk, two are not, also where an export begins later."""
    lines = [f"14/{month:02}/2026, 10:00 - Dana Whitfield: Hi\n" for month in (1, 2, 3, 7)]

    def talks(text: str) -> list[list[int]]:
        found = dict(enumerate(chat(tmp_path, text), 1))
        return sorted(group(found, {}))

    assert talks("".join(lines)) == [[1, 2, 3], [4]]
    whole = chat(tmp_path, "".join(lines))
    assert chat(tmp_path, "".join(lines[1:])) == whole[1:]


@pytest.mark.parametrize("filler", [" ", "\n", "<", "< attached: ", "\u200e", "(", "a:", "1/1/1, "])
def test_hostile_lines_take_no_long_time(filler: str) -> None:
    """The time grows with the length of a message, not with its square."""
    data = ("14/03/2026, 10:00 - Dana: x" + filler * (600_000 // len(filler)) + "y\n").encode()
    begun = time.process_time()
    assert list(_read(bytes_entry(data, "a chat", "chat.txt"), lambda done: None))
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    ("line", "hour"),
    [
        ("2026/3/14 下午9:25 - Dana Whitfield: a", 21),
        ("2026. 3. 14. 오후 9:25 - Dana Whitfield: a", 21),
        ("2026/3/14 午前0:25 - Dana Whitfield: a", 0),
        ("14/3/2026, 9:25 μ.μ. - Dana Whitfield: a", 21),
        ("14/3/2026, 9:25 nachm. - Dana Whitfield: a", 21),
        ("14/3/2026 à 21:25 - Dana Whitfield: a", 21),
        ("[14/3/2026, 9:25:10\u202fp.\xa0m.] Dana Whitfield: a", 21),
        ("[03/2026/14, 21:25:15] Dana Whitfield: a", 21),
    ],
)
def test_halves_of_the_day(tmp_path: Path, line: str, hour: int) -> None:
    """Words for before and after noon are read in the languages that write them."""
    (message,) = chat(tmp_path, line + "\n")
    assert (message.body, message.at // 3_600_000 % 24) == ("a", hour)


def test_the_same_line_twice_is_two(tmp_path: Path) -> None:
    """Equal messages of one minute are as many as there are, and the same with every reading."""
    line = "14/03/2026, 10:00 - Dana Whitfield: ok\n"
    first = [message.k for message in chat(tmp_path, line * 3)]
    assert len(set(first)) == 3
    assert [message.k for message in chat(tmp_path, line * 3)] == first


@given(st.lists(st.text(max_size=80), max_size=8))
def test_no_text_breaks_it(lines: list[str]) -> None:
    """Whatever stands in a file, it is read or told."""
    data = "\n".join(f"14/03/2026, 10:00 - {line}" for line in lines).encode("utf-8", "replace")
    items = list(_read(bytes_entry(data, "a chat", "chat.txt"), lambda done: None))
    assert all("a chat" in each.place for each in items if isinstance(each, Unreadable | Skipped))
    is_chat(data, named=False)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
@pytest.mark.parametrize("folder", ["android", "smsbackup", "gvoice", "whatsapp"])
def test_the_corpus(folder: str) -> None:
    """Every file is read or told with its place, and the same keys come with every reading."""
    path = CORPUS / folder
    first, second = messages(read_path(path)), messages(read_path(path))
    assert first
    assert [message.k for message in first] == [message.k for message in second]
    problems = [item for item in read_path(path) if isinstance(item, Unreadable)]
    assert all(str(path) in problem.place for problem in problems)
