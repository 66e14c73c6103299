"""Help: the keys of a place, found by typing."""

import pytest
from textual.containers import VerticalScroll

from tui.actions import BY_ID
from tui.keyed import KeyedApp
from tui.keymap import keymap
from tui.screens.help import HelpScreen, matching
from tui.widgets.text_lines import TextLines

KEYS = keymap()


def a_help(*, plain_text: bool = False) -> HelpScreen:
    """Help for a place that answers to every action."""
    return HelpScreen(KEYS, "The inbox", KEYS.actions, plain_text=plain_text)


def shown(app: KeyedApp[None]) -> str:
    """The keys as drawn, one line each."""
    lines = app.screen.query_one(".keys", TextLines)
    return "\n".join(lines.draw(y).text.rstrip() for y in range(lines.size.height))


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_every_action_is_there_on_one_line(size: tuple[int, int]) -> None:
    """At both sizes each action stands with its key and its whole help beside it."""
    app = KeyedApp[None]()
    async with app.run_test(size=size):
        await app.push_screen(a_help())
        lines = shown(app).splitlines()
        for action in BY_ID.values():
            assert any(action.title in line and line.endswith(action.help) for line in lines), action.id


async def test_typing_filters_and_escape_closes() -> None:
    """What was typed is looked for; keys are text here, and Esc and F1 lead back."""
    app = KeyedApp[None]()
    async with app.run_test() as pilot:
        for key in ("escape", "f1"):
            await app.push_screen(a_help())
            await pilot.press("s", "n", "o", "o", "z", "e")
            assert [line.split()[0] for line in shown(app).splitlines() if line.startswith("  ")] == list(
                "hH4"
            )
            await pilot.press("j", "q")
            assert shown(app) == "No key here is called that. Esc closes help."
            await pilot.press(key)
            assert not isinstance(app.screen, HelpScreen)


async def test_arrows_scroll() -> None:
    """The keys beyond the screen are reached without leaving the field; a new word starts at the top."""
    app = KeyedApp[None]()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(a_help())
        scroll = app.screen.query_one(VerticalScroll)
        await pilot.press("pagedown", "down", "down", "up")
        assert scroll.scroll_offset.y == 11
        await pilot.press("g")
        assert scroll.scroll_offset.y == 0


async def test_plain_text_is_ascii() -> None:
    """With ASCII marks nothing else is drawn."""
    app = KeyedApp[None]()
    async with app.run_test():
        await app.push_screen(a_help(plain_text=True))
        assert shown(app).isascii()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("h", ("On h", ["snooze"])),
        ("#", ("On #", ["trash"])),
        ("g i", ("On g i", ["go-inbox"])),
        ("Esc", ("On Esc", ["back"])),
    ],
)
def test_a_key_is_found_by_pressing_it(typed: str, first: tuple[str, list[str]]) -> None:
    """The action of the key that was typed comes before what only mentions it."""
    heading, actions = matching(KEYS.actions, typed)[0]
    assert (heading, [action.id for action in actions]) == first


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("note", ["note"]),
        ("repl lat", ["reply", "reply-later", "view-later", "go-reply-later"]),
        ("Ooze", []),
        ("SNOOZE", ["snooze", "wake", "view-snoozed"]),
    ],
)
def test_words_are_found_by_their_beginning(typed: str, found: list[str]) -> None:
    """Each word typed must begin a word of the keys, the title, the help or the id, in any case."""
    assert [action.id for _, actions in matching(KEYS.actions, typed) for action in actions] == found
