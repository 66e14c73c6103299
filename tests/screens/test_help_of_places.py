"""Help over the inbox: each page says its own keys first, in the words that its footer has."""

import importlib
import inspect
import pkgutil

import pytest

import tui.screens
from inbox_support import NARROW, fill, inbox, shown
from store import network, referring
from store.repository import Repository
from support import a_message
from tui.places import PLACES, by_method, methods, pressed
from tui.screens.page import PageScreen

PAGES = [
    page
    for module in pkgutil.iter_modules(tui.screens.__path__)
    for _, page in inspect.getmembers(importlib.import_module(f"tui.screens.{module.name}"), inspect.isclass)
    if issubclass(page, PageScreen) and page.__module__ == f"tui.screens.{module.name}" and page.PLACE
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_each_key_of_a_page_calls_a_method_of_it(page: type[PageScreen]) -> None:
    """What the table names is there; only the market has no keys of its own."""
    assert all(callable(getattr(page, method)) for method in methods(page.PLACE).values())
    assert (page.PLACE in PLACES) is (page.PLACE not in ("The market", "Why"))


def test_no_table_is_of_a_place_that_is_not_there() -> None:
    """Each place is a page, no key of one does two things, and what a key does fits on a line of help."""
    assert PLACES.keys() <= {page.PLACE for page in PAGES}
    for place, actions in PLACES.items():
        assert len(by_method(place)) == len(actions)
        assert len(methods(place)) == sum(len(pressed(key)) for each in actions for key in each.keys)
        assert all(len(each.help) <= 41 for each in actions)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (("g", "r"), ("m", "Move", "Bring it to a state that may follow")),
        (("g", "p"), ("e", "Edit", "Change what you know of them")),
        (("g", "x"), ("1-9", "Let it stand", "Choose the value with this number")),
        (("g", "e"), ("Enter  o", "Go to it", "To the opportunity that it is about")),
        (("i",), ("r", "Relation", "How things are with them")),
        (("f",), ("t", "Somebody else", "Choose whom you know, or a new name")),
        (("ctrl+p", *"your seat", "enter"), ("#", "Take out", "Take the chosen line out")),
        (("ctrl+p", *"letters", "enter"), ("x", "Our words again", "Take your own words for it away")),
    ],
    ids=lambda value: value[-1],
)
async def test_help_begins_with_the_keys_of_the_page(
    repository: Repository, keys: tuple[str, ...], said: tuple[str, ...]
) -> None:
    """They stand above all others, and the marks of the inbox are not explained there."""
    fill(repository, a_message())
    app = inbox(repository)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press(*keys, "question_mark")
        await pilot.pause()
        text = shown(app)
        lines = text.splitlines()
        own = lines.index(" Keys of this place")
        assert any(all(word in line for word in said) for line in lines[own:])
        assert "Moving" not in text or lines.index(" Moving") > own
        assert "In the list" not in text


async def test_a_key_of_a_page_is_found_as_it_is_pressed(repository: Repository) -> None:
    """`h` in the log is thanks, not the snooze of the inbox; a digit finds the range that holds it."""
    repository.transact("Add", lambda t: referring.add(t, "received", "Noor Haddad", role="CTO"))
    fill(repository, a_message())
    app = inbox(repository)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("g", "r", "question_mark", "h")
        await pilot.pause()
        assert "On h" in shown(app)
        assert "You said thanks" in shown(app)
        await pilot.press("backspace", *"nudge")
        await pilot.pause()
        assert "Keys of this place" in shown(app)
        await pilot.press("escape", "escape", "i", "question_mark", "7")
        await pilot.pause()
        assert "On 7" in shown(app)
        assert "Answer a check" in shown(app)


async def test_a_key_that_the_page_takes_is_not_that_of_another_action(repository: Repository) -> None:
    """In the seat `j` chooses a line, so moving has the other keys only."""
    repository.transact("Add", lambda t: network.add_person(t, "Sam Lee"))
    app = inbox(repository)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("ctrl+p", *"your seat", "enter")
        await pilot.pause()
        assert isinstance(app.screen, PageScreen)
        shown_keys = [key for each in app.screen.actions_here() for key in each.keys]
        assert shown_keys.count("j") == 1
