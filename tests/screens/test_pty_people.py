"""The people, the log and a referral in a real pty: hostile text in every field of theirs stays text."""

import pytest

from inbox_support import fill
from pty_support import RINGBACK, terminal
from store import network, passing_on, referring
from store.records.person import Consent
from store.repository import Repository
from store.transaction import Transaction
from support import a_contact, a_message

ATTACK = "owned\x1b[31m\x1b]0;x\x07\x9b31m\u202egpj.exe\u2066[/b][@click=app.quit]x[/]"


@pytest.fixture
def hostile(home: object) -> None:
    """A data file whose people, leave, notes, referrals and steps are all attacks."""
    sender = a_contact(ATTACK, email="e@x.example", firm=ATTACK)
    message = a_message(ATTACK, sender=sender, role=ATTACK, company=ATTACK, pay=ATTACK, body=ATTACK)
    with Repository.open() as repository:
        fill(repository, message)
        row = next(iter(repository.index.rows.values()))
        texts = ("email", "phone", "profile", "employer", "title", "industry", "places", "wants", "how_met")

        def write(transaction: Transaction) -> None:
            fields = {name: ATTACK + name for name in texts}
            _, id = network.add_person(transaction, f"A {ATTACK}", may_move=True, would_hire=3, **fields)
            network.set_consent(transaction, id, Consent(scope=ATTACK, answer="withdrawn"))
            network.note(transaction, id, ATTACK)
            about = dict.fromkeys(("role", "company", "recruiter", "why", "note"), ATTACK)
            _, received = referring.add(transaction, "received", f"A {ATTACK}", **about)
            referring.move(transaction, received, "my_yes", ATTACK)

        repository.transact("Add", write)
        made = passing_on.prepare(repository, row, f"B {ATTACK}", why=ATTACK)
        repository.transact("Refer", lambda t: referring.refer(t, row, made[0], made[1]))


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("g", "p"), "bench 0 of 5"),
        (("g", "p", "e"), "What you know of"),
        (("g", "p", "l"), "May you pass"),
        (("g", "p", "a"), "A note about"),
        (("g", "p", "G"), "Newest:"),
        (("g", "r"), "my yes"),
        (("g", "r", "m"), "type to filter"),
        (("g", "r", "t"), "Look after"),
        (("f",), "Who would be glad of this?"),
        (("f", "1"), "Why it fits"),
        (("f", "1", "f"), "To A"),
    ],
    ids=lambda value: "".join(value) if isinstance(value, tuple) else "",
)
def test_no_place_passes_an_attack_on(hostile: None, keys: tuple[str, ...], words: str) -> None:
    """What the terminal gets holds nothing from a person or a referral that it would obey."""
    with terminal(RINGBACK, columns=120, lines=36) as running:
        running.wait_for("New 1")
        for key in keys:
            running.send(key)
        running.wait_for(words)
        running.wait_for("owned")
        running.send("\x1b")
        running.wait_until(lambda text: words not in text, "the place before")
        drawn = running.raw
    assert b"\x1b]0;x" not in drawn
    assert b"\x1b[31m" not in drawn
    for character in ("\x9b", "\u202e", "\u2066"):
        assert character.encode() not in drawn
