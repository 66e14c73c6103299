"""The card of a recruiter: how things stand, what they pitched, what the user checked and was promised."""

from collections.abc import Callable
from functools import partial

from store import people, referring
from store.clock import local
from store.errors import UsageError
from store.people import Card
from store.records.message import COARSE_CHANNELS
from store.records.person import CHECK_ANSWERS, CHECKS, RELATIONS
from store.repository import Repository
from store.rules.dates import describe_day
from store.rules.mandates import MANDATE_WORDS
from store.rules.row import Row
from store.rules.standing import fate
from tui.keymap import Keymap
from tui.referral_words import in_a_line
from tui.screens.page import Drawn, PageScreen
from tui.text import Safe, safe
from tui.widgets.cells import Piece, cut, fill, width_of
from tui.widgets.look import Look
from tui.widgets.picker import Choice, Picker
from tui.widgets.prompt import Prompt
from tui.widgets.row_line import CHANNELS
from tui.widgets.wrapping import wrapped

_ANSWER = 9
_CONTACTS = 12
_KEPT = {True: "kept", False: "broken", None: "open"}


class PersonScreen(PageScreen):
    """Shows one recruiter; `go` is called with an opportunity that the user wants to see."""

    PLACE = "The recruiter"

    def __init__(
        self,
        repository: Repository,
        keymap: Keymap,
        row: Row,
        go: Callable[[int], None],
        *,
        plain_text: bool,
    ) -> None:
        super().__init__(repository, keymap, plain_text=plain_text)
        self._row = row
        self._go = go
        self._shown: tuple[int, Card] | None = None

    @property
    def _card(self) -> Card:
        """The card as things stand now."""
        version = self.repository.index.version
        if self._shown is None or self._shown[0] != version:
            self._shown = (version, people.card(self.repository, self._row))
        return self._shown[1]

    def show_again(self) -> None:
        """Read the card anew and draw it."""
        self._shown = None
        super().show_again()

    def title_line(self) -> str:
        """Return what stands at the top."""
        card = self._card
        return " · ".join(filter(None, (card.name, card.firm, card.person.relation)))

    def footer_keys(self) -> list[tuple[str, str]]:
        """Return the keys of this page."""
        return self.keys_of("check", "relation", "note", "promise", "keep", "choose")

    def lines(self, look: Look, width: int) -> Drawn:
        """Return the card for a width in cells."""
        card = self._card
        contacts = dict.fromkeys(value for row in card.rows for value in (row.email, row.phone) if value)
        drawn: Drawn = [[(line, look.dim)] for line in wrapped(" · ".join(contacts), width)]
        drawn += [[(line, look.plain)] for line in wrapped(card.standing.capitalize() + ".", width)]
        for warning in people.warnings(self.repository, card):
            drawn += [[(line, look.warning)] for line in wrapped(warning, width)]
        drawn += [[], [(Safe("Pitched to you"), look.strong)]]
        for row in card.rows:
            drawn += [self._pitch(row, look, width), *self._contacts(row, look, width)]
        for mandate in dict.fromkeys(row.mandate for row in card.rows if row.mandate):
            text = f"{mandate}: {MANDATE_WORDS.get(mandate, 'as they said it')}."
            drawn += [[], *([(line, look.dim)] for line in wrapped(text, width))]
        drawn += [[], [(Safe("Your checks"), look.strong)]]
        for number, words in enumerate(CHECKS, start=1):
            drawn += self._check(card, number, words, look, width)
        drawn += self._promises(card, look, width) + self._referrals(card, look, width)
        return drawn + self._notes(card, look, width)

    def _pitch(self, row: Row, look: Look, width: int) -> list[Piece]:
        when = f"{local(row.first_at):%Y-%m-%d}"
        did = fate(row, self.repository.now(), self.repository.settings.silent_days)
        pay = row.pay or "no pay stated"
        role = ", ".join(filter(None, (row.role, row.company)))
        end = safe(f"   {did}   {pay}")
        room = max(width - len(when) - 2 - width_of(end), 10)
        return [
            (Safe(f"{when}  "), look.faint),
            (fill(cut(safe(role), room, look.marks.ellipsis), room), look.plain),
            (end, look.dim),
        ]

    def _contacts(self, row: Row, look: Look, width: int) -> Drawn:
        """Draw every contact on it: the channel and the day, and who made it."""
        now = self.repository.now()
        told = [
            f"{'you, ' if entry.outgoing else ''}{CHANNELS[COARSE_CHANNELS[entry.message.channel]]} "
            f"{describe_day(entry.at, now)}"
            for entry in self.repository.timeline(row)
            if entry.message is not None
        ]
        indent = Safe(" " * _CONTACTS)
        return [
            [(indent, look.faint), (line, look.faint)]
            for line in wrapped(" · ".join(told), width - _CONTACTS)
        ]

    def _check(self, card: Card, number: int, words: str, look: Look, width: int) -> Drawn:
        check = card.person.checks.get(str(number))
        answer = (check.answer if check else "") or "-"
        first, *others = wrapped(words, width - _ANSWER - 4)
        style = look.accent if answer == "yes" else look.warning if answer == "no" else look.faint
        drawn: Drawn = [
            [
                (Safe(f" {number}  "), look.faint),
                (fill(safe(answer), _ANSWER), style),
                (first, look.plain if answer != "-" else look.dim),
            ]
        ]
        return drawn + [[(Safe(" " * (_ANSWER + 4)), look.dim), (line, look.dim)] for line in others]

    def _promises(self, card: Card, look: Look, width: int) -> Drawn:
        drawn: Drawn = []
        if card.promises:
            drawn += [[], [(Safe("Promises"), look.strong)]]
        for _, promise in card.promises:
            by = "they" if promise.by == "them" else "you"
            text = f"{by}: {promise.text} · {_KEPT[promise.kept]}"
            drawn += [[(line, look.plain)] for line in wrapped(text, width)]
        return drawn

    def _referrals(self, card: Card, look: Look, width: int) -> Drawn:
        now = self.repository.now()
        firms = [row.firm for row in card.rows]
        log = referring.of_recruiter(self.repository.documents, card.name, firms, now, people=card.ids)
        found = [in_a_line(each, now) for each in log]
        title: Drawn = [[], [(Safe("Referrals"), look.strong)]] if found else []
        return title + [[(line, look.plain)] for text in found for line in wrapped(text, width)]

    def _notes(self, card: Card, look: Look, width: int) -> Drawn:
        drawn: Drawn = []
        for _, note in card.notes:
            day = describe_day(note.at, self.repository.now())
            drawn += [[], [(safe(day), look.faint)]]
            drawn += [[(line, look.plain)] for line in wrapped(note.text or "", width)]
        return drawn

    # Keys

    def check(self) -> None:
        """Answer the check whose number was pressed: yes, no, unknown, not asked, in turn."""
        number = int(self.fired_by)
        card = self._card
        known = card.person.checks.get(str(number))
        place = CHECK_ANSWERS.index(known.answer if known else "")
        answer = CHECK_ANSWERS[(place + 1) % len(CHECK_ANSWERS)]
        self.change("Check", lambda t: people.set_check(t, card, number, answer))

    def relation(self) -> None:
        """Ask how things are with them."""
        choices = [Choice(each, each, "") for each in RELATIONS]

        def set_relation(chosen: str) -> None:
            self.change("Relation", lambda t: people.set_relation(t, self._card, chosen))

        self.ask(Picker(self.keymap, "How things are with them", choices), set_relation)

    def note(self) -> None:
        """Ask for a note about them."""
        prompt = Prompt(self.keymap, f"A note about {self._card.name}", partial(_words, "Enter keeps it"))
        self.ask(prompt, self._note)

    def _note(self, text: str) -> None:
        self.change("Note", lambda t: people.note(t, self._card, text))

    def promise(self) -> None:
        """Ask what they promised."""
        prompt = Prompt(self.keymap, "What did they promise, and by when?", partial(_words, "Enter keeps it"))
        self.ask(prompt, self._promise)

    def _promise(self, text: str) -> None:
        self.change("Promise", lambda t: people.add_promise(t, self._card, text))

    def keep(self) -> None:
        """Ask which promise was kept."""
        known = self._card.promises
        choices = [
            Choice(f"{'kept' if kept else 'broken'} {id}", "kept" if kept else "broken", promise.text)
            for id, promise in known
            for kept in (True, False)
        ]
        if not choices:
            self.say("No promise is written down yet; p writes one.")
            return

        def set_kept(chosen: str) -> None:
            word, _, id = chosen.partition(" ")
            self.change("Promise", lambda t: people.keep_promise(t, int(id), kept=word == "kept"))

        self.ask(Picker(self.keymap, "Was it kept?", choices), set_kept)

    def choose(self) -> None:
        """Ask which of their opportunities to go to."""
        rows = self._card.rows
        if len(rows) == 1:
            self._leave_for(rows[0].id)
            return
        choices = [
            Choice(str(row.id), row.role, ", ".join(filter(None, (row.company, f"{local(row.at):%Y-%m-%d}"))))
            for row in rows
        ]
        self.ask(Picker(self.keymap, "Go to", choices), lambda chosen: self._leave_for(int(chosen)))

    def _leave_for(self, opportunity: int) -> None:
        self.dismiss(None)
        self._go(opportunity)


def _words(meaning: str, text: str) -> str:
    if not text.strip():
        raise UsageError("There are no words yet.", "Type what you want to remember.")
    return meaning
