# ruff: noqa: E501 - what is pasted stands as it is written
"""What is pasted or comes on standard input: LinkedIn's page, forwarded mails, what other readers know, words."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from mails import a_mail, in_mbox, messages, read_all, reasons
from store.records.message import Contact, Message
from store.sources import Skipped, Unreadable, identify_text
from store.sources.paste.forwarded import is_forwarded, message_of
from store.sources.paste.linkedin_page import messages_of
from store.sources.paste.source import understood
from support import NOW

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
PAGE = """Dana Whitfield
Dana Whitfield
· 2nd degree connection
2nd
(She/Her)
Principal Recruiter at Northgate Search Partners
MAR 10
Dana Whitfield sent the following messages at 9:30 AM
View Dana’s profile
Dana Whitfield
9:30 AM
Staff Platform Engineer
Hi Robin,
Monday
I could do
10:00 AM
or
2:00 PM
Dana Whitfield
TODAY
Robin Vale sent the following message at 12:05 AM
View Robin’s profile
Robin Vale
12:05 AM
Thanks, not now.
Write a message…
Attach an image to your conversation with Dana Whitfield
"""


def read(text: str | bytes) -> list[Message]:
    """Read what was pasted."""
    return messages(read_all([identify_text(text if isinstance(text, bytes) else text.encode())]))


def written(message: Message) -> str:
    """Return when a message was sent, as it was written."""
    return datetime.fromtimestamp(message.at / 1000, UTC).strftime("%Y-%m-%d %H:%M")


def test_a_page_of_linkedin(frozen: time_machine.Traveller) -> None:
    """Each message with who said it, when, and all its lines; what the page adds is left out."""
    theirs, own = read(PAGE)
    assert (theirs.channel, theirs.direction, own.direction) == ("linkedin_msg", "in", "out")
    assert theirs.sender == Contact(name="Dana Whitfield", firm="Northgate Search Partners")
    assert own.recipients == (Contact(name="Dana Whitfield"),)
    assert theirs.body == (
        "Staff Platform Engineer\nHi Robin,\nMonday\nI could do\n10:00 AM\nor\n2:00 PM\nDana Whitfield"
    )
    assert own.body == "Thanks, not now."
    assert (written(theirs), written(own)) == ("2026-03-10 09:30", "2026-11-16 00:05")
    assert (theirs.at_zone, theirs.at_precision) == (False, "min")
    assert theirs.threads[1] == own.threads[1]
    assert [message.k for message in read(PAGE.replace("\n", "\r\n"))] == [theirs.k, own.k]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("NOV 16", "2026-11-16"),
        ("NOV 17", "2025-11-17"),
        ("Nov 17, 2024", "2024-11-17"),
        ("17 NOV", "2025-11-17"),
        ("FEB 29", "2024-02-29"),
        ("YESTERDAY", "2026-11-15"),
        ("Monday", "2026-11-09"),
        ("SUNDAY", "2026-11-15"),
    ],
)
def test_days(day: str, found: str) -> None:
    """A day without a year is the nearest one that was."""
    text = f"Dana\n{day}\nDana sent the following message at 8:30 AM\nDana\n8:30 AM\nHi\n"
    (message,) = messages_of(text, NOW)
    assert written(message) == f"{found} 08:30"


def test_a_page_copied_twice_is_the_same() -> None:
    """Tomorrow it says YESTERDAY where it said TODAY, and next year names the year: the messages stay."""
    page = "Dana\n{}\nDana sent the following message at 8:30 AM\nHi\nRobin sent the following message at 9:05 AM\nNo\n"
    today = [each.k for each in messages_of(page.format("TODAY"), NOW)]
    assert [each.k for each in messages_of(page.format("YESTERDAY"), NOW + 86_400_000)] == today
    assert [each.k for each in messages_of(page.format("NOV 16, 2026"), NOW + 400 * 86_400_000)] == today
    assert len(set(today)) == 2


def test_a_page_from_its_middle() -> None:
    """Without the names at the top, the first to speak is the other one."""
    text = "TODAY\nDana sent the following message at 8:30 AM\nHi\nRobin sent the following message at 8:31\nNo\n"
    assert [each.direction for each in messages_of(text, NOW)] == ["in", "out"]
    three = text + "Tom sent the following message at 8:32 AM\nYes\n"
    assert [each.direction for each in messages_of(three, NOW)] == ["in", "in", "in"]


def test_a_page_with_own_words_alone() -> None:
    """The name at the top is the other one, also where nothing was answered yet."""
    head = "Dana Whitfield\nDana Whitfield\n· 2nd\nRecruiter at Northgate\nTODAY\n"
    (message,) = messages_of(head + "Robin Vale sent the following message at 8:30 AM\nStill open?\n", NOW)
    assert (message.direction, message.sender.name) == ("out", "Robin Vale")
    assert [each.name for each in message.recipients] == ["Dana Whitfield"]


def test_without_a_day_it_has_been() -> None:
    """A time of the evening seen in the morning is yesterday's."""
    (message,) = messages_of("Dana sent the following message at 11:30 PM\nHi\n", NOW)
    assert written(message) == "2026-11-15 23:30"


