"""The verbs of the inbox that need no words: one key each, on the selection or the row."""

from collections.abc import Callable
from functools import partial

from store import verbs
from store.changes import Outcome
from store.errors import StoreError
from store.rules.row import Row
from tui.screens.acting import Acting

OPENED = "Open"
"""Names the step of undo in which opening marked something read."""


class Verbs(Acting):
    """Done, later, aside, star, read, mute, trash, and the way back from each."""

    def act_done(self) -> None:
        """Deal with it."""
        self.change("done", verbs.done)

    def act_reopen(self) -> None:
        """Put it back among the new."""
        self.change("reopen", verbs.reopen)

    def act_restore(self) -> None:
        """Take it out of the trash."""
        self.change("restore", verbs.reopen)

    def act_wake(self) -> None:
        """End its snooze."""
        asleep = [row.id for row in self._rows() if row.until > self.now]
        if asleep:
            self.change("wake", verbs.wake, asleep)
        else:
            self.say("This one is not snoozed.")

    def act_reply_later(self) -> None:
        """Put it on the pile to answer."""
        self.change("reply-later", verbs.later)

    def act_aside(self) -> None:
        """Set it aside."""
        self.change("aside", verbs.aside)

    def act_star(self) -> None:
        """Star it; take the star away where every one meant has it."""
        on = not all(row.starred for row in self._rows())
        self.change("star", partial(verbs.star, on=on))

    def act_read(self) -> None:
        """Mark it read, or unread where every one meant is read."""
        on = any(row.unread for row in self._rows())
        self.change("read", partial(verbs.read, on=on))

    def act_mute(self) -> None:
        """Hear no more of it; or again, where every one meant is muted."""
        on = not all(row.muted for row in self._rows())
        self.change("mute", partial(verbs.mute, on=on))

    def act_trash(self) -> None:
        """Throw it away; undo brings it back."""
        self.change("trash", verbs.trash)

    def act_undo(self) -> None:
        """Take the last change back; that something was opened is no change by itself, and goes along."""
        try:
            while self.repository.undo_title() == OPENED:
                self.repository.undo(durable=False)
        except StoreError as error:
            self.complain(error)
            return
        self._go_back(lambda: self.repository.undo(durable=False), "redo")

    def act_redo(self) -> None:
        """Make it again after all."""
        self._go_back(lambda: self.repository.redo(durable=False), "undo")

    def act_reply(self) -> None:
        """Say what can be done until replying is there."""
        self._not_yet("Replying", ("copy", "copies the address"), ("answered", "notes that you answered"))

    def mark_read(self, row: Row) -> None:
        """Mark an opportunity read because it was opened."""
        if not row.unread:
            return
        try:
            self.repository.transact(
                OPENED, lambda transaction: verbs.read(transaction, [row.id], on=True), durable=False
            )
        except StoreError as error:
            self.complain(error)
        else:
            self.changed()

    def _not_yet(self, what: str, *instead: tuple[str, str]) -> None:
        ways = " · ".join(f"{self.keymap.spelled(action)} {does}" for action, does in instead)
        self.say(f"{what} comes in a later version · {ways}")

    def _rows(self) -> list[Row]:
        rows = self.repository.index.rows
        return [rows[each] for each in self.targets()]

    def _go_back(self, step: Callable[[], Outcome], other: str) -> None:
        try:
            outcome = step()
        except StoreError as error:
            self.complain(error)
            return
        self.changed()
        self.list.go_to_first_of(outcome.rows)
        self.say(f"{outcome.sentence} · {self.keymap.spelled(other)} {other}es it")
