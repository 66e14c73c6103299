"""Is it outreach: signs and weights on invented messages, what the user said, and the small learner."""

import json
from pathlib import Path
from typing import Any

import msgspec
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
    phrasing,
    reasons,
    score,
    signals_in,
)
from store.rules.outreach.phrases import FOR
from store.rules.outreach.phrases_against import AGAINST
from store.rules.outreach.phrasing import Phrases, words_of
from store.rules.outreach.signs import NOTHING
from store.sources.quoting import split
from store.sources.words import contacts

DATA = Path(__file__).parents[1] / "data"
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
    "sample",
    lines(DATA / "outreach.jsonl") + lines(DATA / "outreach_more.jsonl") + lines(SEED),
    ids=lambda each: f"{each['label']} {each['subject'][:30]}",
)
def test_samples(sample: dict[str, Any]) -> None:
    """Outreach of every kind is found, and whatever only looks like it is left out.

    Where a sample says what comes out, the signs do not suffice: that is what the screener is for.
    """
    judgement = judge(message(sample), OWN)
    wanted = "outreach" if sample["label"].startswith("outreach") else "other"
    assert judgement.outcome == sample.get("outcome", wanted), judgement.reasons
    assert judgement.score == sum(reason.weight for reason in judgement.reasons)


@pytest.mark.parametrize(
    ("sign", "text"),
    [
        ("profile", "I came across your profile."),
        ("profile", "Your work on schedulers really stood out to us"),
        ("profile", "Auf Ihr Profil bin ich aufmerksam geworden"),
        ("profile", "Votre parcours a retenu mon attention"),
        ("profile", "He visto tu perfil"),
        ("client", "One of my biggest clients needs an engineer"),
        ("client", "I have been asked to find an engineer, retained by the board"),
        ("client", "im Auftrag unseres Mandanten suchen wir einen Entwickler"),
        ("recruiter", "I'm a technical recruiter"),
        ("recruiter", "I lead talent at Alder"),
        ("hiring", "we are currently hiring"),
        ("hiring", "They need a hands-on data engineer"),
        ("hiring", "wir suchen einen Entwickler"),
        ("hiring", "Mon client recrute"),
        ("hiring", "Buscamos arquitecto"),
        ("fit", "I thought of you for this role"),
        ("open-to", "a role: would you be interested?"),
        ("open-to", "Der Kunde sucht einen Entwickler: offen für Neues?"),
        ("papers", "send me your latest CV"),
        ("papers", "what is your notice period"),
        ("terms", "outside IR35"),
        ("terms", "unbefristet"),
        ("terms", "W2 or 1099"),
        ("terms", "a 1099 contractor"),
        ("pay", "the developer role pays £95k"),
        ("pay", "the developer role pays 120.000 €"),
        ("pay", "un poste de développeur, 70 000 € brut"),
        ("pay", "this developer role: 180-220k"),
        ("pay", "contract role, 575/day"),
        ("pay", "contract role, $65 per hour"),
        ("pay", "a new role at 18 LPA"),
        ("call", "we are hiring: do you have 15 minutes?"),
        ("role", "a new role as Head of Data"),
        ("referral-fee", "we pay a referral fee"),
        ("introduction", "My name is Dana and I have a new role"),
        ("seeks-job", "I am looking for a new role"),
        ("seeks-job", "hiermit bewerbe ich mich"),
        ("sells", "Book a demo"),
        ("candidate", "Can I send you her CV?"),
        ("application", "Thank you for applying"),
        ("scam", "contact me on Telegram"),
        ("stub", "Dana just messaged you"),
        ("internal", "bring notes to the interview debrief"),
        ("settled", "I got the job!"),
        ("elsewhere", "a flat viewing on Friday"),
        ("alert", "12 new jobs for you"),
        ("commerce", "view this in your browser"),
    ],
)
def test_what_a_sign_reads_like(sign: str, text: str) -> None:
    """Each sign is found in words that say it, whatever their case and marks."""
    for written in (text, text.upper(), f"Hello,\n\n{text}\n\nDana", text.replace(" ", "\n")):
        assert sign in signals_in(Message(k="x", sender=DANA, body=written)), written


@pytest.mark.parametrize(
    ("sign", "text"),
    [
        ("terms", "Your order 1099 is on its way."),
        ("commerce", "A new role. Visa sponsorship is available; I saw your keynote at the meetup."),
        ("scam", "A new role, two days a week work from home, 2 hours per day overlap with New York."),
        ("sells", "A new role, 37 hours a week. Our platform moves money for small businesses."),
        ("settled", "A new role. Start date is 1 May, somebody who can get the job done."),
        ("application", "A new role: your experience with application security is relevant."),
        ("elsewhere", "A new role in a flat hierarchy, I heard you on a podcast."),
        ("pay", "We raised £120k in a seed round and have a new role."),
        ("hiring", "The cable needs a new lead, and we need a reader."),
        ("hiring", "We sell. Engineers like it. Our role is small"),
    ],
)
def test_what_only_looks_like_a_sign(sign: str, text: str) -> None:
    """What honest recruiters write beside their pitch is not held against them."""
    assert sign not in signals_in(Message(k="x", sender=DANA, body=text))


