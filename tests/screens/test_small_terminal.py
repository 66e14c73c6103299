"""A terminal of twenty columns and five lines: what must be chosen or typed is in sight."""

import pytest

from inbox_support import fill, inbox, shown
from store.repository import Repository
from support import a_message

SMALL = (20, 5)


@pytest.mark.parametrize(
    ("keys", "in_sight"),
    [
        (("ctrl+p",), ("type to filter", "Done")),
        (("i",), ("Dana",)),
        (("d",), ("If you had",)),
        (("h",), ("tomorrow", "Tue 17 Nov")),
        (("question_mark",), ("type a word", "Acting")),
    ],
)
async def test_a_question_shows_what_it_needs(
    repository: Repository, keys: tuple[str, ...], in_sight: tuple[str, ...]
) -> None:
    """Titles and explanations give way to the field and to the choices."""
    fill(repository, a_message())
    app = inbox(repository)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        for word in in_sight:
            assert word in shown(app)


async def test_help_stacks_its_columns(repository: Repository) -> None:
    """Where three columns have no room, the help of a key stands under its title."""
    fill(repository, a_message())
    app = inbox(repository)
    async with app.run_test(size=(44, 24)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        assert "Deal with it: it goes to Done" in shown(app)
