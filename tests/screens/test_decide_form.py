"""The decision form as a user fills it in: one key a field, sealed at the end, nothing lost on the way."""

import pytest

from inbox_support import NARROW, WIDE, fill, inbox, screen_of, shown
from store import seat, verbs
from store.clock import DAY
from store.file.sealed import is_intact
from store.repository import Repository
from store.rules.row import Row
from store.rules.views import view_of
from support import NOW, a_contact, a_message, ago
from tui.screens.decide import DecideScreen

TEN = tuple("a212226gs2")
"""The worked answers: ten keys for ten fields; the ledger comes to +7, take the call."""


@pytest.fixture
def two(repository: Repository) -> Repository:
    """Have two new mails, Dana's the newer one, with employer, role and pay known."""
    dana = a_contact("Dana Whitfield", email="dana@northgate.example", firm="Northgate Search")
    fill(
        repository,
        a_message(sender=dana, role="Staff Engineer", company="Acme Robotics", pay="$230k", at=ago(days=1)),
        a_message("Data Lead", sender=a_contact("Priya Nair"), at=ago(days=2)),
    )
    return repository


def of(repository: Repository, who: str) -> Row:
    """Return the row of a recruiter."""
    return next(row for row in repository.index.rows.values() if row.who == who)


async def test_twelve_keys_and_ctrl_s_seal_it(two: Repository) -> None:
    """From the inbox: d, twelve keys, ctrl+s; the entry is sealed and the next item is selected."""
    app = inbox(two)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("d", *TEN, "C", "enter", "ctrl+s")
        await pilot.pause()
        ((_, document),) = two.documents.items("decisions")
        assert is_intact(document)
        assert (document["total"], document["recommended"], document["verdict"]) == (7, "call", "call")
        assert document["flip"] == {"answer": "call", "from": 1, "to": 3, "recommended": "ask"}
        assert view_of(of(two, "Dana Whitfield"), NOW) == "waiting"
        assert screen_of(app).row == of(two, "Priya Nair")
        assert "Sealed: take the call · z undoes" in shown(app)
        await pilot.press("z")
        await pilot.pause()
        assert of(two, "Dana Whitfield").verdict == ""


async def test_the_ledger_shows_only_after_field_ten(two: Repository) -> None:
    """It cannot steer the answers; then figures, sum, flip and firmness stand there."""
    app = inbox(two)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("d", *TEN[:9])
        await pilot.pause()
        assert "The ledger appears after question 10." in shown(app)
        assert "+2" not in shown(app)
        await pilot.press(TEN[9])
        await pilot.pause()
        text = shown(app)
        assert "recommended         +7   take the call" in text
        assert "if the call cost real harm (3 instead" in text
        assert "Firm: no single step changes it" in text


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_message_and_the_facts_stand_beside_it(two: Repository, size: tuple[int, int]) -> None:
    """The mail, what is known, and the recruiter are in sight while the first question is asked."""
    app = inbox(two)
    async with app.run_test(size=size) as pilot:
        await pilot.press("d")
        await pilot.pause()
        text = shown(app)
        for words in ("Hi Robin", "no mandate", "1 approach, 0 answered", "in the way?", "happy here"):
            assert words in text


async def test_a_key_that_the_field_does_not_take_is_said(two: Repository) -> None:
    """The sentence names the keys that it takes; the form stays where it is. A small letter is no verdict."""
    app = inbox(two)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("d", "a", "9")
        await pilot.pause()
        assert "does not take '9'" in shown(app)
        await pilot.press("2", *TEN[2:], "c")
        await pilot.pause()
        assert "A verdict is a capital" in shown(app)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "There is no verdict yet." in shown(app)
        assert not list(two.documents.items("decisions"))


async def test_nothing_in_the_form_is_sealed_without_a_reason(two: Repository) -> None:
    """Enter does not pass the first question, and ctrl+s says what is missing."""
    app = inbox(two)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("d", "enter")
        await pilot.pause()
        assert "cannot be skipped" in shown(app)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "There is no reason yet" in shown(app)


async def test_esc_keeps_the_draft(two: Repository) -> None:
    """Left after eight keys and opened again: the eight answers are there and the ninth is asked."""
    app = inbox(two)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("d", *TEN[:8], "escape")
        await pilot.pause()
        assert not isinstance(app.screen, DecideScreen)
        await pilot.press("d")
        await pilot.pause()
        assert isinstance(app.screen, DecideScreen)
        assert len(app.screen.sheet.given) == 8
        assert "having kept silent" in shown(app)
        await pilot.press(*TEN[8:], "C", "ctrl+s", "g", "g", "d")
        await pilot.pause()
        assert isinstance(app.screen, DecideScreen)
        assert not app.screen.sheet.given


