"""Who is the same recruiter, who pitched what before, and what smells: precise rather than loud."""

import pytest

from inbox_support import a_row, fill
from store import people, verbs
from store.errors import AmbiguousError, NotFoundError, UsageError
from store.repository import Repository
from store.rules.companies import company_name
from store.rules.pitches import pitch_warnings
from store.rules.scam import safety_flags
from store.rules.standing import fate, of_one_person, standing_sentence
from support import NOW, a_contact, a_message, ago

FLAGGED = [
    ("messenger", "Please continue the interview on Telegram with our HR."),
    ("messenger", "Add me via WhatsApp to move on: text our manager on WhatsApp today."),
    ("money", "You pay a refundable training fee of $99 first."),
    ("money", "An onboarding deposit of $150 is due before you start. A processing fee is required."),
    ("equipment", "You will purchase your laptop from our vendor and we reimburse you."),
    ("equipment", "We send you a cheque: deposit the check and order the equipment before your first day."),
    ("papers", "Reply with a copy of your passport and your bank details."),
    ("papers", "Please provide your SSN so that we may prepare the offer."),
    ("test project", "Download the test project from the link and run it on your machine."),
    ("test project", "The coding assignment is attached: install it, archive task.zip."),
]
INNOCENT = [
    "Call me: +1 415 555 0132, also on WhatsApp.",
    "Dana Whitfield · LinkedIn · WhatsApp 555-0132",
    "You would own identity and access management for a bank.",
    "Our client is a bank; accounts and payments are your core.",
    "There is a take-home task of two hours, paid, and a talk about it.",
    "We provide laptop and equipment on your first day.",
    "The role pays $230k; visa fees are paid by us.",
    "Do you still hold a driver's licence? The depot is rural.",
    "The team builds the Telegram of freight: chat for drivers.",
    "Please send your CV and when you could talk.",
    "They pass the background check of every new colleague.",
    "We run the sample rate of the audio pipeline at 96 kHz.",
]


@pytest.mark.parametrize(("sign", "text"), FLAGGED, ids=[str(place) for place in range(len(FLAGGED))])
def test_each_sign_is_found_and_quoted(sign: str, text: str) -> None:
    """The sentence says what it is, with the words that say so."""
    flags = safety_flags(a_row(), [a_message(body=text)])
    assert flags
    assert "“" in flags[0]
    assert sign.partition(" ")[0] in flags[0]


@pytest.mark.parametrize("text", INNOCENT)
def test_innocent_words_raise_nothing(text: str) -> None:
    """A false alarm costs a good conversation."""
    assert safety_flags(a_row(), [a_message(body=text)]) == ()


def test_free_mail_is_a_sign_for_a_known_brand_only() -> None:
    """A small agency may write from anywhere."""
    assert "gmail.com" in safety_flags(a_row(email="hr@gmail.com", company="Google LLC"), [])[0]
    assert safety_flags(a_row(email="dana@gmail.com", firm="Northgate Search"), []) == ()
    assert safety_flags(a_row(email="dana@google.com", company="Google"), []) == ()


def test_identities_connect_however_far() -> None:
    """By address, by number, by name with firm; a name alone only where there is nothing else."""
    mail = a_row(1, email="dana@northgate.example", firm="Northgate")
    both = a_row(2, email="dana@northgate.example", phone="+14155550132")
    call = a_row(3, who="+14155550132", phone="+14155550132")
    namesake = a_row(4, email="dana@other.example", firm="Other")
    assert [row.id for row in of_one_person(mail, [mail, both, call, namesake])] == [1, 2, 3]
    assert [row.id for row in of_one_person(a_row(5), [a_row(5), a_row(6)])] == [5, 6]


def test_standing_in_words() -> None:
    """Counts, and who waits for whom."""
    assert standing_sentence([a_row()], NOW, 14) == "1 approach, 0 answered, you owe a reply"
    old = a_row(at=ago(days=40), attempts=3)
    assert standing_sentence([old], NOW, 14) == "3 approaches, 0 answered, silent for 40 days"
    answered = a_row(at=ago(days=5), answered_at=ago(days=3))
    assert standing_sentence([answered], NOW, 14).endswith("they owe a reply since 3 days")


