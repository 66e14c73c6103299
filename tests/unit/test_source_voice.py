# ruff: noqa: E501 - elements and lines of chats stand as they are written
"""Google Voice in a Takeout: texts, groups, calls, voicemail; packed in any way, and hostile."""

import tarfile
import zipfile
from pathlib import Path

import pytest

from mails import messages, read_path, reasons
from store.sources.source import Own, Unreadable
from support import no_hang

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
        "BEGIN:VCARD\nitem1.TEL:+14155550199\nitem1.X-ABLabel:Google Voice\nEND:VCARD\n"
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
    """The card has them, which lies in the folder above the pages."""
    page = PAGE.format(title="Missed call from Dana", body=VOICEMAIL, label="missed")
    items = read_path(voice(tmp_path, call=page))
    assert Own(phone="+14155550199") in items
    assert messages(items)[0].channel == "call_missed"


def test_the_card_of_somebody_else(tmp_path: Path) -> None:
    """A card that Voice did not write is not the user's."""
    (tmp_path / "Phones.vcf").write_text("BEGIN:VCARD\nTEL:+14155550177\nEND:VCARD\n")
    assert not [item for item in read_path(tmp_path) if isinstance(item, Own)]


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


ALONE = """<div class="hChatLog hfeed"><div class="message">
<abbr class="dt" title="2026-03-11T09:31:00.000-07:00">Mar 11</abbr>:
<cite class="sender vcard"><a class="tel" href="tel:+14155550199"><abbr class="fn" title="">Me</abbr></a></cite>:
<q>Any news?</q></div></div>"""


@pytest.mark.parametrize(
    ("name", "title", "number"),
    [
        ("Dana Whitfield - Text - 2026-03-11T16_31_00Z", "Dana Whitfield", "+14155550132"),
        ("+14155550177 - Text - 2026-03-11T16_31_00Z", "Priya Nair", "+14155550177"),
        ("a - 2026-03-11T16_31_00Z", "(415) 555-0188", "(415) 555-0188"),
        ("Somebody Else - Text - 2026-03-11T16_31_00Z", "Somebody Else", ""),
    ],
    ids=["other page", "file", "title", "nowhere"],
)
def test_a_page_on_which_only_the_user_wrote(tmp_path: Path, name: str, title: str, number: str) -> None:
    """Whom it went to is told by another page, by its name or by its title; else only the name is known."""
    pages = {
        name: PAGE.format(title=f"Me to\n{title}", body=ALONE, label="sms"),
        "z": PAGE.format(title="Me to\nDana Whitfield", body=CHAT, label="sms"),
    }
    (sent,) = [each for each in messages(read_path(voice(tmp_path, **pages))) if each.body == "Any news?"]
    assert sent.direction == "out"
    assert sent.recipients[0].phone == number


def test_a_folder_a_zip_and_a_tar_are_the_same(tmp_path: Path) -> None:
    """However a Takeout is packed, its messages are equal."""
    page = PAGE.format(title="Me to\nDana Whitfield", body=CHAT, label="sms")
    folder = voice(
        tmp_path / "unpacked", chat=page, mail=PAGE.format(title="x", body=VOICEMAIL, label="voicemail")
    )
    expected = messages(read_path(folder))
    assert len(expected) == 3
    with (
        zipfile.ZipFile(tmp_path / "takeout.zip", "w") as zipped,
        tarfile.open(tmp_path / "takeout.tgz", "w:gz") as tar,
    ):
        for path in sorted(folder.rglob("*.*")):
            zipped.write(path, path.relative_to(folder).as_posix())
            tar.add(path, path.relative_to(folder).as_posix())
    assert messages(read_path(tmp_path / "takeout.zip")) == expected
    assert messages(read_path(tmp_path / "takeout.tgz")) == expected


def test_what_the_user_deleted(tmp_path: Path) -> None:
    """A page that Voice marks as deleted is trash."""
    status = '<div class="deletedStatusContainer">User Deleted:\nTrue</div>'
    items = read_path(voice(tmp_path, chat=PAGE.format(title="x", body=CHAT + status, label="sms")))
    assert (messages(items), "trash" in reasons(items)) == ([], True)


@pytest.mark.parametrize(
    "body",
    [
        '<div class="hChatLog">' + '<div class="message">' * 50_000,
        '<div class="hChatLog">' + '<div class="message"></x>' * 50_000,
        '<div class="hChatLog"><div class="participants">' + "<cite>" * 50_000,
        '<div class="haudio"><abbr class="duration" title="PT' + "9" * 5_000 + 'S"></abbr>',
        '<div class="haudio"><abbr class="published" title="9999-12-31T23:59:59-23:00"></abbr>',
    ],
    ids=["nested", "odd ends", "cites", "long", "year"],
)
def test_hostile_pages(tmp_path: Path, body: str) -> None:
    """They are told with their place, and take no time."""
    with no_hang():
        items = read_path(voice(tmp_path, page=PAGE.format(title="x", body=body, label="sms")))
    assert messages(items) == []
    problems = [each.place for each in items if isinstance(each, Unreadable)]
    assert problems
    assert all("page.html" in place for place in problems)


def test_a_group(tmp_path: Path) -> None:
    """Everybody gets what the user wrote, and of what came in its sender is none of those it went to."""
    cites = "".join(
        f'<cite class="sender vcard"><a class="tel" href="tel:{number}"><span class="fn">{name}</span></a></cite>'
        for number, name in (("+14155550132", "Dana Whitfield"), ("+14155550133", "Priya Nair"))
    )
    body = CHAT.replace(
        '<div class="message">', f'<div class="participants">{cites}</div><div class="message">', 1
    )
    received, sent = messages(
        read_path(voice(tmp_path, group=PAGE.format(title="Group Conversation", body=body, label="sms")))
    )
    assert [each.name for each in sent.recipients] == ["Dana Whitfield", "Priya Nair"]
    assert (received.channel, received.sender.name) == ("mms", "Dana Whitfield")
    assert [each.name for each in received.recipients] == ["Priya Nair"]
