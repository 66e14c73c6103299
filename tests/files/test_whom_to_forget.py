"""Who is forgotten, where names are shared, and everything that is theirs: no more, no less."""

from pathlib import Path
from typing import Any

import pytest

from store import (
    directory,
    doctor,
    forgetting,
    meant,
    network,
    passing_on,
    referral_letters,
    referring,
    verbs,
)
from store.errors import AmbiguousError, NotFoundError
from store.file.drafts import Draft
from store.forgetting import Forgetting
from store.intake.pulling import Request, pull
from store.meant import Whom
from store.records.message import Contact, message_fields
from store.repository import Repository
from store.rules.row import Row
from support import a_contact, a_message, ago

DANA = a_contact("Dana Whitfield", "dana@northgate.example", firm="Northgate")
TOM = a_contact("Tom Birch", "tom@northgate.example", firm="Northgate")
SECRET = "an offer to keep quiet about"


def receive(repository: Repository, sender: Contact = DANA, **fields: Any) -> Row:
    """Take a message in and return its row."""
    more = {"role": "Staff Engineer", "company": "Acme", "pay": "$200k", "body": SECRET, **fields}
    message = a_message(sender=sender, **more)
    id = repository.transact("Import", lambda t: t.insert("messages", message.k, message_fields(message)))[0]
    row = repository.index.row_of_message(id)
    assert row is not None
    return row


def know(repository: Repository, name: str, **fields: object) -> int:
    """Add somebody to the people one knows."""
    return repository.transact("Add", lambda t: network.add_person(t, name, **fields))[1]


def refer(repository: Repository, row: Row, name: str) -> int:
    """Pass a role on and return the referral's id."""
    referral, known, _ = passing_on.prepare(repository, row, name, why="ran the same migration")
    return repository.transact("Refer", lambda t: referring.refer(t, row, referral, known))[1]


def forget(repository: Repository, whom: Whom | str) -> Forgetting:
    """Forget somebody as the command and the screen do."""
    meant_one = meant.named(repository, whom) if isinstance(whom, str) else whom
    found = repository.purge("Forget", lambda t: forgetting.forget(t, meant_one))
    forgetting.drop_drafts(repository, found)
    repository.publish()
    return found


def everything(repository: Repository) -> str:
    """Return the text of the data file."""
    repository.publish()
    return repository.path.read_text()


def known(repository: Repository) -> list[str | None]:
    """Return the addresses of the people one knows."""
    return [each.person.email for each in network.everybody(repository.documents)]


# Who is meant


def test_a_namesake_of_a_recruiter_is_somebody_else(repository: Repository) -> None:
    """Each is forgotten as what was shown; by the name alone, which one is asked."""
    receive(repository)
    know(repository, "Dana Whitfield", email="dana@home.example", wants="my old friend")
    with pytest.raises(AmbiguousError) as refused:
        meant.named(repository, "dana whitfield")
    assert "is the name of 2 people" in refused.value.sentence
    assert "(dana@home.example)" in refused.value.sentence
    assert "Dana Whitfield · recruiter · Northgate (dana@northgate.example)" in refused.value.sentence
    shown = {each.known is not None: each for each in directory.everybody(repository)}
    forget(repository, meant.this(repository, shown[False].known, shown[False].row))
    assert known(repository) == ["dana@home.example"]
    assert not repository.index.rows
    forget(repository, "Dana Whitfield")
    assert known(repository) == []


@pytest.mark.parametrize(
    ("others", "named"),
    [
        ([a_contact("Dana Whitfield", "dana@harbor.example", firm="Harbor")], "(dana@harbor.example)"),
        ([Contact(name="Dana Whitfield", phone="+15550100", firm="Harbor")], "(+15550100)"),
        ([Contact(name="Dana Whitfield", firm="Harbor")], "Harbor ("),
    ],
    ids=["address", "number", "code"],
)
def test_two_recruiters_of_one_name(repository: Repository, others: list[Contact], named: str) -> None:
    """Both are listed by what tells them apart, and that is what forgets the one and not the other."""
    receive(repository)
    for each in others:
        receive(repository, each, subject="Another role", at=ago(days=3))
    with pytest.raises(AmbiguousError) as refused:
        meant.named(repository, "Dana Whitfield")
    assert named in refused.value.sentence
    word = refused.value.sentence.split("(")[
        -1 if "northgate" not in refused.value.sentence.split("(")[-1] else -2
    ]
    forget(repository, word.split(")")[0])
    assert [row.email for row in repository.index.rows.values()] == ["dana@northgate.example"]


