"""The referral log: who was passed on to whom, where it stands, what is owed."""

from collections.abc import Callable
from typing import ClassVar

from store import referring
from store.ids import read_id
from store.records.referral import SIDES
from store.referring import Logged
from store.repository import Repository
from store.rules.dates import age, describe_day
from store.rules.referrals import balance, words
from tui.keymap import Keymap
from tui.screens.page import Drawn, PageScreen
from tui.text import Safe, safe
from tui.widgets.cells import Piece, cut, fill
from tui.widgets.look import Look
from tui.widgets.picker import Choice, Picker
from tui.widgets.prompt import Prompt
from tui.widgets.wrapping import wrapped

_AGE, _KIND, _NAME, _STATE = 5, 10, 22, 20


class ReferralsScreen(PageScreen):
    """Lists every referral, the newest first; the one under the cursor is told in full below it."""

    PLACE = "Referrals"
    KEYS: ClassVar[dict[str, str]] = {
        "j": "down",
        "down": "down",
        "k": "up",
        "up": "up",
        "m": "move",
        "n": "nudge",
        "h": "thank",
        "w": "tell",
        "/": "filter",
        "enter": "go",
        "o": "go",
    }

    def __init__(
        self, repository: Repository, keymap: Keymap, go: Callable[[int], None], *, plain_text: bool
    ) -> None:
        super().__init__(repository, keymap, plain_text=plain_text)
        self._go = go
        self._cursor = 0
        self._filter = ""

    def title_line(self) -> str:
        """Return what stands at the top."""
        return f"Referrals   {self._filter}" if self._filter else "Referrals"

    def footer_keys(self) -> list[tuple[str, str]]:
        """Return the keys of this page."""
        keys = [("m", "move on"), ("n", "nudge"), ("h", "thanked"), ("w", "told")]
        return [*keys, ("/", "filter"), ("Enter", "go to it")]

    def _log(self) -> list[Logged]:
        everything = referring.log(self.repository.documents, self.repository.now())
        return [each for each in everything if self._filter.casefold() in _text(each)]

    @property
    def _chosen(self) -> Logged | None:
        log = self._log()
        return log[min(self._cursor, len(log) - 1)] if log else None

    def lines(self, look: Look, width: int) -> Drawn:
        """Return the log for a width in cells."""
        log, chosen = self._log(), self._chosen
        if not log:
            return self._nothing(look, width)
        drawn: Drawn = []
        for logged in log:
            here = chosen is not None and logged.id == chosen.id
            drawn.append(self._line(logged, look, width, here=here))
            if here:
                drawn += self._story(logged, look, width)
        return drawn

    def _nothing(self, look: Look, width: int) -> Drawn:
        text = (
            "No referral says that. / with nothing shows all."
            if self._filter
            else "No referral yet. f on an opportunity asks who would be glad of it; "
            "ringback add referral NAME writes down one that you got."
        )
        return [[(line, look.dim)] for line in wrapped(text, width)]

    def _line(self, logged: Logged, look: Look, width: int, *, here: bool) -> list[Piece]:
        referral = logged.referral
        role = ", ".join(filter(None, (referral.role, referral.company)))
        room = max(width - _AGE - _KIND - _NAME - _STATE - 2, 6)
        ellipsis = look.marks.ellipsis
        owed = logged.standing.owes_word or logged.standing.owes_thanks
        return [
            (look.marks.bar if here else Safe(" "), look.accent),
            (Safe(age(referral.at, self.repository.now()).rjust(_AGE - 2) + "  "), look.faint),
            (fill(safe(referral.kind), _KIND), look.dim),
            (fill(cut(safe(referral.name), _NAME - 1, ellipsis), _NAME), look.strong if here else look.plain),
            (fill(Safe(words(logged.standing.state)), _STATE), look.accent if owed else look.plain),
            (cut(safe(role), room, ellipsis), look.dim),
        ]

    def _story(self, logged: Logged, look: Look, width: int) -> Drawn:
        referral, standing, now = logged.referral, logged.standing, self.repository.now()
        indent = Safe(" " * _AGE)
        told = [
            f"to {referral.recruiter}" if referral.recruiter else "",
            f"why: {referral.why}" if referral.why else "",
        ]
        texts = [
            "; ".join(filter(None, told)),
            " · ".join(
                f"{words(step.what)} {step.side}".strip() + f" {describe_day(step.at, now)}"
                for step in logged.steps
            ),
            *(step.note for step in logged.steps if step.note),
            f"next check {describe_day(standing.next_check, now)}" if standing.next_check else "",
        ]
        mine = [
            each.referral
            for each in referring.of_person(self.repository.documents, read_id(referral.person), now)
        ]
        texts.append(balance(referral.name, mine, now))
        drawn: Drawn = []
        for text in filter(None, texts):
            drawn += [[(indent, look.faint), (line, look.faint)] for line in wrapped(text, width - _AGE)]
        first = referral.name.split(" ")[0]
        owed = (
            f"you owe {first} a word"
            if standing.owes_word
            else "thanks are owed"
            if standing.owes_thanks
            else ""
        )
        if owed:
            drawn.append([(indent, look.faint), (safe(owed), look.accent)])
        return drawn

    # Keys

    def down(self) -> None:
        """Choose the next."""
        self._cursor = min(self._cursor + 1, max(len(self._log()) - 1, 0))
        self.show_again()
        self.act_next()

    def up(self) -> None:
        """Choose the one before."""
        self._cursor = max(self._cursor - 1, 0)
        self.show_again()
        self.act_previous()

    def move(self) -> None:
        """Ask for the state that it has come to; only allowed ones are offered."""
        chosen = self._chosen
        if chosen is None or not chosen.standing.moves:
            self.say("Nothing more happens to this one.")
            return
        choices = [Choice(state, words(state), "") for state in chosen.standing.moves]
        title = f"{chosen.referral.name}: from {words(chosen.standing.state)} to"
        self.ask(Picker(self.keymap, title, choices), lambda state: self._step(chosen, state))

    def _step(self, logged: Logged, state: str) -> None:
        self.change("Referral", lambda t: referring.move(t, logged.id, state))

    def nudge(self) -> None:
        """Ask which side was nudged."""
        chosen = self._chosen
        if chosen is not None:
            choices = [Choice(side, side, "") for side in SIDES]
            self.ask(
                Picker(self.keymap, "Whom did you nudge?", choices), lambda side: self._nudge(chosen, side)
            )

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

    def filter(self) -> None:
        """Ask for words to look for."""
        prompt = Prompt(
            self.keymap,
            "Filter by a name, a role, a state",
            _meaning,
            value=self._filter,
        )
        self.ask(prompt, self._filtered)

    def _filtered(self, text: str) -> None:
        self._filter, self._cursor = text.strip(), 0
        self.show_again()

    def go(self) -> None:
        """Go to the opportunity that it is about."""
        chosen = self._chosen
        opportunity = read_id(chosen.referral.opportunity) if chosen is not None else 0
        if not opportunity:
            self.say("This one is about no opportunity here.")
            return
        self.dismiss(None)
        self._go(opportunity)


def _text(logged: Logged) -> str:
    referral = logged.referral
    shown = (referral.kind, referral.name, referral.recruiter, referral.firm, referral.role, referral.company)
    return "\n".join((*shown, referral.why, words(logged.standing.state))).casefold()


def _meaning(text: str) -> str:
    return f"Enter shows those with “{text}” in them" if text.strip() else "Enter shows all"
