"""The seat, the market and the recruiter card: what they show, what their keys write, and empty pages."""

from pathlib import Path

import pytest

from inbox_support import NARROW, WIDE, fill, inbox, screen_of, shown
from store import people, seat
from store.demo import create
from store.repository import Repository
from support import NOW, a_contact, a_message, ago
from tui.screens.inbox import InboxScreen


@pytest.fixture
def dana(repository: Repository) -> Repository:
    """Have two approaches by Dana, retained, on two channels."""
    contact = a_contact(email="dana@northgate.example", firm="Northgate Search")
    fill(
        repository,
        a_message(sender=contact, role="Staff Engineer", company="Acme", mandate="retained", at=ago(days=1)),
        a_message("SRE", sender=contact, role="SRE Lead", company="Glasswing", at=ago(days=200)),
    )
    return repository


async def palette(pilot: object, words: str) -> None:
    """Do an action by its name."""
    await pilot.press("ctrl+p", *words, "enter")  # type: ignore[attr-defined]
    await pilot.pause()  # type: ignore[attr-defined]


async def test_the_seat_is_kept_and_undone(repository: Repository) -> None:
    """Each list takes lines, # takes one out, z brings it back, and the seat is a form."""
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await palette(pilot, "your seat")
        await pilot.press("c", *"building teams", "enter", "n", *"on call", "enter")
        await pilot.pause()
        assert "building teams" in shown(app)
        assert [item.text for _, item in seat.items(repository.documents, "no-go")] == ["on call"]
        await pilot.press("#")
        await pilot.pause()
        assert not seat.items(repository.documents, "core")
        await pilot.press("z")
        await pilot.pause()
        assert "building teams" in shown(app)
        await pilot.press("e", *"Halvorsen", "tab", *"Director", "ctrl+s")
        await pilot.pause()
        present = seat.seat(repository.documents)
        assert (present.employer, present.title) == ("Halvorsen", "Director")
        await pilot.press("r", *"My visa", "tab", *"Until when?", "ctrl+s")
        await pilot.pause()
        assert "G  My visa" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, InboxScreen)


async def test_the_card_says_how_things_stand(dana: Repository) -> None:
    """Standing, contacts, roles with what became of them, the mandate in plain words, the checks."""
    app = inbox(dana)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("i")
        await pilot.pause()
        text = shown(app)
        for words in (
            "2 approaches, 0 answered, you owe a reply.",
            "Staff Engineer, Acme",
            "SRE Lead, Glasswing",
            "silent",
            "mail Sun 15 Nov",
            "retained: paid in parts from the start",
            "gives scope and pay",
        ):
            assert words in text


async def test_the_cards_keys_write(dana: Repository) -> None:
    """A digit answers a check in turn, p writes a promise, P says it was kept, a a note; z takes one back."""
    app = inbox(dana)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("i", "1", "2", "2", "p", *"ring on Monday", "enter", "a", *"Frank", "enter")
        await pilot.pause()
        card = people.card(dana, next(iter(dana.index.rows.values())))
        assert {number: check.answer for number, check in card.person.checks.items() if check} == {
            "1": "yes",
            "2": "no",
        }
        assert [promise.text for _, promise in card.promises] == ["ring on Monday"]
        assert [note.text for _, note in card.notes] == ["Frank"]
        assert "they: ring on Monday · open" in shown(app)
        await pilot.press("P", "enter")
        await pilot.pause()
        assert "ring on Monday · kept" in shown(app)
        await pilot.press("z", "z")
        await pilot.pause()
        assert "Frank" not in shown(app)


async def test_the_card_leads_to_an_opportunity(dana: Repository) -> None:
    """Enter asks which, and goes there."""
    app = inbox(dana)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("i", "enter", *"SRE", "enter")
        await pilot.pause()
        assert isinstance(app.screen, InboxScreen)
        row = screen_of(app).row
        assert row is not None
        assert row.role == "SRE Lead"


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_market_has_figures_charts_and_tables(
    tmp_path: Path, frozen: object, size: tuple[int, int]
) -> None:
    """On the sample data every part is there, and what there is too little of says so."""
    create(tmp_path / "demo.json", NOW)
    with Repository.open(tmp_path / "demo.json") as repository:
        app = inbox(repository)
        async with app.run_test(size=size) as pilot:
            await pilot.press("g", "m")
            await pilot.pause()
            seen = shown(app)
            for _ in range(16):
                await pilot.press("pagedown")
                await pilot.pause()
                seen += shown(app)
            for words in ("answered after", "reason audit", "not enough data yet (n = 3, needs 5)", "█"):
                assert words in seen
            await pilot.press("q")
            await pilot.pause()
            assert isinstance(app.screen, InboxScreen)


async def test_an_empty_market_says_so(repository: Repository) -> None:
    """No page of noughts."""
    app = inbox(repository)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("g", "m")
        await pilot.pause()
        assert "There is nothing to count yet." in shown(app)
