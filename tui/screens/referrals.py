"""The referral log: who was passed on to whom, where it stands, what is owed."""

from collections.abc import Callable, Sequence
from functools import partial

from rich.style import Style

from store import referral_letters, referring
from store.errors import StoreError, UsageError
from store.ids import read_id
from store.records.referral import KINDS, SIDES
from store.referring import Logged
from store.repository import Repository
from store.rules.dates import age, describe, parse_when
from store.rules.referrals import words
from tui.keymap import Keymap
from tui.referral_words import owed, owed_briefly, story
from tui.screens.kept_words import KeptWords
from tui.screens.list_page import ListPage, paragraph
from tui.screens.page import Drawn
from tui.text import Safe, safe
from tui.widgets.cells import Piece, cut, fill, width_of
from tui.widgets.form import Field, Form
from tui.widgets.look import Look
from tui.widgets.picker import Choice, Picker
from tui.widgets.prompt import Prompt

_AGE, _KIND, _NAME, _GAP = 5, 9, 18, 2
_FEWEST = 8


class ReferralsScreen(ListPage):
    """Lists every referral, the newest first."""

    PLACE = "Referrals"
    FILTERS_BY = "a name, a role, a state"

    def __init__(
        self, repository: Repository, keymap: Keymap, go: Callable[[int], None], *, plain_text: bool
    ) -> None:
        super().__init__(repository, keymap, plain_text=plain_text)
        self._go = go
        self._every: list[Logged] = []
        self._log: list[Logged] = []
        self._added = 0
        self._states = 0
        """How wide the widest state is."""

    def gather(self) -> None:
        """Read the log."""
        self._every = referring.log(self.repository.documents, self.repository.now())
        self._log = [each for each in self._every if referring.says(each, self.words.split())]
        self._states = max((width_of(_state(each)) for each in self._log), default=0)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._log)

    def key_at(self, place: int) -> object:
        """Return the referral's id."""
        return self._log[place].id

    def title_line(self) -> str:
        """Return what stands at the top."""
        debts = sum(bool(owed(each)) for each in self._every)
        told = f"{debts} {'wants' if debts == 1 else 'want'} a word" if debts else ""
        shown = f"“{self.words}” {len(self._log)} of" if self.words else ""
        parts = ("Referrals", f"{shown} {len(self._every)}".strip() if self._every else "", told)
        return "   ".join(filter(None, parts))

    def footer_keys(self) -> list[tuple[str, str]]:
        """Return the keys of this page."""
        if not self.count:
            return self.keys_of("add", "filter", add="add one")
        return self.keys_of("move", "nudge", "thank", "tell", "look", "letters", "add", "filter", "go")

    def nothing(self) -> Sequence[str]:
        """Say how a referral comes about."""
        if self.words:
            return ("No referral says that.", "Esc shows all again.")
        return (
            "No referral yet.",
            "f on an opportunity asks who would be glad of it, and writes the two letters.",
            "c writes down one that you got, asked for, or were asked about.",
        )

    def draw_entry(self, place: int, look: Look, width: int) -> Sequence[Piece]:
        """Draw a referral: age, kind, person, state and what is owed; its role where there is room."""
        logged = self._log[place]
        referral, ellipsis = logged.referral, look.marks.ellipsis
        state = _state(logged)
        rest = max(width - _AGE - _KIND - _NAME, _FEWEST)
        room = rest - self._states - _GAP
        role = ", ".join(filter(None, (referral.role, referral.company)))
        about = [(cut(safe(role), room, ellipsis), look.dim)] if role and room >= _FEWEST else []
        return [
            (Safe(age(referral.at, self.repository.now()).rjust(_AGE - 1) + " "), look.faint),
            (fill(safe(referral.kind), _KIND), look.dim),
            (fill(cut(safe(referral.name), _NAME - 1, ellipsis), _NAME), look.strong),
            (fill(state, self._states + _GAP) if about else cut(state, rest, ellipsis), _style(logged, look)),
            *about,
        ]

    def detail(self, place: int, look: Look, width: int) -> Drawn:
        """Tell a referral whole."""
        logged, now = self._log[place], self.repository.now()
        person = logged.referral.person
        theirs = [each for each in self._every if person and each.referral.person == person]
        drawn: Drawn = []
        for strength, text in story(logged, theirs or [logged], now):
            drawn += paragraph(text, look, width, style=strength) if text else [[]]
        if logged.standing.moves:
            moves = ", ".join(map(words, logged.standing.moves))
            drawn += paragraph(f"m brings it to: {moves}", look, width, style="faint")
        return drawn

    # Keys

    @property
    def _chosen(self) -> Logged | None:
        return self._log[self.entries.cursor] if self._log else None

    def move(self) -> None:
        """Ask for the state that it has come to; only allowed ones are offered."""
        chosen = self._chosen
        if chosen is None:
            return
        if not chosen.standing.moves:
            self.say("It is closed; nothing more happens to this one.")
            return
        choices = [Choice(state, words(state)) for state in chosen.standing.moves]
        title = f"{chosen.referral.name}: from {words(chosen.standing.state)} to"
        self.ask(Picker(self.keymap, title, choices), partial(self._move, chosen))

    def _move(self, logged: Logged, state: str) -> None:
        self.change("Referral", lambda t: referring.move(t, logged.id, state))

    def letters(self) -> None:
        """Open the two letters of a given referral."""
        from tui.screens.letters import LettersScreen

        chosen = self._chosen
        if chosen is None:
            return
        try:
            referral_letters.both(self.repository.documents, chosen.id)
        except StoreError as error:
            self.say(f"{error.sentence} {error.hint}", warning=True)
            return
        screen = LettersScreen(self.repository, self.keymap, chosen.id, plain_text=self.plain_text)
        self.app.push_screen(screen, lambda _: self.show_again())

    def nudge(self) -> None:
        """Ask which side was nudged."""
        chosen = self._chosen
        if chosen is not None:
            choices = [Choice(side, side) for side in SIDES]
            self.ask(Picker(self.keymap, "Whom did you nudge?", choices), partial(self._nudge, chosen))

    def _nudge(self, logged: Logged, side: str) -> None:
        self.change("Referral", lambda t: referring.nudge(t, logged.id, side))

    def thank(self) -> None:
        """Write down that thanks were said."""
        chosen = self._chosen
        if chosen is not None:
            self.change("Referral", lambda t: referring.thank(t, chosen.id))

    def tell(self) -> None:
        """Write down that whoever made it knows how it stands."""
        chosen = self._chosen
        if chosen is not None:
            self.change("Referral", lambda t: referring.tell(t, chosen.id))

    def look(self) -> None:
        """Ask when to look after it again; nothing typed leaves that to its time-out."""
        chosen = self._chosen
        if chosen is not None:
            title = f"Look after {chosen.referral.name} again"
            prompt = Prompt(self.keymap, title, self._when, placeholder="1w, mon, a date")
            self.ask(prompt, partial(self._look, chosen))

    def _when(self, text: str) -> str:
        return (
            describe(at, self.repository.now(), None) if (at := self._ahead(text)) else "when its time is out"
        )

    def _ahead(self, text: str) -> int:
        hour = self.repository.settings.snooze_hour
        return parse_when(text, self.repository.now(), None, hour=hour) if text.strip() else 0

    def _look(self, logged: Logged, text: str) -> None:
        self.change("Referral", lambda t: referring.look_at(t, logged.id, self._ahead(text)))

    def note(self) -> None:
        """Ask for a word to its history."""
        chosen = self._chosen
        if chosen is not None:
            prompt = Prompt(self.keymap, f"A note about {chosen.referral.name}", _words)
            self.ask(prompt, partial(self._note, chosen))

    def _note(self, logged: Logged, text: str) -> None:
        self.change("Referral", lambda t: referring.noted(t, logged.id, text))

    def add(self) -> None:
        """Ask for a referral that was received, asked for, or asked of the user."""
        fields = [
            Field("kind", "Kind", value="received", hint=", ".join(KINDS)),
            Field("name", "Who", hint="who recommends you, or whom you asked"),
            Field("role", "Role"),
            Field("company", "Company"),
            Field("recruiter", "To whom", hint="the recruiter"),
            Field("why", "Why it fits"),
            Field("note", "Note"),
        ]

        def keep(values: dict[str, str]) -> None:
            kind, who = values.pop("kind").strip(), values.pop("name")
            _, self._added = self.repository.transact(
                "Add a referral", lambda t: referring.add(t, kind, who, **values), durable=False
            )

        keeper = KeptWords(self.repository, "referral")
        form = Form(self.keymap, "A referral", fields, keep, keeper=keeper)
        self.ask(form, lambda _: self.show_at(self._added))

    def go(self) -> None:
        """Go to the opportunity that it is about."""
        chosen = self._chosen
        opportunity = read_id(chosen.referral.opportunity) if chosen is not None else 0
        if not opportunity:
            self.say("This one is about no opportunity here.")
            return
        self.dismiss(None)
        self._go(opportunity)


def _state(logged: Logged) -> Safe:
    return safe(" · ".join(filter(None, (words(logged.standing.state), owed_briefly(logged)))))


def _style(logged: Logged, look: Look) -> Style:
    if owed(logged):
        return look.accent
    return look.faint if logged.standing.stored == "closed" else look.plain


def _words(text: str) -> str:
    if not text.strip():
        raise UsageError("There are no words yet.", "Type what you want to remember.")
    return "Enter keeps it"
