"""A widget that draws itself line by line in the theme's styles."""

from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from tui.widgets.look import Look, look_of

IN_ASCII = str.maketrans("·…“”‘’–—│▌•★↓↑→×─", "-~\"\"''--|>+*v^>x-")
"""Each mark of ours as one ASCII character of the same width."""


class Lines(Widget):
    """A widget of plain lines: no markup, no children, styles looked up once."""

    ALLOW_SELECT = False
    BAR: ClassVar[bool] = False
    """Whether it stands on the ground of bars."""

    def __init__(self, *, plain_text: bool = False) -> None:
        super().__init__(markup=False)
        self.plain_text = plain_text
        self._look: Look | None = None

    @property
    def look(self) -> Look:
        """The styles of the present theme."""
        if self._look is None:
            self._look = look_of(self.app, plain_text=self.plain_text, bar=self.BAR)
        return self._look

    def notify_style_update(self) -> None:
        """Forget what was drawn in another theme."""
        super().notify_style_update()
        self._look = None
        self.forget()

    def forget(self) -> None:
        """Drop drawn lines that are kept; a widget that keeps some says which."""

    def blank(self) -> Strip:
        """Return an empty line."""
        width = self.size.width
        return Strip([Segment(" " * width, self.look.ground)], width)

    def render_line(self, y: int) -> Strip:
        """Draw line `y` of the widget, its typographic marks in ASCII where that is asked for."""
        strip = self.blank() if y >= self.size.height else self.draw(y)
        if not self.plain_text or strip.text.isascii():
            return strip
        return Strip(
            [Segment(text.translate(IN_ASCII), style) for text, style, _ in strip], strip.cell_length
        )

    def draw(self, y: int) -> Strip:
        """Draw line `y`, which lies inside the widget."""
        raise NotImplementedError
