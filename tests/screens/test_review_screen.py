"""Looking back on the screen: it asks first, reveals after, and loses nothing that was answered."""

import pytest
import time_machine

from inbox_support import NARROW, WIDE, fill, inbox, shown
from store import deciding
from store.file.sealed import is_intact
from store.records.decision import Answers
from store.repository import Repository
from support import a_message, ago
from tui.screens.inbox import InboxScreen


@pytest.fixture
def due(repository: Repository, frozen: time_machine.Traveller) -> Repository:
    """Have a no that was sealed 91 days ago, and an approach that has been silent for longer than that."""
    fill(repository, a_message("Data Lead", sender="Priya Nair", at=ago(days=2)), a_message(at=ago(days=1)))
    row = next(row for row in repository.index.rows.values() if row.who == "Dana Whitfield")
    answers = Answers(reasons=("b",), survives=3, call=1, silence=3, pull=2, step=3, seat=6, trust="g")
    entry = deciding.compose(
        row,
        deciding.beside(repository, row),
        answers,
        form="full",
        verdict="N",
        because="One more quarter",
        now=repository.now(),
    )
    repository.transact("Decide", lambda t: deciding.decide(t, [row.id], entry))
    frozen.shift(91 * 86_400)
    repository.index.tick(repository.now())
    return repository


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_it_asks_first_and_reveals_after(due: Repository, size: tuple[int, int]) -> None:
    """While it asks, nothing of the verdict or its reason is in sight; at the end all of it is."""
    app = inbox(due)
    async with app.run_test(size=size) as pilot:
        await pilot.press("g", "v")
        await pilot.pause()
        assert "What became of the role?" in shown(app)
        await pilot.press("f", "w", "3", "n", "1")
        await pilot.pause()
        for word in ("promised", "One more quarter", "Then:"):
            assert word not in shown(app)
        await pilot.press(*"ask for the date", "enter")
        await pilot.pause()
        for words in ("Then: no", "promised the boss's chair", "One more quarter", "something to learn"):
            assert words in " ".join(shown(app).split()) or size == WIDE
        assert "Decided badly, turned out badly" in shown(app)


async def test_enter_keeps_it_and_the_queue_ends(due: Repository) -> None:
    """The review is sealed under its entry, the next one comes, and an empty queue says when it fills."""
    app = inbox(due)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "v", "f", "w", "3", "n", "1", "x", "enter", "enter")
        await pilot.pause()
        ((_, document),) = due.documents.items("reviews")
        assert is_intact(document)
        assert (document["wish"], document["process"], document["line"]) == (3, 1, "x")
        assert "Nothing to look back on today." in shown(app)
        assert "The next one is due on" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, InboxScreen)


async def test_a_silence_is_looked_back_on_like_the_others(
    due: Repository, frozen: time_machine.Traveller
) -> None:
    """It has no reason to ask about, and is stored once it was answered."""
    frozen.shift(14 * 86_400)
    due.index.tick(due.now())
    app = inbox(due)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "v", "f", "s", "0", "y", "3", "enter", "enter")
        await pilot.pause()
        assert "You never answered; silent since" in shown(app)
        await pilot.press("c", "s", "-", "2", "enter", "enter")
        await pilot.pause()
        assert len(list(due.documents.items("reviews"))) == 2
        assert len(list(due.documents.items("decisions"))) == 2


async def test_leaving_keeps_what_was_answered(due: Repository) -> None:
    """Esc in the middle, and again g v: the questions answered are answered."""
    app = inbox(due)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "v", "f", "w", "escape", "g", "v")
        await pilot.pause()
        assert "Do you wish you had done the other thing?" in shown(app)
        await pilot.press("up", "q")
        await pilot.pause()
        assert "does not take 'q'" in shown(app)


async def test_without_anything_due_it_says_what_fills_it(repository: Repository) -> None:
    """An empty page explains itself."""
    app = inbox(repository)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("g", "v")
        await pilot.pause()
        assert "Nothing to look back on today." in shown(app)
        assert "comes back here after" in shown(app)
