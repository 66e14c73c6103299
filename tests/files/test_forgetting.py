"""Forgetting a person: nothing of them is left in any file of this machine, and nothing brings them back."""

import gzip
import shutil
from pathlib import Path

import pytest

from store import forgetting, meant, nameless, network, passing_on, people, referring, verbs
from store.errors import NotFoundError
from store.file.backups import take_backup
from store.joining import merge_files
from store.market import sample
from store.records.message import message_fields
from store.repository import Repository
from store.restore import restore
from store.rules.row import Row
from support import a_message, ago

SECRET = "Lindqvist"


def fill(repository: Repository) -> Row:
    """Have a recruiter's opportunity, somebody it was passed on to, and words about both."""
    message = a_message(role="Staff Engineer", company="Acme", pay="$200k", at=ago(days=2))

    repository.transact("Import", lambda t: t.insert("messages", message.k, message_fields(message)))
    row = next(iter(repository.index.rows.values()))
    repository.transact("Add", lambda t: network.add_person(t, f"Sam {SECRET}", email="sam@orchard.example"))
    sam = network.must_find(repository.documents, f"Sam {SECRET}")
    repository.transact("Note", lambda t: network.note(t, sam.id, f"{SECRET} prefers mornings"))
    referral, known, _ = passing_on.prepare(repository, row, f"Sam {SECRET}", why=f"{SECRET} did the same")
    repository.transact("Refer", lambda t: referring.refer(t, row, referral, known))
    repository.publish()
    return row


def forget(repository: Repository, name: str) -> None:
    """Forget somebody as the command does."""
    whom = meant.named(repository, name)
    found = repository.purge("Forget", lambda t: forgetting.forget(t, whom))
    forgetting.drop_drafts(repository, found)
    repository.publish()


def everything(*folders: Path) -> bytes:
    """Return the bytes of every file below some folders, compressed ones unpacked."""
    found = b""
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file():
                raw = path.read_bytes()
                found += gzip.decompress(raw) if path.suffix == ".gz" else raw
    return found


def test_no_file_holds_them(repository: Repository, home: Path) -> None:
    """Data file, journal, shadow, backups and what was put aside: the name is nowhere."""
    fill(repository)
    state = repository.state_folder
    take_backup(state, repository.path)
    shutil.copy(repository.path, state.aside_path("copy.json"))
    state.aside_path("torn.json").write_bytes(repository.path.read_bytes()[:-40])
    (state.drafts / "person.0123456789abcdef.json").write_text(f'{{"name": "Sam {SECRET}"}}')
    assert SECRET.encode() in everything(state.backups) + everything(state.aside)
    repository.settle_down()
    forget(repository, f"Sam {SECRET}")
    assert SECRET.encode() not in everything(home)
    assert b"sam@orchard" not in everything(home)
    repository.close()
    with Repository.open(repository.path) as again:
        assert network.find(again.documents, f"Sam {SECRET}") is None
        assert len(again.index.rows) == 1
    assert SECRET.encode() not in everything(home)


def test_counts_stay(repository: Repository) -> None:
    """The referral is counted still, with its dates and state, without a word about whom."""
    fill(repository)
    forget(repository, f"Sam {SECRET}")
    (left,) = referring.log(repository.documents, repository.now())
    assert (left.referral.name, left.standing.state) == (nameless.NOBODY, "asked_friend")
    assert (left.referral.why, left.referral.person) == ("", "")
    assert left.referral.recruiter == "Dana Whitfield"


def test_undo_does_not_bring_them_back(repository: Repository) -> None:
    """Whoever undoes after that means the purge: there is nothing to undo then, nor anything to do again."""
    fill(repository)
    row = next(iter(repository.index.rows))
    repository.transact("Star", lambda t: verbs.star(t, [row], on=True))
    repository.transact("Unstar", lambda t: verbs.star(t, [row], on=False))
    repository.undo()
    forget(repository, f"Sam {SECRET}")
    assert (repository.undo_title(), repository.redo_title()) == (None, None)
    with pytest.raises(NotFoundError, match="Nothing to undo"):
        repository.undo()
    assert repository.index.rows[row].starred
    repository.transact("Star", lambda t: verbs.star(t, [row], on=False))
    assert repository.undo().sentence == "Undone: Star"
    assert network.find(repository.documents, f"Sam {SECRET}") is None
    assert SECRET not in str([*repository.documents.items("people"), *repository.documents.items("notes")])


