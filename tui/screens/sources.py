"""The sources: what messages are read from, when that was last done, what failed, and what to do next."""

from collections.abc import Callable, Sequence
from pathlib import Path

from store.errors import StoreError
from store.intake.overview import Overview, counts, left_out_count, let_go, overviews
from store.repository import Repository
from store.rules.dates import age, describe
from tui.keymap import Keymap
from tui.screens.list_page import ListPage, paragraph
from tui.screens.page import Drawn
from tui.text import Safe, safe
from tui.widgets.cells import Piece, cut, fill
from tui.widgets.look import Look

_AGE, _NAME, _FEWEST = 6, 24, 8


class SourcesScreen(ListPage):
    """Lists the sources of the configuration, then what was read by hand."""

    PLACE = "Sources"
    SHOWS_WHAT_WAS_READ = True

    def __init__(
        self,
        repository: Repository,
        keymap: Keymap,
        pull: Callable[[Sequence[str]], str],
        *,
        plain_text: bool,
    ) -> None:
        super().__init__(repository, keymap, plain_text=plain_text)
        self._pull = pull
        self._sources: list[Overview] = []
        self._left_out = 0
        self._problem = ""

    def gather(self) -> None:
        """Read what is configured and what was read."""
        self._problem = ""
        try:
            self._sources = overviews(self.repository)
            self._left_out = left_out_count(self.repository)
        except StoreError as error:
            self._sources, self._problem = [], f"{error.sentence} {error.hint}"

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._sources)

    def key_at(self, place: int) -> object:
        """Return the source."""
        return self._sources[place].name

    def title_line(self) -> str:
        """Return what stands at the top."""
        left_out = f" · {self._left_out} left out" if self._left_out else ""
        return f"Sources   {self.count}{left_out}" if self.count else "Sources"

    def footer_keys(self) -> list[tuple[str, str]]:
        """Return the keys of this page."""
        if not self.count:
            return []
        is_configured = self._sources[self.entries.cursor].is_configured
        return self.keys_of(*(("pull_one", "pull_all") if is_configured else ("pull_all", "let_go")))

    def nothing(self) -> Sequence[str]:
        """Say how a source is added."""
        if self._problem:
            return ("The sources in the configuration cannot be read.", self._problem)
        return (
            "No source is set up.",
            "ringback sources add imap NAME --host HOST --user USER reads a mailbox, again and again.",
            "ringback sources add folder NAME PATH reads whatever you put into a folder.",
            "ringback pull FILE reads a file once: mail, LinkedIn's export, a backup of texts and calls.",
        )

    def draw_entry(self, place: int, look: Look, width: int) -> Sequence[Piece]:
        """Draw a source: when it was read, its name, what came of it."""
        source, ellipsis = self._sources[place], look.marks.ellipsis
        name = min(_NAME, max(width - _AGE - _FEWEST, _FEWEST))
        rest = max(width - _AGE - name, 0)
        when = age(source.reading.at, self.repository.now()) if source.reading else "never"
        failed = bool(source.reading and source.reading.failed) or (
            bool(source.next) and bool(source.reading)
        )
        return [
            (Safe(when.rjust(_AGE - 1) + " "), look.faint),
            (fill(cut(safe(source.name.rpartition("/")[2]), name - 1, ellipsis), name), look.strong),
            (cut(safe(_words(source)), rest, ellipsis), look.warning if failed else look.plain),
        ]

    def detail(self, place: int, look: Look, width: int) -> Drawn:
        """Tell a source whole: where it is, its newest reading, every failure with its place."""
        source = self._sources[place]
        drawn = paragraph(source.name, look, width, style="strong")
        drawn += paragraph(f"{source.kind} · {source.place}", look, width, style="dim")
        if source.reading is None:
            return [*drawn, [], *paragraph(f"Never read. {source.next}", look, width)]
        when = describe(source.reading.at, self.repository.now(), None)
        drawn += [[], *paragraph(f"read {when}", look, width, style="dim")]
        found = ", ".join(f"{count} {name}" for name, count in counts(source.reading))
        drawn += paragraph(found, look, width)
        failures = source.reading.failures
        if source.next and source.next not in [failure.reason for failure in failures]:
            drawn += [[], *paragraph(source.next, look, width, style="warning")]
        for failure in failures:
            drawn += [[], *paragraph(_from_home(failure.place), look, width, style="plain")]
            drawn += paragraph(failure.reason, look, width, style="warning", indent=2)
        return drawn

    # Keys

    def pull_one(self) -> None:
        """Read the source under the cursor."""
        if not self.count:
            return
        source = self._sources[self.entries.cursor]
        if source.is_configured:
            self.say(self._pull([source.name]))
        elif source.kind == "by hand":
            self.say(f"It was read by hand: ringback pull {source.name} reads it again.")
        else:
            self.say("It is no longer in the configuration.")

    def pull_all(self) -> None:
        """Read every source of the configuration."""
        names = [source.name for source in self._sources if source.is_configured]
        if names:
            self.say(self._pull(names))

    def act_undo(self) -> None:
        """Say where undo stands: nothing that is done on this page is a change of the file."""
        self.say("Nothing here is undone; in the inbox the last change is, a pull too.")

    def let_go(self) -> None:
        """Take what the configuration does not have off the list."""
        if not self.count:
            return
        try:
            sentence = let_go(self.repository, self._sources[self.entries.cursor].name)
        except StoreError as error:
            self.say(f"{error.sentence} {error.hint}", warning=True)
            return
        self.show_again()
        self.say(sentence)


def _from_home(place: str) -> str:
    """Write a place below the home folder with a tilde, as a shell does."""
    home = f"{Path.home()}/"
    return f"~/{place[len(home) :]}" if place.startswith(home) else place


def _words(source: Overview) -> str:
    if source.reading is None:
        return source.kind
    told = [f"{count} {name}" for name, count in counts(source.reading)]
    if source.reading.failed:
        told = [told[-1], *told[:-1]]  # what failed comes first: a narrow window cuts the end
    return ", ".join(told)
