"""Passing a role on: who would be glad of it, with whose leave, and the two letters side by side."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from store import referring
from store.errors import StoreError, UsageError
from store.letters import Letter
from store.records.referral import Mode, Referral
from store.repository import Repository
from store.rules.row import Row
from tui.keymap import Keymap
from tui.screens.page import Drawn, PageScreen
from tui.text import Safe, safe
from tui.widgets.cells import NOTHING, Piece, fill
from tui.widgets.look import Look
from tui.widgets.picker import Choice, Picker
from tui.widgets.prompt import Prompt
from tui.widgets.wrapping import wrapped

if TYPE_CHECKING:
    from store.rules.matching import Match

_SIDE_BY_SIDE = 90
"""Columns from which the letters stand beside each other."""
_GAP = 4
_MODES: dict[Mode, str] = {
    "forward": "the role goes to them; the recruiter learns nothing of them",
    "both": "both are asked, then one mail goes to both",
    "standing": "they gave leave in advance",
    "public": "a public profile; they are told",
}


class ReferScreen(PageScreen):
    """Asks who, then how, then shows the two letters; nothing is sent from here."""

    PLACE = "Referring"
    KEYS: ClassVar[dict[str, str]] = {
        "1": "choose",
        "2": "choose",
        "3": "choose",
        "t": "ask_name",
        "f": "forward",
        "b": "both",
        "o": "other",
        "w": "change_why",
        "y": "copy_friend",
        "Y": "copy_recruiter",
        "s": "sent",
    }

    def __init__(
        self,
        repository: Repository,
        keymap: Keymap,
        row: Row,
        copy: Callable[[str, str], None],
        *,
        plain_text: bool,
    ) -> None:
        super().__init__(repository, keymap, plain_text=plain_text)
        self._row = row
        self._copy = copy
        self._refusal = referring.may_ask(repository, row)
        self._matches: list[Match] = [] if self._refusal else referring.suggested(repository, row)
        self._friend = ""
        self._why = ""
        self._made: tuple[int, Referral, referring.Drafts] | None = None

    def title_line(self) -> str:
        """Return what stands at the top."""
        return " · ".join(filter(None, ("Who would be glad of this?", self._row.role, self._row.company)))

    def footer_keys(self) -> list[tuple[str, str]]:
        """Return the keys of the present step."""
        if self._made is not None:
            return [("y", "copy the first"), ("Y", "copy the second"), ("s", "I sent it")]
        if self._friend:
            return [("f", "forward the role"), ("b", "ask both"), ("o", "other"), ("w", "why")]
        numbers = [(f"1-{len(self._matches)}", "choose")] if self._matches else []
        return [*numbers, ("t", "type a name")]

    def lines(self, look: Look, width: int) -> Drawn:
        """Return the present step for a width in cells."""
        if self._made is not None:
            return self._letters(self._made[1], self._made[2], look, width)
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
        if not self._matches and not self._refusal:
            text = "Nobody here fits by two points. Ask around, or type a name."
            drawn += [[(line, look.dim)] for line in wrapped(text, width)]
        drawn += [[], [(Safe("t  "), look.accent), (Safe("somebody else, by name"), look.plain)]]
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

    def _letters(self, referral: Referral, drafts: referring.Drafts, look: Look, width: int) -> Drawn:
        titles = (f"To {referral.name}", f"To {referral.recruiter}")
        if width < _SIDE_BY_SIDE:
            first = self._letter(titles[0], drafts.friend, look, width)
            return [*first, [], *self._letter(titles[1], drafts.recruiter, look, width)]
        half = (width - _GAP) // 2
        left = self._letter(titles[0], drafts.friend, look, half)
        right = self._letter(titles[1], drafts.recruiter, look, half)
        height = max(len(left), len(right))
        left += [[] for _ in range(height - len(left))]
        right += [[] for _ in range(height - len(right))]
        return [[*_filled(one, half + _GAP), *other] for one, other in zip(left, right, strict=True)]

    def _letter(self, title: str, letter: Letter, look: Look, width: int) -> Drawn:
        drawn: Drawn = [[(line, look.strong)] for line in wrapped(title, width)]
        if letter.missing:
            drawn.append([(safe(f"not ready: {', '.join(letter.missing)}"), look.warning)])
        drawn.append([])
        return drawn + [[(line, look.plain)] for line in wrapped(letter.text, width)]

    # Keys

    def choose(self) -> None:
        """Take a suggestion; its chips are the first words of why."""
        place = int(self.fired_by) - 1
        if self._friend or self._made is not None or place >= len(self._matches):
            return
        match = self._matches[place]
        self._friend, self._why = match.candidate.name, ", ".join(match.chips)
        self.show_again()

    def ask_name(self) -> None:
        """Ask for a name."""
        if self._made is None:
            self.ask(
                Prompt(self.keymap, "Who would be glad of it?", partial(_words, "Enter goes on")),
                self._take_name,
            )

    def _take_name(self, text: str) -> None:
        self._friend = " ".join(text.split())
        self.show_again()
        self.change_why()

    def change_why(self) -> None:
        """Ask why it fits."""
        if not self._friend or self._made is not None:
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
        if self._friend and self._made is None:
            choices = [Choice(mode, mode, words) for mode, words in _MODES.items()]
            self.ask(Picker(self.keymap, "With whose leave?", choices), self._refer)

    def _refer(self, mode: str) -> None:
        if not self._friend or self._made is not None:
            return
        try:
            referral, known, warning = referring.prepare(
                self.repository, self._row, self._friend, why=self._why, mode=mode, sensitive_too=True
            )
            sentence, id = self.repository.transact(
                "Refer", lambda t: referring.refer(t, self._row, referral, known), durable=False
            )
        except StoreError as error:
            self.say(f"{error.sentence} {error.hint}", warning=True)
            return
        self._made = (id, referral, referring.drafts(self.repository, self._row, referral))
        self.show_again()
        self.say(warning or f"{sentence} · {self.keymap.spelled('undo')} undoes", warning=bool(warning))

    def copy_friend(self) -> None:
        """Copy the letter to the friend."""
        if self._made is not None:
            self._copy_letter("letter to your friend", self._made[2].friend)

    def copy_recruiter(self) -> None:
        """Copy the letter to the recruiter."""
        if self._made is not None:
            self._copy_letter("letter to the recruiter", self._made[2].recruiter)

    def _copy_letter(self, name: str, letter: Letter) -> None:
        if letter.missing:
            self.say(f"Not ready: {', '.join(letter.missing)} is not known.", warning=True)
            return
        self._copy(f"Copied the {name}", letter.text)
        self.say(f"Copied the {name} · by the terminal (OSC 52), if it allows that")

    def sent(self) -> None:
        """Write down that the letters went out."""
        if self._made is None:
            return
        id, referral, _ = self._made
        note = f"letters sent to {referral.name} and {referral.recruiter}"
        self.change("Referral", lambda t: referring.noted(t, id, note))

    def act_undo(self) -> None:
        """Take the last change back; an undone referral leads back to the choice."""
        super().act_undo()
        if self._made is not None:
            document = self.repository.document("referrals", self._made[0])
            if document is None or document.get("gone"):
                self._made = None
                self.show_again()


def _filled(pieces: list[Piece], width: int) -> list[Piece]:
    text = "".join(piece for piece, _ in pieces)
    style = pieces[-1][1] if pieces else None
    padding = fill(safe(text), width)[len(text) :]
    if style is None:
        from rich.style import Style

        style = Style()
    return [*pieces, (Safe(padding) if padding else NOTHING, style)]


def _words(meaning: str, text: str) -> str:
    if not text.strip():
        raise UsageError("There are no words yet.", "Type a few.")
    return meaning
