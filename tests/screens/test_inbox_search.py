"""Live search: what it finds while typing, what it says, and the way back."""

import pytest
from textual.pilot import Pilot

from inbox_support import WIDE, fill, inbox, screen_of, shown, text_of
from store import verbs
from store.repository import Repository
from support import a_message, ago


@pytest.fixture
def three(repository: Repository) -> Repository:
    """Have three mails, of which two name Kubernetes in their text."""
    fill(
        repository,
        a_message("Staff Engineer", sender="Dana Whitfield", body="We run Kubernetes. " * 60 + "Kubernetes!"),
        a_message("Data Lead", sender="Priya Nair", at=ago(2), body="Spark and Kafka"),
        a_message("SRE", sender="Tom Birch", at=ago(3), body="kubernetes at scale"),
    )
    return repository


async def found(pilot: Pilot[None], text: str) -> None:
    """Wait until the search says this."""
    for _ in range(500):
        await pilot.pause(0.01)
        bar = screen_of(pilot.app).search_bar
        if bar is not None and bar.remark == text:
            return
    pytest.fail(f"the search never says {text!r}")


async def test_the_list_follows_what_is_typed(three: Repository) -> None:
    """Each letter narrows the list to what holds the words, in any view and anywhere in the text."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("e", "slash", *"kuber")
        await found(pilot, "2 found")
        assert [line[12:26].strip() for line in text_of(screen_of(app).list)[:3]] == [
            "Dana Whitfield",
            "Tom Birch",
            "",
        ]
        await pilot.press("space", *"dana")
        await found(pilot, "1 found")
        await pilot.press("enter")
        await pilot.pause()
        assert screen_of(app).list.has_focus


async def test_esc_shows_the_view_again(three: Repository) -> None:
    """Esc ends the search from the field and from the list; the row that was found stays under the cursor."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("slash", *"kafka")
        await found(pilot, "1 found")
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert len(screen_of(app).list.ids) == 3
        assert screen_of(app).row.who == "Priya Nair"  # type: ignore[union-attr]
        assert "kafka" not in shown(app)


@pytest.mark.parametrize("way_back", [("q",), ("slash", *["backspace"] * 5, "enter")])
async def test_a_selection_does_not_outlive_the_search(three: Repository, way_back: tuple[str, ...]) -> None:
    """What was selected among the found is out of sight afterwards, and # does not reach it."""
    three.transact("Done", lambda transaction: verbs.done(transaction, three.index.view("new")[1:2]))
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("slash", *"kafka")
        await found(pilot, "1 found")
        await pilot.press("enter", "x", *way_back)
        await pilot.pause()
        await pilot.press("number_sign")
        assert three.index.counts()["done"] == 1
        assert screen_of(app).list.selected == []


async def test_the_keys_are_those_of_the_list_again(three: Repository) -> None:
    """When Esc has ended the search, the bottom line no longer tells how to end it."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("slash", *"kafka")
        await found(pilot, "1 found")
        await pilot.press("escape")
        await pilot.pause()
        assert "ends the search" not in text_of(screen_of(app).footer)[0]
        assert "done" in text_of(screen_of(app).footer)[0]


async def test_an_unknown_field_is_a_sentence(three: Repository) -> None:
    """A query that cannot be understood says why, and Enter names the fields there are."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("slash", *"colour:red", "space")
        await pilot.pause()
        assert "There is no field colour:" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "company, role, channel" in "".join(each.message for each in app._notifications)
        assert screen_of(app).is_searching


async def test_a_search_that_fails_is_a_sentence(three: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody foresaw is said, and the next search is answered."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        with monkeypatch.context() as patched:
            patched.setattr(type(three.search), "find", lambda *_, **__: 1 / 0)
            await pilot.press("slash", "k")
            await found(pilot, "not answered")
        await pilot.press(*"afka")
        await found(pilot, "1 found")


async def test_what_fits_nothing_says_so(three: Repository) -> None:
    """An empty result names the query and the way back; text that looks like markup is shown as it is."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("slash", *"[/b]zzz")
        await found(pilot, "nothing found")
        assert "Nothing fits [/b]zzz" in shown(app)


async def test_verbs_act_on_what_was_found(three: Repository) -> None:
    """* a and a verb deal with everything that was found, and the search still stands."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("slash", *"kubernetes")
        await found(pilot, "2 found")
        await pilot.press("enter", "asterisk", "a", "e")
        await pilot.pause()
        assert three.index.counts()["done"] == 2
        assert len(screen_of(app).list.ids) == 2


async def test_matches_are_found_in_a_long_message(three: Repository) -> None:
    """While reading, n goes from match to match and N back."""
    app = inbox(three)
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.press("slash", *"kubernetes!")
        await found(pilot, "1 found")
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert "Kubernetes!" not in shown(app)
        await pilot.press("n")
        await pilot.pause()
        assert "Kubernetes!" in shown(app)
        await pilot.press("N")
        await pilot.pause()
        assert "Kubernetes!" in shown(app)


async def test_from_the_list_matches_lead_from_row_to_row(three: Repository) -> None:
    """n shows each match in the reader beside the list, then goes to the next row that was found."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("n")
        assert "/ begins a search" in text_of(screen_of(app).footer)[0]
        await pilot.press("slash", *"kubernetes")
        await found(pilot, "2 found")
        await pilot.press("enter", *["n"] * 40)
        await pilot.pause()
        assert screen_of(app).row.who == "Tom Birch"  # type: ignore[union-attr]
        await pilot.press("enter", "n", "n")
        await pilot.pause()
        assert "No other match" in text_of(screen_of(app).footer)[0]


async def test_an_empty_search_ends_it(three: Repository) -> None:
    """Enter in an empty field goes back to the list."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("slash", "k", "backspace", "enter")
        await pilot.pause()
        assert len(screen_of(app).list.ids) == 3
        assert screen_of(app).list.has_focus
