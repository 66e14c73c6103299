"""The people one knows: finding them, their leave, the bench, notes, and odd documents beside them."""

import json
import unicodedata
from functools import partial
from typing import Any

import pytest

from store import network, owed, referring
from store.clock import DAY
from store.errors import AmbiguousError, NotFoundError, StoreError, UsageError
from store.ids import document_id
from store.network import at_company, bench, find, must_find
from store.records.person import Consent, Person
from store.records.reading import LATEST
from store.records.referral import Referral, Step
from store.repository import Repository
from support import NOW
from tui.referral_words import person as told
from tui.referral_words import story


def add(repository: Repository, who: str, **fields: object) -> int:
    """Add somebody and return their id."""
    return repository.transact("Add", lambda t: network.add_person(t, who, **fields))[1]


def give(repository: Repository, id: int, **fields: Any) -> None:
    """Write somebody's leave down."""
    repository.transact("Leave", partial(network.set_consent, id=id, consent=Consent(**fields)))


@pytest.mark.parametrize("name", ["Sam Lee", "  sam   LEE ", "SAM@orchard.example"])
def test_found_by_name_and_address(repository: Repository, name: str) -> None:
    """Case and spaces do not matter."""
    id = add(repository, "Sam Lee", email="sam@orchard.example")
    found = find(repository.documents, name)
    assert found is not None
    assert found.id == id


def test_found_by_id(repository: Repository) -> None:
    """The whole id names somebody."""
    id = add(repository, "Sam Lee")
    assert must_find(repository.documents, str(id)).person.name == "Sam Lee"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_accents_composed_or_not_are_the_same(repository: Repository, form: Any) -> None:
    """A name and a company are found whichever way their accents are written."""
    add(
        repository,
        unicodedata.normalize("NFD", "José Núñez"),
        employer=unicodedata.normalize("NFD", "Café Ltd"),
    )
    assert find(repository.documents, unicodedata.normalize(form, "josé núñez")) is not None
    assert at_company(repository.documents, unicodedata.normalize(form, "café"))


@pytest.mark.parametrize("name", ["", "  ", "\t\n"])
def test_an_empty_name_is_nobody(repository: Repository, name: str) -> None:
    """No name finds nobody, though there are people without an address."""
    add(repository, "Sam Lee")
    with pytest.raises(UsageError):
        find(repository.documents, name)
    with pytest.raises(UsageError):
        repository.transact("Add", lambda t: network.add_person(t, name))


def test_nobody_is_said_with_what_helps(repository: Repository) -> None:
    """A name that nobody has is refused with the command that adds it; a part of one is nobody."""
    add(repository, "Sam Lee")
    assert find(repository.documents, "Sam") is None
    with pytest.raises(NotFoundError) as refused:
        must_find(repository.documents, "Sam")
    assert "ringback add person" in refused.value.hint


def test_a_name_that_nobody_has_names_who_is_near(repository: Repository) -> None:
    """Each given word begins a word of theirs; of many, three are named and the rest counted."""
    for name in ("Ezra Whitcombe", "Ida Ezrana"):
        add(repository, name)
    with pytest.raises(
        NotFoundError, match=r"Nobody here is called Ezra\. Did you mean Ezra Whitcombe or Ida"
    ):
        must_find(repository.documents, "Ezra")
    with pytest.raises(NotFoundError, match=r"called Ezra Byrd\.$"):
        must_find(repository.documents, "Ezra Byrd")
    for number in range(3):
        add(repository, f"Ezra {number}")
    with pytest.raises(NotFoundError, match=r"Ezra 0, Ezra 1, Ezra 2 or 2 more\?"):
        must_find(repository.documents, "ezra")