def test_only_whole_names_count(repository: Repository) -> None:
    """A part of a name is nobody, however few have it in theirs; who may be meant is asked."""
    receive(repository)
    know(repository, "Sam Lee", email="sam@orchard.example", phone="+1 555 0117")
    for part, likely in (("Dana", "Dana Whitfield"), ("northgate", ""), ("Sam Le", "Sam Lee"), ("0117", "")):
        with pytest.raises(NotFoundError) as refused:
            meant.named(repository, part)
        assert (f"Did you mean {likely}?" in refused.value.hint) is bool(likely)
    for whole in (
        "sam  LEE",
        "SAM@orchard.example",
        "+15550117",
        str(network.must_find(repository.documents, "Sam Lee").id),
    ):
        assert meant.named(repository, whole).name == "Sam Lee"
    (row,) = repository.index.rows.values()
    for whole in ("dana whitfield", "dana@northgate.example", repository.index.code(row.id), str(row.id)):
        assert meant.named(repository, whole).name == "Dana Whitfield"


def test_who_got_the_address_later_is_the_recruiter(repository: Repository) -> None:
    """Somebody added by name is one with the recruiter whose address they get, wherever they stand."""
    receive(repository)
    id = know(repository, "D. Whitfield")
    assert len(directory.everybody(repository)) == 2
    repository.transact("Edit", lambda t: network.set_person(t, id, email="Dana@northgate.example"))
    (one,) = directory.everybody(repository)
    assert (one.known and one.known.id, one.row is not None) == (id, True)
    assert meant.named(repository, "dana@northgate.example").known == {id}
    forget(repository, "D. Whitfield")
    assert SECRET not in everything(repository)
    assert known(repository) == []


def test_who_wrote_in_the_thread_of_another(repository: Repository) -> None:
    """They are found by name and address, and their message goes; the thread stays with whoever leads it."""
    receive(repository, DANA, threads=("<1>",), k="one", at=ago(days=5))
    receive(repository, TOM, threads=("<1>",), k="two", at=ago(days=4), body="Taking over")
    assert [row.who for row in repository.index.rows.values()] == ["Tom Birch"]
    assert meant.named(repository, "dana@northgate.example").name == "Dana Whitfield"
    forget(repository, "Dana Whitfield")
    assert SECRET not in everything(repository)
    (row,) = repository.index.rows.values()
    assert (row.who, len(row.messages)) == ("Tom Birch", 1)


def test_whoever_leads_under_another_address_is_the_same(repository: Repository) -> None:
    """By an address that somebody wrote from before, all that they lead is found."""
    old = a_contact("Dana Whitfield", "dana@before.example")
    receive(repository, old, threads=("<1>",), k="one", at=ago(days=5))
    receive(repository, DANA, threads=("<1>",), k="two", at=ago(days=4))
    for word in ("dana@before.example", "Dana Whitfield"):
        assert forgetting.plan(repository, meant.named(repository, word)).counts() == {"messages": 2}


# What goes


def test_what_is_forgotten_is_what_stands_then(repository: Repository) -> None:
    """A note written while the name was being typed goes; who is gone by then is said to be."""
    sam = know(repository, "Sam Lee")
    whom = meant.named(repository, "Sam Lee")
    assert forgetting.plan(repository, whom).counted == "1 person"
    repository.transact("Note", lambda t: network.note(t, sam, SECRET))
    assert forget(repository, whom).counts() == {"notes": 1, "people": 1}
    assert SECRET not in everything(repository)
    with pytest.raises(NotFoundError, match="nothing about Sam Lee any more"):
        forget(repository, whom)


def test_what_is_emptied_is_what_lies_there_then(repository: Repository) -> None:
    """What was taken out of the trash while the word was being typed stays, what came into it goes."""
    one, two = receive(repository), receive(repository, TOM)
    repository.transact("Trash", lambda t: verbs.trash(t, [one.id]))
    assert forgetting.in_the_trash(repository)
    repository.transact("Back", lambda t: verbs.reopen(t, [one.id]))
    assert repository.purge("Empty", forgetting.empty_trash) == "The trash was empty already"
    repository.transact("Trash", lambda t: verbs.trash(t, [two.id]))
    assert "1 opportunity gone" in repository.purge("Empty", forgetting.empty_trash)
    assert [row.who for row in repository.index.rows.values()] == ["Dana Whitfield"]


def test_a_recruiter_who_changed_the_name_takes_the_letters_along(repository: Repository) -> None:
    """Referrals are found by the opportunity and by the address of the letters, whatever the name."""
    row = receive(repository, at=ago(days=9))
    know(repository, "Sam Lee", email="sam@orchard.example")
    refer(repository, row, "Sam Lee")
    receive(repository, a_contact("D. Whitfield-Moss", DANA.email), role="CFO", company="Borealis")
    forget(repository, DANA.email)
    text = everything(repository)
    assert [word for word in (SECRET, DANA.email, "Whitfield") if word in text] == []
    (left,) = referring.log(repository.documents, repository.now())
    assert (left.referral.name, left.referral.recruiter) == ("Sam Lee", "")
    assert list(repository.documents.items("letters")) == []


