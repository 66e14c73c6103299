"""The inbox: a list, a reader, the views over them and the keys under them."""

from collections.abc import Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal

from store import alike
from store.rules.row import Row
from store.rules.views import LISTS, VIEWS, view_of
from tui.actions import BY_ID, spell
from tui.dispatch import Cancelled, Pending
from tui.screens.empty import nothing_found, why_empty
from tui.screens.inbox_capture import Captures
from tui.screens.inbox_deciding import Deciding
from tui.screens.inbox_joining import Joining
from tui.screens.inbox_looking import Looking
from tui.screens.inbox_moving import WIDE, Moving
from tui.screens.inbox_places import Places
from tui.screens.inbox_prompts import Prompts
from tui.screens.inbox_search import Searching
from tui.screens.inbox_verbs import Verbs
from tui.screens.inbox_watching import Watching
from tui.text import Safe, safe
from tui.widgets.cells import NOTHING
from tui.widgets.view_bar import ViewBar

if TYPE_CHECKING:
    from tui.widgets.key_footer import Item

_LIST_KEYS = ("decide", "done", "snooze", "reply-later", "wait", "person", "search", "help")
_READER_KEYS = ("decide", "done", "snooze", "reply-later", "note", "read-next", "close", "help")
_SCREENER_KEYS = ("outreach", "no-outreach", "why", "open", "go-left-out", "help")
_EMPTY_KEYS = ("capture-email", "view-next", "search", "close", "help")
_SHORT = {
    "capture-email": "capture",
    "view-next": "next view",
    "read-next": "next",
    "close": "back",
    "wait": "waiting",
    "note": "note",
    "person": "recruiter",
}

_BRIEF = {"first": "top", "go-reply-later": "later", "go-conflicts": "edits met", "go-elsewhere": "elsewhere"}
"""What a sequence leads to, where the title is longer than it need be."""


