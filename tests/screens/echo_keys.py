"""A small app that says which action each key fired and what was pasted, for `test_pty_keys`."""

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.dispatch import Cancelled, Pending
from tui.keyed import KeyedApp, KeyedScreen
from tui.keymap import keymap
from tui.text import safe


class Question(ModalScreen[str]):
    """Asks for a text."""

    def compose(self) -> ComposeResult:
        """A text field alone."""
        yield Input()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with what was typed."""
        self.dismiss(event.value)


class EchoScreen(KeyedScreen[None]):
    """Writes down what reaches it."""

    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__(keymap())
        self.told: list[str] = []

    def compose(self) -> ComposeResult:
        """A place for the words and a text field."""
        yield Static("ready", markup=False)
        yield Input()

    async def fire(self, action: str) -> bool:
        """Write the action down instead of doing it."""
        if action == "search":
            self.query_one(Input).focus()
        elif action == "back" and self.focused:
            self.set_focus(None)
        elif action == "close":
            self.app.exit()
        elif action == "snooze":
            self.app.push_screen(Question(), lambda answer: self.tell(f"={answer}"))
        elif action == "suspend":
            self.app.action_suspend_process()
        if action == "reload":
            self.start_again()
        else:
            self.tell(action)
        return True

    def show_pending(self, pending: Pending | Cancelled | None) -> None:
        """Write the pending prefix down."""
        if isinstance(pending, Pending):
            self.tell(f"{pending.prefix}…")

    def on_paste(self, event: events.Paste) -> None:
        """Write the paste down."""
        self.tell(f"<{safe(event.text)}>")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write down what was typed."""
        self.tell(f'"{event.value}"')

    def start_again(self) -> None:
        """Forget what was told and typed."""
        self.told.clear()
        self.set_focus(None)
        with self.prevent(Input.Changed):
            self.query_one(Input).value = ""
        self.query_one(Static).update("ready")

    def tell(self, word: str) -> None:
        """Show one word more."""
        self.told.append(word)
        self.query_one(Static).update(" ".join(self.told) + " .")


class EchoApp(KeyedApp[None]):
    """Shows the one screen."""

    def on_mount(self) -> None:
        """Open the screen."""
        self.theme = "ringback-dark"
        self.push_screen(EchoScreen())


if __name__ == "__main__":
    EchoApp().run()
