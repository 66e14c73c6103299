"""Values that met: both of a field that was set on two machines apart, and a key for each."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from store import conflicts
from store.repository import Repository
from store.rules.dates import age, describe
from tui.keymap import Keymap
from tui.screens.list_page import ListPage, paragraph
from tui.screens.page import Drawn
from tui.text import Safe, safe
from tui.widgets.cells import Piece, cut, fill
from tui.widgets.look import Look

if TYPE_CHECKING:
    from store.conflicts import Conflict

_AGE, _ABOUT, _FEWEST = 5, 34, 8


class ConflictsScreen(ListPage):
    """Lists the fields, the one that met last first; the values of the one under the cursor stand beside."""

    PLACE = "Edits that met"

    def __init__(
        self, repository: Repository, keymap: Keymap, go: Callable[[int], None], *, plain_text: bool
    ) -> None:
        super().__init__(repository, keymap, plain_text=plain_text)
        self._go = go
        self._met: list[Conflict] = []

    def gather(self) -> None:
        """Look for what met."""
        self._met = conflicts.met(self.repository)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._met)

    def key_at(self, place: int) -> object:
        """Return the field."""
        return self._met[place][:3]

    def title_line(self) -> str:
        """Return what stands at the top."""
        return f"Edits that met   {self.count}" if self.count else "Edits that met"

    def footer_keys(self) -> list[tuple[str, str]]:
        """Return the keys of this page."""
        if not self.count:
            return []
        sides = len(self._met[self.entries.cursor].sides)
        ((_, stand), go) = self.keys_of("choose", "go")
        return [(f"1-{sides}", stand), go]

    def nothing(self) -> Sequence[str]:
        """Say when there is something here."""
        return (
            "No edits met.",
            "Set the same field on two machines that have not met, and both values are kept and shown here.",
            "A number says which one stands.",
        )

    def draw_entry(self, place: int, look: Look, width: int) -> Sequence[Piece]:
        """Draw a field: when the last value was written, what it is about, which field."""
        met, ellipsis = self._met[place], look.marks.ellipsis
        newest = max(side.at for side in met.sides)
        about = min(_ABOUT, max(width - _AGE - _FEWEST, _FEWEST))
        rest = max(width - _AGE - about, 0)
        return [
            (Safe(age(newest, self.repository.now()).rjust(_AGE - 1) + " "), look.faint),
            (fill(cut(safe(met.about), about - 1, ellipsis), about), look.strong),
            (cut(safe(met.field), rest, ellipsis), look.plain),
        ]

    def detail(self, place: int, look: Look, width: int) -> Drawn:
        """Show the values under each other, each with its key, its machine and its time."""
        met, now = self._met[place], self.repository.now()
        drawn = paragraph(met.about, look, width, style="strong") + paragraph(met.field, look, width)
        for number, side in enumerate(met.sides, start=1):
            shown = " (shown now)" if number == 1 else ""
            drawn += [[], [(Safe(f"{number}  "), look.accent), (safe(side.machine), look.dim)]]
            drawn += paragraph(f"{describe(side.at, now, None)}{shown}", look, width, style="faint", indent=3)
            drawn += paragraph(side.words, look, width, indent=3)
        return drawn

    # Keys

    def choose(self) -> None:
        """Let one of the values stand."""
        if not self.count:
            return
        met = self._met[self.entries.cursor]
        if int(self.fired_by) > len(met.sides):
            self.say(f"There are {len(met.sides)} values.")
            return
        self.change("Choose", partial(conflicts.choose, conflict=met, number=int(self.fired_by)))

    def go(self) -> None:
        """Go to the opportunity that it is about."""
        met = self._met[self.entries.cursor] if self.count else None
        if met is None or met.table != "opportunities" or self.repository.index.find(met.id) is None:
            self.say("This one is about no opportunity here.")
            return
        self.dismiss(None)
        self._go(met.id)
