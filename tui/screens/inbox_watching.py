"""What the inbox does beside the keys: follow other processes and the clock, have changes published."""

from functools import cached_property

from textual.message import Message

from store import conflicts
from store.changes import Changes
from store.clock import local
from store.errors import StoreError
from store.file.journal import START
from store.summary import owed_since
from tui.publisher import Publisher
from tui.screens.inbox_search import Searching
from tui.unexpected import unexpected

_LOOK_EVERY = 0.5
"""Seconds between two looks at what other processes wrote."""
_TICK_EVERY = 30.0
_DUE_AFTER = 0.3
"""Seconds after a change until what is due is counted again: it looks at every row."""


class Published(Message):
    """The synced file was written, or could not be."""

    def __init__(self, problem: StoreError | None) -> None:
        super().__init__()
        self.problem = problem


class LookedThrough(Message):
    """The whole file was looked through for values that met."""


class Watching(Searching):
    """Looks around twice a second, lets time pass twice a minute, publishes a second after a change."""

    due = 0
    """How many opportunities ask for a look today."""
    problem: StoreError | None = None
    """Why changes are not in the synced file yet."""

    met = 0
    """How many fields have values that met."""

    _heard = START
    """Up to where in the journal it was told what came from elsewhere."""
    _may_count_met = False
    """Whether the file was looked through once, which takes too long between two keys."""
    _asked_about_file = False
    _trouble = ""
    """What was said last about reading what others wrote."""

    def show_bar(self) -> None:
        """Show counts, what is due, and what is wrong; the screen says how."""
        raise NotImplementedError

    def count_due_soon(self) -> None:
        """Count what is due when the keys have had their turn: every row is looked at."""
        self.set_timer(_DUE_AFTER, self.count_due)

    @cached_property
    def publisher(self) -> Publisher:
        """Writes changes to the synced file in a thread of its own."""
        return Publisher(self.repository, self._published_in_thread)

    def begin_watching(self) -> None:
        """Begin what goes on beside the keys; called after the first paint."""
        self.set_interval(_LOOK_EVERY, self.look_around)
        self.set_interval(_TICK_EVERY, self.let_time_pass)
        self._heard = self.repository.position
        self.publisher.start()
        self.repository.state_folder.clear_opened()
        self.repository.index.warm()
        self.count_due()
        if self.repository.read_only:
            self.say(self.repository.read_only, warning=True)
        self.ask_about_missing_file()
        self.run_worker(self._look_for_what_met, thread=True)

    def _look_for_what_met(self) -> None:
        conflicts.prepare(self.repository)
        self.post_message(LookedThrough())

    def on_looked_through(self) -> None:
        """Count what met, now that it is quick."""
        self._may_count_met = True
        self.count_due()

    def ask_about_missing_file(self) -> None:
        """Ask once, where the data file is gone, whether to write it anew: it may only be on its way."""
        if self._asked_about_file or self.app.screen is not self or not self.repository.is_missing:
            return
        from tui.widgets.picker import Choice, Picker

        self._asked_about_file = True
        choices = [
            Choice("wait", "Leave it for now", "changes wait on this machine"),
            Choice("write", "Write it anew", "from everything this machine knows"),
        ]

        def answer(chosen: str | None) -> None:
            if chosen == "write":
                self.publisher.recreate()

        about = f"{self.repository.path} is missing. A syncer may be about to bring it back."
        self.ask(Picker(self.keymap, "The data file is gone", choices, about=about), answer)

    def on_unmount(self) -> None:
        """End the threads."""
        self.publisher.stop()
        self.finder.stop()

    def act_suspend(self) -> None:
        """Go back to the shell, holding no lock that others wait for."""
        with self.publisher.resting():
            self.app.action_suspend_process()

    def look_around(self) -> None:
        """Take in what other processes wrote."""
        try:
            changes = self.repository.refresh()
        except Exception as error:  # it is looked for twice a second, and said once
            trouble = unexpected("What others wrote could not be read", error)
            if self._trouble != trouble.sentence:
                self._trouble = trouble.sentence
                self.complain(trouble)
            return
        self._trouble = ""
        if changes.rows or changes.everything:
            self.show_list()
            self.look_again()
        if changes.merged or changes.sentences:
            self._tell_news(changes)

    def _tell_news(self, changes: Changes) -> None:
        """Say what came from elsewhere, wherever the user is; a list over the inbox shows it too."""
        from store import elsewhere
        from store.file.arrivals import CAME
        from tui.screens.list_page import ListPage

        sentences = [each for each in changes.sentences if not each.endswith(CAME)]
        if changes.merged:
            news = elsewhere.sentence(elsewhere.changes(self.repository, since=self._heard))
            key = self.keymap.spelled("go-elsewhere")
            sentences += [f"{news} · {key} shows it"] if news else []
            self._heard = self.repository.position
            self.count_due_soon()
        top = self.app.screen
        if isinstance(top, ListPage):
            top.show_again()
        if sentences:
            (top.say if isinstance(top, ListPage) else self.say)(" ".join(sentences))

    def let_time_pass(self) -> None:
        """Wake what was snoozed until now, and count what is due."""
        self.repository.index.tick(self.now)
        self.count_due()
        self.show_list()

    def on_published(self, event: Published) -> None:
        """Show whether everything is in the synced file."""
        self.problem = event.problem
        self.ask_about_missing_file()
        self.look_around()
        self.show_bar()

    def count_due(self) -> None:
        """Count what asks for a look until midnight."""
        now = self.now
        midnight = local(now).replace(hour=23, minute=59, second=59)
        until = int(midnight.timestamp() * 1000)
        owed = sum(moment <= until for moment in owed_since(self.repository.documents))
        self.due = len(self.repository.index.due(now, until)) + owed
        if self._may_count_met:
            self.met = len(conflicts.met(self.repository))
        self.show_bar()

    def _published_in_thread(self, problem: StoreError | None) -> None:
        self.post_message(Published(problem))