def test_a_namesake_is_said(repository: Repository) -> None:
    """Adding somebody of a name that another has tells who that is; adding more of the same one does not."""
    fields = {"employer": "Orchard", "title": "CTO", "email": "sam@orchard.example"}
    transact = repository.transact
    assert transact("Add", lambda t: network.add_person(t, "Sam Lee", **fields))[0] == "Added Sam Lee"
    assert transact("Add", lambda t: network.add_person(t, "Sam Lee", **fields))[0] == "Added Sam Lee"
    said = transact("Add", lambda t: network.add_person(t, "Sam Lee", employer="Millrace"))[0]
    assert said == "Added Sam Lee; there is another Sam Lee: CTO · Orchard"


def test_two_of_one_name_are_told_apart(repository: Repository) -> None:
    """It asks which, and what it lists in brackets names each of them."""
    first = add(repository, "Sam Lee", employer="Orchard", title="Engineer")
    second = add(repository, "Sam Lee", employer="Millrace", email="sam@millrace.example")
    with pytest.raises(AmbiguousError) as refused:
        find(repository.documents, "sam lee")
    assert f"Sam Lee · Engineer · Orchard ({first})" in refused.value.sentence
    assert "Sam Lee · Millrace (sam@millrace.example)" in refused.value.sentence
    assert must_find(repository.documents, str(first)).id == first
    assert must_find(repository.documents, "sam@millrace.example").id == second


@pytest.mark.parametrize(
    ("company", "found"),
    [
        ("acme", 2),
        ("ACME, Inc.", 2),
        ("The Acme Co", 2),
        ("Acm", 0),
        ("Acme Robotics", 1),
        ("", 0),
        ("???", 0),
    ],
)
def test_a_company_is_asked_for_by_its_whole_name(repository: Repository, company: str, found: int) -> None:
    """Legal forms and signs do not count; a part of a name is another company; no name is nobody."""
    for who, employer in (("B", "Acme Inc."), ("A", "acme"), ("C", "Acme Robotics"), ("D", ""), ("E", "!!!")):
        add(repository, who, employer=employer)
    assert len(at_company(repository.documents, company)) == found
    assert [each.person.name for each in at_company(repository.documents, "acme")] == ["A", "B"]


def test_added_twice_is_one(repository: Repository) -> None:
    """The same identity is the same person, who gains what is new; another employer is somebody else."""
    first = add(repository, "Sam Lee", employer="Orchard")
    assert add(repository, "sam  lee", employer="Orchard GmbH", title="CTO") == first
    person = must_find(repository.documents, str(first)).person
    assert (person.title, person.employer) == ("CTO", "Orchard GmbH")
    assert add(repository, "Sam Lee", employer="Millrace") != first


def test_who_was_taken_back_can_be_added_again(repository: Repository) -> None:
    """Undo removes somebody; adding them again brings them back."""
    add(repository, "Sam Lee")
    repository.undo()
    assert find(repository.documents, "Sam Lee") is None
    add(repository, "Sam Lee")
    assert find(repository.documents, "Sam Lee") is not None


@pytest.mark.parametrize("fields", [{"circle": "best"}, {"would_hire": 4}, {"shoe": "42"}], ids=str)
def test_what_does_not_fit_is_refused(repository: Repository, fields: dict[str, Any]) -> None:
    """A wrong circle, number or field is refused, and nothing is added."""
    with pytest.raises(UsageError):
        add(repository, "Sam Lee", **fields)
    assert find(repository.documents, "Sam Lee") is None


def test_an_empty_value_takes_a_field_away(repository: Repository) -> None:
    """Empty words mean: not said; so do they from a form with every field."""
    id = add(repository, "Sam Lee", title="CTO", would_hire=3)
    repository.transact("Edit", lambda t: network.set_person(t, id, title="", would_hire="", floor=""))
    person = must_find(repository.documents, str(id)).person
    assert (person.title, person.would_hire, person.floor) == (None, None, None)


def test_leave_holds_until_its_end(repository: Repository) -> None:
    """Leave counts until the moment it ends, and neither refused nor withdrawn."""
    assert Consent(until=NOW + 1).holds(NOW)
    assert Consent().holds(NOW)
    assert not Consent(until=NOW).holds(NOW)
    assert not Consent(answer="no").holds(NOW)
    assert not Consent(answer="withdrawn", until=NOW + DAY).holds(NOW)


