"""The decision form: the message on one side, the questions on the other, one key each."""

from collections.abc import Callable, Sequence
from functools import partial
from time import monotonic
from typing import ClassVar

import msgspec
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input

from store.deciding import beside, compose, default_reviews, default_until
from store.errors import StoreError
from store.records.decision import Decision, Fact
from store.repository import Repository
from store.rules.dates import describe_day, parse_when
from store.rules.row import Row
from store.rules.sheet import Sheet, begin, from_words
from store.seat import own_reasons
from tui.keyed import KeyedScreen, is_typing
from tui.keymap import Keymap
from tui.screens.decide_hints import hints_for, offers_reason
from tui.screens.kept_words import KeptWords
from tui.text import Safe, safe
from tui.widgets.cells import Piece
from tui.widgets.dialog import Line
from tui.widgets.key_footer import KeyFooter
from tui.widgets.look import Look
from tui.widgets.question_column import Asked, column
from tui.widgets.text_lines import TextLines
from tui.widgets.timeline import Timeline
from tui.widgets.wrapping import wrapped

WIDE = 110
"""Columns from which the message stands beside the questions."""
_SYNC_EVERY = 1.0
_TOO_SMALL = 12
"""Lines of a terminal below which the message gives way to the question."""
_FACTS: dict[Fact, str] = {"employer": "employer", "role": "role", "pay": "pay", "mandate": "mandate"}


