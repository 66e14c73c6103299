"""Reading sources from within the inbox, and saying what is outreach."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from textual.message import Message

from store.errors import StoreError
from store.settings import with_sources
from tui.puller import Puller, Told
from tui.screens.acting import Acting

if TYPE_CHECKING:
    from store.intake.screening import Scope

_LOOK_INTO_FOLDERS = 5.0
"""Seconds between two looks into the folders: what is new is read when it looks the same twice."""


class Pulled(Message):
    """How a pull goes, or how it ended."""

    def __init__(self, told: Told) -> None:
        super().__init__()
        self.told = told


class Appeared(Message):
    """Files appeared in the folders of these sources, and do not change any more."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.names = names


class Pulling(Acting):
    """F5 reads every source; folders are looked into by themselves."""

    pulling = ""
    """How far a pull has come, in words."""
    _quietly = False
    """Whether the pull was begun by files that appeared: it says something only where something came."""
    _seen: frozenset[tuple[str, str, object]] = frozenset()
    _asked: frozenset[tuple[str, str, object]] = frozenset()
    """Files that were to be read already: one that no reader takes is not asked for without end."""

    def show_bar(self) -> None:
        """Show counts; the screen says how."""
        raise NotImplementedError

    @cached_property
    def puller(self) -> Puller:
        """Reads sources in a process of its own."""
        return Puller(self.repository.path, self._told_in_thread)

    def _told_in_thread(self, told: Told) -> None:
        self.post_message(Pulled(told))

    def on_unmount(self) -> None:
        """End what is being read; what was read is kept."""
        if "puller" in self.__dict__:
            self.puller.stop()

    def begin_looking_into_folders(self) -> None:
        """Look into the folders of the configuration from now on."""
        self.set_interval(_LOOK_INTO_FOLDERS, self._look_into_folders)
        self._look_into_folders()

    def _sources(self) -> Mapping[str, Any]:
        """Return the sources as the configuration has them by now; an unreadable one changes nothing."""
        with suppress(StoreError):  # the page of sources says what is wrong with it
            self.repository.settings = with_sources(self.repository.settings, self.repository.paths)
        return self.repository.settings.sources

    def _look_into_folders(self) -> None:
        tables = self._sources().values()
        is_any = any(isinstance(table, dict) and table.get("kind") == "folder" for table in tables)
        if is_any and not self.puller.is_busy:
            self.run_worker(self._find_new_files, thread=True, exclusive=True, group="folders")

    def _find_new_files(self) -> None:
        """Find files that are new and were the same at the last look; those still being written wait."""
        from store.intake.watching import new_files

        try:
            found = new_files(self.repository.settings, self.repository.paths, self.repository.state_folder)
        except (StoreError, OSError):
            return  # the page of sources says what is wrong with the configuration, or with a folder
        ready = (self._seen & frozenset(found)) - self._asked
        self._seen, self._asked = frozenset(found), self._asked & frozenset(found) | ready
        if ready:
            self.post_message(Appeared(sorted({name for name, _, _ in ready})))

    def on_appeared(self, event: Appeared) -> None:
        """Read what appeared."""
        if self.puller.is_busy:
            self._asked = frozenset()
            return
        self._quietly = True
        self.puller.pull(event.names)

    def act_reload(self) -> None:
        """Read every source; while that goes on, stop it."""
        if self.puller.is_busy:
            self.puller.cancel()
            self._asked |= self._seen  # nor does it begin again by itself
            self.say("Stopping; what was read is kept.")
            return
        sources = self._sources()
        if not sources:
            self.say("The file was read again. ringback sources says how to set up what F5 reads.")
            return
        self.say(f"{self.pull_sources(list(sources))} · {self.keymap.spelled('reload')} stops")

    def pull_sources(self, names: Sequence[str]) -> str:
        """Read sources of the configuration, unless something is being read; return a sentence."""
        if not self.puller.pull(names):
            return "Something is being read already."
        self._quietly = False
        return f"Reading {', '.join(names)}"

    def on_pulled(self, event: Pulled) -> None:
        """Show how it goes, and what came of it."""
        told = event.told
        if told.report is None and not told.problem:
            self.pulling = f"reading {told.place}: {told.read}"
            self.show_bar()
            self._tell_page(self.pulling)
            return
        self.pulling = ""
        self.show_bar()
        if told.problem:
            sentence, failed = f"Reading ended: {told.problem}", True
        else:
            sentence = self._summary(told.report or {}) or ("" if self._quietly else "Nothing new.")
            failed = bool((told.report or {}).get("failures"))
        if sentence:
            self.say(sentence, warning=failed)
        self._tell_page(sentence, warning=failed, ended=True)

    def _tell_page(self, sentence: str, *, warning: bool = False, ended: bool = False) -> None:
        """Tell a page over the inbox that shows what was read; at the end it is drawn anew."""
        from tui.screens.page import PageScreen

        over = self.app.screen
        if not isinstance(over, PageScreen) or not over.SHOWS_WHAT_WAS_READ:
            return
        if ended:
            over.show_again()
        if sentence:
            over.say(sentence, warning=warning)

    def _summary(self, report: dict[str, object]) -> str:
        """Say what a pull brought, each with the key that leads there."""
        failures = report.get("failures")
        failed = len(failures) if isinstance(failures, list) else 0
        parts = [
            (report.get("added"), "new", ""),
            (report.get("old"), "old, in Done", "view-done"),
            (report.get("review"), "to review", "go-screener"),
            (report.get("left_out"), "left out", "go-left-out"),
            (failed, "not read", "go-sources"),
        ]
        told = ["stopped"] if report.get("cancelled") else []
        for count, words, action in parts:
            if count:
                key = f" ({self.keymap.spelled(action)})" if action else ""
                told.append(f"{count} {words}{key}")
        return " · ".join(told)

    # Is it outreach?

    def act_outreach(self) -> None:
        """Say that it is outreach, and remember that of its sender."""
        self._judge(outreach=True, scope="sender")

    def act_no_outreach(self) -> None:
        """Say that it is none, and remember that of its sender."""
        self._judge(outreach=False, scope="sender")

    def act_outreach_of(self) -> None:
        """Say that it is outreach, and choose of whom that holds."""
        self._ask_scope(outreach=True)

    def act_no_outreach_of(self) -> None:
        """Say that it is none, and choose of whom that holds."""
        self._ask_scope(outreach=False)

    def _judge(self, *, outreach: bool, scope: "Scope", ids: Sequence[int] = ()) -> None:
        from store.intake import screening

        ids = ids or self.targets()
        if not ids:
            return
        here, before = self.list.cursor_id, self.repository.position
        self.list.expect_removal(set(ids))
        try:
            sentence = screening.say(self.repository, ids, outreach=outreach, scope=scope)
        except StoreError as error:
            self.complain(error)
            return
        self.list.selection.clear()
        self.changed()
        if here in ids and self.list.cursor_id == here:
            self.list.move_by(1)
        self.go_on()
        undoes = f" · {self.keymap.spelled('undo')} undoes" if self.repository.position != before else ""
        self.say(sentence + undoes)

    def _ask_scope(self, *, outreach: bool) -> None:
        from store.records.message import Contact
        from store.rules.correcting import domain_of
        from tui.widgets.picker import Choice, Picker

        row = self.one_row()
        if row is None:
            return
        choices = [
            Choice("this", "Only this one", row.role),
            Choice("sender", f"Whatever {row.who} sends", row.email or row.phone),
        ]
        if domain := domain_of(Contact(email=row.email)):
            choices.append(Choice("domain", f"Whatever comes from @{domain}"))
        if row.firm:
            choices.append(Choice("firm", f"Whatever {row.firm} sends"))
        judge = partial(self._judge, outreach=outreach, ids=[row.id])

        def answer(scope: str | None) -> None:
            if scope is not None:
                judge(scope=scope)  # type: ignore[arg-type] # the choices above are scopes

        title = "Outreach is …" if outreach else "No outreach is …"
        self.ask(Picker(self.keymap, title, choices), answer)

    def act_why(self) -> None:
        """Say why it counts as outreach, or does not."""
        from store.intake.why import why
        from tui.screens.why import WhyScreen

        row = self.one_row()
        if row is not None:
            found = why(self.repository, row)
            screen = WhyScreen(self.repository, self.keymap, row.who, found, plain_text=self.plain_text)
            self.app.push_screen(screen)
