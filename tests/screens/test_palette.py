"""The palette: every action by name."""

from inbox_support import text_of
from tui.actions import ACTIONS, BY_ID
from tui.keyed import KeyedApp
from tui.keymap import keymap
from tui.screens.palette import Palette
from tui.widgets.picker import Choices

KEYS = keymap()


async def chosen(*pressed: str) -> list[str | None]:
    """What the palette returns after these keys."""
    app = KeyedApp[None]()
    answers: list[str | None] = []
    async with app.run_test() as pilot:
        await app.push_screen(Palette(KEYS, KEYS.actions), answers.append)
        await pilot.press(*pressed)
    return answers


async def test_type_and_enter_runs_the_action() -> None:
    """The first action that fits is returned by its id, the next one after an arrow."""
    assert await chosen(*"split", "enter") == ["split"]
    assert await chosen(*"capture", "down", "enter") == ["capture-linkedin"]


async def test_nothing_is_cut_at_eighty_columns() -> None:
    """Each action stands with its whole help."""
    app = KeyedApp[None]()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(Palette(KEYS, KEYS.actions))
        await pilot.pause()
        choices = app.screen.query_one(Choices)
        seen = ""
        for _ in ACTIONS:
            seen += "\n".join(text_of(choices)) + "\n"
            choices.move(1)
    assert "Templates of letters, yours or ours" in seen
    assert "…" not in seen


async def test_escape_leaves() -> None:
    """Nothing is returned, and nothing when no action fits."""
    assert await chosen("escape") == [None]
    assert await chosen(*"xyzzy", "enter") == []


async def test_each_action_can_be_found_by_a_title_of_its_own() -> None:
    """Outside forms every action is offered, no two under one title, and its key is told."""
    app = KeyedApp[None]()
    async with app.run_test():
        palette = Palette(KEYS, KEYS.actions)
        await app.push_screen(palette)
        choices = palette.query_one(Choices)
        offered = {}
        for _ in ACTIONS:
            assert choices.marked is not None
            offered[choices.marked.value] = choices.marked
            choices.move(1)
    assert BY_ID.keys() - offered.keys() == {"palette", "back", "go-planned", "finish", "editor"}
    assert len({choice.title for choice in offered.values()}) == len(offered)
    assert offered["go-trash"].title == "Go to: Trash"
    assert offered["go-trash"].detail.startswith("g t ")