class DecideScreen(KeyedScreen[Decision | None]):
    """Asks what there is to lose; every key is kept at once, and `seal` is called with the finished entry.

    Returns the entry, or None when the user leaves; then the form is as it was when it is opened again.
    """

    TAKES_BURSTS = True
    """Keys that come fast over a slow line are answers, not a paste."""
    AUTO_FOCUS = None
    DEFAULT_CSS: ClassVar[str] = """
    DecideScreen { background: $background; overflow: hidden; }
    DecideScreen .title { height: 1; background: $surface; padding: 0 1; margin-bottom: 1; }
    DecideScreen #sides { height: 1fr; }
    DecideScreen #message { width: 1fr; padding: 0 1 0 2; }
    DecideScreen #message Timeline { padding: 0; }
    DecideScreen .known { height: auto; max-height: 8; margin: 1 0 0 0; }
    DecideScreen #form { width: 1fr; padding: 0 1 0 2; border-left: solid $foreground 25%; }
    DecideScreen.-ascii #form { border-left: ascii $foreground 25%; }
    DecideScreen #questions { width: 1fr; height: auto; max-height: 100%; scrollbar-size: 0 0; }
    DecideScreen .words { display: none; margin: 1 0 0 4; }
    DecideScreen.-asking .words { display: block; }
    DecideScreen.-narrow #sides { layout: vertical; }
    DecideScreen.-narrow #message { height: 1fr; width: 100%; }
    DecideScreen.-narrow #form { height: auto; max-height: 75%; width: 100%; border-left: none;
        border-top: solid $foreground 25%; padding: 0 1; }
    DecideScreen.-narrow.-ascii #form { border-top: ascii $foreground 25%; }
    DecideScreen.-narrow.-ledger #message, DecideScreen.-tiny #message { display: none; }
    DecideScreen.-narrow.-ledger #form, DecideScreen.-tiny #form { max-height: 100%; border-top: none; }
    DecideScreen.-tiny .title { margin-bottom: 0; }
    """

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
        super().__init__(keymap)
        self.plain_text = plain_text
        self._repository = repository
        self._row = row
        self._seal = seal
        self._beside = beside(repository, row)
        self._keeper = KeptWords(repository, f"decide-{row.id}")
        kept = from_words(self._keeper.load())
        self.sheet: Sheet = kept or begin(self._beside.before, express=express)
        self._complaint = ""
        self._asks = ""
        """What the line of words is for: note, because or dates; empty where it is not there."""
        self._opened = monotonic()

    def compose(self) -> ComposeResult:
        """Lay out a title, the message with what is known, the questions, and the keys."""
        yield TextLines(self._title, plain_text=self.plain_text).add_class("title")
        with Horizontal(id="sides"):
            with Vertical(id="message"):
                yield Timeline(
                    self._repository.timeline,
                    silent_days=self._repository.settings.silent_days,
                    plain_text=self.plain_text,
                )
                yield TextLines(self._known, plain_text=self.plain_text).add_class("known")
            with Vertical(id="form"):
                with VerticalScroll(id="questions", can_focus=False):
                    yield TextLines(self._column, plain_text=self.plain_text).add_class("column")
                yield Line().add_class("words")
        yield KeyFooter(plain_text=self.plain_text)

    def on_mount(self) -> None:
        """Show the message from its top, and the question that is next."""
        self.set_class(self.plain_text, "-ascii")
        self.query_one(Timeline).show(self._row, now=self._repository.now())
        self.set_interval(_SYNC_EVERY, self._sync)
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        """One side beside the other where there is room, else the message above one question."""
        self.set_class(event.size.width < WIDE, "-narrow")
        self.set_class(event.size.height < _TOO_SMALL, "-tiny")
        self._show()

    # Keys

    async def on_key(self, event: events.Key) -> None:
        """Take a key as an answer; what is none goes to the actions."""
        if self._takes(event):
            event.stop()
            event.prevent_default()

    def _takes(self, event: events.Key) -> bool:
        if is_typing(self.focused):
            return False
        if event.key == "enter":
            self._change(Sheet.skip)
        elif event.key in ("up", "shift+tab"):
            self._change(Sheet.back)
        elif event.key in ("down", "tab"):
            self._change(Sheet.forward)
        elif event.character and event.is_printable and event.character not in "?:":
            self._answer(event.character)
        else:
            return False
        return True

    def _answer(self, character: str) -> None:
        field = self.sheet.present
        if character == "n" or (character == "+" and self._offers):
            self.ask_for("note") if character == "n" else self._add()
        elif field is not None and field.name == "reviews":
            self.ask_for("dates", character)
        else:
            self._change(partial(Sheet.press, key=character, own=self._beside.own))

    def _change(self, change: Callable[[Sheet], Sheet]) -> None:
        """Go from one state of the form to the next, and keep it; what is refused is said."""
        before = self.sheet
        try:
            self.sheet = change(before)
            self._complaint = ""
        except StoreError as error:
            self._complaint = f"{error.sentence} {error.hint}".strip()
        if self.sheet != before:
            if self.sheet.verdict != before.verdict:
                self._fill_dates()
            self._keep()
        decided = (
            before.present is not None and before.present.name == "verdict" and self.sheet.at > before.at
        )
        self._show()
        if decided and self._differs and not self.sheet.because:
            self.ask_for("because")

    @property
    def _differs(self) -> bool:
        recommended = self.sheet.reckoning(self._beside.case).recommended
        return recommended is not None and self.sheet.verdict not in (None, recommended)

    def _fill_dates(self) -> None:
        verdict = self.sheet.verdict
        if verdict is not None:
            now = self._repository.now()
            until = default_until(now) if verdict == "later" else 0
            dates = default_reviews(verdict, now, until)
            self.sheet = msgspec.structs.replace(self.sheet, until=until, reviews=dates)

    # Words

    def ask_for(self, what: str, value: str = "") -> None:
        """Open the line of words: for a note, the reason of a verdict, or dates."""
        if what == "note" and self.sheet.present is not None:
            value = self.sheet.notes.get(self.sheet.present.name, "")
        self._asks = what
        line = self.query_one(Line)
        line.placeholder = {
            "note": "a short note to this question; Enter keeps it",
            "because": "one line: because…  (Enter leaves it empty)",
            "dates": "2w, 1y   or 2027-03-01; Enter takes them",
        }[what]
        line.value = safe(value)
        line.cursor_position = len(line.value)
        self.add_class("-asking")
        line.focus()
        self._show_keys()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the words; where they cannot be used, say why and keep them."""
        event.stop()
        asks = self._asks
        try:
            if asks == "dates":
                self.sheet = self._with_dates(event.value)
            elif asks == "because":
                self.sheet = msgspec.structs.replace(self.sheet, because=event.value.strip())
            else:
                self.sheet = self.sheet.with_note(event.value)
        except StoreError as error:
            self._complaint = f"{error.sentence} {error.hint}".strip()
            self._show()
            return
        self._complaint = ""
        self._close_words()
        self._keep()
        self._show()

    def _with_dates(self, text: str) -> Sheet:
        now = self._repository.now()
        words = [word.strip() for word in text.split(",") if word.strip()]
        hour = self._repository.settings.snooze_hour
        dates = tuple(sorted(parse_when(word, now, None, hour=hour) for word in words))
        if not dates:
            return self.sheet.skip()
        until = dates[0] if self.sheet.verdict == "later" else 0
        return msgspec.structs.replace(self.sheet, reviews=dates, until=until).skip()

    def _close_words(self) -> None:
        self._asks = ""
        self.remove_class("-asking")
        self.set_focus(None)

    # Actions

    def act_finish(self) -> None:
        """Seal the entry; say what is missing where something is."""
        if self._asks:
            self.query_one(Line).post_message(
                Input.Submitted(self.query_one(Line), self.query_one(Line).value)
            )
            self.call_later(self.act_finish_after_words)
            return
        self.act_finish_after_words()

    def act_finish_after_words(self) -> None:
        """Seal what stands in the form."""
        if self._asks:
            return
        try:
            decision = self._composed()
            self._seal(decision)
        except StoreError as error:
            self._complaint = f"{error.sentence} {error.hint}".strip()
            self._show()
            return
        self._keeper.discard()
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
            now=self._repository.now(),
        )

    def act_back(self) -> None:
        """Close the line of words; else leave, and keep the draft."""
        if self._asks:
            self._complaint = ""
            self._close_words()
            self._show()
            return
        self._keep()
        self._keeper.leave()
        self.dismiss(None)

    def act_page_down(self) -> None:
        """Read on in the message."""
        self.query_one(Timeline).act_page_down()

    def act_page_up(self) -> None:
        """Read back in the message."""
        self.query_one(Timeline).act_page_up()

    def act_help(self) -> None:
        """Show the keys of this place."""
        from tui.screens.help import HelpScreen

        self.app.push_screen(
            HelpScreen(self.keymap, "The decision", self.actions_here(), plain_text=self.plain_text)
        )

    @property
    def _offers(self) -> bool:
        field = self.sheet.present
        if field is None:
            return False
        return field.name in ("pull", "step") or offers_reason(self._repository, field.name)

    def _add(self) -> None:
        """Add what the present question asks about: a reason of one's own, the seat, core work."""
        from tui.screens.seat import SeatScreen, ask_for_reason

        def back(_: object) -> None:
            self._beside = beside(self._repository, self._row)
            self._show()

        if self.sheet.present is not None and self.sheet.present.name == "reasons":
            ask_for_reason(self.app, self._repository, self.keymap, back, plain_text=self.plain_text)
        else:
            self.app.push_screen(SeatScreen(self._repository, self.keymap, plain_text=self.plain_text), back)

    # Keeping

    @property
    def _seconds(self) -> int:
        return self.sheet.seconds + round(monotonic() - self._opened)

    def _keep(self) -> None:
        if not self.sheet.given and not self.sheet.notes:
            return
        kept = msgspec.structs.replace(self.sheet, seconds=self._seconds)
        if problem := self._keeper.write(kept.words()):
            self._complaint = problem

    def _sync(self) -> None:
        self.run_worker(self._keeper.sync, thread=True, exclusive=True)

    # Drawing

    def _show(self) -> None:
        if not self.is_mounted:
            return
        self.set_class(self.sheet.shows_ledger, "-ledger")
        self.query_one(".title", TextLines).show(self._title)
        self.query_one(".column", TextLines).show(self._column)
        self._show_keys()
        self.call_after_refresh(self.query_one("#questions").scroll_end, animate=False)

    def _show_keys(self) -> None:
        footer = self.query_one(KeyFooter)
        finish, back = self.keymap.spelled("finish"), self.keymap.spelled("back")
        if self._asks:
            keys = [("Enter", "keep the words"), (back, "leave them")]
        elif self.sheet.present is None:
            keys = [(finish, "seal"), ("↑", "back"), (back, "keep the draft"), ("?", "help")]
        else:
            keys = [("Enter", "keep" if self._holds else "unknown"), ("↑", "back"), ("n", "note")]
            keys += [(finish, "seal")] if self.sheet.verdict else []
            keys += [("PgDn", "read on"), (back, "keep the draft"), ("?", "help")]
        footer.show([(safe(key), Safe(title)) for key, title in keys])

    @property
    def _holds(self) -> bool:
        field = self.sheet.present
        if field is None or field.name in ("verdict", "reviews"):
            return True
        return getattr(self.sheet.answers, field.name) not in (None, ())

    def _title(self, look: Look, width: int) -> list[list[Piece]]:
        role = " · ".join(filter(None, (self._row.role, self._row.company)))
        pieces: list[Piece] = [(Safe("What do you have to lose?"), look.strong)]
        total = len(self.sheet.questions)
        progress = f"{min(self.sheet.at + 1, total)} of {total}"
        if width >= WIDE:
            return [[*pieces, (safe(f"   {role}"), look.dim)]]
        return [[*pieces, (safe(f"   {progress}   {role}"), look.dim)]]

    def _known(self, look: Look, width: int) -> list[list[Piece]]:
        """Say which facts are known, what stands in the way, and how things stand with the recruiter."""
        lines: list[list[Piece]] = [[(Safe("known  "), look.dim)]]
        for fact, name in _FACTS.items():
            known = fact in self._beside.known
            lines[0].append(
                (Safe(f"{name}  " if known else f"no {name}  "), look.plain if known else look.faint)
            )
        for text in hints_for(self._repository, self._row, "beside"):
            lines += [[(line, look.dim)] for line in wrapped(text, width)]
        for warning in (
            *self._beside.warnings,
            *(f"Crosses your line: {line}" for line in self._beside.no_go),
        ):
            lines += [[(line, look.warning)] for line in wrapped(warning, width)]
        return lines

    def _column(self, look: Look, width: int) -> Sequence[Sequence[Piece]]:
        sheet = self.sheet
        name = sheet.present.name if sheet.present is not None else ""
        now = self._repository.now()
        filled = f"Your answers of {describe_day(sheet.before, now)} are filled in; Enter keeps each."
        asked = Asked(
            sheet=sheet,
            ledger=sheet.reckoning(self._beside.case),
            own=tuple(own_reasons(self._repository.documents)),
            impulse=self._beside.impulse,
            hints=tuple(hints_for(self._repository, self._row, name)),
            intro=filled if sheet.before and not sheet.shows_ledger else "",
            complaint=self._complaint,
            now=now,
        )
        return column(asked, look, width, alone=self.has_class("-narrow") or self.has_class("-tiny"))
