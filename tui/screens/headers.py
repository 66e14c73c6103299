"""A mail as it came: its headers, or all of it, each line as it stands there."""

from collections.abc import Callable, Iterator

from rich.cells import chop_cells

from store.errors import StoreError
from store.intake.reaching import Reached, reaching
from store.records.message import Message
from store.repository import Repository
from store.rules.counting import count_of
from store.sources.fetching import source_text
from tui.keymap import Keymap
from tui.screens.list_page import paragraph
from tui.screens.page import Drawn, PageScreen
from tui.text import Safe, safe
from tui.widgets.look import Look

_MOST = 200_000
"""Characters that are shown; the command writes all."""


class HeadersScreen(PageScreen):
    """The headers of one mail, or all of it."""

    PLACE = "Raw headers"

    def __init__(self, repository: Repository, keymap: Keymap, message: Message, *, plain_text: bool) -> None:
        super().__init__(repository, keymap, plain_text=plain_text)
        self._message = message
        self._is_whole = False
        self._reached: Reached | None = None
        self._failed: StoreError | None = None
        self._text = ""

    def title_line(self) -> str:
        """Return what stands at the top."""
        what = "The whole mail" if self._is_whole else "Raw headers"
        return f"{what} · {self._reached.place if self._reached else self._message.subject}"

    def footer_keys(self) -> list[tuple[str, str]]:
        """Return the keys of this page."""
        whole = "headers" if self._is_whole else "whole mail"
        return self.keys_of("whole", whole=whole) if self._reached else []

    def on_mount(self) -> None:
        """Read the mail beside the keys; the base class shows the page, as Textual calls it too."""
        try:
            read = reaching(self.repository, self._message)
        except StoreError as error:
            self._failed = error
        else:
            self.run_worker(lambda: self._read(read), thread=True)

    def _read(self, read: Callable[[], Reached]) -> None:
        try:
            self._reached = read()
            self._text = source_text(self._reached.raw)
        except StoreError as error:
            self._failed = error
        self.app.call_from_thread(self._show_what_was_read)

    def _show_what_was_read(self) -> None:
        if self.is_mounted:
            self.show_again()

    def lines(self, look: Look, width: int) -> Drawn:
        """Return the lines as they stand, broken where they are too long, or why there are none."""
        if self._failed is not None:
            drawn = paragraph(self._failed.sentence, look, width, style="warning")
            return drawn + (
                paragraph(self._failed.hint, look, width, style="dim") if self._failed.hint else []
            )
        if self._reached is None:
            return paragraph("Reading it from where it lies …", look, width, style="dim")
        text = self._text
        drawn = [[(line, look.plain)] for line in _broken(text[:_MOST], width)]
        if len(text) > _MOST:
            rest = f"Cut here: {count_of(len(text) - _MOST, 'character')} more. ringback headers writes all."
            drawn += [[], *paragraph(rest, look, width, style="warning")]
        return drawn

    def whole(self) -> None:
        """Show all of the mail, or its headers again."""
        if self._reached is not None:
            self._is_whole = not self._is_whole
            self._text = source_text(self._reached.raw, whole=self._is_whole)
            self._page.scroll_home(animate=False)
            self.show_again()


def _broken(text: str, width: int) -> Iterator[Safe]:
    for line in safe(text, newlines=True).split("\n"):
        yield from map(Safe, chop_cells(line, max(width, 2)) or [""])