FORWARDED = {
    "gmail": "Look at this!\n\n---------- Forwarded message ---------\nFrom: Dana Whitfield <dana@northgate.example>\nDate: Tue, Mar 10, 2026 at 9:30 AM\nSubject: Staff Engineer\nTo: <robin@vale.example>\n\n\nHi Robin,\nopen to a call?\n",
    "outlook": "Look at this!\n\n________________________________\nFrom: Dana Whitfield <dana@northgate.example>\nSent: Tuesday, March 10, 2026 9:30 AM\nTo: robin@vale.example <robin@vale.example>;\n Tom <tom@keel.example>\nSubject: Staff Engineer\nImportance: High\n\nHi Robin,\nopen to a call?\n",
    "outlook classic": "Look at this!\n\n-----Original Message-----\nFrom: Dana Whitfield [mailto:dana@northgate.example]\nSent: 10 March 2026 09:30\nTo: robin@vale.example\nSubject: Staff Engineer\n\nHi Robin,\nopen to a call?\n",
    "apple": "Look at this!\n\nBegin forwarded message:\n\nFrom: Dana Whitfield <dana@northgate.example>\nSubject: Staff Engineer\nDate: March 10, 2026 at 9:30:00 AM\nTo: robin@vale.example\nReply-To: x@northgate.example\n\nHi Robin,\nopen to a call?\n",
    "deutsch": "Look at this!\n\n-----Ursprüngliche Nachricht-----\nVon: Dana Whitfield <dana@northgate.example>\nGesendet: Dienstag, 10. März 2026 09:30\nAn: robin@vale.example\nBetreff: Staff Engineer\n\nHi Robin,\nopen to a call?\n",
    "français": "Look at this!\n\nDébut du message transféré :\n\nDe : Dana Whitfield <dana@northgate.example>\nEnvoyé : mardi 10 mars 2026 09:30\nÀ : robin@vale.example\nObjet : Staff Engineer\n\nHi Robin,\nopen to a call?\n",
    "español": "Look at this!\n\nDe: Dana Whitfield <dana@northgate.example>\nEnviado el: martes, 10 de marzo de 2026 9:30\nPara: robin@vale.example\nAsunto: Staff Engineer\n\nHi Robin,\nopen to a call?\n",
    "italiano": "Look at this!\n\nInizio messaggio inoltrato:\n\n*Da:* Dana Whitfield <dana@northgate.example>\n*Data:* 10/03/2026 09:30\n*A:* robin@vale.example\n*Oggetto:* Staff Engineer\n\nHi Robin,\nopen to a call?\n",
}


