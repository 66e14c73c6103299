"""Copies of one message: from two sources, from two exports, from two backups."""

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from store.clock import DAY, HOUR, MINUTE
from store.records.message import Contact, Event, Lifted, Message
from store.rules import folding
from store.rules.folding import best, copies, moment
from store.rules.grouping import group
from store.rules.knowing import Claim, known_by
from store.rules.numbers import is_line, number_key
from store.rules.timeline import timeline

TALK = "li:2-YTRjMTIz=="
TEXT = "Hi Robin,\n\nI lead a retained search for a Series C robotics company.\n\nOpen to a call?\n\nDana"


def linkedin(
    key: str, *, body: str = TEXT, name: str = "Dana Whitfield", talk: str = TALK, **fields: object
) -> Message:
    """Make a message of a conversation, as the reader with this key makes it."""
    kind = key.partition(":")[0]
    return Message(
        k=key,
        reader=2 if kind == "mail" else 1,
        channel="linkedin_inmail",
        sender=Contact(name=name),
        body=body,
        threads=(key, talk),
        **{"at": DAY, **fields},  # type: ignore[arg-type]
    )


def text(key: str, **fields: object) -> Message:
    """Make a text message."""
    number = Contact(phone=str(fields.pop("phone", "+14155550132")))
    made = {"at": DAY, "body": "Do you have a minute?", "channel": "sms", "reader": 1, **fields}
    return Message(k=key, sender=number, threads=(key,), **made)  # type: ignore[arg-type]


def numbers(*messages: Message) -> list[int]:
    """Return how many copies each message has."""
    return sorted(map(len, copies(messages)))


@pytest.mark.parametrize(
    ("mail", "row"),
    [
        (linkedin("mail:1"), linkedin("li:1", at=DAY + 5_000)),
        (linkedin("mail:1"), linkedin("li:1", body=TEXT.replace("\n\n", "  "))),
        (linkedin("mail:1", body=TEXT + "\n\nStaff"), linkedin("li:1")),
    ],
    ids=["seconds", "white space", "a longer end"],
)
def test_a_mail_and_its_row_in_the_export_are_one(mail: Message, row: Message) -> None:
    """They differ in seconds, white space and where the text ends."""
    for order in itertools.permutations((mail, row)):
        (found,) = copies(order)
        assert best(found).body.count("\n") >= TEXT.count("\n")


@pytest.mark.parametrize(
    "other",
    [
        linkedin("li:1", name="Priya Nair"),
        linkedin("li:1", body="Any thoughts on this?"),
        linkedin("li:1", at=3 * DAY),
        linkedin("li:1", direction="out"),
        linkedin("li:1", body="Hi"),
    ],
    ids=["another person", "another text", "another day", "the other way", "a short text"],
)
def test_what_is_not_the_same(other: Message) -> None:
    """Another sender, text, day or direction is another message."""
    assert numbers(linkedin("mail:1"), other) == [1, 1]


def test_the_same_short_word_twice_is_two() -> None:
    """Somebody who writes Thanks twice in one export wrote it twice."""
    rows = [linkedin(f"li:{number}", body="Thanks!", at=DAY + number * 60_000) for number in range(2)]
    assert numbers(*rows) == [1, 1]
    assert numbers(text("sms:1"), text("sms:2", at=DAY + 1)) == [1, 1]


def test_two_exports_of_one_conversation() -> None:
    """An old export has minutes and joined paragraphs: its rows are the same messages."""
    old = linkedin("li:2", body=TEXT.replace("\n\n", "  "), at=DAY + 30_000)
    assert numbers(linkedin("li:1", at=DAY + 42_000), old) == [2]


