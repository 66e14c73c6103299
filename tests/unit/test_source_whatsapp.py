# ruff: noqa: E501 - elements and lines of chats stand as they are written
"""Exported chats of WhatsApp: dates of any telephone, notes, attachments, and what is no chat."""

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mails import messages, read_path, reasons
from store.records.message import Message
from store.rules.folding import copies, moment
from store.rules.grouping import group
from store.sources.entries import bytes_entry
from store.sources.phone.chat_lines import is_chat
from store.sources.phone.whatsapp import _read
from store.sources.source import Skipped, Unreadable
from support import no_hang


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
    with no_hang():
        assert list(_read(bytes_entry(data, "a chat", "chat.txt"), lambda done: None))


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


def test_exports_of_two_telephones_are_versions(tmp_path: Path) -> None:
    """However each writes dates: what was said in one minute is one message, and what was said twice is two."""
    android = "27/11/2026, 09:15 - Dana Whitfield: A role\n" + "27/11/2026, 09:16 - Dana Whitfield: ok\n" * 2
    iphone = "[11/27/26, 9:15:02 AM] Dana Whitfield: A role\n" + "".join(
        f"[11/27/26, 9:16:0{second} AM] Dana Whitfield: ok\n" for second in (1, 5)
    )
    first = chat(tmp_path, android)
    second = chat(tmp_path, iphone)
    assert {message.k for message in first}.isdisjoint(message.k for message in second)
    groups = copies([*first, *second])
    assert [len(each) for each in groups] == [2, 2, 2]
    assert sorted(moment(each) for each in groups) == [message.at for message in second]


def test_chats_without_a_name_share_nothing(tmp_path: Path) -> None:
    """Whom they are with nobody knows: the same words within a minute are two messages."""
    for name, second in (("one", "02"), ("two", "40")):
        (tmp_path / name).mkdir()
        line = f"[27/11/2026, 9:15:{second} AM] Dana: Are you open to a call?\n"
        (tmp_path / name / "_chat.txt").write_text(line)
    found = messages(read_path(tmp_path))
    assert len(found) == len(copies(found)) == 2
    assert len(group(dict(enumerate(found, 1)), {})) == 2


@given(st.lists(st.text(max_size=80), max_size=8))
def test_no_text_breaks_it(lines: list[str]) -> None:
    """Whatever stands in a file, it is read or told."""
    data = "\n".join(f"14/03/2026, 10:00 - {line}" for line in lines).encode("utf-8", "replace")
    items = list(_read(bytes_entry(data, "a chat", "chat.txt"), lambda done: None))
    assert all("a chat" in each.place for each in items if isinstance(each, Unreadable | Skipped))
    is_chat(data, named=False)