def test_the_bench_is_standing_leave_that_holds(repository: Repository) -> None:
    """Leave of another kind, leave that was taken back, and who is not to be referred are not on it."""
    ready, other, withdrawn, barred = (add(repository, who) for who in "ABCD")
    give(repository, ready, scope="platform", until=NOW + DAY)
    give(repository, other, mode="both")
    give(repository, withdrawn)
    give(repository, withdrawn, answer="withdrawn")
    give(repository, barred)
    repository.transact("Edit", lambda t: network.set_person(t, barred, do_not_refer=True))
    assert [each.id for each in bench(repository.documents, NOW)] == [ready]
    assert bench(repository.documents, NOW + DAY) == []


@pytest.mark.parametrize("values", [{"answer": "maybe"}, {"mode": "any"}], ids=str)
def test_leave_that_cannot_be_read(values: dict[str, str]) -> None:
    """An answer or a mode that is none is refused with those that are."""
    with pytest.raises(UsageError):
        network.consent_of({"answer": "yes", "mode": "standing", **values})


def test_notes_stand_in_order(repository: Repository, frozen: Any) -> None:
    """Notes about somebody are kept oldest first; an empty one is refused."""
    id = add(repository, "Sam Lee")
    for text in ("first", "second"):
        repository.transact("Note", partial(network.note, id=id, text=text))
        frozen.shift(1)
    with pytest.raises(UsageError):
        repository.transact("Note", lambda t: network.note(t, id, "  "))
    assert [each.text for each in network.notes(repository.documents, id)] == ["first", "second"]


ODD: list[Any] = [
    *(None, True, 0, -1, 10**30, "", "x", "\ud800", [], [1], {}, {"a": 1}, {"a": "b"}, LATEST),
    *({"mode": 1}, {"answer": "perhaps", "until": 10**30}, {"until": LATEST}),
]


@pytest.mark.parametrize(
    ("table", "field"),
    [
        *(("people", field) for field in Person.__struct_fields__),
        *(("referrals", field) for field in Referral.__struct_fields__),
        *(("steps", field) for field in Step.__struct_fields__),
    ],
)
def test_no_odd_document_stops_anything(repository: Repository, table: str, field: str) -> None:
    """Whatever another program wrote into a field, everybody and every referral can still be told."""
    add(repository, "Sam Lee", cadence=30)
    repository.transact("Add", lambda t: referring.add(t, "received", "Sam Lee", role="CTO"))
    documents = repository.documents
    id, known = next((id, document) for id, document in documents.items(table))
    for value in ODD:
        documents.put([(table, id, json.dumps({**known, field: value}).encode())])
        log = referring.log(documents, NOW)
        for each in network.everybody(documents):
            list(told(each, NOW))
            network.candidate(each, 0, NOW)
        for logged in log:
            list(story(logged, log, NOW))
        bench(documents, NOW)
        list(network.candidates(documents, NOW))
        at_company(documents, "Acme")
        owed.owed(documents, NOW, LATEST)


def test_a_referral_whose_person_is_gone(repository: Repository) -> None:
    """The log keeps the name as it was, and its steps go on; leave that is not there does not hold."""
    _, id = repository.transact("Add", lambda t: referring.add(t, "given", "Sam Lee", why="knows Go"))
    person = document_id(network.key_of("Sam Lee"))
    repository.transact("Edit", lambda t: t.set("people", person, "gone", True))
    repository.transact("Edit", lambda t: t.set("referrals", id, "mode", "standing"))
    logged = referring.find(repository.documents, str(id), NOW)
    assert logged.referral.name == "Sam Lee"
    with pytest.raises(StoreError, match="withdrawn their leave"):
        repository.transact("Move", lambda t: referring.move(t, id, "sent"))
