"""Where keys and pastes enter Textual: the base of a screen that acts on keys, and of the app around it."""

import inspect
from collections import deque
from collections.abc import Callable, Sequence
from time import monotonic
from typing import Final, Generic, TypeVar

from textual import constants, events
from textual.app import App
from textual.dom import DOMNode
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget

from tui.actions import Action
from tui.dispatch import Cancelled, Dispatcher, Fired, Nothing, Pending
from tui.keymap import Keymap
from tui.terminal.driver import TerminalDriver
from tui.terminal.reader import Burst
from tui.theme import register, wants_no_color

T = TypeVar("T")

_LONGEST_TURN: Final = 1.0
"""Seconds after which a key no longer waits for the one before."""
_TIMES_ROUND: Final = 2
"""A key's way is gone twice, because a field tells of its Enter only when the key has gone its own."""


def is_typing(widget: Widget | None) -> bool:
    """Whether this widget is a text field, which keeps the printable keys for itself."""
    return widget is not None and widget.check_consume_key("a", "a")


class KeyedScreen(Screen[T], Generic[T]):
    """A screen whose keys fire actions: `snooze` calls `act_snooze` of the widget with the focus, of one
    around it, of the screen, or of the app, whichever is first to have it.
    """

    def __init__(self, keymap: Keymap, *, name: str | None = None) -> None:
        super().__init__(name=name)
        self.keymap = keymap
        self.dispatcher = Dispatcher(keymap)
        self.fired_by = ""
        """The keys that fired the last action."""

    async def fire(self, action: str) -> bool:
        """Do an action by its id; tells whether anything here answers to it."""
        method = self.answer(action)
        if method is None:
            return False
        outcome = method()
        if inspect.isawaitable(outcome):
            await outcome
        return True

    def actions_here(self) -> tuple[Action, ...]:
        """The actions that something here answers to, with the keys in force: what help and palette show."""
        return tuple(action for action in self.keymap.actions if self.answer(action.id) is not None)

    def answer(self, action: str) -> Callable[[], object] | None:
        """Return what does an action here, None where nothing answers to it."""
        method_name = "act_" + action.replace("-", "_")
        methods = (getattr(node, method_name, None) for node in (self.focused or self).ancestors_with_self)
        return next((method for method in methods if method is not None), None)

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
            self.fired_by = outcome.keys
            await self.fire(outcome.action)
        else:
            self.show_pending(None if outcome == Cancelled("") else outcome)

    def on_screen_suspend(self) -> None:
        """A sequence does not wait behind another screen."""
        if self.dispatcher.pending:
            self.dispatcher.cancel()
            self.show_pending(None)


class KeyedApp(App[T], Generic[T]):
    """An app with our themes, which reads the terminal through the driver that tells pastes from keys.

    Keys are taken one at a time: what one of them opens is there to receive the next, however fast they come.
    """

    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        # Textual's own answer to NO_COLOR is grey; with the terminal's colours allowed it sends none at all.
        super().__init__(
            driver_class=None if constants.DRIVER else TerminalDriver,
            ansi_color=True if wants_no_color() else None,
        )
        register(self)
        self._typed: deque[events.Key | events.Paste] = deque()
        self._busy_since: float | None = None

    async def on_event(self, event: events.Event) -> None:
        """Let keys and pastes wait for those before them."""
        if not isinstance(event, (events.Key, events.Paste)) or event.is_forwarded:
            await super().on_event(event)
            return
        self._typed.append(event)
        if self._busy_since is None or monotonic() - self._busy_since > _LONGEST_TURN:
            await self._take_next()

    async def on_burst(self, burst: Burst) -> None:
        """Many keys at once are typing when a text field has the focus, and a paste everywhere else."""
        takes = getattr(self.screen, "TAKES_BURSTS", False)
        if (takes or is_typing(self.focused)) and not burst.has_several_lines:
            for key in burst.typed():
                await self.on_event(key)
        else:
            await self.on_event(events.Paste(burst.pasted))

    async def _take_next(self) -> None:
        """Hand one key on, and the next when this one has had its effect."""
        self._busy_since = monotonic() if self._typed else None
        if self._typed:
            way = self._way()
            await super().on_event(self._typed.popleft())
            self._follow(way, _TIMES_ROUND)

    def _way(self) -> Sequence[DOMNode]:
        """Where a key goes: from the focus up to the app."""
        return (self.focused or self.screen).ancestors_with_self

    def _follow(self, way: Sequence[MessagePump], times: int) -> None:
        """Come along behind a key through the queues on its way, and then behind what it set off."""
        for position, node in enumerate(way):
            if node.call_later(self._follow, way[position + 1 :], times):
                return
        if times > 1:
            self._follow(self._way(), times - 1)
        else:
            self.call_later(self._take_next)
