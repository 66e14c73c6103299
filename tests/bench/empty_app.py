"""The least that Textual can show: a line at the bottom of an otherwise empty screen."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class EmptyApp(App[None]):
    """An app of one line."""

    CSS = "Static { dock: bottom; height: 1; }"

    def compose(self) -> ComposeResult:
        """Make the line."""
        yield Static("empty")


if __name__ == "__main__":
    EmptyApp().run()
