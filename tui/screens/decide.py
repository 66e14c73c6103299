"""The decision form: the message on one side, the questions on the other, one key each."""

from collections.abc import Callable, Sequence
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

import msgspec

from store.deciding import beside, compose, default_reviews, default_until
from store.errors import StoreError
from store.records.decision import FACTS, Decision
from store.repository import Repository
from store.rules.dates import describe_day, parse_when
from store.rules.row import Row
from store.rules.sheet import Sheet, begin, from_words
from tui.keymap import Keymap
from tui.screens.decide_hints import hints
from tui.screens.kept_words import KeptWords
from tui.screens.sides import WIDE, Drawn, SidesScreen
from tui.text import Safe, safe
from tui.widgets.look import Look
from tui.widgets.question_column import Asked, column
from tui.widgets.wrapping import wrapped

if TYPE_CHECKING:
    from tui.widgets.cells import Piece

_PLACEHOLDERS = {
    "note": "a short note to this question; Enter keeps it",
    "because": "one line: because… (Enter leaves it empty)",
    "dates": "2w, 1y or 2027-03-01; Enter takes them",
}


class DecideScreen(SidesScreen[Decision | None]):
    """Asks what there is to lose; every key is kept at once, and `seal` is called with the finished entry.

    Returns the entry, or None when the user leaves; then the form is as it was when it is opened again.
    """

    PLACE = "The decision"

    def __init__(
        self,
        repository: Repository,
        keymap: Keymap,
        row: Row,
        seal: Callable[[Decision], None],
        *,
        express: bool = False,
        plain_text: bool = False,
    ) -> None:
        super().__init__(repository, keymap, plain_text=plain_text)
        self._row = row
        self._seal = seal
        self._look_around()
        self.keeper: KeptWords = KeptWords(repository, f"decide-{row.id}")
        self.sheet: Sheet = from_words(self.keeper.load()) or begin(self._beside.before, express=express)
        self._opened = monotonic()

    def _look_around(self) -> None:
        """Gather what is known beside the answers."""
        self._beside = beside(self.repository, self._row)
        self._hints = hints(self.repository, self._row)

    def row(self) -> Row:
        """Return the opportunity that is decided on."""
        return self._row

    def fills_the_screen(self) -> bool:
        """The ledger takes the message's place where there is no room for both."""
        return self.sheet.shows_ledger

    # Answering

    def press(self, key: str) -> bool:
        """Take a key into the present field, or go to another one."""
        moves = {"enter": Sheet.skip, "up": Sheet.back, "down": Sheet.forward}
        field = self.sheet.present
        if key in moves:
            self._change(moves[key])
        elif key == "n":
            self._ask("note", self.sheet.notes.get(field.name, "") if field is not None else "")
        elif key == "+" and self._offers:
            self._add()
        elif field is not None and field.name == "reviews":
            self._ask("dates", key)
        else:
            self._change(partial(Sheet.press, key=key, own=self._beside.own))
        return True

    def _change(self, change: Callable[[Sheet], Sheet]) -> None:
        """Go from one state of the form to the next, and keep it; what is refused is said."""
        before = self.sheet
        try:
            self.sheet = change(before)
        except StoreError as error:
            self.complain(error)
            return
        self.complaint = ""
        if self.sheet.verdict != before.verdict:
            self._fill_dates()
        self._keep()
        self.show_again()
        decided = (
            before.present is not None and before.present.name == "verdict" and self.sheet.at > before.at
        )
        if decided and self._differs and not self.sheet.because:
            self._ask("because")

    @property
    def _differs(self) -> bool:
        recommended = self.sheet.reckoning(self._beside.case).recommended
        return recommended is not None and self.sheet.verdict not in (None, recommended)

    def _fill_dates(self) -> None:
        verdict = self.sheet.verdict
        if verdict is not None:
            now = self.repository.now()
            until = default_until(now) if verdict == "later" else 0
            dates = default_reviews(verdict, now, until)
            self.sheet = msgspec.structs.replace(self.sheet, until=until, reviews=dates)

    def _ask(self, what: str, value: str = "") -> None:
        self.ask_words(what, _PLACEHOLDERS[what], value)

    def take_words(self, asks: str, text: str) -> None:
        """Keep a note, the reason of a verdict, or dates to look back on."""
        if asks == "dates":
            self.sheet = self._with_dates(text)
        elif asks == "because":
            self.sheet = msgspec.structs.replace(self.sheet, because=text.strip())
        else:
            self.sheet = self.sheet.with_note(text)
        self._keep()

    def _with_dates(self, text: str) -> Sheet:
        now, hour = self.repository.now(), self.repository.settings.snooze_hour
        words = [word.strip() for word in text.split(",") if word.strip()]
        dates = tuple(sorted(parse_when(word, now, None, hour=hour) for word in words))
        if not dates:
            return self.sheet.skip()
        until = dates[0] if self.sheet.verdict == "later" else 0
        return msgspec.structs.replace(self.sheet, reviews=dates, until=until).skip()

    @property
    def _offers(self) -> bool:
        """Whether the present question offers to add something of the user's own."""
        field = self.sheet.present
        return field is not None and self._hints.offers(field.name)

    def _add(self) -> None:
        """Add what the present question asks about: a reason of one's own, the seat, core work."""
        from tui.screens.seat import SeatScreen, ask_for_reason

        def back(_: object) -> None:
            self._look_around()
            self.show_again()

        if self.sheet.present is not None and self.sheet.present.name == "reasons":
            ask_for_reason(self.app, self.repository, self.keymap, back, plain_text=self.plain_text)
        else:
            self.app.push_screen(SeatScreen(self.repository, self.keymap, plain_text=self.plain_text), back)

    # Leaving

    def act_finish(self) -> None:
        """Seal the entry; say what is missing where something is."""
        if not self.finish_words():
            return
        try:
            decision = self._composed()
            self._seal(decision)
        except StoreError as error:
            self.complain(error)
            return
        self.keeper.discard()
        self.dismiss(decision)

    def _composed(self) -> Decision:
        sheet = self.sheet
        return compose(
            self._row,
            self._beside,
            sheet.answers,
            form="express" if sheet.express else "full",
            verdict=sheet.verdict or "",
            notes=sheet.notes,
            because=sheet.because,
            until=sheet.until,
            reviews=sheet.reviews,
            seconds=self._seconds,
            now=self.repository.now(),
        )

    def act_back(self) -> None:
        """Close the line of words; else leave, and keep the draft."""
        if self.asks:
            self.complaint = ""
            self.close_words()
            self.show_again()
            return
        self._keep()
        self.keeper.leave()
        self.dismiss(None)

    @property
    def _seconds(self) -> int:
        return self.sheet.seconds + round(monotonic() - self._opened)

    def _keep(self) -> None:
        if not self.sheet.given and not self.sheet.notes:
            return
        kept = msgspec.structs.replace(self.sheet, seconds=self._seconds)
        self.complaint = self.keeper.write(kept.words())

    # Drawing

    def footer_keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys that matter at the present question."""
        finish, back = self.keymap.spelled("finish"), self.keymap.spelled("back")
        leave = [(back, "keep the draft"), ("?", "help")]
        if self.asks:
            return [("Enter", "keep the words"), (finish, "seal"), (back, "leave them")]
        if self.sheet.present is None:
            return [(finish, "seal"), ("↑", "back"), *leave]
        seal = [(finish, "seal")] if self.sheet.verdict else []
        needed = self.sheet.present.needed and not self._holds
        keys = [] if needed else [("Enter", "keep" if self._holds else "unknown")]
        keys += [("↑", "back"), ("n", "note")]
        return [*keys, *seal, ("PgDn", "read on"), *leave]

    @property
    def _holds(self) -> bool:
        field = self.sheet.present
        if field is None or field.name == "reviews":
            return True
        if field.name == "verdict":
            return self.sheet.verdict is not None
        return getattr(self.sheet.answers, field.name) not in (None, ())

    def draw_title(self, look: Look, width: int) -> Drawn:
        """Draw the question of all questions, and which opportunity it is asked of."""
        role = " · ".join(filter(None, (self._row.role, self._row.company)))
        total = len(self.sheet.questions)
        progress = f"{min(self.sheet.at + 1, total)} of {total}   " if width < WIDE else ""
        return [[(Safe("What do you have to lose?"), look.strong), (safe(f"   {progress}{role}"), look.dim)]]

    def draw_known(self, look: Look, width: int) -> Drawn:
        """Draw which facts are known, how things stand with the recruiter, and what stands in the way."""
        facts: list[Piece] = [(Safe("known  "), look.dim)]
        for fact in FACTS:
            known = fact in self._beside.known
            facts.append(
                (Safe(f"{fact}  " if known else f"no {fact}  "), look.plain if known else look.faint)
            )
        lines: list[list[Piece]] = [facts]
        lines += [[(line, look.dim)] for line in wrapped(self._hints.recruiter, width)]
        crossed = (f"Crosses your line: {line}" for line in self._beside.no_go)
        for warning in (*self._beside.warnings, *crossed):
            lines += [[(line, look.warning)] for line in wrapped(warning, width)]
        return lines

    def draw_questions(self, look: Look, width: int) -> Drawn:
        """Draw the form as it stands."""
        sheet, now = self.sheet, self.repository.now()
        name = sheet.present.name if sheet.present is not None else ""
        filled = f"Your answers of {describe_day(sheet.before, now)} are filled in; Enter keeps each."
        asked = Asked(
            sheet=sheet,
            ledger=sheet.reckoning(self._beside.case),
            own=self._beside.own,
            impulse=self._beside.impulse,
            hints=self._hints.at(name),
            intro=filled if sheet.before and not sheet.shows_ledger else "",
            complaint=self.complaint,
            now=now,
        )
        return column(asked, look, width, alone=self.is_alone)