def test_the_note_of_an_invitation_is_short() -> None:
    """Three points are enough for it, as for a text message; a mail needs four."""
    for channel, wanted in (("linkedin_invite", "outreach"), ("sms", "outreach"), ("email", "review")):
        short = msgspec.convert({"k": "x", "channel": channel, "signals": ["recruiter", "member"]}, Message)
        assert judge(short).outcome == wanted


def test_what_counts_beside_work_only() -> None:
    """A chat, a price and an interest are signs beside a role that is offered, and none by themselves."""
    for text in (
        "Are you up for a coffee?",
        "The house is £650k, would you be interested?",
        "I am an engineer, too.",
    ):
        assert signals_in(Message(k="x", sender=Contact(name="Lee"), body=text)) == ()


def test_names_of_signs_are_frozen() -> None:
    """They stand in data files: none is renamed, and none gets another meaning."""
    assert set(SIGNS) == {
        *("given", "inmail", "profile", "client", "recruiter", "hiring", "fit", "open-to", "papers", "terms"),
        *("pay", "agency", "call", "role", "referral-fee", "member", "linkedin-news", "seeks-job", "sells"),
        *("application", "list", "code", "scam", "stub", "internal", "ats", "alert", "commerce", "no-reply"),
        *(
            "automatic",
            "tagged",
            "unsubscribe",
            "answer",
            "introduction",
            "candidate",
            "settled",
            "elsewhere",
        ),
    }
    assert {*FOR, *AGAINST} <= set(SIGNS)
    assert all(SIGNS[name].weight > 0 for name in FOR)
    assert all(SIGNS[name].weight < 0 for name in AGAINST)


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
    assert (judge(plain).reasons[0].name, judge(plain).reasons[0].weight) == (GIVEN, 0)
    assert judge(plain).score == score(("scam", "sells"))
    assert judge(replace(plain, signals=(GIVEN,))).against == NOTHING
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
    many = [(f"lawn {chr(97 + n % 26) * 3}{chr(97 + n % 23) * 3}", False) for n in range(3_000)]
    uneven = learn([*pairs[:40], *many])
    assert uneven.weigh("aaaaaa bbbbbb cccccc dddddd eeeeee ffffff gggggg") == (0, ())
    assert uneven.weigh("platform kubernetes search")[0] > 0
    assert uneven.weigh("lawn")[0] < 0
    assert learn([]).weigh("platform") == learn([("platform", True)]).weigh("platform") == (0, ())
    unsure = Message(k="x", sender=DANA, body="platform kubernetes search", signals=("hiring",))
    judgement = judge(unsure, Knowledge(learner=learner))
    assert judgement.score == 2 + weight
    assert judgement.score == sum(reason.weight for reason in judgement.reasons)


def test_phrases() -> None:
    """Words stand for themselves, `|` for either and `*2` for up to two more of the same sentence."""
    phrases = Phrases({"likes": ["we|they *2 like|likes tea"], "tea": ["tea"]})
    for text in ("we like tea", "They really do like\ntea."):
        assert phrases.found_in(words_of(text)) == {"likes", "tea"}
    for text in ("they now and then like tea", "We do. Like tea", "like tea", "we like", ""):
        assert "likes" not in phrases.found_in(words_of(text))
    for wrong in ("*2", ".", "*9 a *9 tea"):
        with pytest.raises(ValueError, match="the phrase"):
            Phrases({"x": [wrong]})


HOSTILE = (
    "role ",
    "we are ",
    "position x opening ",
    "client x y opportunity ",
    "£95,000 ",
    "a",
    "é ",
    "?",
    "\n",
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_long_hostile_text(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long a text is, and however often words stand there, few places of it are looked at."""
    steps = 0
    plain = phrasing._stands

    def counted(words: list[str], at: int, step: int, slots: tuple[phrasing.Slot, ...]) -> bool:
        nonlocal steps
        steps += 1
        return plain(words, at, step, slots)

    monkeypatch.setattr(phrasing, "_stands", counted)
    taken = []
    for size in (20_000, 2_000_000):
        steps = 0
        text = piece * (size // len(piece))
        signals_in(Message(k="x", sender=DANA, subject=text[:1_000], body=text, quoted=text))
        taken.append(steps)
    assert taken[0] == taken[1] < 60_000


@given(st.lists(st.sampled_from(["we", "need", "a", "role", ".", "client", "?", "your", "profile", "£95k"])))
def test_signs_need_their_words(words: list[str]) -> None:
    """What is found with words in any order is found in the same way with a sentence before and after it."""
    phrases = Phrases({**FOR, **AGAINST})
    text = " ".join(words)
    assert phrases.found_in(words_of(text)) == phrases.found_in(words_of(f"qqq. {text} . qqq"))


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
