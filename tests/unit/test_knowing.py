"""Whom the user keeps with an address, a line and a profile: what comes from these is from one person."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.clock import DAY
from store.identity import sender_identity
from store.records.message import Channel, Contact, Lifted, Message
from store.records.plain import plain
from store.rules.correcting import domain_of, firm_key
from store.rules.grouping import group
from store.rules.identities import identifies, identities_of
from store.rules.knowing import Claim, Known, known_by
from store.rules.outreach import signals_in
from store.rules.profiles import is_linkedin

MAIL, LINE = "dana@northgate.example", "+14155550132"
PROFILE = "https://www.linkedin.com/in/dana-whitfield"
DANA = Claim(1, "Dana Whitfield", MAIL, LINE, PROFILE)
PRIYA = Claim(2, "Priya Nair", "priya@northgate.example", LINE)


def heard(key: str, channel: Channel = "email", *, told: str = "", day: int = 1, **sender: str) -> Message:
    """Make a message of a sender."""
    return Message(
        k=key,
        at=day * DAY,
        channel=channel,
        sender=Contact(**sender),
        lifted=Lifted(phone=told),
        threads=(key,),
    )


MAILED = heard("a", email=MAIL)
RANG = heard("b", "call_missed", phone="(415) 555-0132", day=2)
WROTE = heard("c", "linkedin_msg", profile=PROFILE, day=3)


def sizes(known: Known, *messages: Message) -> list[int]:
    """Return how many messages each opportunity has."""
    return sorted(map(len, group(dict(enumerate(messages)), {}, known)))


def test_what_is_kept_with_one_person_is_one_person() -> None:
    """Mail, call and profile make one opportunity once the user keeps them together, as written anyhow."""
    assert sizes(known_by([]), MAILED, RANG, WROTE) == [1, 1, 1]
    assert sizes(known_by([DANA]), MAILED, RANG, WROTE) == [3]
    written = Claim(
        1, "Dana", " Dana@Northgate.example", "415 555 0132", "LinkedIn.com/in/Dana-Whitfield/?trk=x"
    )
    assert sizes(known_by([written]), MAILED, RANG, WROTE) == [3]


def test_a_number_kept_with_two_people_is_their_firm_s() -> None:
    """It stands for neither; the same person kept twice is no contradiction."""
    assert sizes(known_by([DANA, PRIYA]), MAILED, RANG) == [1, 1]
    assert sizes(known_by([DANA, PRIYA]), MAILED, WROTE) == [2]
    assert sizes(known_by([DANA, Claim(3, "dana  whitfield", phone=LINE)]), MAILED, RANG) == [2]


def test_a_number_that_a_mail_tells_ties_it_to_nobody_known() -> None:
    """A stranger who gives the number of somebody known is not that person."""
    stranger = heard("d", email="tom@elsewhere.example", told=LINE, day=2)
    assert sizes(known_by([DANA]), MAILED, stranger) == [1, 1]


def test_what_the_user_sent_to_one_of_the_ways() -> None:
    """A text to the line of somebody known belongs to what they wrote by mail."""
    sent = Message(k="d", at=2 * DAY, channel="sms", direction="out", recipients=(Contact(phone=LINE),))
    assert sizes(known_by([DANA]), MAILED, sent) == [2]


@pytest.mark.parametrize(
    ("contact", "identities"),
    [
        (Contact(email=MAIL, phone=LINE, profile=PROFILE), ("mailto:" + MAIL, "line:155550132", PROFILE)),
        (Contact(phone="020 7946 0321"), ("line:079460321",)),
        (Contact(phone="73535"), ("tel:73535",)),
        (Contact(phone="OTP Bank"), ()),
        (Contact(phone="Bank24"), ()),
        (Contact(email="hit-reply@linkedin.com", name="Dana"), ()),
        (Contact(name="Dana"), ()),
    ],
)
def test_the_identities_of_a_contact(contact: Contact, identities: tuple[str, ...]) -> None:
    """An address, a line and a profile stand for somebody; a name in place of a number for anybody."""
    assert identities_of(contact) == identities


@pytest.mark.parametrize(
    ("address", "relays"),
    [
        ("hit-reply@linkedin.com", True),
        ("c15c178d@reply.linkedin.com", True),
        ("rita@talentlinkedin.com", False),
        ("rita@linkedin.com.vale.example", False),
        ("linkedin.com@vale.example", False),
    ],
)
def test_whose_address_stands_for_many(address: str, *, relays: bool) -> None:
    """LinkedIn passes on what members wrote; a firm whose name ends like its own writes for itself."""
    contact = Contact(email=address)
    assert is_linkedin(address) == relays
    assert identifies(contact) == ("" if relays else f"mailto:{address}")
    assert bool(domain_of(contact)) != relays
    assert ("linkedin-news" in signals_in(Message(k="x", sender=contact))) == relays


def test_senders_that_are_names_are_not_one() -> None:
    """Two businesses that text under their names share nothing, and one is blocked without the other."""
    one, other = heard("a", "sms", phone="OTP Bank"), heard("b", "sms", phone="Nimbus", day=2)
    assert sizes(known_by([]), one, other) == [1, 1]
    assert one.sender.identity() != other.sender.identity()
    assert identifies(one.sender) == ""
    assert heard("c", phone="+1 415 555 0132 ext. 5").sender.identity() == "tel:+141555501325"


def test_a_name_is_one_however_it_is_typed() -> None:
    """Capitals, spaces and how an accent is put together tell nobody apart, wherever names are compared."""
    composed, taken_apart = "Zoë  Brandt", normalize("NFD", "zoë brandt")
    assert plain(composed) == plain(taken_apart) == "zoë brandt"
    assert Contact(name=composed).identity() == Contact(name=taken_apart).identity() == "name:zoë brandt"
    kept = known_by([Claim(1, composed)])
    assert kept.whom(taken_apart, "", "") == {"person:1"}
    assert firm_key(composed) == firm_key(taken_apart)
    assert sender_identity(Contact(name=composed)) == sender_identity(Contact(name=taken_apart))


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=40))
def test_keys_made_of_plain_letters_stay(name: str) -> None:
    """Keys are kept that were made of names: of ASCII letters they are what they always were."""
    assert plain(name) == " ".join(name.casefold().split())