def test_fates_keep_declined_and_silent_apart() -> None:
    """The verdict, else answered, silent, nothing yet."""
    assert fate(a_row(verdict="no", decided_at=NOW), NOW, 14) == "declined"
    assert fate(a_row(at=ago(days=20)), NOW, 14) == "silent"
    assert fate(a_row(), NOW, 14) == "nothing yet"
    assert fate(a_row(verdict="no", decided_at=ago(days=5)), NOW, 14) == "nothing yet"


def test_the_same_role_from_two_firms() -> None:
    """Legal forms and seniority do not hide it; another company, the same firm or half a year do."""
    ours = a_row(1, role="Staff Platform Engineer", company="Acme Robotics", firm="Northgate")
    early = a_row(2, role="Platform Engineer", company="Acme Robotics Inc.", firm="Bluefin", at=ago(days=20))
    assert pitch_warnings(ours, [ours, early]) == [
        "Already pitched by Bluefin on 27 Oct 2026: being submitted twice can sink you."
    ]
    for other in (
        a_row(3, role="Platform Engineer", company="Acme", firm="Bluefin", at=ago(days=20)),
        a_row(4, role="Data Lead", company="Acme Robotics", firm="Bluefin", at=ago(days=20)),
        a_row(5, role="Platform Engineer", company="Acme Robotics", firm="Northgate", at=ago(days=20)),
        a_row(6, role="Platform Engineer", company="Acme Robotics", firm="Bluefin", at=ago(days=200)),
    ):
        assert pitch_warnings(ours, [ours, other]) == []
    assert company_name("The Acme Robotics GmbH") == "acme robotics"


def test_leave_is_said_before_a_second_one(repository: Repository) -> None:
    """Who has leave to send the CV stands in the warning; leave is yes or no."""
    dana = a_contact(email="dana@northgate.example", firm="Northgate")
    tom = a_contact("Tom Birch", email="tom@bluefin.example", firm="Bluefin")
    fill(
        repository,
        a_message(sender=tom, role="Platform Engineer", company="Acme", at=ago(days=20)),
        a_message(sender=dana, role="Platform Engineer", company="Acme", at=ago(days=1)),
    )
    row = {each.who: each for each in repository.index.rows.values()}
    repository.transact("Edit", lambda t: verbs.edit(t, [row["Tom Birch"].id], leave="yes"))
    warnings = people.warnings(repository, people.card(repository, row["Dana Whitfield"]))
    assert "Bluefin has your leave to send your CV." in warnings[0]
    with pytest.raises(UsageError, match="yes or no"):
        repository.transact("Edit", lambda t: verbs.edit(t, [row["Tom Birch"].id], leave="perhaps"))


def test_a_person_by_name(repository: Repository) -> None:
    """By part of the name; of two the addresses are asked for, of none the way on is told."""
    fill(
        repository,
        a_message(sender=a_contact("Dana Whitfield", email="dana@northgate.example", firm="Northgate")),
        a_message("x", sender=a_contact("Dana Whitfield", email="dana@other.example", firm="Other")),
        a_message("y", sender=a_contact("Tom Birch")),
    )
    assert people.named(repository, "tom").name == "Tom Birch"
    with pytest.raises(AmbiguousError, match="fits 2 people"):
        people.named(repository, "Dana Whitfield")
    with pytest.raises(NotFoundError, match="Nobody here"):
        people.named(repository, "Zoe")


def test_what_is_kept_of_a_person_is_undone_by_undo(repository: Repository) -> None:
    """Checks, relation, promise and note are writes like any other."""
    fill(repository, a_message())
    (row,) = repository.index.rows.values()
    card = people.card(repository, row)
    repository.transact("Check", lambda t: people.set_check(t, card, 4, "no", "no pay"))
    repository.transact("Relation", lambda t: people.set_relation(t, card, "cool"))
    repository.transact("Promise", lambda t: people.add_promise(t, card, "to ring"))
    brief = people.brief(repository, row)
    assert (brief.checks_yes, brief.checks_asked, brief.relation, brief.promises_made) == (0, 1, "cool", 0)
    for _ in range(3):
        repository.undo()
    after = people.card(repository, row)
    assert (after.person.relation, after.promises) == (None, [])
    with pytest.raises(UsageError, match="no check 9"):
        repository.transact("Check", lambda t: people.set_check(t, card, 9, "yes"))