def test_the_referrals_of_a_namesake_stay(repository: Repository) -> None:
    """Another recruiter of the name, whose opportunity it was, keeps theirs."""
    receive(repository)
    other = receive(repository, Contact(name="Dana Whitfield", email="dana@harbor.example"), at=ago(days=3))
    know(repository, "Sam Lee")
    id = refer(repository, other, "Sam Lee")
    forget(repository, DANA.email)
    assert (
        referring.find(repository.documents, str(id), repository.now()).referral.recruiter == "Dana Whitfield"
    )
    assert len(referral_letters.both(repository.documents, id)) == 2


def test_letters_go_with_the_trash(repository: Repository) -> None:
    """They hold the recruiter's own text; the referral stays."""
    row = receive(repository)
    know(repository, "Sam Lee")
    id = refer(repository, row, "Sam Lee")
    repository.transact("Note", lambda t: verbs.note(t, [row.id], "a remark"))
    repository.transact("Trash", lambda t: verbs.trash(t, [row.id]))
    repository.purge("Empty", forgetting.empty_trash)
    text = everything(repository)
    assert (SECRET in text, "a remark" in text) == (False, False)
    assert referring.find(repository.documents, str(id), repository.now()).referral.name == "Sam Lee"
    with pytest.raises(NotFoundError):
        referral_letters.both(repository.documents, id)


def test_what_was_taken_back_goes_too(repository: Repository) -> None:
    """A note that undo removed is marked as gone only, and goes with the rest."""
    row = receive(repository)
    repository.transact("Note", lambda t: verbs.note(t, [row.id], "a remark"))
    repository.undo()
    forget(repository, "Dana Whitfield")
    assert "a remark" not in everything(repository)


def test_an_unanswered_letter_of_ones_own_goes(repository: Repository) -> None:
    """What the user wrote to them, and nobody answered, is in no opportunity; it goes all the same."""
    receive(repository, threads=("<1>",))
    receive_out = a_message(
        "Hello again", direction="out", recipients=(DANA,), body="my own words", threads=("<2>",)
    )
    repository.transact("Import", lambda t: t.insert("messages", receive_out.k, message_fields(receive_out)))
    forget(repository, "Dana Whitfield")
    assert "my own words" not in everything(repository)


# Drafts


def test_drafts_go_by_whole_words(repository: Repository) -> None:
    """Letters within other words are no mention, and what is being typed stays unless it is about them."""
    ed = know(repository, "Ed")
    kept = {
        "decide-9": "I needed three years of shipping the editor; the pay is decided",
        "note-1": "call Ed",
    }
    living = {name: Draft(repository.state_folder, name) for name in (*kept, f"person-{ed}")}
    left = Draft(repository.state_folder, "note-2")
    left.save({"note": "Ask\nED-ward"})
    left.leave()
    for name, draft in living.items():
        draft.save({"text": kept.get(name, "nothing")})
    living["decide-9"].leave()
    forget(repository, "Ed")
    assert sorted(path.name.partition(".")[0] for path in repository.state_folder.drafts.iterdir()) == [
        "decide-9",
        "note-1",
    ]
    for draft in living.values():
        draft.leave()


def test_a_form_about_what_they_sent_keeps_no_words(repository: Repository) -> None:
    """Also while it is open, and before anything was written down about that opportunity."""
    row = receive(repository)
    draft = Draft(repository.state_folder, f"note-{row.id}")
    draft.save({"note": "nothing that names anybody"})
    forget(repository, "Dana Whitfield")
    assert list(repository.state_folder.drafts.iterdir()) == []
    draft.leave()


# What comes back


def test_an_export_does_not_bring_them_back_by_another_way(repository: Repository, tmp_path: Path) -> None:
    """Somebody known by an address and a profile stays away, whichever of them the export holds."""
    know(repository, "Sam Lee", email="sam@orchard.example", profile="https://www.linkedin.com/in/sam-lee")
    forget(repository, "Sam Lee")
    export = tmp_path / "Connections.csv"
    head = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    for who in ("https://www.linkedin.com/in/sam-lee,", ",sam@orchard.example"):
        export.write_text(f"{head}Sam,Lee,{who},Orchard,Engineer,10 Mar 2026\n")
        assert pull(repository, Request(paths=[export], dry_run=True)).people_added == 0
        assert pull(repository, Request(paths=[export])).people_added == 0
    assert known(repository) == []
    repository.publish()
    assert [each.sentence for each in doctor.examine(repository.paths) if not each.ok] == []
    know(repository, "Sam Lee", email="sam@orchard.example")
    assert known(repository) == ["sam@orchard.example"]
