"""Passing a role on: who would be glad of it, and with whose leave; the two letters come next."""

from functools import partial
from typing import TYPE_CHECKING

from store import network, passing_on, referring
from store.errors import SensitiveError, StoreError, UsageError
from store.records.referral import Mode
from store.repository import Repository
from store.rules.matching import in_words
from store.rules.row import Row
from tui.keymap import Keymap
from tui.screens.page import Drawn, PageScreen
from tui.text import Safe, safe
from tui.widgets.look import Look
from tui.widgets.picker import Choice, Picker
from tui.widgets.prompt import Prompt
from tui.widgets.wrapping import wrapped

if TYPE_CHECKING:
    from store.rules.matching import Match

_MODES: dict[Mode, str] = {
    "forward": "the role goes to them; the recruiter learns nothing of them",
    "both": "both are asked, then one mail goes to both",
    "standing": "they gave leave in advance",
    "public": "a public profile; they are told",
}


class ReferScreen(PageScreen):
    """Asks who, then how, then opens the two letters; nothing is sent from here."""

    PLACE = "Referring"

    def __init__(self, repository: Repository, keymap: Keymap, row: Row, *, plain_text: bool) -> None:
        super().__init__(repository, keymap, plain_text=plain_text)
        self._row = row
        self._refusal = passing_on.may_ask(repository, row)
        self._matches: list[Match] = [] if self._refusal else passing_on.suggested(repository, row)
        self._friend = ""
        self._person = ""
        """Their id, where they are known: a name may be that of several."""
        self._why = ""

    def title_line(self) -> str:
        """Return what stands at the top."""
        return " · ".join(filter(None, ("Who would be glad of this?", self._row.role, self._row.company)))

    def footer_keys(self) -> list[tuple[str, str]]:
        """Return the keys of the present step."""
        if self._friend:
            return self.keys_of("forward", "both", "other", "change_why")
        numbers = [(f"1-{len(self._matches)}", "choose")] if self._matches else []
        return [*numbers, *self.keys_of("ask_name")]

    def lines(self, look: Look, width: int) -> Drawn:
        """Return the present step for a width in cells."""
        drawn: Drawn = [[(line, look.warning)] for line in wrapped(self._refusal, width) if line]
        drawn += [[]] if drawn else []
        if self._friend:
            return [*drawn, *self._how(look, width)]
        for number, match in enumerate(self._matches, start=1):
            about = " · ".join(filter(None, (match.candidate.title, match.candidate.employer)))
            drawn.append(
                [
                    (Safe(f"{number}  "), look.accent),
                    (safe(match.candidate.name), look.strong),
                    (safe(f"  {about}"), look.plain),
                ]
            )
            chips = f"{match.points}: {', '.join(match.chips)}"
            drawn += [[(Safe("   "), look.dim), (line, look.dim)] for line in wrapped(chips, width - 3)]
            drawn.append([])
        if not self._matches and not self._refusal:
            text = "Nobody fits by two points, one of them about the role. Ask around, or name somebody."
            drawn += [*([(line, look.dim)] for line in wrapped(text, width)), []]
        drawn += [
            [(Safe("t  "), look.accent), (Safe("somebody else whom you know, or a new name"), look.plain)]
        ]
        return drawn

    def _how(self, look: Look, width: int) -> Drawn:
        drawn: Drawn = [[(safe(self._friend), look.strong)]]
        why = f"Why it fits: {self._why}" if self._why else "w says why it fits; a letter needs that."
        drawn += [[(line, look.dim)] for line in wrapped(why, width)]
        drawn.append([])
        ways: tuple[tuple[str, Mode], ...] = (("f", "forward"), ("b", "both"))
        for key, mode in ways:
            words = _MODES[mode]
            drawn += [
                [(Safe(f"{key}  "), look.accent), (line, look.plain)] for line in wrapped(words, width - 3)
            ]
        return drawn

    # Keys

    def choose(self) -> None:
        """Take a suggestion; what speaks for it is the first wording of why."""
        place = int(self.fired_by) - 1
        if self._friend or place >= len(self._matches):
            return
        match = self._matches[place]
        self._friend, self._person = match.candidate.name, str(match.candidate.id)
        self._why = in_words(match.chips)
        self.show_again()

    def ask_name(self) -> None:
        """Ask whom of those one knows, or for a new name; whoever must not be referred shows why."""
        choices = [
            Choice(
                str(each.id),
                each.name,
                why_not or " · ".join(filter(None, (each.title, each.employer))) or each.email,
                is_refused=bool(why_not),
            )
            for each, why_not in passing_on.everybody(self.repository, self._row)
        ]
        known = {choice.value for choice in choices}
        about = "Type a part of a name; whom you do not know yet is named whole."
        picker = Picker(self.keymap, "Who would be glad of it?", choices, about=about, own="Somebody new: {}")
        self.ask(picker, lambda value: (self._take_person if value in known else self._take_name)(value))

    def _take_name(self, text: str) -> None:
        """Take a name; where somebody has it already, they are meant."""
        found = network.named(self.repository.documents, text)
        if len(found) > 1:
            choices = [
                Choice(str(each.id), each.label, each.person.email or f"number {each.id}") for each in found
            ]
            title = f"{len(found)} people are called {' '.join(text.split())}. Which one?"
            self.ask(Picker(self.keymap, title, choices), self._take_person)
        elif found:
            self._take_person(str(found[0].id))
        else:
            self._take(" ".join(text.split()), "")

    def _take_person(self, id: str) -> None:
        every = passing_on.everybody(self.repository, self._row)
        why_not = next((why for each, why in every if str(each.id) == id), "")
        known = network.must_find(self.repository.documents, id)
        if why_not:
            self.say(f"{known.person.name} is not to be referred: {why_not}.", warning=True)
        else:
            self._take(known.person.name or "", id)

    def _take(self, name: str, person: str) -> None:
        self._friend, self._person = name, person
        self.show_again()
        self.change_why()

    def change_why(self) -> None:
        """Ask why it fits."""
        if not self._friend:
            return
        prompt = Prompt(
            self.keymap, "Why does it fit? One line", partial(_words, "Enter keeps it"), value=self._why
        )
        self.ask(prompt, self._because)

    def _because(self, text: str) -> None:
        self._why = text
        self.show_again()

    def forward(self) -> None:
        """Forward the role."""
        self._refer("forward")

    def both(self) -> None:
        """Ask both."""
        self._refer("both")

    def other(self) -> None:
        """Ask which other way."""
        if self._friend:
            choices = [Choice(mode, mode, words) for mode, words in _MODES.items()]
            self.ask(Picker(self.keymap, "With whose leave?", choices), self._refer)

    def _refer(self, mode: str, *, sensitive_too: bool = False) -> None:
        if not self._friend:
            return
        try:
            referral, known, warning = passing_on.prepare(
                self.repository,
                self._row,
                self._person or self._friend,
                why=self._why,
                mode=mode,
                sensitive_too=sensitive_too,
                is_new=True,
            )
            sentence, id = self.repository.transact(
                "Refer", lambda t: referring.refer(t, self._row, referral, known), durable=False
            )
        except SensitiveError:
            self._ask_again(mode)
        except StoreError as error:
            self.say(f"{error.sentence} {error.hint}", warning=True)
        else:
            told = warning or f"{sentence} · {self.keymap.spelled('undo')} undoes"
            self._open_letters(id, told, warning=bool(warning))

    def _ask_again(self, mode: str) -> None:
        """Somebody who is marked as sensitive takes a key more, and another one."""
        choices = [Choice("yes", "Refer all the same"), Choice("no", "Leave it")]
        title = f"{self._friend} is marked as sensitive. Refer all the same?"

        def answer(chosen: str) -> None:
            if chosen == "yes":
                self._refer(mode, sensitive_too=True)

        self.ask(Picker(self.keymap, title, choices), answer)

    def _open_letters(self, id: int, told: str, *, warning: bool) -> None:
        """Open the letters; whoever leaves them leaves this too, unless the referral was taken back."""
        from tui.screens.letters import LettersScreen

        def back(_: None) -> None:
            document = self.repository.document("referrals", id)
            if document is None or document.get("gone"):
                self.show_again()
                self.say(f"The referral to {self._friend} is taken back.")
            else:
                self.dismiss(None)

        screen = LettersScreen(
            self.repository, self.keymap, id, plain_text=self.plain_text, told=told, warning=warning
        )
        self.app.push_screen(screen, back)


def _words(meaning: str, text: str) -> str:
    if not text.strip():
        raise UsageError("A referral needs a reason.", "Type in a line why it fits them.")
    return meaning
