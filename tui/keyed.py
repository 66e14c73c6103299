"""Where keys and pastes enter Textual: the base of a screen that acts on keys, and of the app around it."""

import inspect
from typing import Generic, TypeVar

from textual import constants, events
from textual.app import App
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from tui.dispatch import Cancelled, Dispatcher, Fired, Nothing, Pending
from tui.keymap import Keymap
from tui.terminal.driver import TerminalDriver
from tui.terminal.reader import Burst
from tui.theme import register, wants_no_color

T = TypeVar("T")


def is_typing(widget: Widget | None) -> bool:
    """Whether this widget is a text field, which keeps the printable keys for itself."""
    return isinstance(widget, (Input, TextArea))


class KeyedScreen(Screen[T], Generic[T]):
    """A screen whose keys fire actions: `snooze` calls `act_snooze` of the widget with the focus, of one
    around it, of the screen, or of the app, whichever is first to have it.
    """

    def __init__(self, keymap: Keymap, *, name: str | None = None) -> None:
        super().__init__(name=name)
        self.dispatcher = Dispatcher(keymap)

    async def fire(self, action: str) -> bool:
        """Do an action by its id; tells whether anything here answers to it."""
        method_name = "act_" + action.replace("-", "_")
        for node in (self.focused or self).ancestors_with_self:
            method = getattr(node, method_name, None)
            if method is not None:
                outcome = method()
                if inspect.isawaitable(outcome):
                    await outcome
                return True
        return False

    def show_pending(self, pending: Pending | Cancelled | None) -> None:
        """Called when a sequence begins, goes on or is given up, and with None at its end."""

    async def on_key(self, event: events.Key) -> None:
        """Give each key to the dispatcher before any widget's own bindings see it."""
        before = self.dispatcher.pending
        outcome = self.dispatcher.feed(event.key, event.character, typing=is_typing(self.focused))
        if isinstance(outcome, Nothing):
            if before and not self.dispatcher.pending:
                self.show_pending(None)
            return
        event.stop()
        event.prevent_default()
        if isinstance(outcome, Fired):
            if before:
                self.show_pending(None)
            await self.fire(outcome.action)
        else:
            self.show_pending(None if outcome == Cancelled("") else outcome)

    def on_screen_suspend(self) -> None:
        """A sequence does not wait behind another screen."""
        if self.dispatcher.pending:
            self.dispatcher.cancel()
            self.show_pending(None)


class KeyedApp(App[T], Generic[T]):
    """An app with our themes, which reads the terminal through the driver that tells pastes from keys."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        # Textual's own answer to NO_COLOR is grey; with the terminal's colours allowed it sends none at all.
        super().__init__(
            driver_class=None if constants.DRIVER else TerminalDriver,
            ansi_color=True if wants_no_color() else None,
        )
        register(self)

    async def on_burst(self, burst: Burst) -> None:
        """Many keys at once are typing when a text field has the focus, and a paste everywhere else."""
        if is_typing(self.focused) and not burst.has_several_lines:
            for key in burst.typed():
                await self.on_event(key)
        else:
            await self.on_event(events.Paste(burst.pasted))
