"""Undo and redo through any sequence of actions, of this process and of others."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store import verbs
from store.errors import NotFoundError
from store.quick_add import QuickAdd, add
from store.records.message import message_fields
from store.repository import Repository
from support import a_message


@pytest.fixture
def inbox(tmp_path: Path, frozen: object) -> Iterator[Repository]:
    """A file with two opportunities."""
    repository = Repository.open(tmp_path / "ringback.json")
    put(repository, "Staff Platform Engineer", "Dana Whitfield")
    put(repository, "Head of Data", "Priya Nair")
    yield repository
    repository.close()


def put(repository: Repository, subject: str, sender: str) -> None:
    """Import one message."""
    message = a_message(subject, sender=sender)
    repository.transact(
        "Import", lambda transaction: transaction.insert("messages", message.k, message_fields(message))
    )


def edit(repository: Repository, role: str) -> None:
    """Give the first opportunity another role."""
    id = repository.index.view("new")[0]
    repository.transact("Edit", lambda transaction: verbs.edit(transaction, [id], role=role))


def role(repository: Repository) -> str:
    """Return the role of the first opportunity."""
    return repository.index.rows[repository.index.view("new")[0]].role


def test_edits_of_one_field_are_undone_one_by_one(inbox: Repository) -> None:
    """Three edits of the same field go back step by step, and forward again, twice over."""
    was = role(inbox)
    for name in ("A", "B", "C"):
        edit(inbox, name)
    for _ in range(2):
        for expected in ("B", "A", was):
            inbox.undo()
            assert role(inbox) == expected
        for expected in ("A", "B", "C"):
            inbox.redo()
            assert role(inbox) == expected


def test_a_row_goes_back_through_all_its_places(inbox: Repository) -> None:
    """Done, back, trash, back: every place comes again in reverse."""
    id = inbox.index.view("new")[0]
    for verb in (verbs.done, verbs.reopen, verbs.trash, verbs.reopen):
        inbox.transact("Verb", lambda transaction, verb=verb: verb(transaction, [id]))  # type: ignore[misc]
    seen = []
    for _ in range(4):
        inbox.undo()
        row = inbox.index.rows[id]
        seen.append("trash" if row.trashed else row.place)
    assert seen == ["trash", "new", "done", "new"]


def test_an_action_of_which_nothing_is_left_does_not_block_those_before(inbox: Repository) -> None:
    """Where a step has nothing to take back any more, the next undo goes on to the one before."""
    edit(inbox, "A")
    id = inbox.index.view("new")[0]
    inbox.transact("Edit", lambda transaction: verbs.edit(transaction, [id], pay=""))
    for _ in range(5):
        try:
            inbox.undo()
        except NotFoundError:
            break
    assert inbox.index.counts()["all"] == 0


def test_undo_takes_the_newest_action_of_any_process(inbox: Repository) -> None:
    """What another process did last is undone first, and the older action next."""
    id = inbox.index.view("new")[0]
    inbox.transact("Star", lambda transaction: verbs.star(transaction, [id]))
    other = Repository.open(inbox.path)
    other.transact("Label", lambda transaction: verbs.label(transaction, [id], "platform"))
    assert inbox.undo().sentence == "Undone: Label"
    assert inbox.undo().sentence == "Undone: Star"
    assert other.redo().sentence == "Redone: Star"
    assert inbox.redo().sentence == "Redone: Label"
    other.close()


def test_an_action_folded_in_by_a_thread_counts_once(inbox: Repository) -> None:
    """Records that were taken in before the history was read are not counted twice."""
    id = inbox.index.view("new")[0]
    other = Repository.open(inbox.path)
    other.transact("Star", lambda transaction: verbs.star(transaction, [id]))
    other.close()
    inbox.publish()
    assert inbox.undo_title() == "Star"
    inbox.undo()
    inbox.refresh()
    assert inbox.undo_title() == "Import"


def test_a_step_of_many_records_stays_one_among_those_of_others(inbox: Repository) -> None:
    """A pull into which another process wrote is still taken back as a whole."""
    other = Repository.open(inbox.path)
    with inbox.one_step():
        put(inbox, "Network Engineer", "Kim Osei")
        add(other, QuickAdd(channel="call", sender="Tom Birch"))
        put(inbox, "Backend Lead", "Lena Vogt")
    assert inbox.undo().sentence == "Undone: Add call"
    assert inbox.undo().sentence == "Undone: Import"
    assert {row.who for row in inbox.index.rows.values()} == {"Dana Whitfield", "Priya Nair"}
    other.close()


def test_what_others_did_in_the_middle_of_an_action_is_told(inbox: Repository) -> None:
    """Rows of another process that an action folds in are in the next look."""
    other = Repository.open(inbox.path)
    added = add(other, QuickAdd(channel="call", sender="Tom Birch"))
    edit(inbox, "A")
    assert added.row.id in inbox.refresh().rows
    other.close()


def test_bytes_that_are_no_text_are_kept_as_marks(inbox: Repository) -> None:
    """A word with a byte that is no UTF-8, as a shell may pass it, is kept, shown and searched."""
    odd = b"caf\xe9".decode("utf-8", "surrogateescape")
    added = add(inbox, QuickAdd(channel="call", sender=f"Dana {odd}", body=odd, role=odd))
    inbox.transact("Label", lambda transaction: verbs.label(transaction, [added.row.id], odd))
    inbox.transact("Note", lambda transaction: verbs.note(transaction, [added.row.id], odd))
    inbox.close()
    again = Repository.open(inbox.path)
    row = again.index.find(added.row.id)
    assert row is not None
    assert row.role == "caf?"
    assert row.labels == ("caf?",)
