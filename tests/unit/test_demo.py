"""The demo's data: all invented, the same each time, and something of everything."""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from store.clock import DAY
from store.demo import create, moment
from store.demo_data import APPROACHES
from store.errors import NotFoundError
from store.repository import Repository
from store.rules.row import Row
from store.rules.views import is_silent
from support import NOW
from tui.text import safe

COUNTS = {
    "new": 12,
    "later": 3,
    "waiting": 5,
    "snoozed": 8,
    "aside": 2,
    "done": 102,
    "all": 132,
    "screener": 0,
    "trash": 1,
}


def local(text: str) -> int:
    """Return a time of the tests' zone in milliseconds."""
    return int(datetime.fromisoformat(text).timestamp() * 1000)


@pytest.fixture
def demo(tmp_path: Path, frozen: Any) -> Repository:
    """Make the demo's file and open it."""
    create(tmp_path / "demo.json", NOW)
    return Repository.open(tmp_path / "demo.json", create=False)


@pytest.fixture
def row_of(demo: Repository) -> Callable[[str], Row]:
    """Find a row of the demo by the recruiter's name."""
    return lambda who: next(row for row in demo.index.rows.values() if row.who == who)


def test_every_view_holds_something(demo: Repository) -> None:
    """A new user finds no empty view, and a trash with something in it."""
    assert demo.index.counts() == COUNTS


@pytest.mark.parametrize(
    "now",
    ["2026-11-16 10:00", "2026-11-16 00:01", "2026-11-16 23:58", "2026-03-29 03:30", "2028-02-29 18:30"],
)
def test_it_looks_the_same_at_any_hour(tmp_path: Path, frozen: Any, now: str) -> None:
    """Whenever the demo is made, the views are as full, two things are due today and five reviews."""
    frozen.move_to(local(now) / 1000)
    create(tmp_path / "demo.json", local(now))
    with Repository.open(tmp_path / "demo.json", create=False) as repository:
        assert repository.index.counts() == COUNTS
        midnight = local(now[:10]) + DAY - 1
        due = [reason for _, reason in repository.index.due(local(now), midnight)]
        assert len([reason for reason in due if reason != "look back"]) == 2
        assert due.count("look back") == len(repository.decisions.due(local(now))) == 5
        assert all(row.at <= local(now) for row in repository.index.rows.values())


def test_the_same_moment_makes_the_same_rows(tmp_path: Path, frozen: Any, demo: Repository) -> None:
    """Ids, times and texts follow from the moment alone."""
    create(tmp_path / "again.json", NOW)
    with Repository.open(tmp_path / "again.json", create=False) as again:
        assert sorted(again.index.rows.items()) == sorted(demo.index.rows.items())


def test_it_leaves_nothing_but_the_file(tmp_path: Path, home: Path) -> None:
    """No journal of its making stays behind, in the state folder or beside the file."""
    create(tmp_path / "demo.json", NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["demo.json"]
    assert not (home / "ringback-state").exists()


def test_what_was_done_to_it_is_not_the_users_to_undo(demo: Repository) -> None:
    """The first `z` of a new user must not empty the inbox."""
    assert demo.undo_title() is None
    with pytest.raises(NotFoundError):
        demo.undo()


def test_one_timeline_holds_mail_call_and_voicemail(demo: Repository, row_of: Callable[[str], Row]) -> None:
    """Dana Whitfield tried three times on three channels, and is owed an answer."""
    row = row_of("Dana Whitfield")
    messages = [entry.message for entry in demo.timeline(row) if entry.message]
    assert [message.channel for message in messages] == ["email", "call_missed", "voicemail"]
    assert messages[0].quoted.count("\n") > 10
    assert messages[0].signature
    assert (row.role, row.company, row.firm) == (
        "Staff Platform Engineer",
        "Acme Robotics",
        "Northgate Search",
    )
    assert (row.attempts, row.answered_at) == (3, 0)


def test_a_forged_message_id_hides_nothing(demo: Repository, row_of: Callable[[str], Row]) -> None:
    """The forgery is an entry of its own beside the message whose id it bears."""
    row = row_of("Nadia Petrov")
    entries = demo.timeline(row)
    assert [len(entry.versions) for entry in entries] == [0, 0, 0]
    assert entries[0].message is not None
    assert "six-month contract" in entries[0].message.body
    assert row.email == "nadia@kestrel-talent.example"


def test_the_hostile_message_is_hostile_and_passes_the_gate_as_text(
    demo: Repository, row_of: Callable[[str], Row]
) -> None:
    """It tries escape sequences, markup and turned writing; what passes the gate holds none that works."""
    row = next(row for row in demo.index.rows.values() if "\x1b" in row.who)
    message = demo.message(row.messages[0])
    texts = message.subject + message.body + message.sender.name + message.sender.firm
    tricks = ["\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\u200b"]
    assert all(trick in texts for trick in tricks)
    assert "[URGENT]" in texts
    shown = safe(texts)
    assert not any(trick in shown for trick in tricks)
    assert "[URGENT]" in shown


def test_there_is_something_of_everything(demo: Repository) -> None:
    """Silence, stars, labels, notes, unread, attachments, an owed answer and every channel are there."""
    rows = demo.index.rows.values()
    silent = [row for row in rows if is_silent(row, NOW) and not row.late and row.place != "done"]
    assert [row.who for row in silent] == ["Oluwaseun O'Neil"]
    assert {row.channel for row in rows} == {"email", "linkedin", "call", "voicemail", "text"}
    assert any(row.starred for row in rows)
    assert any(row.labels for row in rows)
    assert any(row.notes for row in rows)
    assert any(row.late for row in rows)
    assert 3 <= sum(row.unread for row in rows) <= 8
    assert any(row.place == "new" and row.inbound_at > row.answered_at > 0 for row in rows)
    assert any(demo.message(id).attachments for row in rows for id in row.messages)
    assert {row.mandate for row in rows} == {"", "retained", "exclusive", "contingent", "in-house"}


def test_everybody_is_invented() -> None:
    """Addresses end in .example, numbers are 555-01xx, and no two recruiters share a name or a firm."""
    people = [approach.who for approach in APPROACHES]
    for person in people:
        assert not person.email or person.email.endswith(".example")
        assert not person.phone or re.fullmatch(r"\+1 \d{3} 555 01\d\d", person.phone)
    names = [person.name for person in people if person.name]
    assert len(names) == len(set(names))
    firms = [person.firm for person in people if person.firm]
    assert len(set(firms)) == len(firms)


def test_times_are_read_relative_to_the_moment() -> None:
    """Hours before, days before at a clock time, and days ahead."""
    assert NOW - moment("2h", NOW) == DAY // 12
    assert moment("9d 10:12", NOW) == local("2026-11-07 10:12")
    assert moment("+2d 08:00", NOW) == local("2026-11-18 08:00")
    assert moment("today", NOW) == local("2026-11-16 18:00")
    assert NOW < moment("today", local("2026-11-16 23:40")) < local("2026-11-17 00:00")