def test_a_recruiter_goes_with_what_they_sent(repository: Repository, home: Path) -> None:
    """Messages, opportunity, card and promises go; the decision stays in the figures without a name."""
    row = fill(repository)
    card = people.card(repository, row)
    repository.transact("Promise", lambda t: people.add_promise(t, card, "tells the pay"))
    repository.transact("Relation", lambda t: people.set_relation(t, card, "known"))
    forget(repository, "Dana Whitfield")
    assert not repository.index.rows
    assert b"Whitfield" not in everything(home)
    (left,) = referring.log(repository.documents, repository.now())
    assert (left.referral.name, left.referral.recruiter) == (f"Sam {SECRET}", "")
    assert sample(repository).rows == []


def test_an_old_copy_brings_nothing_back(repository: Repository, tmp_path: Path, home: Path) -> None:
    """A merge of an old copy, a pull of the same mail and a restore leave them forgotten."""
    fill(repository)
    old = Path(shutil.copy(repository.path, tmp_path / "old.json"))
    forget(repository, f"Sam {SECRET}")
    forget(repository, "Dana Whitfield")
    merge_files(repository, [old])
    restore(repository, old)
    message = a_message(role="Staff Engineer", company="Acme", pay="$200k", at=ago(days=2))
    added = repository.transact(
        "Import", lambda t: t.insert("messages", message.k, message_fields(message))[1]
    )
    repository.publish()
    assert not added
    assert not repository.index.rows
    assert SECRET.encode() not in everything(home)


def test_the_other_machine_forgets_when_it_merges(
    repository: Repository, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its file, journal, shadow and backups let go of them with the first opening after the merge."""
    fill(repository)
    there = tmp_path / "there"
    there.mkdir()
    file = Path(shutil.copy(repository.path, there / "ringback.json"))
    monkeypatch.setenv("RINGBACK_STATE", str(there / "state"))
    with Repository.open(file) as other:
        sam = network.must_find(other.documents, f"Sam {SECRET}")
        other.transact("Edit", lambda t: network.set_person(t, sam.id, wants=f"{SECRET} wants more"))
    assert SECRET.encode() in everything(there / "state")
    forget(repository, f"Sam {SECRET}")
    shutil.copy(repository.path, file)
    with Repository.open(file) as other:
        assert network.find(other.documents, f"Sam {SECRET}") is None
    assert SECRET.encode() not in everything(there)


def test_somebody_forgotten_can_be_known_again(repository: Repository, tmp_path: Path) -> None:
    """Added anew, they are there, without anything from before, and an old copy changes nothing."""
    fill(repository)
    old = Path(shutil.copy(repository.path, tmp_path / "old.json"))
    forget(repository, f"Sam {SECRET}")
    repository.transact("Add", lambda t: network.add_person(t, f"Sam {SECRET}", email="sam@orchard.example"))
    merge_files(repository, [old])
    found = network.must_find(repository.documents, f"Sam {SECRET}")
    assert found.person.email == "sam@orchard.example"
    assert network.notes(repository.documents, found.id) == []


def test_a_purge_waits_for_the_disk(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where backups cannot be rewritten that is said, and the next opening does it."""
    fill(repository)
    backup = take_backup(repository.state_folder, repository.path)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("store.file.scrub.scrub_copies", fail)
        forget(repository, f"Sam {SECRET}")
    assert any("not gone from" in sentence for sentence in repository.told)
    assert SECRET.encode() in backup.read()
    repository.close()
    with Repository.open(repository.path):
        pass
    assert SECRET.encode() not in backup.read()


def test_nobody_of_that_name(repository: Repository) -> None:
    """A name that nobody has is refused."""
    with pytest.raises(NotFoundError):
        meant.named(repository, "Nobody Atall")
