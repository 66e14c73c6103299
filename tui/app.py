"""The full-screen program: theme, keymap and driver around the inbox; nothing else."""

import gc
from typing import ClassVar

from textual.binding import BindingType

from store.errors import UsageError
from store.repository import Repository
from store.settings import Settings
from tui.clipboard import around_tmux
from tui.keyed import KeyedApp
from tui.keymap import keymap
from tui.screens.inbox import InboxScreen


class RingbackApp(KeyedApp[None]):
    """Shows the inbox of an open repository."""

    CSS_PATH = "app.tcss"
    TITLE = "Ringback"
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, repository: Repository, settings: Settings, *, plain_text: bool, view: str) -> None:
        super().__init__()
        self._inbox = InboxScreen(
            repository, settings, keymap(settings.keymap_preset, settings.keymap), plain_text=plain_text
        )
        self._inbox.view = view
        if settings.theme not in self.available_themes:
            known = ", ".join(sorted(self.available_themes))
            raise UsageError(f"There is no theme {settings.theme!r}.", f"Known are {known}.")
        self.theme = settings.theme

    def on_ready(self) -> None:
        """Collect garbage from the first picture on; what was loaded until then is none."""
        gc.freeze()
        gc.enable()

    def act_quit(self) -> None:
        """Leave, from anywhere; words in a form are kept."""
        self.exit()

    def copy_to_clipboard(self, text: str) -> None:
        """Ask the terminal to copy a text, and the one around tmux as well."""
        super().copy_to_clipboard(text)
        if self._driver is not None and (sequence := around_tmux(text)):
            self._driver.write(sequence)

    def action_help_quit(self) -> None:
        """Say how to leave to who presses ctrl+c, which copies in a text field."""
        self.notify("Esc leaves this place; q leaves the inbox.", markup=False)

    def get_default_screen(self) -> InboxScreen:
        """Begin with the inbox."""
        return self._inbox


def run_inbox(repository: Repository, settings: Settings, *, ascii: bool, view: str | None) -> None:
    """Show the inbox until the user leaves; raises UsageError where the keymap or theme cannot be used."""
    app = RingbackApp(repository, settings, plain_text=ascii or settings.ascii, view=view or "new")
    app.run()