HEADS = {
    "gmail en": "---------- Forwarded message ---------\nFrom: {}\nDate: Tue, Mar 10, 2026 at 9:30 AM\nSubject: A role\nTo: r",
    "gmail de": "---------- Weitergeleitete Nachricht ---------\nVon: {}\nDate: Di., 10. März 2026 um 09:30 Uhr\nSubject: A role\nTo: r",
    "gmail fr": "---------- Message transféré ---------\nDe : {}\nDate : mar. 10 mars 2026 à 09:30\nObjet : A role\nÀ : r",
    "gmail es": "---------- Mensaje reenviado ---------\nDe: {}\nFecha: mar, 10 mar 2026 a las 9:30\nAsunto: A role\nPara: r",
    "outlook en": "-----Original Message-----\nFrom: {}\nSent: Tuesday, March 10, 2026 9:30 AM\nTo: r\nSubject: A role",
    "outlook de": "-----Ursprüngliche Nachricht-----\nVon: {}\nGesendet: Dienstag, 10. März 2026 09:30\nAn: r\nBetreff: A role",
    "outlook fr": "-----Message d’origine-----\nDe : {}\nEnvoyé : mardi 10 mars 2026 09:30\nÀ : r\nObjet : A role",
    "outlook it": "-----Messaggio originale-----\nDa: {}\nInviato: martedì 10 marzo 2026 09:30\nA: r\nOggetto: A role",
    "outlook without a line": "From: {}\nSent: Tuesday, March 10, 2026 9:30 AM\nTo: r\nSubject: A role",
    "apple en": "Begin forwarded message:\n\nFrom: {}\nSubject: A role\nDate: 10 March 2026 at 09:30:00 GMT\nTo: r",
    "apple de": "Anfang der weitergeleiteten Nachricht:\n\nVon: {}\nBetreff: A role\nDatum: 10. März 2026 um 09:30:00 MEZ\nAn: r",
    "apple fr": "Début du message transféré :\n\nDe: {}\nObjet: A role\nDate: 10 mars 2026 à 09:30:00 UTC+1\nÀ: r",
    "quoted": "> Begin forwarded message:\n> \n> From: {}\n> Subject: A role\n> Date: 10 March 2026 at 09:30:00 GMT\n> To: r\n> ",
}  # fmt: skip
"""How programs write the head of a mail that they forward; all are of one mail."""


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS.keys())
def test_the_heads_of_forwarded_mails(head: str) -> None:
    """Sender, subject, day and words are those of the mail within; what stands above it is kept."""
    mark = "> " if head.startswith(">") else ""
    who = "Dana Whitfield <dana@northgate.example>"
    (message,) = read(f"Have a look\n\n{head.format(who)}\n\n{mark}Hi Robin, a role.")
    assert message.sender == Contact(name="Dana Whitfield", email="dana@northgate.example")
    assert (message.subject, message.body) == ("A role", "Hi Robin, a role.")
    assert written(message) == "2026-03-10 09:30"
    assert message.quoted == "Have a look"


@pytest.mark.parametrize("program", FORWARDED)
def test_a_forwarded_mail(program: str) -> None:
    """The mail below is the message, with its own sender and date; the note above it is kept."""
    (message,) = read(FORWARDED[program])
    assert (message.channel, message.subject) == ("email", "Staff Engineer")
    assert message.sender == Contact(name="Dana Whitfield", email="dana@northgate.example")
    assert "robin@vale.example" in [each.email for each in message.recipients]
    assert written(message) == "2026-03-10 09:30"
    assert message.body == "Hi Robin,\nopen to a call?"
    assert message.quoted == "Look at this!"
    assert understood(FORWARDED[program].encode()) == "a forwarded mail"


def test_headers_that_a_program_shows() -> None:
    """What was copied with the headers on top is no mail as it was sent: its date would be lost."""
    for program in ("outlook", "apple"):
        whole = FORWARDED[program]
        (message,) = read(whole[whole.index("From:") :])
        assert written(message) == "2026-03-10 09:30"
        assert message.quoted == ""
    assert read(FORWARDED["gmail"])[0].k == read("Another note\n" + FORWARDED["gmail"])[0].k


def test_without_a_date_it_came_now(frozen: time_machine.Traveller) -> None:
    """A date that cannot be read is none."""
    (message,) = read(FORWARDED["gmail"].replace("Tue, Mar 10, 2026 at 9:30 AM", "recently"))
    assert (message.at, message.at_zone) == (NOW, False)


@pytest.mark.parametrize(
    "text",
    [
        "From: the team\nHello Robin, we have a role.\n",
        "Hi Robin,\nFrom: our side all is fine.\nTo: be clear, we pay well.\n",
        "MAR 10\nDana sent you a message\n",
        "Note: call Dana\nabout the role",
        "From: Dana\nHello",
        "De quoi parlons-nous : rien\n\nBien à vous",
        "Von: x",
    ],
)
def test_words_are_words(text: str) -> None:
    """Neither a colon nor a day makes more of them."""
    assert [each.channel for each in read(text)] == ["pasted"]
    assert understood(text.encode()) == ""