def test_the_export_of_2018_names_no_conversation() -> None:
    """Its rows are those of a newer one within a day, with the same words; other conversations stay apart."""
    new = linkedin("li:1")
    old = linkedin("li:2", talk="li-with:dana", at=DAY + 3 * HOUR, at_zone=False, at_precision="min")
    assert numbers(new, old) == [2]
    assert numbers(new, replace(old, at=3 * DAY)) == [1, 1]
    assert numbers(new, replace(old, body=TEXT + "!")) == [1, 1]
    assert numbers(new, linkedin("li:3", talk="li:2-other")) == [1, 1]


def test_a_text_in_two_backups_is_one() -> None:
    """The same words from one line within two minutes, in the backups of two programs."""
    assert numbers(text("sms:1"), text("gv:1", phone="(415) 555-0132", at=DAY + MINUTE)) == [2]
    assert numbers(text("sms:1"), text("gv:1", at=DAY + 3 * MINUTE)) == [1, 1]


def test_a_later_mail_of_one_sender_replaces_none_under_its_id() -> None:
    """Of mails that share a Message-ID and a sender the first is shown, however long the others are."""
    first = Message(k="mail:1", reader=2, at=DAY, body="Short.", threads=("<a>",))
    again = Message(k="mail:2", reader=2, at=2 * DAY, body="Long.\n\n" * 9, threads=("<a>",))
    (found,) = copies([again, first])
    assert best(found) is first


@pytest.mark.parametrize("event", [None, Event(uid="a@cal", starts=9 * DAY)], ids=["mail", "invitation"])
def test_nobody_hides_a_mail_behind_its_id(event: Event | None) -> None:
    """Another sender's mail with the same id is an entry of its own, whatever Date it bears."""
    real = Message(k="mail:1", at=DAY, sender=DANA, threads=("<a>",), event=event)
    copy = Message(k="mail:2", at=DAY, sender=DANA, threads=("<a>",), event=event)
    forger = Contact(name=DANA.name, email="dana@vale.example")
    forged = Message(k="mail:3", at=DAY - MINUTE, sender=forger, threads=("<a>",), event=event)
    for order in itertools.permutations((real, copy, forged)):
        assert copies(order) == [[forged], [real, copy]]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("+1 (415) 555-0132", "4155550132", True),
        ("020 7946 0321", "+442079460321", True),
        ("+49 30 5550 1234", "+14155550132", False),
        ("73535", "73535", True),
        ("OTP Bank", "OTP Bank", True),
    ],
)
def test_numbers_with_and_without_a_country(one: str, other: str, same: bool) -> None:
    """A line is one whether its country is dialled or not."""
    assert (number_key(one) == number_key(other)) == same


def test_what_is_no_line() -> None:
    """Short codes and names are nobody's line."""
    assert not is_line("73535")
    assert not is_line("OTP Bank")
    assert is_line("(415) 555-0132")


DANA = Contact(name="Dana Whitfield", email="dana@northgate.example")


def mail(key: str, at: int, *, phone: str = "", sender: Contact = DANA) -> Message:
    """Make a mail with a number in its signature."""
    return Message(k=key, at=at, sender=sender, threads=(f"<{key}>",), lifted=Lifted(phone=phone))


def call(key: str, at: int, phone: str) -> Message:
    """Make a call that was missed."""
    return Message(k=key, at=at, channel="call_missed", sender=Contact(phone=phone), threads=(key,))


def test_a_call_joins_the_mail_that_gave_its_number() -> None:
    """Written nationally or not, before the mail or after it, within 45 days."""
    for order in ((DAY, 3 * DAY), (3 * DAY, DAY)):
        found = group(
            {1: mail("a", order[0], phone="+14155550132"), 2: call("b", order[1], "(415) 555-0132")}, {}
        )
        assert [sorted(each) for each in found] == [[1, 2]]
    assert (
        len(group({1: mail("a", DAY, phone="+14155550132"), 2: call("b", 99 * DAY, "4155550132")}, {})) == 2
    )


