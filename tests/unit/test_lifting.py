# ruff: noqa: E501 - a table reads better with a case a line
"""What is lifted from texts: role, companies, place, pay, phone and mandate."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.records.message import Contact, Lifted, Message
from store.rules.lifting import lift
from store.rules.pay import parse_pay
from store.sources.quoting import split
from store.sources.words import contacts

DATA = Path(__file__).parents[1] / "data" / "lifting.jsonl"
"""Invented approaches, each with the fields that should be lifted; half are held out: no rule was made for them."""
SEED = Path(__file__).parents[3] / "shared" / "corpus" / "outreach_seed" / "seed_corpus.jsonl"
MANDATES = {"retained": "retained", "contingency?": "contingent", "direct": "in-house"}


def lifted(body: str, subject: str = "", sender: str = "Dana <dana@northgate.example>") -> Lifted:
    """Return what is lifted from a mail."""
    parts = split(body)
    return lift(
        Message(
            k="x",
            sender=contacts(sender)[0] if "@" in sender else Contact(phone=sender),
            subject=subject,
            body=parts.body,
            quoted=parts.quoted,
            signature=parts.signature,
        )
    )


SAMPLES = [json.loads(line) for line in SEED.read_text().splitlines()] if SEED.exists() else []


@pytest.mark.parametrize(
    "sample", [each for each in SAMPLES if each["expect"]], ids=lambda each: each["subject"]
)
def test_the_seed(sample: dict[str, Any]) -> None:
    """Every field that it expects is lifted so; a currency that nobody named is not made up."""
    found, expected = lifted(sample["body"], sample["subject"], sample["from_"]), sample["expect"]
    assert found.role.casefold() == expected.get("role", found.role).casefold()
    assert found.location == expected.get("location", found.location)
    assert found.phone == expected.get("phone", found.phone)
    assert found.mandate == MANDATES.get(expected.get("engagement", ""), found.mandate)
    if "comp" in expected:
        low, high, currency, per = expected["comp"]
        pay = parse_pay(found.pay)
        assert pay is not None
        assert (pay.high, pay.per) == (high, per)
        assert pay.currency == ("" if currency.endswith("?") else currency)
        assert pay.low == low if low is not None else found.pay.startswith("up to")


def outcomes(*, held_out: bool) -> Counter[str]:
    """Count the fields of the samples that are right, wrong and missed."""
    counts: Counter[str] = Counter()
    for sample in map(json.loads, DATA.read_text().splitlines()):
        if sample["held_out"] is held_out:
            found = lifted(sample["body"], sample["subject"], sample["from_"])
            counts.update(outcome(found, name, wanted) for name, wanted in sample["expect"].items())
    return counts


def outcome(found: Lifted, name: str, wanted: str | list[Any] | None) -> str:
    """Return whether a field is right, wrong or missed; pay is compared as it is read."""
    value: object = getattr(found, name)
    if isinstance(wanted, list):
        pay = parse_pay(found.pay)
        right = pay is not None and [pay.low, pay.high, pay.currency, pay.per] == wanted
    else:
        right = str(value).casefold() == (wanted or "").casefold()
    return "right" if right else "wrong" if value else "missed"


@pytest.mark.parametrize(("held_out", "least"), [(False, 85), (True, 92)])
def test_the_samples(held_out: bool, least: int) -> None:
    """Of what should be lifted from invented approaches nearly all is found, and nothing is wrong."""
    counts = outcomes(held_out=held_out)
    assert counts["wrong"] == 0
    assert counts["right"] >= least


@pytest.mark.parametrize(
    ("body", "subject", "fields"),
    [
        ("", "Java Developer || Dallas, TX || C2C || $65/hr", {"role": "Java Developer", "location": "Dallas, TX", "pay": "$65/hr"}),
        ("Job Title: Data Engineer\nLocation: Leeds (hybrid)\nClient: Borealis", "Hello", {"role": "Data Engineer", "location": "Leeds (hybrid)", "company": "Borealis", "mode": "hybrid"}),
        ("Gehalt: 95.000 €, zwei Tage in der Woche vor Ort", "Senior Software Engineer (m/w/d) in München", {"role": "Senior Software Engineer", "location": "München", "pay": "95.000 €", "mode": "hybrid"}),
        ("We just raised $3M and pay 150-180k.", "Founding engineer", {"pay": "150-180k"}),
        ("Outside IR35, £550pd, fully remote.", "Contract Python Developer", {"pay": "£550pd", "mode": "remote"}),
        ("Salär CHF 130'000", "Architect", {"pay": "CHF 130'000"}),
        ("Dial-in: +1 415 555 0155, PIN 123456789", "Call", {"phone": ""}),
        ("Best,\n\nDana\n(415) 555-0132", "A role", {"phone": "+14155550132"}),
        ("Kind regards\nTom\n020 7946 0321 (London, UK)", "A role", {"phone": "+442079460321"}),
        ("Req ID: 1234567890. A referral fee of $1,000 is paid.", "A role", {"phone": "", "pay": ""}),
        ("I work at Northgate Search. My client is looking for a Head of Data.", "Hi", {"role": "Head of Data", "firm": "Northgate Search", "mandate": "contingent"}),
        ("We have been retained to find a COO.", "Confidential", {"mandate": "retained"}),
        ("I'm the founder, we are hiring a Staff Engineer at Oakframe.", "Hi", {"company": "Oakframe", "mandate": "in-house", "role": "Staff Engineer"}),
        ("Hi Robin, this is Mel from Quarry Tech, I'm calling about a role.", "", {"firm": "Quarry Tech"}),
        ("Robin, Ned from Alder Reed here. A role in Exeter.", "", {"firm": "Alder Reed", "location": "Exeter"}),
        ("hi this is Jo Lund with Keel Search I'm calling about a role", "", {"firm": "Keel Search"}),
        ("I'm a recruiter and has a friend, do you know of anybody?", "Hi", {"firm": ""}),
        ("We are on the platform team.", "Staff Engineer at Northgate", {"company": "Northgate", "firm": "", "mandate": "in-house"}),
        ("I lead talent at Northgate and need a Staff Engineer.", "Hi", {"company": "Northgate", "firm": "", "mandate": "in-house"}),
        ("Your time at Oakframe makes you relevant.", "A role", {"company": ""}),
        ("You've done this before at Oakframe.", "A role", {"company": ""}),
        ("If you are open to joining the team at Oakframe, write to me.", "A role", {"company": "Oakframe"}),
        ("We would love to have you at Oakframe.", "A role", {"company": "Oakframe"}),
        ("Hello, this message is for Robin Vale.", "A role", {"company": ""}),
        ("Hi Robin, we met at Robin Vale's talk on Tuesday.", "A role", {"company": ""}),
        ("Share your CV with CTC and notice period, for C2C or W2, by Q3.", "A role", {"company": ""}),
        ("A role for Java Developers, with Kubernetes, at London.", "Hi", {"company": ""}),
        ("Our VP Engineering asked me to write.", "Hi", {"role": ""}),
        ("I'm hiring for a Group CTO on behalf of a bank.", "Hi", {"role": "Group CTO", "mandate": ""}),
        ("New search, CTO at a bank. Thought of you.", "Hi", {"mandate": ""}),
        ("Shall we talk?\n\nLotte (CTO)", "Hi", {"mandate": "in-house", "company": "Northgate"}),
        ("Is this retained or contingency?", "Re: A role", {"mandate": ""}),
        ("Mon client recrute un Directeur technique.", "Bonjour", {"role": "Directeur Technique", "mandate": "contingent"}),
        ("Gesucht: Leiter Plattform-Entwicklung (m/w/d), 60 % Homeoffice, im Kundenauftrag", "Hallo", {"role": "Leiter Plattform-Entwicklung", "mode": "hybrid", "mandate": "contingent"}),
        ("Buscamos un Arquitecto de software, entre 55.000 y 65.000 euros.", "Hola", {"role": "Arquitecto de Software", "pay": "entre 55.000 y 65.000 euros"}),
        ("A 4-day week, and hybrid cloud experience.", "A role", {"mode": ""}),
        ("Hybrid cloud experience, two days a week in the office.", "A role", {"mode": "hybrid"}),
        ("This is not a remote role.", "A role", {"mode": ""}),
        ("Experience in remote sensing.", "A role", {"mode": ""}),
        ("bis zu 90.000 Euro", "Stelle", {"pay": "bis zu 90.000 Euro"}),
        ("A role", "Data Engineer at Boston Foods", {"location": ""}),
        ("Nice", "Nice to meet you", {"location": ""}),
        ("An Order 0000000000", "A role", {"phone": ""}),
        ("Nice to meet you.", "Hello", {"role": "", "company": "", "pay": "", "phone": "", "mandate": "", "mode": "", "location": ""}),
    ],
)  # fmt: skip
def test_fields(body: str, subject: str, fields: dict[str, str]) -> None:
    """Labels count first, then subject and sentences; money, numbers and names of other kinds are passed over."""
    found = lifted(body, subject)
    assert {name: getattr(found, name) for name in fields} == fields


@given(st.text(max_size=400))
def test_no_text_breaks_it(text: str) -> None:
    """Whatever is written, texts come out, and the same each time."""
    message = Message(k="x", subject=text, body=text, signature=text, sender=Contact(name=text, email=text))
    assert lift(message) == lift(message)


@pytest.mark.parametrize(
    "piece",
    [
        "$1 ",
        "role: x\n",
        "at A ",
        "0 ",
        "engineer ",
        "£1,000-",
        "(1) ",
        " ",
        ",",
        "@",
        "in London ",
        "X, TX ",
        "Hi A ",
    ],
)
def test_a_long_hostile_text(piece: str) -> None:
    """A megabyte of anything is looked at as far as terms of a role stand."""
    assert isinstance(lift(Message(k="x", subject=piece * 100, body=piece * 100_000)), Lifted)
