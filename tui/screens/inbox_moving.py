"""Where one is in the inbox: which view, which row, in the list or in the reader."""

from store.rules.views import VIEWS
from tui.actions import PLANNED
from tui.screens.acting import Acting

WIDE = 110
"""Columns from which the reader stands beside the list."""


class Moving(Acting):
    """Views, rows and the two panes; keys inside a pane belong to its widget."""

    view: str = "new"

    def show_view(self, view: str) -> None:
        """Show a view from its top; the screen says how."""
        raise NotImplementedError

    def act_open(self) -> None:
        """Read the opportunity under the cursor."""
        raise NotImplementedError

    def act_read_next(self) -> None:
        """Read the next opportunity."""
        self._read_other(1)

    def act_read_previous(self) -> None:
        """Read the opportunity before."""
        self._read_other(-1)

    def act_pane_next(self) -> None:
        """Go from the list to the reader, and back."""
        if self.reading:
            self.leave_reader()
        else:
            self.act_open()

    def act_pane_previous(self) -> None:
        """Go to the other pane."""
        self.act_pane_next()

    def leave_reader(self) -> None:
        """Go back to the list."""
        self.remove_class("-reading")
        self.list.focus()
        self.show_keys()

    def show_keys(self) -> None:
        """Show the keys that matter here; the screen says which."""
        raise NotImplementedError

    def act_preview(self) -> None:
        """Show the reader beside the list, or hide it."""
        if self.size.width < WIDE:
            self.say("This window is too narrow for two panes; Enter opens the reader over the list.")
        else:
            self.toggle_class("-alone")

    def act_view_next(self) -> None:
        """Go to the view after this one."""
        self._view_beside(1)

    def act_view_previous(self) -> None:
        """Go to the view before this one."""
        self._view_beside(-1)

    def act_view_new(self) -> None:
        """Go to New."""
        self.show_view("new")

    def act_view_later(self) -> None:
        """Go to Reply later."""
        self.show_view("later")

    def act_view_waiting(self) -> None:
        """Go to Waiting."""
        self.show_view("waiting")

    def act_view_snoozed(self) -> None:
        """Go to Snoozed."""
        self.show_view("snoozed")

    def act_view_aside(self) -> None:
        """Go to Set aside."""
        self.show_view("aside")

    def act_view_done(self) -> None:
        """Go to Done."""
        self.show_view("done")

    def act_view_all(self) -> None:
        """Go to All."""
        self.show_view("all")

    def act_go_inbox(self) -> None:
        """Go to New."""
        self.show_view("new")

    def act_go_reply_later(self) -> None:
        """Go to the reply-later pile."""
        self.show_view("later")

    def act_go_screener(self) -> None:
        """Go to first-time senders who may bring outreach."""
        self.show_view("screener")

    def act_go_trash(self) -> None:
        """Go to what was thrown away."""
        self.show_view("trash")

    def act_go_planned(self) -> None:
        """Say which place comes later."""
        place = PLANNED.get(self.fired_by.rpartition(" ")[2], "This place")
        inbox, pile = self.keymap.spelled("go-inbox"), self.keymap.spelled("go-reply-later")
        self.say(f"{place} comes in a later version · {inbox} inbox · {pile} reply-later pile")

    def act_select_all(self) -> None:
        """Select every opportunity of the list."""
        self.list.select(list(self.list.ids))
        self.show_keys()

    def act_select_none(self) -> None:
        """Select none."""
        self.list.select(())
        self.show_keys()

    def act_select_unread(self) -> None:
        """Select what is unread."""
        rows = self.repository.index.rows
        self.list.select([each for each in self.list.ids if rows[each].unread])
        self.show_keys()

    def act_select(self) -> None:
        """Select the row, or no longer, and go on."""
        self.list.toggle_selected()
        self.show_keys()

    def act_select_range(self) -> None:
        """Begin a range here, or end it."""
        self.list.toggle_range()
        self.show_keys()

    def _read_other(self, step: int) -> None:
        self.list.move_by(step)
        if self.reading:
            self.act_open()

    def _view_beside(self, step: int) -> None:
        here = VIEWS.index(self.view) if self.view in VIEWS else 0
        self.show_view(VIEWS[(here + step) % len(VIEWS)])
