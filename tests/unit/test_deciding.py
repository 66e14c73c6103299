"""Sealing a decision and looking back on it: what is stored, where the opportunity goes, what undo leaves."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine

from store import deciding, seat, verbs
from store.clock import DAY
from store.decisions import Entry
from store.errors import UsageError
from store.file.sealed import is_intact
from store.records.decision import Answers, Decision
from store.records.message import message_fields
from store.records.review import Review
from store.repository import Repository
from store.rules.row import Row
from store.rules.views import is_silent, mark, view_of
from support import NOW, a_message, ago

WORKED = Answers(
    reasons=("a",), survives=2, call=1, silence=2, pull=2, step=2, seat=6, trust="g", sting="s", regret=2
)


@pytest.fixture
def inbox(tmp_path: Path, frozen: time_machine.Traveller) -> Iterator[Repository]:
    """A file with an approach of which three facts are known."""
    with Repository.open(tmp_path / "ringback.json") as repository:
        receive(repository, at=ago(days=1))
        yield repository


def receive(repository: Repository, at: int, **fields: Any) -> None:
    """Let a mail from Dana come in."""
    details = {"role": "Staff Platform Engineer", "company": "Acme Robotics", "pay": "$230k", **fields}
    message = a_message(at=at, **details)
    repository.transact("Import", lambda t: t.insert("messages", message.k, message_fields(message)))


def row_of(repository: Repository) -> Row:
    """Return the only opportunity."""
    (row,) = repository.index.rows.values()
    return row


def composed(repository: Repository, verdict: str = "C", *, now: int = NOW, **more: Any) -> Decision:
    """Make an entry of the worked answers."""
    row = row_of(repository)
    beside = deciding.beside(repository, row)
    return deciding.compose(
        row,
        beside,
        WORKED,
        form="full",
        verdict=verdict,
        now=now,
        **more,
    )


def seal(repository: Repository, verdict: str = "C", **more: Any) -> Entry:
    """Decide on the opportunity as the form and the command do."""
    decision = composed(repository, verdict, **more)
    repository.transact("Decide", lambda t: deciding.decide(t, [row_of(repository).id], decision))
    entry = repository.decisions.newest(row_of(repository))
    assert entry is not None
    return entry


def look_back(repository: Repository, entry: Entry, **fields: Any) -> None:
    """Store a review as both front ends do."""
    review = Review(**fields)
    repository.transact("Review", lambda t: deciding.review(t, entry, review))


def test_a_sealed_entry_holds_the_ledger_and_its_seal(inbox: Repository) -> None:
    """The stored document is intact and says what the form said: +7, call, the flip, both review dates."""
    entry = seal(inbox)
    document = inbox.document("decisions", entry.id)
    assert document is not None
    assert is_intact(document)
    assert document["total"] == 7
    assert document["flip"] == {"answer": "call", "from": 1, "to": 3, "recommended": "ask"}
    assert entry.decision.known == ("employer", "role", "pay")
    assert entry.decision.reviews == (NOW + 14 * DAY, NOW + 365 * DAY)
    assert [forecast.percent for forecast in entry.decision.forecasts] == [60, 20]


@pytest.mark.parametrize(
    ("verdict", "view"),
    [("C", "waiting"), ("A", "waiting"), ("L", "snoozed"), ("N", "done"), ("V", "new")],
)
def test_a_verdict_moves_the_opportunity(inbox: Repository, verdict: str, view: str) -> None:
    """Call and ask wait for them, later rests until its date, no is done, verify stays new."""
    seal(inbox, verdict)
    assert view_of(row_of(inbox), NOW) == view
    assert row_of(inbox).verdict == deciding.verdict_of(verdict)


def test_later_comes_back_on_its_date(inbox: Repository) -> None:
    """The date given with `later` is when it wakes, and when to look back first."""
    entry = seal(inbox, "L", until=NOW + 60 * DAY)
    assert row_of(inbox).until == NOW + 60 * DAY
    assert entry.decision.reviews[0] == NOW + 60 * DAY


def test_because_is_kept_only_against_the_recommendation(inbox: Repository) -> None:
    """Who follows the recommendation needs no reason to; who does not may give one."""
    assert composed(inbox, "C", because="why not").because == ""
    assert composed(inbox, "N", because="Not this year").because == "Not this year"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"verdict": ""}, "no verdict yet"),
        ({"verdict": "X"}, "no verdict 'X'"),
        ({"reviews": [NOW - DAY]}, "lies in the past"),
        ({"verdict": "L", "until": NOW - DAY}, "lies in the past"),
    ],
)
def test_what_cannot_be_sealed_is_said(inbox: Repository, fields: dict[str, Any], sentence: str) -> None:
    """A missing or unknown verdict and a date that is over are refused with a sentence."""
    with pytest.raises(UsageError, match=sentence):
        composed(inbox, **fields)


def test_no_entry_without_a_reason(inbox: Repository) -> None:
    """Field 1 cannot be skipped."""
    row = row_of(inbox)
    with pytest.raises(UsageError, match="no reason yet"):
        deciding.compose(row, deciding.beside(inbox, row), Answers(), form="express", verdict="N", now=NOW)


def test_a_later_entry_supersedes_and_leaves_the_earlier_one(
    inbox: Repository, frozen: time_machine.Traveller
) -> None:
    """Both stay in the journal to the byte; the later one is in force and names the one before."""
    first = seal(inbox, "N")
    before = inbox.documents.raw("decisions", first.id)
    frozen.shift(10)
    second = seal(inbox, "A", now=NOW + 10_000)
    assert inbox.documents.raw("decisions", first.id) == before
    assert [entry.id for entry in inbox.decisions.of(row_of(inbox))] == [first.id, second.id]
    assert second.decision.supersedes == str(first.id)
    assert inbox.decisions.superseded(first)
    assert not inbox.decisions.superseded(second)
    assert row_of(inbox).verdict == "ask"


def test_a_new_attempt_brings_back_the_old_answers(inbox: Repository) -> None:
    """The opportunity is new again, undecided, and the form begins with what was answered last."""
    seal(inbox, "N")
    receive(inbox, at=NOW + DAY, threads=row_threads(inbox))
    row = row_of(inbox)
    assert view_of(row, NOW + DAY) == "new"
    before = deciding.beside(inbox, row).before
    assert before is not None
    assert before.answers == WORKED


def row_threads(repository: Repository) -> tuple[str, ...]:
    """Return the threads of the first message, which an answer to it shares."""
    return repository.message(row_of(repository).messages[0]).threads


def test_undoing_a_seal_withdraws_it_and_keeps_the_answers(inbox: Repository) -> None:
    """The opportunity stands where it stood, the journal is empty, and the form has the answers still."""
    seal(inbox, "N")
    inbox.undo()
    row = row_of(inbox)
    assert (row.verdict, row.decisions, view_of(row, NOW)) == ("", (), "new")
    before = deciding.beside(inbox, row).before
    assert before is not None
    assert before.answers == WORKED
    inbox.redo()
    assert row_of(inbox).verdict == "no"


def test_a_decision_counts_as_no_impulse(inbox: Repository) -> None:
    """The first verb stays the impulse; where that was deciding, there was none, whatever comes after."""
    entry = seal(inbox)
    assert entry.decision.impulse == ""
    inbox.transact("Done", lambda t: verbs.done(t, [row_of(inbox).id]))
    assert deciding.beside(inbox, row_of(inbox)).impulse == ""


def test_the_first_verb_is_the_impulse(inbox: Repository) -> None:
    """Who set it aside first wanted to put it off, and the entry says so."""
    inbox.transact("Aside", lambda t: verbs.aside(t, [row_of(inbox).id]))
    assert seal(inbox).decision.impulse == "later"


def test_silence_becomes_one_entry_by_default(inbox: Repository, frozen: time_machine.Traveller) -> None:
    """15 days unanswered: silent, one entry without reason or verdict, and a review after 90 days."""
    frozen.shift(13 * 86_400)
    inbox.index.tick(inbox.now())
    assert not inbox.decisions.everything()
    frozen.shift(1.5 * 86_400)
    inbox.index.tick(inbox.now())
    assert is_silent(row_of(inbox), inbox.now())
    assert mark(row_of(inbox), inbox.now()) == "S"
    (entry,) = inbox.decisions.everything()
    assert (entry.decision.by_default, entry.decision.verdict) == (True, None)
    assert entry.decision.answers.reasons == ()
    assert not list(inbox.documents.items("decisions"))
    silent_since = ago(days=1) + 14 * DAY
    assert entry.decision.at == silent_since
    assert not inbox.decisions.due(silent_since + 89 * DAY)
    frozen.move_to((silent_since + 90 * DAY) / 1000)
    (due,) = inbox.decisions.due(inbox.now())
    assert (due.entry.id, due.due) == (entry.id, silent_since + 90 * DAY)
    assert inbox.index.due(inbox.now(), inbox.now()) == [(row_of(inbox).id, "look back")]


def test_an_entry_by_default_is_stored_once_it_is_reviewed(
    inbox: Repository, frozen: time_machine.Traveller
) -> None:
    """It keeps its id, has one review, is no longer due, and is still no sealed verdict: silent it stays."""
    frozen.shift(110 * 86_400)
    (due,) = inbox.decisions.due(inbox.now())
    look_back(inbox, due.entry, became="filled", seat="same", wish=2, process=1)
    (entry,) = inbox.decisions.everything()
    assert entry.id == due.entry.id
    assert entry.decision.by_default
    assert not inbox.decisions.due(inbox.now())
    assert [review.wish for _, review in inbox.decisions.reviews(entry.id)] == [2]
    assert is_silent(row_of(inbox), inbox.now())
    assert row_of(inbox).verdict == "default"
    assert inbox.decisions.next_due(inbox.now()) == entry.decision.reviews[1]


def test_a_verdict_ends_silence_and_a_new_approach_begins_it_anew(
    inbox: Repository, frozen: time_machine.Traveller
) -> None:
    """Declined and silent are two things: a no is no silence, the next approach without an answer is."""
    seal(inbox, "N")
    frozen.shift(30 * 86_400)
    assert not is_silent(row_of(inbox), inbox.now())
    receive(inbox, at=NOW + DAY, threads=row_threads(inbox))
    entries = inbox.decisions.of(row_of(inbox))
    assert [entry.decision.verdict for entry in entries] == ["no", None]


def test_what_was_old_when_it_came_in_raises_no_review(
    inbox: Repository, frozen: time_machine.Traveller
) -> None:
    """An old mailbox fills neither the journal nor the reviews."""
    message = a_message("Old role", sender="Tom Birch", at=ago(days=400), late=True)
    inbox.transact("Import", lambda t: t.insert("messages", message.k, message_fields(message)))
    assert not inbox.decisions.everything()
    assert not inbox.decisions.due(NOW)


def test_one_review_answers_all_dates_before_it(inbox: Repository, frozen: time_machine.Traveller) -> None:
    """Who comes back after a year is asked once, not for each date that went by."""
    entry = seal(inbox)
    frozen.shift(400 * 86_400)
    (due,) = inbox.decisions.due(inbox.now())
    assert due.due == entry.decision.reviews[-1]
    look_back(inbox, due.entry, wish=0)
    assert not inbox.decisions.due(inbox.now())
    assert inbox.decisions.next_due(inbox.now()) == 0


def test_a_no_go_line_is_found_by_its_words(inbox: Repository) -> None:
    """A line of the user's own that the approach crosses recommends no; half a word crosses nothing."""
    inbox.transact("Seat", lambda t: seat.add_item(t, "no-go", "Acme robotics"))
    inbox.transact("Seat", lambda t: seat.add_item(t, "no-go", "robot"))
    assert deciding.beside(inbox, row_of(inbox)).no_go == ("Acme robotics",)
    assert composed(inbox).recommended == "no"


def test_own_reasons_keep_their_keys(inbox: Repository) -> None:
    """A reason that was taken out leaves its key unused: old entries name it still."""
    inbox.transact("Reason", lambda t: seat.add_reason(t, "My visa", "Until when does it bind me?"))
    inbox.undo()
    inbox.transact("Reason", lambda t: seat.add_reason(t, "Vesting", "On which date?"))
    (reason,) = seat.own_reasons(inbox.documents)
    assert (reason.key, reason.name) == ("h", "Vesting")


def test_the_index_derived_anew_says_the_same(inbox: Repository) -> None:
    """What the journal adds to a row does not depend on the way there."""
    entry = seal(inbox, "N")
    look_back(inbox, entry, wish=1)
    known = row_of(inbox)
    inbox.index.rebuild()
    assert row_of(inbox) == known


def test_what_was_reviewed_elsewhere_is_not_withdrawn(inbox: Repository) -> None:
    """Undone on one machine and reviewed on another: the entry stays, for its review stands on it."""
    entry = seal(inbox, "N")
    look_back(inbox, entry, wish=1)
    inbox.transact("Merge", lambda t: t.set("decisions", entry.id, "gone", True))
    assert row_of(inbox).verdict == "no"
