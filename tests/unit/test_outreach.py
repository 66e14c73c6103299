"""Is it outreach: signs and weights on invented messages, what the user said, and the small learner."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from store.records.message import Contact, Message
from store.rules.outreach import (
    GIVEN,
    SIGNS,
    Envelope,
    Knowledge,
    judge,
    learn,
    outcome,
    reasons,
    score,
    signals_in,
)
from store.rules.outreach.phrases import FOR
from store.sources.quoting import split
from store.sources.words import contacts

SAMPLES = Path(__file__).parents[1] / "data" / "outreach.jsonl"
SEED = Path(__file__).parents[3] / "shared" / "corpus" / "outreach_seed" / "seed_corpus.jsonl"
OWN = Knowledge(own=frozenset({"robin@vale.example", "robin@myjob.example"}))
DANA = Contact(name="Dana Whitfield", email="dana@northgate.example", firm="Northgate Search")


def lines(path: Path) -> list[dict[str, Any]]:
    """Return the samples of a file, none where it is not here."""
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def message(sample: dict[str, Any]) -> Message:
    """Return a sample as its reader would make it."""
    who = sample["from_"]
    sender = contacts(who)[0] if "@" in who else Contact(name=who)
    if who[:1] in "+0123456789":
        sender = Contact(phone=who)
    parts = split(sample["body"])
    made = Message(
        k="x",
        channel=sample.get("channel", "email"),
        sender=sender,
        subject=sample["subject"],
        body=parts.body,
        quoted=parts.quoted,
        signature=parts.signature,
    )
    return replace(made, signals=signals_in(made, Envelope(**sample.get("envelope", {}))))


@pytest.mark.parametrize(
    "sample", lines(SAMPLES) + lines(SEED), ids=lambda each: f"{each['label']} {each['subject'][:30]}"
)
def test_samples(sample: dict[str, Any]) -> None:
    """Outreach of every kind is found, and whatever only looks like it is left out."""
    judgement = judge(message(sample), OWN)
    wanted = "outreach" if sample["label"] == "outreach" else "other"
    assert judgement.outcome == wanted, judgement.reasons


def test_names_of_signs_are_frozen() -> None:
    """They stand in data files: none is renamed, and none gets another meaning."""
    assert set(SIGNS) == {
        *("given", "inmail", "profile", "client", "recruiter", "hiring", "fit", "open-to", "papers", "terms"),
        *("pay", "agency", "call", "role", "referral-fee", "member", "linkedin-news", "seeks-job", "sells"),
        *("application", "list", "code", "scam", "stub", "internal", "ats", "alert", "commerce", "no-reply"),
        *("automatic", "tagged", "unsubscribe", "answer"),
    }
    assert set(FOR) <= set(SIGNS)


@given(st.lists(st.sampled_from(sorted(SIGNS)), unique=True))
def test_the_score_is_the_sum_of_the_reasons(signals: list[str]) -> None:
    """Anybody can add it up, and a sign against it never raises it."""
    assert score(signals) == sum(reason.weight for reason in reasons(signals))
    for name in sorted(SIGNS):
        if SIGNS[name].weight < 0 and name not in signals:
            assert score([*signals, name]) < score(signals)


def test_a_sign_of_a_newer_version_counts_nothing() -> None:
    """A file that a newer version wrote is judged by what this one knows."""
    assert score(["profile", "telepathy"]) == SIGNS["profile"].weight


@pytest.mark.parametrize(
    ("corrections", "wanted"),
    [
        ({"mailto:dana@northgate.example": True}, "outreach"),
        ({"domain:northgate.example": True}, "outreach"),
        ({"firm:northgate search": True}, "outreach"),
        ({"mailto:dana@northgate.example": False, "domain:northgate.example": True}, "other"),
        ({"domain:northgate.example": False, "firm:northgate search": True}, "other"),
        ({"mailto:tom@northgate.example": True}, "other"),
    ],
)
def test_what_the_user_said_comes_first(corrections: dict[str, bool], wanted: str) -> None:
    """Of a sender, a domain and a firm the narrowest counts, and its reason is told."""
    plain = Message(k="x", sender=DANA, body="Hello.", signals=("commerce",))
    judgement = judge(plain, Knowledge(corrections=corrections))
    assert judgement.outcome == wanted
    assert (judgement.reasons[0].name == "said") == (wanted == "outreach" or "tom" not in str(corrections))


def test_given_and_sent() -> None:
    """What the user gave is outreach whatever it says; what they wrote is none by itself."""
    plain = Message(k="x", sender=DANA, signals=(GIVEN, "scam", "sells"))
    assert outcome(plain) == judge(plain).outcome == "outreach"
    assert judge(replace(plain, signals=("profile", "client"), direction="out")).outcome == "other"


def test_mail_of_the_own_firm() -> None:
    """Whoever hires beside the user writes like a recruiter, from the same domain; free mail has none."""
    signs = ("hiring", "role", "open-to")
    colleague = Message(k="x", sender=Contact(email="alex@vale.example"), signals=signs)
    assert judge(colleague, OWN).outcome == "other"
    free = Message(k="x", sender=Contact(email="alex@gmail.com"), signals=signs)
    assert judge(free, Knowledge(own=frozenset({"robin@gmail.com"}))).outcome == "outreach"


def test_the_learner() -> None:
    """It adds three points at most, says by which words, and does so the same each time."""
    pairs = [(f"platform kubernetes search {n}", True) for n in range(40)]
    pairs += [(f"garden furniture sale {n}", False) for n in range(30)]
    learner = learn(pairs)
    weight, words = learner.weigh("A platform search with kubernetes")
    assert 0 < weight <= 3
    assert set(words) <= {"platform", "kubernetes", "search"}
    assert -3 <= learner.weigh("garden furniture sale")[0] < 0
    assert learner.weigh("nothing of that") == (0, ())
    assert learn(list(reversed(pairs))).odds == learner.odds
    unsure = Message(k="x", sender=DANA, body="platform kubernetes search", signals=("hiring",))
    judgement = judge(unsure, Knowledge(learner=learner))
    assert judgement.score == 2 + weight
    assert judgement.score == sum(reason.weight for reason in judgement.reasons)


@pytest.mark.parametrize(
    "needle", ["role ", "your profile ", "we help ", "i am looking ", "$1", "client " * 3]
)
def test_a_long_hostile_text(needle: str) -> None:
    """However often a word stands there, few places of it are looked at."""
    long = Message(k="x", sender=DANA, subject=needle * 1_000, body=needle * 200_000)
    assert isinstance(signals_in(long), tuple)


@given(st.text(max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    """Signs are known names, sorted, and the same each time."""
    found = signals_in(Message(k="x", subject=text, body=text, sender=Contact(name=text, email=text)))
    assert list(found) == sorted(set(found))
    assert set(found) <= set(SIGNS)


def test_a_bump_is_judged_by_what_it_quotes() -> None:
    """A short follow-up above its own pitch has the signs of the pitch."""
    pitch = "I came across your profile. My client is hiring a Staff Engineer. Are you open to a call?"
    bump = Message(k="x", sender=DANA, body="Any thoughts?", quoted=pitch)
    assert {"profile", "client"} <= set(signals_in(bump))


def test_signs_of_a_text_message() -> None:
    """A code, a short number and a sender that is a name are no recruiter's."""
    for sender in (Contact(phone="73535"), Contact(phone="OTP Bank"), Contact(phone="+14155550132")):
        text = Message(k="x", channel="sms", sender=sender, body="Your verification code is 482913")
        assert "code" in signals_in(text)
    assert "code" not in signals_in(Message(k="x", sender=DANA, body="Your verification code is 482913"))