EVENT = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20260312T150000Z\nEND:VEVENT\nEND:VCALENDAR\n"
CHAT = b"[10.03.26, 09:30:00] Dana: Hi Robin\n[10.03.26, 09:31:00] Robin: Hi\n"


@pytest.mark.parametrize(
    ("data", "kind", "channel"),
    [
        (a_mail(), "a mail", "email"),
        (EVENT, "a calendar", "calendar"),
        (CHAT, "a chat", "whatsapp"),
        (PAGE.encode(), "a LinkedIn conversation", "linkedin_msg"),
        (FORWARDED["apple"].encode(), "a forwarded mail", "email"),
    ],
)
@pytest.mark.parametrize("wrap", [b"%b", b"\x1b[200~%b\x1b[201~", b"\x1b[200~%b\x1b[201~\n"])
def test_what_was_understood(data: bytes, kind: str, channel: str, wrap: bytes) -> None:
    """It is told in words, what a terminal puts around a paste changes nothing, and all of it is wanted."""
    source = identify_text(wrap % data)
    assert understood(wrap % data) == kind
    assert getattr(source, "trusted", False)
    assert {message.channel for message in messages(read_all([source]))} == {channel}


def test_mail_and_mailbox() -> None:
    """A mail and a mailbox are read as such."""
    assert [message.channel for message in read(a_mail())] == ["email"]
    assert len(read(in_mbox(a_mail(), a_mail(subject="Second")))) == 2


def test_words(frozen: time_machine.Traveller) -> None:
    """Words become a message of now, the same words the same message."""
    (message,) = read(b"Hi Robin,\nwe have a role for you.\n\nBest,\nDana")
    assert (message.channel, message.at, message.direction) == ("pasted", NOW, "in")
    assert message.body == "Hi Robin,\nwe have a role for you."
    assert message.signature == "Best,\nDana"
    assert message.k.startswith("paste:")
    assert read(b"Hi Robin,\r\nwe have a role for you.\r\n\r\nBest,\r\nDana\r\n")[0].k == message.k
    assert read(b"other")[0].k != message.k


def test_terminal_codes_are_removed() -> None:
    """The marks of a bracketed paste and all other escape sequences go."""
    text = b"\x1b[200~Hi \x1b[31mRobin\x1b[0m\x1b]0;title\x07!\x1b[201~"
    assert read(text)[0].body == "Hi Robin!"


def test_nothing() -> None:
    """Nothing on standard input needs a sentence."""
    assert reasons(read_all([identify_text(b" \n")])) == ["There was nothing to read."]


def test_a_mailbox_is_judged() -> None:
    """A collection is no paste: what is in it is not all wanted."""
    backup = b'<?xml version="1.0"?>\n<smses count="0"></smses>'
    for data in (b"From x Tue Mar 10 09:30:00 2026\n" + a_mail(), backup):
        assert not getattr(identify_text(data), "trusted", False)


PIECES = st.lists(
    st.one_of(
        st.sampled_from([line + "\n" for text in (PAGE, *FORWARDED.values()) for line in text.split("\n")]),
        st.text(max_size=20),
        st.sampled_from(
            ["FEB 30\n", "\x1b[200~", "\x1b[201~", "99:99 PM\n", " sent the following message at 99:99\n"]
        ),
    ),
    max_size=30,
).map("".join)


@given(PIECES)
def test_nothing_raises(text: str) -> None:
    """Whatever is pasted, it is read or told."""
    data = text.encode("utf-8", "replace")
    items = read_all([identify_text(data)])
    assert items
    assert all(isinstance(item, Message | Skipped | Unreadable) for item in items)
    understood(data)
    assert all(message.body for message in messages_of(text, NOW))
    assert (message_of(text, NOW) is not None) == is_forwarded(text)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
def test_the_invented_page(frozen: time_machine.Traveller) -> None:
    """The page of the corpus: one message."""
    (message,) = read((CORPUS / "paste" / "linkedin_web_copy.txt").read_bytes())
    assert message.sender == Contact(name="Dana Whitfield", firm="Northgate Search Partners")
    assert message.body.startswith("Staff Platform Engineer | Remote (US)\nHi Robin,")
    assert written(message) == "2026-03-10 09:30"