class InboxScreen(Verbs, Prompts, Joining, Captures, Deciding, Looking, Places, Watching, Searching, Moving):
    """List left and reader right; below 110 columns the list alone, and the reader over it."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 # as Textual declares it
    AUTO_FOCUS = None
    _perhaps: tuple[int, str] = (0, "")
    """What the opportunity that was opened may be one with: its id, and a sentence."""

    @cached_property
    def bar(self) -> ViewBar:
        """The views and their counts."""
        return ViewBar(plain_text=self.plain_text)

    def compose(self) -> ComposeResult:
        """Lay out bar, list, reader and footer, in the right width from the first layout on."""
        wide = self.app.size.width >= WIDE
        self.list.ruled = wide
        self.add_class("-wide" if wide else "-narrow")
        yield self.bar
        with Horizontal(id="panes"):
            yield self.list
            yield self.reader
        yield self.footer

    def on_mount(self) -> None:
        """Show the list at once; what can wait comes after the first paint."""
        if not self.settings.preview:
            self.add_class("-alone")
        self.list.moved = self._show_row
        self.list.focus()
        self.show_list(afresh=True)
        self.show_keys()
        self.call_after_refresh(self.begin_watching)
        self.call_after_refresh(self.begin_looking_into_folders)

    # What is shown

    def show_view(self, view: str) -> None:
        """Show a view from its top."""
        self.view = view
        self.clear_search()
        if self.reading:
            self.leave_reader()
        self.show_list(afresh=True)

    def show_list(self, *, afresh: bool = False) -> None:
        """Show the view, or what the search found; the cursor keeps its opportunity unless `afresh`."""
        index, query = self.repository.index, self.query_in_force
        show = self.list.show_afresh if afresh else self.list.show
        if query is not None and self._found_text:
            show(self.found, self._place_found, now=self.now, words=query.marks)
            self.list.show_empty(nothing_found(query.text, self.keymap))
        else:
            show(index.view(self.view), partial(index.position, self.view), now=self.now)
            self.list.show_empty(why_empty(self.view, index.counts(), self.keymap))
        self.show_bar()
        self._show_row()
        self.show_keys()

    def changed(self) -> None:
        """Show what a change made of the list, and let it be published."""
        self.show_list()
        self.look_again()
        self.publisher.wake()
        self.count_due_soon()

    def captured(self, opportunity: int, sentence: str) -> None:
        """Show what was captured and where it went."""
        self.changed()
        self.reveal(opportunity)
        self.say(f"{sentence} · {self.keymap.spelled('undo')} undoes")

    def reveal(self, opportunity: int) -> None:
        """Put the cursor on an opportunity, in the view it stands in."""
        row = self.repository.index.find(opportunity)
        if row is None:
            return
        if row.id not in self.list.ids:
            view = view_of(row, self.now)
            self.show_view(view if view in LISTS else "all")
        self.list.go_to_first_of([row.id])

    def show_keys(self) -> None:
        """Show the keys that matter here, or how many are selected."""
        if self.is_searching:
            back = safe(self.keymap.spelled("back"))
            self.footer.show([(Safe("Enter"), Safe("on in the list")), (back, Safe("ends the search"))])
            return
        ids = self._keys_here()
        items: list[Item] = [
            (safe(self.keymap.spelled(each)), Safe(self._short(each)))
            for each in ids
            if self.keymap.keys(each)
        ]
        count = len(self.list.selected)
        self.footer.show(items, Safe(f"{count} selected") if count else NOTHING)

    @property
    def _is_top(self) -> bool:
        """Whether nothing is left to close but the program."""
        return not self.reading and self.query_in_force is None and self.view in VIEWS

    def _short(self, action: str) -> str:
        if action == "close" and self._is_top:
            return "quit"
        return _SHORT.get(action, BY_ID[action].title.lower())

    def _keys_here(self) -> Sequence[str]:
        if not self.list.ids and not self.reading:
            return _EMPTY_KEYS
        if self.view == "screener" and self.query_in_force is None:
            return _SCREENER_KEYS
        return _READER_KEYS if self.reading else _LIST_KEYS

    def show_pending(self, pending: Pending | Cancelled | None) -> None:
        """Show how a sequence can go on."""
        self.footer.hush()
        if isinstance(pending, Pending):
            items: list[Item] = [
                (safe(spell(rest)), Safe(_BRIEF.get(action.id, action.title.lower())))
                for rest, action in pending.choices
                if action.id != "go-planned"
            ]
            self.footer.show(items, safe(spell(pending.prefix)), all_of_them=True)
            return
        self.show_keys()
        if isinstance(pending, Cancelled):
            self.say(f"{pending.keys} is no key here.")

    # Going in and out

    def act_open(self) -> None:
        """Read the opportunity under the cursor, and mark it read."""
        row = self.row
        if row is None:
            return
        self.add_class("-reading")
        self.reader.focus()
        self._perhaps = (row.id, self._likely(row))
        self._show_row()
        self.show_keys()
        self.mark_read(row)

    def _likely(self, row: Row) -> str:
        """Say what the opportunity may be one with, and what to press."""
        found = alike.alike(self.repository, row)
        if not found:
            return ""
        words = alike.sentence(found, self.repository.index.code(found[0].row.id))
        ways = (("merge", "merges"), ("unlike", "says no"))
        keys = ", ".join(f"{key} {does}" for action, does in ways if (key := self.keymap.spelled(action)))
        return " · ".join(filter(None, (f"{words[:1].upper()}{words[1:]}", keys)))

    def go_on(self) -> None:
        """While reading, open what the cursor has come to; back to the list where there is no more."""
        if self.reading and self.row is not None:
            self.act_open()
        elif self.reading:
            self.leave_reader()

    def act_back(self) -> None:
        """Clear the selection, then the search, then leave the reader."""
        if len(self.list.selection):
            self.act_select_none()
        elif self.reading and not self.is_searching:
            self.leave_reader()
        elif self.is_searching or self.query_in_force is not None:
            self.clear_search()
        elif self.view != "new":
            self.show_view("new")

    def act_close(self) -> None:
        """Leave the reader, then the search, then a view that is none of the row; at the top, quit."""
        if self.reading:
            self.leave_reader()
        elif self.query_in_force is not None:
            self.clear_search()
        elif not self._is_top:
            self.show_view("new")
        else:
            self.app.exit()

    # What others report

    def on_opportunity_list_opened(self) -> None:
        """Open what was clicked twice."""
        self.act_open()

    def on_view_bar_chosen(self, event: ViewBar.Chosen) -> None:
        """Open the view that was clicked."""
        self.show_view(event.view)

    def on_resize(self, event: events.Resize) -> None:
        """Part the panes by a rule where there are two."""
        self.list.ruled = event.size.width >= WIDE
        self.show_bar()

    def on_descendant_focus(self) -> None:
        """A click into the list ends the reading."""
        if self.list.has_focus and self.reading:
            self.leave_reader()

    async def on_key(self, event: events.Key) -> None:  # noqa: ARG002
        """Let a sentence go when the next key comes; Textual calls the base class, which acts on it, too."""
        self.footer.hush()

    def _place_found(self, opportunity: int) -> int | None:
        return self._places.get(opportunity)

    def _show_row(self) -> None:
        query = self.query_in_force
        row, (about, perhaps) = self.row, self._perhaps
        self.reader.show(
            row,
            now=self.now,
            words=query.marks if query is not None else (),
            perhaps=perhaps if self.reading and row is not None and row.id == about else "",
        )

    def show_bar(self) -> None:
        """Show counts, what is due, and what is wrong."""
        is_wide = self.app.size.width >= WIDE
        edits = f"{'edit' if self.met == 1 else 'edits'} " if is_wide else ""
        met = f"{self.met} {edits}met" if self.met else ""
        index = self.repository.index
        # What was old when it came does not ask for attention, here as little as in New.
        screened = sum(not index.rows[id].late for id in index.view("screener"))
        screened_words = f"{screened} to screen" if screened else ""
        parts = (self.pulling, f"{self.due} due" if self.due else "", screened_words, met)
        due = safe(" · ".join(filter(None, parts)))
        if is_wide:
            due = Safe(f"passive · {due or 'nothing due'}")
        warning = Safe("not yet in the synced file") if self.problem else NOTHING
        if self.repository.read_only:
            warning = Safe("read only")
        self.bar.show(self.view, self.repository.index.counts(), right=due, warning=warning)
