"""Every verb does one thing to the stored documents, and undo takes exactly that back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store import verbs
from store.clock import DAY
from store.errors import NotFoundError, StoreError, UsageError
from store.quick_add import QuickAdd, add
from store.records.message import message_fields
from store.repository import Repository
from store.rules.views import mark, view_of
from store.transaction import Transaction
from support import NOW, a_message, ago


@pytest.fixture
def inbox(tmp_path: Path, frozen: object) -> Iterator[Repository]:
    """A file with three opportunities."""
    repository = Repository.open(tmp_path / "ringback.json")

    def write(transaction: Transaction) -> None:
        for message in (
            a_message("Staff Platform Engineer at Acme Robotics", sender="Dana Whitfield", at=ago(days=1)),
            a_message("Engineering Manager, Data", sender="Priya Nair", at=ago(days=2)),
            a_message("Senior Python Engineer", sender="Tom Birch", at=ago(days=3)),
        ):
            transaction.insert("messages", message.k, message_fields(message))

    repository.transact("Import", write)
    yield repository
    repository.close()


def do(repository: Repository, change: Callable[[Transaction], str]) -> str:
    """Run a verb."""
    return repository.transact("Verb", change)


def first(repository: Repository, view: str = "new") -> int:
    """Return the id at the top of a view."""
    return repository.index.view(view)[0]


VERBS: list[tuple[str, Callable[[Transaction, list[int]], str], str]] = [
    ("done", verbs.done, "done"),
    ("later", verbs.later, "later"),
    ("aside", verbs.aside, "aside"),
    ("snooze", lambda t, ids: verbs.snooze(t, ids, NOW + DAY), "snoozed"),
    ("wait", lambda t, ids: verbs.wait(t, ids, NOW + DAY), "waiting"),
    ("trash", verbs.trash, "trash"),
    ("mute", verbs.mute, "hidden"),
    ("block the sender", lambda t, ids: verbs.block(t, ids, "sender"), "hidden"),
    ("answered", lambda t, ids: verbs.answered(t, ids, NOW), "waiting"),
    ("star", verbs.star, "new"),
    ("label", lambda t, ids: verbs.label(t, ids, "platform"), "new"),
    ("note", lambda t, ids: verbs.note(t, ids, "Ask about the team"), "new"),
    ("edit", lambda t, ids: verbs.edit(t, ids, company="Acme", pay="$200k"), "new"),
    ("read", verbs.read, "new"),
]


@pytest.mark.parametrize(("name", "verb", "view"), VERBS, ids=[name for name, _, _ in VERBS])
def test_a_verb_moves_the_opportunity_and_undo_brings_it_back(
    inbox: Repository, name: str, verb: Callable[[Transaction, list[int]], str], view: str
) -> None:
    """Each verb puts the row where chapter 1 says; undo restores the very row, redo the change."""
    id = first(inbox)
    before = inbox.index.rows[id]
    counts = inbox.index.counts()
    do(inbox, lambda transaction: verb(transaction, [id]))
    after = inbox.index.find(before.messages[0])
    assert after is not None
    assert view_of(after, NOW) == view
    assert after != before
    inbox.undo()
    again = inbox.index.find(before.messages[0])
    assert again is not None
    assert again.place == before.place
    assert inbox.index.counts() == counts
    assert (again.starred, again.labels, again.notes, again.company, again.unread) == (
        before.starred,
        before.labels,
        before.notes,
        before.company,
        before.unread,
    )
    inbox.redo()
    redone = inbox.index.find(before.messages[0])
    assert redone == after


def test_a_bulk_verb_is_one_step(inbox: Repository) -> None:
    """Three opportunities put away together come back with one undo."""
    ids = list(inbox.index.view("new"))
    assert do(inbox, lambda transaction: verbs.done(transaction, ids)) == "Done · 3 opportunities"
    assert inbox.index.counts()["done"] == 3
    inbox.undo()
    assert list(inbox.index.view("new")) == ids


def test_undo_leaves_what_was_changed_since(inbox: Repository) -> None:
    """A field that came back changed from elsewhere keeps its newer value, and undo says so."""
    id = first(inbox)
    do(inbox, lambda transaction: verbs.edit(transaction, [id], company="Acme", pay="$200k"))
    inbox.publish()
    inbox.path.write_bytes(inbox.path.read_bytes().replace(b'"company":"Acme"', b'"company":"Acme Robotics"'))
    inbox.publish()
    inbox.refresh()
    assert "1 value was changed since and stays" in inbox.undo().sentence
    row = inbox.index.rows[id]
    assert (row.company, row.pay) == ("Acme Robotics", "")


def test_nothing_to_undo_is_said(tmp_path: Path) -> None:
    """On a new file undo and redo have nothing to do and say so."""
    with Repository.open(tmp_path / "ringback.json") as repository:
        with pytest.raises(NotFoundError, match="Nothing to undo"):
            repository.undo()
        with pytest.raises(NotFoundError, match="Nothing to redo"):
            repository.redo()


def test_a_new_message_brings_back_what_was_done(inbox: Repository) -> None:
    """An approach in a thread that was put away returns to New, as another attempt; a muted one does not."""
    done, muted = list(inbox.index.view("new"))[:2]
    threads = {id: inbox.message(inbox.index.rows[id].messages[0]).threads for id in (done, muted)}
    do(inbox, lambda transaction: verbs.done(transaction, [done]))
    do(inbox, lambda transaction: verbs.mute(transaction, [muted]))
    for id in (done, muted):
        message = a_message("Re: any news?", at=ago(hours=1), threads=(f"<again-{id}>", *threads[id]))

        def write(transaction: Transaction, message: object = message) -> None:
            transaction.insert("messages", message.k + str(id), message_fields(message))  # type: ignore[arg-type, attr-defined]  # noqa: B023

        inbox.transact("Import", write)
    assert inbox.index.rows[done].place == "new"
    assert inbox.index.rows[done].attempts == 2
    assert muted not in inbox.index.view("new")


def test_time_wakes_what_was_snoozed_and_silences_what_was_not_answered(inbox: Repository) -> None:
    """Nothing but the clock is needed for a snooze to end, and for an approach to read as silent."""
    id = first(inbox)
    do(inbox, lambda transaction: verbs.snooze(transaction, [id], NOW + DAY))
    assert list(inbox.index.view("snoozed")) == [id]
    assert not inbox.index.tick(NOW + DAY - 1)
    assert inbox.index.tick(NOW + DAY + 1)
    assert id in inbox.index.view("new")
    inbox.index.tick(NOW + 14 * DAY)
    assert mark(inbox.index.rows[id], NOW + 14 * DAY) == "S"


def test_merge_and_split_are_each_others_undo(inbox: Repository) -> None:
    """`M` makes one opportunity of two; a split makes two of it again."""
    one, other, _ = inbox.index.view("new")
    do(inbox, lambda transaction: verbs.join(transaction, [one], other))
    assert len(inbox.index.rows) == 2
    merged = inbox.index.find(one)
    assert merged is not None
    assert len(merged.messages) == 2
    assert merged.who == "Priya Nair", "the one it was merged into keeps its name"
    do(inbox, lambda transaction: verbs.split(transaction, [merged.id]))
    assert len(inbox.index.rows) == 3


def test_a_split_takes_the_newest_message_out(inbox: Repository) -> None:
    """Without a merge to undo, the newest message becomes an opportunity of its own."""
    added = add(inbox, QuickAdd(channel="call", sender="Dana Whitfield"))
    assert added.joined
    do(inbox, lambda transaction: verbs.split(transaction, [added.row.id]))
    assert len(inbox.index.rows) == 4
    with pytest.raises(StoreError, match="one message only"):
        do(inbox, lambda transaction: verbs.split(transaction, [first(inbox)]))


def test_the_first_verb_is_kept_as_impulse(inbox: Repository) -> None:
    """The decision form will ask whether the first verb was rash, so later verbs do not change it."""
    id = first(inbox)
    do(inbox, lambda transaction: verbs.later(transaction, [id]))
    do(inbox, lambda transaction: verbs.done(transaction, [id]))
    assert inbox.opportunity(id).impulse == "later"


def test_bad_values_are_refused_with_the_next_step(inbox: Repository) -> None:
    """A mandate that does not exist, an empty note, an unknown field: a sentence, and nothing written."""
    id = first(inbox)
    for change in (
        lambda t: verbs.edit(t, [id], mandate="sometimes"),
        lambda t: verbs.edit(t, [id], colour="red"),
        lambda t: verbs.note(t, [id], "  "),
        lambda t: verbs.label(t, [id], " "),
    ):
        with pytest.raises(UsageError) as caught:
            do(inbox, change)
        assert caught.value.hint
    assert inbox.undo_title() == "Import"


def test_blocking_a_firm_hides_all_its_people(inbox: Repository) -> None:
    """Blocking a firm hides whoever writes from its domain, now and later."""
    id = first(inbox)
    do(inbox, lambda transaction: verbs.block(transaction, [id], "firm"))
    assert inbox.index.counts()["all"] == 0
    do(inbox, lambda transaction: verbs.block(transaction, [id], "firm", on=False))
    assert inbox.index.counts()["all"] == 3


def test_a_code_that_was_seen_finds_its_opportunity_for_good(inbox: Repository) -> None:
    """After a merge, the short codes of both opportunities lead to the one that is left."""
    one, other, _ = inbox.index.view("new")
    codes = [inbox.index.code(one), inbox.index.code(other)]
    do(inbox, lambda transaction: verbs.join(transaction, [one], other))
    assert len({inbox.index.resolve(code).id for code in codes}) == 1


def test_an_answer_before_their_last_word_leaves_it_to_be_answered(inbox: Repository) -> None:
    """Noting an old answer does not make an opportunity wait for them: they wrote since."""
    id = first(inbox)
    do(inbox, lambda transaction: verbs.answered(transaction, [id], ago(days=5)))
    assert inbox.index.rows[id].place == "new"
    do(inbox, lambda transaction: verbs.answered(transaction, [id], NOW))
    assert inbox.index.rows[id].place == "waiting"
