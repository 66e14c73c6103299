"""What was left out: messages that are no outreach, each with its reasons, to be taken in after all."""

from collections.abc import Sequence
from itertools import islice

from store.errors import StoreError
from store.intake import screening
from store.intake.knowledge import knowledge_of
from store.intake.left_out import Left
from store.intake.memory import Memory
from store.intake.why import Judged, left_because
from store.rules.dates import age
from store.rules.outreach import Judgement, Knowledge, judge
from tui.screens.headers import HeadersScreen
from tui.screens.list_page import ListPage, paragraph
from tui.screens.page import Drawn
from tui.screens.why import judged_lines
from tui.text import Safe, safe
from tui.widgets.cells import Piece, cut, fill
from tui.widgets.look import Look

_AGE, _WHO, _WHAT, _FEWEST = 5, 16, 15, 20
MOST = 1_000
"""Messages that are listed; a filter looks through all of them."""
_SHOWN = 1_500


class LeftOutScreen(ListPage):
    """Lists them, the newest first."""

    PLACE = "Left out"
    SHOWS_WHAT_WAS_READ = True
    FILTERS_BY = "a sender, a subject"

    _left: Sequence[Left] = ()
    _total = 0
    _knowledge = Knowledge()
    _problem = ""

    def gather(self) -> None:
        """Read what was left out on this machine, and what it is judged by."""
        self._problem = ""
        try:
            with Memory.of(self.repository) as memory:
                self._total = memory.left_out.count()
                self._left = self._found(memory)
        except StoreError as error:
            self._left, self._total, self._problem = (), 0, f"{error.sentence} {error.hint}"
        self._knowledge = knowledge_of(self.repository)

    def _found(self, memory: Memory) -> Sequence[Left]:
        words = self.words.casefold().split()
        if not words:
            return memory.left_out.newest(MOST)
        fitting = (
            left for left in memory.left_out.everything() if all(word in _text(left) for word in words)
        )
        return list(islice(fitting, MOST))

    def _judgement(self, left: Left) -> Judgement:
        return judge(left.message, self._knowledge)

    @property
    def count(self) -> int:
        """How many are listed."""
        return len(self._left)

    def key_at(self, place: int) -> object:
        """Return the message."""
        return self._left[place].id

    def title_line(self) -> str:
        """Return what stands at the top."""
        shown = f"{self.count} of {self._total}" if self.count != self._total else str(self._total)
        return f"Left out   {shown}" if self._total else "Left out"

    def footer_keys(self) -> list[tuple[str, str]]:
        """Return the keys of this page."""
        return self.keys_of("take", "take_domain", "headers", "filter") if self._total else []

    def nothing(self) -> Sequence[str]:
        """Say when there is something here."""
        if self._problem:
            return ("What was left out cannot be read.", self._problem)
        if self.words:
            return (f"Nothing has “{self.words}” in it.", "Esc shows everything again.")
        return (
            "Nothing was left out.",
            "What a source holds besides outreach is kept here, on this machine only, and can be taken in.",
        )

    def draw_entry(self, place: int, look: Look, width: int) -> Sequence[Piece]:
        """Draw a message: when, from whom, about what, and why it was left out."""
        left, ellipsis = self._left[place], look.marks.ellipsis
        message = left.message
        who = min(_WHO, max(width - _AGE - _FEWEST, _FEWEST))
        what = _WHAT if width > _AGE + who + _WHAT + _FEWEST else 0
        rest = max(width - _AGE - who - what, 0)
        pieces: list[Piece] = [
            (Safe(age(message.at, self.repository.now()).rjust(_AGE - 1) + " "), look.faint),
            (fill(cut(safe(_sender(left)), who - 1, ellipsis), who), look.plain),
            (fill(cut(safe(_title(left)), rest - 1, ellipsis), rest), look.dim),
        ]
        if what:
            because = left_because(self.repository, left, self._judgement(left))
            pieces.append((cut(safe(because), what, ellipsis), look.faint))
        return pieces

    def detail(self, place: int, look: Look, width: int) -> Drawn:
        """Tell why it was left out, and what it says."""
        left = self._left[place]
        judged = Judged(left.id, left.message, self._judgement(left))
        drawn = paragraph(_sender(left), look, width)
        drawn += judged_lines(judged, look, width, self.repository.now())
        return [*drawn, [], *paragraph(left.message.body[:_SHOWN], look, width, style="dim")]

    # Keys

    def take(self) -> None:
        """Take it in as outreach, and whatever else its sender sends."""
        self._take("sender")

    def take_domain(self) -> None:
        """Take in whatever comes from the sender's domain."""
        self._take("domain")

    def take_one(self) -> None:
        """Take in this one alone."""
        self._take("this")

    def headers(self) -> None:
        """Show the mail as it came."""
        if self.count:
            message = self._left[self.entries.cursor].message
            self.app.push_screen(
                HeadersScreen(self.repository, self.keymap, message, plain_text=self.plain_text)
            )

    def _take(self, scope: screening.Scope) -> None:
        if not self.count:
            return
        left, before = self._left[self.entries.cursor], self.repository.position
        try:
            sentence = screening.say(self.repository, (), outreach=True, scope=scope, left=[left])
        except StoreError as error:
            self.say(f"{error.sentence} {error.hint}", warning=True)
            return
        self.show_again()
        undoes = f" · {self.keymap.spelled('undo')} undoes" if self.repository.position != before else ""
        self.say(sentence + undoes)


def _sender(left: Left) -> str:
    sender = left.message.sender
    return sender.name or sender.email or sender.phone or "unknown sender"


def _title(left: Left) -> str:
    return left.message.subject or " ".join(left.message.body[:200].split())


def _text(left: Left) -> str:
    return f"{_sender(left)} {left.message.sender.email} {left.message.subject}".casefold()
