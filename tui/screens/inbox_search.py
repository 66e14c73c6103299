"""Live search: what the query finds in any view, while it is typed."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message
from textual.widgets import Input

from store.errors import UsageError
from store.rules.query import Query, parse
from tui.finder import Finder
from tui.screens.acting import Acting
from tui.unexpected import unexpected

if TYPE_CHECKING:
    from tui.widgets.search_bar import SearchBar


class Found(Message):
    """A query was answered."""

    def __init__(self, query: Query, found: Sequence[int]) -> None:
        super().__init__()
        self.query = query
        self.found = found


class Unanswered(Message):
    """A query could not be answered."""

    def __init__(self, query: Query, error: Exception) -> None:
        super().__init__()
        self.query = query
        self.error = error


class Searching(Acting):
    """`/` opens the field; Enter goes on in what was found, Esc shows the view again."""

    search_bar: "SearchBar | None" = None
    """The field, made when the first search begins."""
    query_in_force: Query | None = None
    found: Sequence[int] = ()
    _found_text = ""
    """The query that `found` answers."""
    _places: Mapping[int, int] = {}

    @cached_property
    def finder(self) -> Finder:
        """Looks for queries in a thread of its own."""
        return Finder(self._find, self._found_in_thread, self._failed_in_thread)

    def show_keys(self) -> None:
        """Show the keys that matter here; the screen says which."""
        raise NotImplementedError

    @property
    def is_searching(self) -> bool:
        """Whether a query is being typed."""
        return self.search_bar is not None and self.search_bar.has_focus_within

    def show_list(self, *, afresh: bool = False) -> None:
        """Show the list; the screen says how."""
        raise NotImplementedError

    async def act_search(self) -> None:
        """Open the field, with the query in force."""
        if self.search_bar is None:
            from tui.widgets.search_bar import SearchBar

            self.search_bar = SearchBar(plain_text=self.plain_text)
            await self.mount(self.search_bar, before=self.footer)
        self.search_bar.display = True
        self.search_bar.field.focus()
        self.call_after_refresh(self.show_keys)

    async def act_select_query(self) -> None:
        """Search first: what was found can be selected as a whole."""
        await self.act_search()
        self.say(f"Search, then {self.keymap.spelled('select-all')} selects what was found")

    def act_match_next(self) -> None:
        """Go to the next match in the reader beside the list, then to the next row that was found."""
        self._match(1)

    def act_match_previous(self) -> None:
        """Go to the match before in the reader beside the list, then to the row before."""
        self._match(-1)

    def on_timeline_no_match(self) -> None:
        """Say that there is no other."""
        self.say("No other match that way.")

    @on(Input.Changed, "SearchBar Line")
    def search_while_typing(self, event: Input.Changed) -> None:
        """Look for what is typed so far."""
        self.search_for(event.value, typing=True)

    @on(Input.Submitted, "SearchBar Line")
    def finish_search(self, event: Input.Submitted) -> None:
        """Go on in the list; stay where the query cannot be understood, and end it where it is empty."""
        if not event.value.strip():
            self.clear_search()
        elif self.search_for(event.value, typing=False):
            self.list.focus()
            self.call_after_refresh(self.show_keys)

    def search_for(self, text: str, *, typing: bool) -> bool:
        """Look for a query; tell whether it could be understood."""
        try:
            query = parse(text, self.now, None, typing=typing, silent_days=self.settings.silent_days)
        except UsageError as error:
            self._remark(error.sentence, warning=True)
            if not typing:
                self.complain(error)
            return False
        if query.everything:
            self.query_in_force, self.found = None, ()
            self._remark("")
            self.show_list(afresh=True)
        else:
            self.query_in_force = query
            self.finder.look_for(query)
        return True

    def look_again(self) -> None:
        """Look for the same after something changed."""
        if self.query_in_force is not None:
            self.finder.look_for(self.query_in_force)

    def clear_search(self) -> None:
        """Show the view again; what was selected among the found is selected no longer."""
        if self.query_in_force is not None:
            self.list.selection.clear()
        self.query_in_force, self.found, self._found_text = None, (), ""
        if self.search_bar is not None:
            self.search_bar.display = False
            with self.prevent(Input.Changed):
                self.search_bar.field.value = ""
        self.set_focus(self.list)  # at once, because the keys that are shown follow the focus
        self.show_list()

    def _match(self, step: int) -> None:
        if self.query_in_force is None:
            self.say(f"{self.keymap.spelled('search')} begins a search.")
        elif not self.reader.next_match(step):
            self.list.move_by(step)

    def _remark(self, text: str, *, warning: bool = False) -> None:
        if self.search_bar is not None:
            self.search_bar.say(text, warning=warning)

    def _find(self, query: Query) -> Sequence[int]:
        return self.repository.search.find(query, self.now, silent_days=self.settings.silent_days)

    def _found_in_thread(self, query: Query, found: Sequence[int]) -> None:
        self.post_message(Found(query, found))

    def _failed_in_thread(self, query: Query, error: Exception) -> None:
        self.post_message(Unanswered(query, error))

    def on_unanswered(self, event: Unanswered) -> None:
        """Say why nothing was found, unless something else is looked for by now."""
        if event.query is self.query_in_force:
            self._remark("not answered", warning=True)
            self.complain(unexpected("The search failed", event.error))

    def on_found(self, event: Found) -> None:
        """Show what was found, unless something else is looked for by now."""
        query, found = event.query, event.found
        if query is not self.query_in_force:
            return
        again = query.text == self._found_text
        self.found, self._found_text = found, query.text
        self._places = {each: place for place, each in enumerate(found)}
        self._remark(f"{len(found)} found" if found else "nothing found")
        self.show_list(afresh=not again)
