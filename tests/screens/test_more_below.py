"""Pages that scroll: the last line says that there is more, as the reader's does."""

from functools import partial

import pytest

from inbox_support import NARROW, fill, inbox, shown, text_of
from store import network
from store.repository import Repository
from store.settings import Settings
from support import a_message
from tui.app import RingbackApp
from tui.screens.people import PeopleScreen
from tui.widgets.form import Form
from tui.widgets.text_lines import TextLines

NOTES = 30


@pytest.mark.parametrize("size", [NARROW, (120, 36), (40, 12)])
async def test_a_long_detail_says_that_it_goes_on(repository: Repository, size: tuple[int, int]) -> None:
    """The mark goes at the end and comes back; a short detail has none."""
    long = repository.transact("Add", lambda t: network.add_person(t, "Ada Byrd"))[1]
    repository.transact("Add", lambda t: network.add_person(t, "Sam Lee"))
    for number in range(NOTES):
        repository.transact("Note", partial(network.note, id=long, text=f"note {number}"))
    app = inbox(repository)
    async with app.run_test(size=size) as pilot:
        await pilot.press("g", "p")
        await pilot.pause()
        assert isinstance(app.screen, PeopleScreen)
        assert "↓ more" in shown(app)
        for _ in range(2 * NOTES):
            await pilot.press("pagedown")
        await pilot.pause()
        assert "↓ more" not in shown(app)
        assert f"note {NOTES - 1}" in shown(app)
        await pilot.press("pageup")
        await pilot.pause()
        assert "↓ more" in shown(app)
        await pilot.press("j")
        await pilot.pause()
        assert "↓ more" not in shown(app)


async def test_a_long_page_says_that_it_goes_on(repository: Repository) -> None:
    """The card of a recruiter at 80 columns by 12 lines."""
    fill(repository, a_message())
    app = inbox(repository)
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.press("i")
        await pilot.pause()
        assert "↓ more" in shown(app)
        await pilot.press("G")
        await pilot.pause()
        assert "↓ more" not in shown(app)


async def test_a_page_in_ascii_says_it_in_words(repository: Repository) -> None:
    """No arrow is drawn where only ASCII is wanted."""
    fill(repository, a_message())
    app = RingbackApp(repository, Settings(), plain_text=True, view="new")
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.press("i")
        await pilot.pause()
        assert "more below" in shown(app)


@pytest.mark.parametrize("size", [NARROW, (38, 12)])
async def test_a_label_never_touches_its_text(repository: Repository, size: tuple[int, int]) -> None:
    """The longest label of a form is followed by a space."""
    repository.transact("Add", lambda t: network.add_person(t, "Sam Lee", do_not_refer=True))
    app = inbox(repository)
    async with app.run_test(size=size) as pilot:
        await pilot.press("g", "p", "e")
        await pilot.pause()
        assert isinstance(app.screen, Form)
        labels = list(app.screen.query(".label").results(TextLines))
        assert all(label.size.width < label.outer_size.width for label in labels)
        assert any("Do not" in line for label in labels for line in text_of(label))
