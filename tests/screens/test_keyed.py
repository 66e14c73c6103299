"""Keys and pastes in a screen: who answers to them, and in which order."""

from typing import Any

import pytest
from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input

from tui.dispatch import Cancelled, Pending
from tui.keyed import KeyedApp, KeyedScreen
from tui.keymap import keymap
from tui.terminal.reader import Burst


class Inner(Widget, can_focus=True):
    """A widget with an action of its own."""

    def act_star(self) -> None:
        """Answer before the screen does."""
        self.app.post_message(events.Print("inner star"))


class Question(ModalScreen[str]):
    """Asks for a text."""

    def compose(self) -> ComposeResult:
        """A text field alone."""
        yield Input()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with what was typed."""
        self.dismiss(event.value)


class Place(KeyedScreen[None]):
    """A screen that writes down what happens to it."""

    AUTO_FOCUS = "Inner"

    def __init__(self) -> None:
        super().__init__(keymap())
        self.log_of: list[Any] = []

    def compose(self) -> ComposeResult:
        """A widget and a text field."""
        yield Inner()
        yield Input()

    def act_star(self) -> None:
        """Never reached while the widget has the focus."""
        self.log_of.append("star")

    async def act_done(self) -> None:
        """An action may be asynchronous."""
        self.log_of.append("done")

    def act_back(self) -> None:
        """Leave the field."""
        self.query_one(Inner).focus()
        self.log_of.append("back")

    def act_go_trash(self) -> None:
        """The end of a sequence."""
        self.log_of.append("trash")

    def act_search(self) -> None:
        """Go to the field."""
        self.query_one(Input).focus()

    def act_snooze(self) -> None:
        """Ask for something."""
        self.app.push_screen(Question(), self.log_of.append)

    def show_pending(self, pending: Pending | Cancelled | None) -> None:
        """Write down what would be shown."""
        match pending:
            case Pending(prefix=prefix):
                self.log_of.append(f"{prefix}…")
            case Cancelled(keys=keys):
                self.log_of.append(f"no {keys}")
            case None:
                self.log_of.append("nothing pending")

    def on_paste(self, event: events.Paste) -> None:
        """Write down what was pasted."""
        self.log_of.append(f"<{event.text}>")


class PlaceApp(KeyedApp[None]):
    """An app around the place."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Place()
        self.printed: list[str] = []

    def get_default_screen(self) -> Place:
        """The place alone."""
        return self.place

    def on_print(self, event: events.Print) -> None:
        """Note what the widget said."""
        self.printed.append(event.text)

    def act_redo(self) -> None:
        """The last to be asked."""
        self.place.log_of.append("app redo")


@pytest.fixture
def app() -> PlaceApp:
    """An app that does not run yet."""
    return PlaceApp()


async def test_the_nearest_to_the_focus_answers(app: PlaceApp) -> None:
    """Widget, screen and app are asked in this order; a key without an answer does nothing."""
    async with app.run_test() as pilot:
        await pilot.press("s", "e", "Z", "m")
        assert app.printed == ["inner star"]
        assert app.place.log_of == ["done", "app redo"]


async def test_help_can_tell_what_is_answered_here(app: PlaceApp) -> None:
    """The actions of a place are those that something in it answers to."""
    async with app.run_test():
        assert [action.id for action in app.place.actions_here()] == [
            "done", "snooze", "star", "go-trash", "search", "back", "redo"
        ]  # fmt: skip


async def test_a_sequence_tells_how_it_stands(app: PlaceApp) -> None:
    """The screen is told of the beginning, of a wrong key and of the end."""
    async with app.run_test() as pilot:
        await pilot.press("g", "t", "g", "w", "g", "escape")
        assert app.place.log_of == ["g…", "nothing pending", "trash", "g…", "no g w", "g…", "nothing pending"]


async def test_a_text_field_keeps_its_keys(app: PlaceApp) -> None:
    """Letters are typed, and Esc leads out again."""
    async with app.run_test() as pilot:
        await pilot.press("/", "e", "s", "escape", "e")
        assert app.place.query_one(Input).value == "es"
        assert app.place.log_of == ["back", "done"]


async def test_another_screen_ends_a_sequence(app: PlaceApp) -> None:
    """What was begun is not finished after a question."""
    async with app.run_test() as pilot:
        await pilot.press("g")
        await app.push_screen(Question())
        await pilot.press("a", "enter", "t")
        assert app.place.log_of == ["g…", "nothing pending"]


async def test_keys_typed_ahead_reach_what_they_were_meant_for(app: PlaceApp) -> None:
    """All keys arrive before the first has had its effect; each still acts where it was meant to."""
    async with app.run_test() as pilot:
        for key in (*"h2wx", "backspace", "enter", *"e/ab", "left", "c"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await pilot.pause()
        await pilot.press("escape")
        assert app.place.log_of == ["2w", "done", "back"]
        assert app.place.query_one(Input).value == "acb"


async def test_a_burst_is_a_paste_or_typing(app: PlaceApp) -> None:
    """Outside a text field many keys are a paste; inside they are typed, and several lines are pasted."""
    async with app.run_test() as pilot:
        app.post_message(Burst("e#e!s\x1b[31m\r"))
        await pilot.pause()
        assert app.place.log_of == ["<e#e!s\n>"]
        await pilot.press("/")
        app.post_message(Burst("abcd\x7f"))
        await pilot.pause()
        app.post_message(Burst("efgh\rsecond line"))
        await pilot.pause()
        assert app.place.query_one(Input).value == "abcefgh"


@pytest.mark.parametrize(("value", "wanted"), [("", False), ("1", True)])
async def test_no_color(value: str, wanted: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty NO_COLOR leaves the colours on."""
    monkeypatch.setenv("NO_COLOR", value)
    app = PlaceApp()
    async with app.run_test():
        assert app.no_color is wanted
        assert {"ringback-dark", "ringback-light"} <= app.available_themes.keys()
