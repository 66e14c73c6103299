"""What every key of the inbox needs: the opportunities meant, a change to them, and a sentence about it."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from store.errors import StoreError
from store.repository import Repository
from store.rules.row import Row
from store.settings import Settings
from store.transaction import Transaction
from tui.actions import BY_ID
from tui.keyed import KeyedScreen
from tui.keymap import Keymap
from tui.text import Safe, safe
from tui.widgets.cells import width_of
from tui.widgets.key_footer import KeyFooter
from tui.widgets.lines import IN_ASCII
from tui.widgets.opportunity_list import OpportunityList
from tui.widgets.timeline import Timeline

if TYPE_CHECKING:
    from tui.widgets.dialog import Dialog

T = TypeVar("T")
MOVES_ON = frozenset(
    {
        "decide",
        "decide-express",
        "done",
        "snooze",
        "reply-later",
        "wait",
        "aside",
        "mute",
        "trash",
        "answered",
    }
)
"""Verbs that deal with an opportunity: where it stays in the list, the cursor goes on to the next."""
Verb = Callable[[Transaction, Sequence[int]], str]
"""One of the functions of `store.verbs` with its further arguments filled in."""


class Acting(KeyedScreen[None]):
    """A screen with a list of opportunities and a reader, on which verbs act."""

    def __init__(
        self, repository: Repository, settings: Settings, keymap: Keymap, *, plain_text: bool
    ) -> None:
        super().__init__(keymap)
        self.repository = repository
        self.settings = settings
        self.plain_text = plain_text

    @cached_property
    def list(self) -> OpportunityList:
        """The list of opportunities."""
        return OpportunityList(
            self._row_of, silent_days=self.settings.silent_days, plain_text=self.plain_text
        )

    @cached_property
    def reader(self) -> Timeline:
        """The timeline of the opportunity under the cursor."""
        return Timeline(
            self.repository.timeline, silent_days=self.settings.silent_days, plain_text=self.plain_text
        )

    @cached_property
    def footer(self) -> KeyFooter:
        """The keys that matter here."""
        return KeyFooter(plain_text=self.plain_text)

    def _row_of(self, opportunity: int) -> Row | None:
        return self.repository.index.rows.get(opportunity)

    @property
    def now(self) -> int:
        """The present time in milliseconds."""
        return self.repository.now()

    @property
    def row(self) -> Row | None:
        """The opportunity under the cursor."""
        chosen = self.list.cursor_id
        return self.repository.index.rows.get(chosen) if chosen is not None else None

    def targets(self) -> Sequence[int]:
        """Return the opportunities a verb acts on: the selection if there is one, else the row.

        Where there is neither, says so.
        """
        selected = self._selected()
        if not selected and self.row is None:
            self.say("There is no opportunity here to act on.")
        return selected or ([self.row.id] if self.row is not None else [])

    def _selected(self) -> Sequence[int]:
        """Return what is selected, without what has left the list: nobody acts on what is out of sight."""
        rows = self.repository.index.rows
        return [each for each in self.list.selected if each in rows]

    def change(self, action: str, verb: Verb, ids: Sequence[int] = ()) -> bool:
        """Run a verb on `ids`, or on what is meant, in one transaction named after the action.

        Says what was done and how to take it back; tells whether it was done.
        """
        ids = ids or self.targets()
        if not ids:
            return False
        try:
            self.commit(action, verb, ids)
        except StoreError as error:
            self.complain(error)
            return False
        return True

    def commit(self, action: str, verb: Verb, ids: Sequence[int]) -> None:
        """Run a verb as `change` does, but raise StoreError where it fails: a form keeps its words then."""
        here = self.list.cursor_id
        self.list.expect_removal(set(ids))
        sentence = self.repository.transact(
            BY_ID[action].title, lambda transaction: verb(transaction, ids), durable=False
        )
        self.list.selection.clear()
        self.changed()
        if action in MOVES_ON and here in ids and self.list.cursor_id == here:
            self.list.move_by(1)
        self.go_on()
        undo = self.keymap.spelled("undo")
        self.say(f"{sentence} · {undo} undoes" if undo else sentence)

    def ask(self, dialog: "Dialog[T]", answer: Callable[[T | None], None] | None = None) -> None:
        """Put a question over the screen; `answer` takes what it returns, None when the user leaves."""
        dialog.plain_text = self.plain_text
        self.app.push_screen(dialog, answer)

    def act_help(self) -> None:
        """Show the keys of this place."""
        from tui.screens.help import HelpScreen

        place = "Reading" if self.reading else "The inbox"
        self.app.push_screen(HelpScreen(self.keymap, place, self.actions_here(), plain_text=self.plain_text))

    def act_palette(self) -> None:
        """Offer every action of this place by name."""
        from tui.screens.palette import Palette

        async def do(action: str | None) -> None:
            if action is not None:
                await self.fire(action)

        self.app.push_screen(Palette(self.keymap, self.actions_here(), plain_text=self.plain_text), do)

    @property
    def reading(self) -> bool:
        """Whether the reader has the focus."""
        return self.has_class("-reading")

    def go_on(self) -> None:
        """Read what the cursor has come to, where something was being read; the screen says how."""
        raise NotImplementedError

    def changed(self) -> None:
        """Show what a change made of the list; the screen says how."""
        raise NotImplementedError

    def say(self, sentence: str, *, warning: bool = False) -> None:
        """Tell something in the bottom line, or above it where it is longer than that."""
        shown = safe(sentence.translate(IN_ASCII) if self.plain_text else sentence)
        if width_of(shown) + 2 <= self.size.width:
            self.footer.say(shown, warning=warning)
        else:
            self.app.notify(shown, severity="warning" if warning else "information", markup=False)

    def complain(self, error: StoreError) -> None:
        """Tell what could not be done and what to do next."""
        self.say(f"{error.sentence} {error.hint}".strip(), warning=True)

    def one_row(self) -> Row | None:
        """Return the row for a verb that acts on one: the one selected, else the one under the cursor.

        Says which it is where the selection and the cursor are not on the same.
        """
        selected = self._selected()
        row = self.repository.index.rows[selected[0]] if len(selected) == 1 else self.row
        if row is None:
            self.say("There is no opportunity here to act on.")
        elif len(selected) > 1:
            self.say(f"This acts on one, the one under the cursor: {row.who}, {row.role}")
        elif row.id != self.list.cursor_id:
            self.say(f"This acts on the one selected: {row.who}, {row.role}")
        return row

    def named(self, ids: Sequence[int]) -> Safe:
        """Say which opportunities are meant: the one by name, several by count."""
        row = self.repository.index.rows.get(ids[0]) if ids else None
        if row is None or len(ids) > 1:
            return Safe(f"{len(ids)} opportunities")
        return safe(f"{row.who}, {row.role}")