async def test_notes_because_and_dates(two: Repository) -> None:
    """n writes a note to the field, a verdict of one's own asks why, and dates are words."""
    app = inbox(two)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("d", "a", "n", *"two hang on Ruth", "enter", *TEN[1:])
        await pilot.pause()
        assert "“two hang on Ruth”" in shown(app)
        await pilot.press("N", *"Not this year", "enter")
        await pilot.press(*"3w, 1y", "enter", "ctrl+s")
        await pilot.pause()
        ((_, document),) = two.documents.items("decisions")
        assert document["notes"] == {"survives": "two hang on Ruth"}
        assert document["because"] == "Not this year"
        assert [(date - NOW) // DAY for date in document["reviews"]] == [20, 364]
        assert view_of(of(two, "Dana Whitfield"), NOW) == "done"


async def test_a_date_in_the_past_is_refused_and_the_words_stay(two: Repository) -> None:
    """The sentence says so, and the line stays open with what was typed."""
    app = inbox(two)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("d", *TEN, "C", *"2020-01-01", "enter")
        await pilot.pause()
        assert "2020-01-01" in shown(app)
        assert "past" in shown(app)
        assert not list(two.documents.items("decisions"))


async def test_going_back_adds_reasons(two: Repository) -> None:
    """The arrow leads back; in field 1 a further letter adds, and only the first is questioned."""
    app = inbox(two)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("d", "c", "2", "up", "up", "e", "enter")
        await pilot.pause()
        assert isinstance(app.screen, DecideScreen)
        assert app.screen.sheet.answers.reasons == ("c", "e")
        assert "is the part done that only you can do?" in shown(app)


async def test_the_express_form(two: Repository) -> None:
    """Four fields, their points, and no recommendation."""
    app = inbox(two)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("D", "a", "1", "2")
        await pilot.pause()
        assert "Four answers are not enough to recommend anything." in shown(app)
        await pilot.press("N", "ctrl+s")
        await pilot.pause()
        ((_, document),) = two.documents.items("decisions")
        assert (document["form"], document["total"]) == ("express", 1)
        assert "recommended" not in document


async def test_a_new_attempt_fills_in_the_old_answers(two: Repository) -> None:
    """The form says of when they are, and Enter keeps each."""
    app = inbox(two)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("d", *TEN, "C", "ctrl+s", "7", "g", "g", "d", "enter", "enter", "3")
        await pilot.pause()
        assert "Your answers of Mon 16 Nov are filled in" in shown(app)
        assert isinstance(app.screen, DecideScreen)
        answers = app.screen.sheet.answers
        assert (answers.reasons, answers.survives, answers.call, answers.silence) == (("a",), 2, 3, 2)


async def test_what_is_known_of_the_user_helps(two: Repository) -> None:
    """Core work and seat are listed where they are asked about; where they are unknown, + names them."""
    two.transact("Seat", lambda t: seat.add_item(t, "core", "building teams"))
    app = inbox(two)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("d", *TEN[:4])
        await pilot.pause()
        assert "Your core: building teams" in shown(app)
        await pilot.press("2")
        await pilot.pause()
        assert "+ names your present seat." in shown(app)
        await pilot.press("+")
        await pilot.pause()
        assert "Your seat" in shown(app)
        await pilot.press("escape", "2")
        await pilot.pause()
        assert isinstance(app.screen, DecideScreen)
        assert app.screen.sheet.answers.step == 2


async def test_an_often_used_f_is_offered_as_a_reason_of_ones_own(two: Repository) -> None:
    """After three entries with F, + makes a reason of it, whose key works at once."""
    app = inbox(two)
    async with app.run_test(size=WIDE) as pilot:
        for _ in range(3):
            await pilot.press("7", "g", "g", "D", "f", "0", "0", "N", "ctrl+s")
        await pilot.press("7", "g", "g", "D")
        await pilot.pause()
        assert "+ makes a reason of your own" in shown(app)
        await pilot.press("+", *"My visa", "tab", *"Until when?", "ctrl+s", "g")
        await pilot.pause()
        assert isinstance(app.screen, DecideScreen)
        assert app.screen.sheet.answers.reasons == ("g",)


async def test_warnings_and_lines_of_ones_own_are_said(two: Repository) -> None:
    """A no-go line that the message crosses stands beside it and settles the recommendation."""
    two.transact("Seat", lambda t: seat.add_item(t, "no-go", "Acme Robotics"))
    app = inbox(two)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("d", *TEN)
        await pilot.pause()
        assert "Crosses your line: Acme Robotics" in shown(app)
        assert "recommended         +7   no" in shown(app)


async def test_keys_in_one_burst_are_answers(two: Repository) -> None:
    """Over a slow line several keys come in one read; in the form they are no paste."""
    from tui.terminal.reader import Burst

    app = inbox(two)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("d")
        await pilot.pause()
        await app.on_burst(Burst("a2122"))
        await pilot.pause()
        assert isinstance(app.screen, DecideScreen)
        assert len(app.screen.sheet.given) == 5


async def test_the_verb_before_is_the_impulse(two: Repository) -> None:
    """The ledger ends with what the first key would have done."""
    dana = of(two, "Dana Whitfield").id
    two.transact("Done", lambda t: verbs.done(t, [dana]))
    app = inbox(two, view="done")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("d", *TEN)
        await pilot.pause()
        assert "Your first impulse: decline" in shown(app)
