# ruff: noqa: E501 - a table reads better with a case a line
"""What is lifted from texts: role, companies, place, pay, phone and mandate."""

import json
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

SEED = Path(__file__).parents[3] / "shared" / "corpus" / "outreach_seed" / "seed_corpus.jsonl"
MANDATES = {"retained": "retained", "contingency?": "contingent", "direct": "in-house"}


def lifted(body: str, subject: str = "", sender: str = "Dana <dana@northgate.example>") -> Lifted:
    """Return what is lifted from a mail."""
    parts = split(body)
    return lift(
        Message(
            k="x",
            sender=contacts(sender)[0],
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


@pytest.mark.parametrize("piece", ["$1 ", "role: x\n", "at A ", "0 ", "engineer ", "£1,000-", "(1) "])
def test_a_long_hostile_text(piece: str) -> None:
    """A megabyte of anything is looked at as far as terms of a role stand."""
    assert isinstance(lift(Message(k="x", subject=piece * 100, body=piece * 100_000)), Lifted)
