# ruff: noqa: E501 - heads read better on a line
"""What was copied from a screen: LinkedIn's page, and mails that were forwarded, in several languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.clock import iso
from store.sources.paste.forwarded import is_forwarded, message_of
from store.sources.paste.linkedin_page import is_page, messages_of
from support import NOW

PAGE = """Dana Whitfield
Dana Whitfield
· 2nd degree connection
2nd
Principal Recruiter at Northgate Search
{}
Dana Whitfield sent the following messages at 9:30 AM
View Dana’s profile
Dana Whitfield
9:30 AM
Hi Robin,
a role?
Robin Vale sent the following message at 1:05 PM
View Robin’s profile
Robin Vale
1:05 PM
Thanks
"""
WHO = "Dana Whitfield <dana@northgate.example>"


def test_a_page_of_linkedin() -> None:
    """Each message has its sender, direction and time; what the page says around them is left out."""
    assert is_page(PAGE)
    first, answer = messages_of(PAGE.format("MAR 10"), NOW)
    assert (first.sender.name, first.sender.firm) == ("Dana Whitfield", "Northgate Search")
    assert (first.direction, first.body, iso(first.at)) == (
        "in",
        "Hi Robin,\na role?",
        "2026-03-10T10:30:00+01:00",
    )
    assert (answer.direction, answer.body, iso(answer.at)) == ("out", "Thanks", "2026-03-10T14:05:00+01:00")
    assert [each.name for each in answer.recipients] == ["Dana Whitfield"]
    assert {*first.threads} & {*answer.threads}


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        ("TODAY", "2026-11-16"),
        ("Yesterday", "2026-11-15"),
        ("Monday", "2026-11-09"),
        ("SUNDAY", "2026-11-15"),
        ("NOV 16", "2026-11-16"),
        ("NOV 17", "2025-11-17"),
        ("FEB 28", "2026-02-28"),
        ("MAR 10, 2024", "2024-03-10"),
    ],
)
def test_days_of_a_page(day: str, wanted: str) -> None:
    """A day without a year is the nearest one in the past."""
    assert [iso(each.at)[:10] for each in messages_of(PAGE.format(day), NOW)] == [wanted, wanted]


def test_a_page_copied_twice_is_the_same() -> None:
    """Tomorrow it says YESTERDAY where it said TODAY, and next year names the year: the messages stay."""
    today = [each.k for each in messages_of(PAGE.format("TODAY"), NOW)]
    assert [each.k for each in messages_of(PAGE.format("YESTERDAY"), NOW + 86_400_000)] == today
    assert [each.k for each in messages_of(PAGE.format("NOV 16, 2026"), NOW + 400 * 86_400_000)] == today
    assert len(set(today)) == 2


FORWARDED = {
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


@pytest.mark.parametrize("head", FORWARDED.values(), ids=FORWARDED.keys())
def test_a_forwarded_mail(head: str) -> None:
    """Sender, subject, day and words are those of the mail within; what stands above it is kept."""
    mark = "> " if head.startswith(">") else ""
    text = f"Have a look\n\n{head.format(WHO)}\n\n{mark}Hi Robin, a role."
    message = message_of(text, NOW)
    assert message is not None
    assert (message.sender.name, message.sender.email) == ("Dana Whitfield", "dana@northgate.example")
    assert (message.subject, message.body) == ("A role", "Hi Robin, a role.")
    assert iso(message.at) == "2026-03-10T10:30:00+01:00"
    assert message.quoted == "Have a look"


@pytest.mark.parametrize(
    "text",
    ["Date: today\nHello", "From: Dana\nHello", "De quoi parlons-nous : rien\n\nBien à vous", "", "Von: x"],
)
def test_words_are_no_forwarded_mail(text: str) -> None:
    """One line that looks like a header makes none."""
    assert not is_forwarded(text)


def test_a_date_that_cannot_be_read_is_now() -> None:
    """The mail is taken all the same."""
    message = message_of(f"From: {WHO}\nDate: the other day\nSubject: A role\nTo: r\n\nHi", NOW)
    assert message is not None
    assert message.at == NOW


@given(st.text(max_size=400), st.sampled_from(["", *FORWARDED.values(), PAGE]))
def test_no_text_breaks_it(text: str, around: str) -> None:
    """Whatever is pasted, it is read or it is not."""
    both = f"{around}\n{text}"
    assert (message_of(both, NOW) is not None) == is_forwarded(both)
    for message in messages_of(both, NOW):
        assert message.body
