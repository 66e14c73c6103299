"""The templates of the letters: ours, or the user's own words for them."""

from collections.abc import Sequence

from store import letters
from store.errors import StoreError
from store.repository import Repository
from tui.keymap import Keymap
from tui.screens.editor import edited
from tui.screens.letters import slots_shown
from tui.screens.list_page import ListPage, paragraph
from tui.screens.page import Drawn
from tui.text import Safe, safe
from tui.widgets.cells import Piece, fill
from tui.widgets.look import Look
from tui.widgets.wrapping import wrapped

_NAME = 16
_NAMES = tuple(letters.TEMPLATES)


class TemplatesScreen(ListPage):
    """Lists the templates; Enter writes one in the user's editor."""

    PLACE = "Letters"

    def __init__(self, repository: Repository, keymap: Keymap, *, plain_text: bool) -> None:
        super().__init__(repository, keymap, plain_text=plain_text)
        self._unkept: dict[str, str] = {}
        """What was written and could not be kept, by the template's name."""

    def gather(self) -> None:
        """Nothing is read ahead: there are few."""

    def key_at(self, place: int) -> object:
        """Return a template's name."""
        return _NAMES[place]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(_NAMES)

    @property
    def _chosen(self) -> str:
        return _NAMES[self.entries.cursor]

    def title_line(self) -> str:
        """Return what stands at the top."""
        own = sum(letters.is_own(self.repository.documents, name) for name in _NAMES)
        return f"Letters   {own} in your own words" if own else "Letters"

    def footer_keys(self) -> list[tuple[str, str]]:
        """Return the keys of this page."""
        return self.keys_of("edit", "reset")

    def nothing(self) -> Sequence[str]:
        """Say that there is none, which does not happen."""
        return ("No letters.",)

    def draw_entry(self, place: int, look: Look, width: int) -> Sequence[Piece]:  # noqa: ARG002
        """Draw a template's name, and whether it is the user's own."""
        name = _NAMES[place]
        own = "yours" if letters.is_own(self.repository.documents, name) else ""
        return [(fill(Safe(letters.title(name)), _NAME), look.plain), (Safe(own), look.accent)]

    def detail(self, place: int, look: Look, width: int) -> Drawn:
        """Show a template, its slots standing out."""
        text = letters.template(self.repository.documents, _NAMES[place])
        drawn: Drawn = [slots_shown(line, letters.missing(text), look) for line in wrapped(text, width)]
        return [
            *drawn,
            [],
            *paragraph("Words in braces are filled in for each letter.", look, width, style="dim"),
        ]

    def edit(self) -> None:
        """Write the template under the cursor in the user's editor."""
        name = self._chosen
        shown = safe(letters.template(self.repository.documents, name), newlines=True).rstrip("\n")
        try:
            text = edited(self.app, self._unkept.get(name, shown))
        except StoreError as error:
            self.say(f"{error.sentence} {error.hint}", warning=True)
            return
        if text == shown:
            self.say("The letter is as it was.")
            return
        self._unkept[name] = text
        if self.change("Letter", lambda t: letters.set_template(t, name, text)):
            del self._unkept[name]

    def reset(self) -> None:
        """Bring our words back."""
        name = self._chosen
        if letters.is_own(self.repository.documents, name):
            self.change("Letter", lambda t: letters.set_template(t, name, ""))
        else:
            self.say("These are our words already.")
