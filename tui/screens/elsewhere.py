"""What changed elsewhere: everything that merges brought, the newest first."""

from collections.abc import Callable, Sequence

from store import elsewhere
from store.elsewhere import Change
from store.ids import read_id
from store.repository import Repository
from store.rules.dates import age, describe
from tui.keymap import Keymap
from tui.screens.list_page import ListPage, paragraph
from tui.screens.page import Drawn
from tui.text import Safe, safe
from tui.widgets.cells import Piece, cut, fill
from tui.widgets.look import Look

_AGE, _ABOUT, _FEWEST = 5, 30, 8


class ElsewhereScreen(ListPage):
    """Lists documents that came or changed with a merge; Enter goes to the opportunity."""

    PLACE = "Changed elsewhere"

    def __init__(
        self, repository: Repository, keymap: Keymap, go: Callable[[int], None], *, plain_text: bool
    ) -> None:
        super().__init__(repository, keymap, plain_text=plain_text)
        self._go = go
        self._changes: list[Change] = []

    def gather(self) -> None:
        """Read what came."""
        self._changes = elsewhere.changes(self.repository)

    @property
    def count(self) -> int:
        """How many changes are listed."""
        return len(self._changes)

    def key_at(self, place: int) -> object:
        """Return the merge and the document."""
        return self._changes[place][:3]

    def title_line(self) -> str:
        """Return what stands at the top."""
        most = "+" if self.count == elsewhere.MOST else ""
        return f"Changed elsewhere   {self.count}{most}" if self.count else "Changed elsewhere"

    def footer_keys(self) -> list[tuple[str, str]]:
        """Return the keys of this page."""
        return self.keys_of("go") if self.count else []

    def nothing(self) -> Sequence[str]:
        """Say when there is something here."""
        return (
            "Nothing came from elsewhere.",
            "What another machine changes in the synced file is merged and listed here for a month.",
            "docs/sync.md says how to sync.",
        )

    def draw_entry(self, place: int, look: Look, width: int) -> Sequence[Piece]:
        """Draw a change: when it was merged, what it is about, what it is."""
        change, ellipsis = self._changes[place], look.marks.ellipsis
        about = min(_ABOUT, max(width - _AGE - _FEWEST, _FEWEST))
        rest = max(width - _AGE - about, 0)
        return [
            (Safe(age(change.at, self.repository.now()).rjust(_AGE - 1) + " "), look.faint),
            (fill(cut(safe(change.about), about - 1, ellipsis), about), look.strong),
            (cut(safe(change.what), rest, ellipsis), look.plain),
        ]

    def detail(self, place: int, look: Look, width: int) -> Drawn:
        """Tell a change whole."""
        change = self._changes[place]
        when = f"merged {describe(change.at, self.repository.now(), None)}"
        who = f"written on {change.machine}" if change.machine else ""
        drawn = paragraph(change.about, look, width, style="strong") + paragraph(change.what, look, width)
        drawn += [[], *paragraph(when, look, width, style="dim")]
        return drawn + (paragraph(who, look, width, style="dim") if who else [])

    def go(self) -> None:
        """Go to the opportunity that it is about."""
        change = self._changes[self.entries.cursor] if self.count else None
        found = self._opportunity(change) if change is not None else 0
        if not found:
            self.say("This one is about no opportunity here.")
            return
        self.dismiss(None)
        self._go(found)

    def _opportunity(self, change: Change) -> int:
        index = self.repository.index
        if change.table == "messages":
            row = index.row_of_message(change.id)
        else:
            document = self.repository.document(change.table, change.id) or {}
            row = index.find(
                change.id if change.table == "opportunities" else read_id(document.get("opportunity"))
            )
        return row.id if row is not None else 0