def test_a_switchboard_joins_no_mails() -> None:
    """Two people of a firm with one number are two, and a call from there belongs to neither for certain."""
    other = Contact(name="Tom", email="tom@northgate.example")
    for at, sizes in ((2 * DAY, [1, 1, 1]), (DAY // 2, [1, 2])):
        found = group(
            {
                1: mail("a", DAY, phone="+14155550100"),
                2: mail("b", DAY, phone="+14155550100", sender=other),
                3: call("c", at, "+14155550100"),
            },
            {},
        )
        assert sorted(map(len, found)) == sizes


def rang_out(key: str, at: int, phone: str) -> Message:
    """Make a call by the user."""
    to = (Contact(phone=phone),)
    return Message(k=key, at=at, channel="call", direction="out", recipients=to, threads=(key,))


ROLES = ("Staff Platform Engineer", "Head of Data")
TWO_ROLES = [
    replace(mail(f"role{number}", number * DAY, phone="+14155550132"), subject=role)
    for number, role in enumerate(ROLES, 1)
]


@pytest.mark.parametrize(
    ("messages", "sizes"),
    [
        ([call("a", 3 * DAY, "4155550132"), call("b", 4 * DAY, "+14155550132")], [1, 1, 2]),
        ([call("a", 3 * DAY, "4155550132"), rang_out("b", 4 * DAY, "+14155550132")], [1, 1, 2]),
        ([call("a", DAY // 2, "4155550132"), call("b", 4 * DAY, "4155550132")], [1, 3]),
        ([call("a", 3 * DAY, "4155550132"), call("b", 50 * DAY, "4155550132")], [1, 1, 1, 1]),
        ([call("a", 3 * DAY, "4155550132"), call("b", 4 * DAY, "(415) 555-0199")], [1, 1, 1, 1]),
    ],
    ids=["both missed", "one made", "first before the mails", "45 days of silence", "another line"],
)
@pytest.mark.parametrize("kept", [False, True], ids=["", "kept"])
def test_calls_of_a_line_belong_together(messages: list[Message], sizes: list[int], kept: bool) -> None:
    """Two roles of one recruiter leave open which of them a call is about, not that calls are one talk."""
    known = known_by([Claim(1, "Dana Whitfield", DANA.email, "+14155550132")] if kept else [])
    for order in itertools.permutations([*TWO_ROLES, *messages]):
        assert sorted(map(len, group(dict(enumerate(order)), {}, known))) == sizes


def test_a_call_made_joins_the_mail_that_gave_its_number() -> None:
    """Ringing the number of a signature answers that mail."""
    found = group({1: mail("a", DAY, phone="+14155550132"), 2: rang_out("b", 2 * DAY, "(415) 555-0132")}, {})
    assert found == [[1, 2]]


def test_what_was_sent_joins_whom_it_went_to() -> None:
    """A text that the user sent belongs to the talk with that number, and to none where there are two."""
    sent = Message(
        k="d",
        at=3 * DAY,
        channel="sms",
        direction="out",
        recipients=(Contact(phone="+14155550132"),),
        threads=("d",),
    )
    found = group({1: call("b", 2 * DAY, "4155550132"), 2: sent}, {})
    assert [sorted(each) for each in found] == [[1, 2]]


def test_a_profile_is_a_person() -> None:
    """Two conversations of one member within 45 days are one opportunity."""
    dana = Contact(name="Dana", profile="https://www.linkedin.com/in/dana-whitfield")
    found = group(
        {
            1: Message(k="a", at=DAY, channel="linkedin_msg", sender=dana, threads=("a", "li:2-a")),
            2: Message(k="b", at=2 * DAY, channel="linkedin_msg", sender=dana, threads=("b", "li:2-b")),
        },
        {},
    )
    assert [sorted(each) for each in found] == [[1, 2]]


def test_whoever_is_first_named_is_whose_it_is() -> None:
    """A thread that begins with a copy without a profile joins what that member wrote before."""
    dana = Contact(name="Dana", profile="https://www.linkedin.com/in/dana-whitfield")
    note = Message(k="a", at=DAY, channel="linkedin_invite", sender=dana, threads=("a",))
    old, new = (linkedin(f"li:{day}", at=day * DAY) for day in (2, 3))
    messages = [note, replace(old, lifted=Lifted(phone="+14155550132")), replace(new, sender=dana)]
    for order in itertools.permutations(messages):
        assert len(group(dict(enumerate(order)), {})) == 1


def test_messages_of_one_source_that_begin_alike_stay_apart() -> None:
    """Each notification is a copy of its own row, not of one that begins as it does."""
    short, long = "Hi Robin, any news from you?", "Hi Robin, any news from you? I have another role, too."
    messages = [
        linkedin("li:1", body=short),
        linkedin("li:2", body=long, at=DAY + 10_000),
        linkedin("mail:2", body=long, at=DAY + 11_000),
        linkedin("mail:1", body=short, at=DAY + 15_000),
    ]
    for order in itertools.permutations(messages):
        found = [{each.body for each in group} for group in copies(order)]
        assert found == [{short}, {long}]


def test_a_conversation_of_any_form_of_id() -> None:
    """Conversations of early years have numbers for ids."""
    early = "li:6404812345678901234"
    assert numbers(linkedin("mail:1", talk=early), linkedin("li:1", talk=early, at=DAY + 5_000)) == [2]
    assert numbers(linkedin("mail:1", talk=early), linkedin("li:1")) == [1, 1]


def test_each_backup_has_one_copy_of_a_text() -> None:
    """The same word sent twice, in two backups, is two texts of two copies."""
    texts = [text(f"{source}:{at}", body="Ok", at=DAY + at) for source in ("sms", "gv") for at in (0, 60_000)]
    assert numbers(*texts) == [2, 2]


@pytest.mark.parametrize("sender", ["OTP Bank", "73535"])
def test_a_sender_without_a_line_folds_with_itself_only(sender: str) -> None:
    """A name or a short code in two backups is one text; another name is another text."""
    assert numbers(text("sms:1", phone=sender), text("gv:1", phone=sender)) == [2]
    assert numbers(text("sms:1", phone=sender), text("gv:1", phone="Nimbus")) == [1, 1]


def rung(key: str, channel: str, at: int, **fields: object) -> Message:
    """Make what a call left."""
    return text(key, channel=channel, at=DAY + at, body=str(fields.pop("body", "")), **fields)


def test_a_call_that_ended_on_the_voicemail_is_one() -> None:
    """The voicemail is shown, also where it holds no words; a second call is one of its own."""
    missed, again = rung("call:1", "call_missed", 0), rung("call:2", "call_missed", 60_000)
    spoken = rung("gv:1", "voicemail", 70_000, phone="(415) 555-0132", duration=12)
    for order in itertools.permutations((missed, again, spoken)):
        found = copies(order)
        assert found == [[missed], [again, spoken]]
        assert best(found[1]) is spoken
    assert numbers(missed, rung("gv:2", "voicemail", 3 * MINUTE)) == [1, 1]
    assert numbers(missed, rung("gv:2", "call", 0, duration=60)) == [1, 1]


def invited(key: str, at: int = 0, *, channel: str = "calendar", **event: object) -> Message:
    """Make a version of an appointment, in a calendar or in a mail."""
    made = {"uid": "a@cal", "starts": 9 * DAY, "status": "request", **event}
    return Message(
        k=key,
        at=DAY + at,
        channel=channel,  # type: ignore[arg-type]
        sender=Contact(email="dana@northgate.example"),
        event=Event(**made),  # type: ignore[arg-type]
        threads=(key, "ics:a@cal"),
    )


def test_versions_of_an_appointment_are_one() -> None:
    """The highest sequence holds, whether it came in a mail or a file; what was called off is called off."""
    first = invited("mail:1", channel="email")
    file = invited("ics:1", at=DAY, status="")
    moved = invited("mail:2", at=5, channel="email", sequence=1, starts=10 * DAY)
    off = invited("ics:3", at=2, sequence=1, status="cancelled")
    for order in itertools.permutations((first, file)):
        (found,) = copies(order)
        assert best(found) is first
    for order in itertools.permutations((first, file, moved, off)):
        (found,) = copies(order)
        assert best(found) is off
        assert moment(found) == off.at


def test_what_is_another_appointment() -> None:
    """Another id, another one of a series, and what somebody answered are entries of their own."""
    one = invited("mail:1", channel="email")
    assert numbers(one, invited("ics:1", uid="b@cal")) == [1, 1]
    assert numbers(one, invited("ics:1", instance="20260312T090000Z")) == [1, 1]
    assert numbers(one, invited("mail:2", channel="email", status="counter")) == [1, 1]
    assert numbers(*(invited(f"{kind}:2", status="reply") for kind in ("mail", "ics"))) == [2]


def test_the_time_is_that_of_the_copy_that_knows_the_second() -> None:
    """An old export has the minute only, which is earlier than it was."""
    old = linkedin("li:2", at=DAY, at_precision="min")
    mail = linkedin("mail:1", at=DAY + 42_000)
    (entry,) = timeline([(1, old, False), (2, mail, False)], [])
    assert (entry.at, len(entry.versions)) == (DAY + 42_000, 1)


_WORDS = st.sampled_from(
    ["Ok", TEXT, TEXT.replace("\n\n", "  "), TEXT[:40], TEXT + " Regards", "", "Thanks!"]
)
_MADE = st.builds(
    lambda kind, key, at, body: {
        "li": lambda: linkedin(f"li:{key}", at=DAY + at, body=body),
        "mail": lambda: linkedin(f"mail:{key}", at=DAY + at, body=body),
        "sms": lambda: text(f"sms:{key}", at=DAY + at, body=body),
        "gv": lambda: text(f"gv:{key}", at=DAY + at, body=body),
        "call": lambda: rung(f"call:{key}", "call_missed", at),
        "voicemail": lambda: rung(f"gv:{key}", "voicemail", at, body=body),
        "ics": lambda: invited(f"ics:{key}", at=at, sequence=key % 3),
    }[kind](),
    st.sampled_from(["li", "mail", "sms", "gv", "call", "voicemail", "ics"]),
    st.integers(0, 99),
    st.sampled_from([0, 1_000, 30_000, 60_000, 130_000, 3_600_000, 2 * DAY]),
    _WORDS,
)


@given(st.lists(_MADE, max_size=9, unique_by=lambda each: each.k), st.randoms(use_true_random=False))
def test_the_order_of_reading_does_not_matter(messages: list[Message], chance: random.Random) -> None:
    """Folding is a function of the messages: shuffled they give the same groups, and none is lost."""
    found = copies(messages)
    shuffled = list(messages)
    chance.shuffle(shuffled)
    assert copies(shuffled) == found
    assert sorted(each.k for group in found for each in group) == sorted(each.k for each in messages)
    assert [best(group) for group in copies(shuffled)] == list(map(best, found))


def test_a_flood_is_folded_in_linear_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of ten thousand texts that begin alike, each is compared with few of the others."""
    asked = 0
    is_copy = folding._is_copy

    def counted(one: folding._Copy, other: folding._Copy) -> bool:
        nonlocal asked
        asked += 1
        return is_copy(one, other)

    monkeypatch.setattr(folding, "_is_copy", counted)
    count = 3_000
    flood = [linkedin(f"li:{each}", body=f"{TEXT}{each}", at=DAY + each) for each in range(count)]
    flood += [invited(f"ics:{each}", at=each, sequence=each) for each in range(count)]
    assert numbers(*flood)[-1] == count
    assert asked < 2 * count * folding._LOOKED_AT + count
