"""The reviews: what became of it is asked first, and what was decided is shown after."""

from collections.abc import Sequence

import msgspec

from store import deciding, seat
from store.decisions import Due
from store.errors import StoreError, UsageError
from store.records.review import Review
from store.repository import Repository
from store.rules.dates import describe_day
from store.rules.ledger_words import decided, why
from store.rules.questions import Question
from store.rules.review import answered, questions_for, square, words_of
from store.rules.row import Row
from store.rules.timeline import Entry
from tui.keymap import Keymap
from tui.screens.kept_words import KeptWords
from tui.screens.sides import Drawn, SidesScreen
from tui.text import Safe, safe
from tui.widgets.cells import Piece, fill
from tui.widgets.ledger_lines import ledger_lines
from tui.widgets.look import Look
from tui.widgets.wrapping import wrapped

_NUMBER = 4
_SHORT = 25


class ReviewScreen(SidesScreen[None]):
    """Leads through the decisions that are due, the one that waits longest first."""

    PLACE = "Looking back"

    def __init__(self, repository: Repository, keymap: Keymap, *, plain_text: bool) -> None:
        super().__init__(repository, keymap, plain_text=plain_text)
        self._due: list[Due] = []
        self._review = Review()
        self._at = 0
        self._begin()

    def _begin(self) -> None:
        """Take the next one that is due, with what was answered of it before."""
        self._due = self.repository.decisions.due(self.repository.now())
        self._review, self._at, self.keeper, self.complaint = Review(), 0, None, ""
        if self._due:
            self.keeper = KeptWords(self.repository, f"review-{self._due[0].entry.id}")
            self._take_up(self.keeper.load())

    def _take_up(self, words: dict[str, str]) -> None:
        try:
            self._review = msgspec.json.decode(words.get("review", ""), type=Review)
            self._at = min(int(words.get("at", "0")), len(self._questions))
        except (msgspec.MsgspecError, ValueError):
            self._review, self._at = Review(), 0

    @property
    def _present(self) -> Due | None:
        return self._due[0] if self._due else None

    @property
    def _questions(self) -> tuple[Question, ...]:
        return questions_for(self._due[0].entry.decision) if self._due else ()

    @property
    def _question(self) -> Question | None:
        return self._questions[self._at] if self._at < len(self._questions) else None

    def row(self) -> Row | None:
        """Return the opportunity that was decided on."""
        return self._present.entry.row if self._present is not None else None

    def entries(self, row: Row) -> Sequence[Entry]:
        """Return the timeline up to the decision; what was decided is not told before the end."""
        entries = self.repository.timeline(row)
        if self._question is None:
            return entries
        return [entry for entry in entries if entry.kind in ("message", "note")]

    def fills_the_screen(self) -> bool:
        """The old entry takes the message's place where there is no room for both."""
        return self._question is None

    # Answering

    def press(self, key: str) -> bool:
        """Answer the present question; at the end, Enter keeps the review."""
        if self._present is None:
            return False
        if key == "up":
            self._at = max(self._at - 1, 0)
        elif key == "down":
            return True
        elif self._question is None:
            return self._end(key)
        elif self._question.name == "line" and key != "enter":
            self.ask_words("line", "one line for next time; Enter keeps it", key)
            return True
        else:
            self._give("" if key == "enter" else key)
        self.show_again()
        return True

    def _end(self, key: str) -> bool:
        if key == "enter":
            self.act_finish()
        return True

    def _give(self, key: str) -> None:
        question = self._question
        if question is None:
            return
        try:
            self._review = answered(self._review, question.name, key)
        except StoreError as error:
            self.complaint = f"{error.sentence} {error.hint}"
            return
        self.complaint = ""
        self._at += 1
        self._keep()

    def take_words(self, asks: str, text: str) -> None:
        """Keep the line for next time."""
        self._review = answered(self._review, asks, text)
        self._at = len(self._questions)
        self._keep()

    def _keep(self) -> None:
        if self.keeper is not None:
            words = {"review": msgspec.json.encode(self._review).decode(), "at": str(self._at)}
            self.complaint = self.keeper.write(words)

    def act_finish(self) -> None:
        """Seal the review, and go on to the next."""
        present = self._present
        if present is None or not self.finish_words():
            return
        try:
            if self._review == Review():
                raise UsageError("Nothing is answered yet.", "Answer at least one question.")
            kept = msgspec.structs.replace(self._review, due=present.due)
            self.repository.transact(
                "Review", lambda t: deciding.review(t, present.entry, kept), durable=False
            )
        except StoreError as error:
            self.complain(error)
            return
        if self.keeper is not None:
            self.keeper.discard()
        self._begin()
        self.show_again()

    def act_undo(self) -> None:
        """Take back the last review."""
        try:
            self.repository.undo(durable=False)
        except StoreError as error:
            self.complain(error)
            return
        if self.keeper is not None:
            self.keeper.leave()
        self._begin()
        self.show_again()

    def act_back(self) -> None:
        """Close the line of words; else leave, what was answered stays."""
        if self.asks:
            self.close_words()
            self.show_again()
            return
        if self.keeper is not None:
            self.keeper.leave()
        self.dismiss(None)

    def act_close(self) -> None:
        """Leave."""
        self.act_back()

    # Drawing

    def footer_keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys that matter now."""
        back = (self.keymap.spelled("back"), "back")
        if self._present is None:
            return [back, ("?", "help")]
        if self.asks:
            return [("Enter", "keep the words"), (back[0], "leave them")]
        if self._question is None:
            return [("Enter", "keep this and go on"), ("↑", "change"), back, ("?", "help")]
        return [("Enter", "unknown"), ("↑", "back"), ("PgDn", "read on"), (back[0], "later"), ("?", "help")]

    def draw_title(self, look: Look, width: int) -> Drawn:  # noqa: ARG002
        """Draw how many are due."""
        count = f"   {len(self._due)} due" if self._due else ""
        return [[(Safe("Looking back"), look.strong), (Safe(count), look.dim)]]

    def draw_known(self, look: Look, width: int) -> Drawn:
        """Draw when it was decided, and nothing of what."""
        present = self._present
        if present is None:
            return []
        decision, now = present.entry.decision, self.repository.now()
        when = describe_day(decision.at, now)
        text = f"You never answered; silent since {when}." if decision.by_default else f"Decided on {when}."
        return [[(line, look.dim)] for line in wrapped(text, width)]

    def draw_questions(self, look: Look, width: int) -> Drawn:
        """Draw the questions, and at their end the old entry."""
        if self._present is None:
            return self._nothing_due(look, width)
        drawn = [] if self.is_alone and self._question is not None else self._answered(look)
        question = self._question
        if question is None:
            return [*drawn, [], *self._revealed(look, width)]
        drawn += [[]] if drawn else []
        first, *others = wrapped(question.text, width - _NUMBER)
        margin: Piece = (Safe(" " * _NUMBER), look.plain)
        drawn.append([(Safe(f"{question.number:>2}  "), look.accent), (first, look.strong)])
        drawn += [[margin, (line, look.strong)] for line in others]
        drawn.append([])
        for each in question.keys:
            drawn.append([margin, (Safe(each.key), look.accent), (Safe(f"  {each.meaning}"), look.plain)])
        if question.name == "line":
            drawn.append([margin, (Safe("Type it, or Enter for none."), look.dim)])
        drawn += [[margin, (line, look.warning)] for line in wrapped(self.complaint, width - _NUMBER) if line]
        if not self.is_alone:
            ahead = [(each.number, each.short) for each in self._questions[self._at + 1 :]]
            drawn += [[], *([(Safe(f"{number:>2}  {short}"), look.faint)] for number, short in ahead)]
            drawn += [[], [margin, (Safe("What you decided is shown at the end."), look.faint)]]
        return drawn

    def _answered(self, look: Look) -> list[list[Piece]]:
        return [
            [
                (Safe(f"{each.number:>2}  "), look.faint),
                (fill(Safe(each.short), _SHORT), look.faint),
                (safe(words_of(each.name, getattr(self._review, each.name)) or "nothing"), look.dim),
            ]
            for each in self._questions[: self._at]
        ]

    def _revealed(self, look: Look, width: int) -> list[list[Piece]]:
        """Draw the old entry, and how it was decided against how it turned out."""
        present = self._present
        if present is None:
            return []
        decision = present.entry.decision
        own = seat.own_reasons(self.repository.documents)
        drawn: list[list[Piece]] = [[(Safe("Then: "), look.dim), (safe(decided(decision)), look.strong)]]
        drawn += [[(line, look.dim)] for line in wrapped(why(decision, own), width) if line]
        if not decision.by_default:
            drawn.append([])
            drawn += ledger_lines(
                decision, decision.answers, decision.notes, own, decision.impulse, look, width
            )
        for forecast in decision.forecasts:
            about = (
                "that the seat stays as it is"
                if forecast.about == "seat"
                else "that you would wish otherwise"
            )
            drawn.append([(Safe(f"You gave {forecast.percent} % {about}."), look.dim)])
        drawn.append([])
        drawn += [[(line, look.accent)] for line in wrapped(square(self._review).sentence, width) if line]
        drawn += [[(line, look.warning)] for line in wrapped(self.complaint, width) if line]
        return drawn

    def _nothing_due(self, look: Look, width: int) -> list[list[Piece]]:
        following = self.repository.decisions.next_due(self.repository.now())
        when = describe_day(following, self.repository.now()) if following else ""
        text = (
            f"The next one is due on {when}."
            if following
            else "A sealed decision comes back here after two weeks to three months, and after a year."
        )
        return [
            [(Safe("Nothing to look back on today."), look.strong)],
            [],
            *([(line, look.dim)] for line in wrapped(text, width)),
        ]
