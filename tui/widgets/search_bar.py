"""The line in which a search is typed, over the keys."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Input

from tui.widgets.dialog import Line, sentence
from tui.widgets.text_lines import TextLines


class SearchBar(Widget):
    """A field for a query with what it found, or why it cannot be understood, behind it."""

    DEFAULT_CSS: ClassVar[str] = """
    SearchBar { layout: horizontal; height: 1; padding: 0 1; }
    SearchBar > .sign { width: 2; }
    SearchBar > Line { width: 1fr; }
    SearchBar > .found { width: auto; max-width: 60%; }
    """

    def __init__(self, *, plain_text: bool = False) -> None:
        super().__init__()
        self._plain_text = plain_text
        self.remark = ""
        """What was said last."""

    def compose(self) -> ComposeResult:
        """Lay out the sign, the field and the remark."""
        sign = TextLines(sentence("/", strong=True), plain_text=self._plain_text)
        sign.add_class("sign")
        yield sign
        yield Line(placeholder='words "phrases" -not or from: firm: role: is:starred before: in:all')
        remark = TextLines(sentence(""), plain_text=self._plain_text)
        remark.add_class("found")
        yield remark

    @property
    def field(self) -> Input:
        """The field."""
        return self.query_one(Line)

    def say(self, text: str, *, warning: bool = False) -> None:
        """Tell what was found, or what is wrong with the query."""
        self.remark = text
        remark = self.query_one(".found", TextLines)
        remark.styles.width = min(len(text) + 1, self.size.width * 6 // 10)
        remark.show(sentence(text, warning=warning))
