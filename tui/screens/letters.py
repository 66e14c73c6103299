"""The two letters of a referral side by side: copied, handed to the mail program, edited, marked as sent."""

from functools import partial
from typing import TYPE_CHECKING

from rich.style import Style

from store import referral_letters, referring, sending
from store.errors import NotFoundError, StoreError
from store.letters import SLOT
from store.records.letter import Letter
from store.records.referral import Side
from store.repository import Repository
from store.rules.dates import describe_day
from tui.clipboard import way_kept
from tui.keymap import Keymap
from tui.mailto import mailto
from tui.screens.copying import copy
from tui.screens.editor import edited
from tui.screens.links import Link, can_open, open_link
from tui.screens.page import Drawn, PageScreen
from tui.text import Safe, safe
from tui.widgets.cells import NOTHING, Piece, fill, width_of
from tui.widgets.look import Look
from tui.widgets.wrapping import wrapped

if TYPE_CHECKING:
    from store.referring import Logged

_SIDE_BY_SIDE = 90
"""Columns from which the letters stand beside each other."""
_GAP = 4
_BY_HAND = "by hand"
_BY_MAIL = "mail program"


class LettersScreen(PageScreen):
    """Shows the letters of a referral; a plain key acts on the friend's, a shifted one on the recruiter's."""

    PLACE = "Letters of a referral"

    def __init__(
        self,
        repository: Repository,
        keymap: Keymap,
        referral: int,
        *,
        plain_text: bool,
        told: str = "",
        warning: bool = False,
    ) -> None:
        super().__init__(repository, keymap, plain_text=plain_text)
        self._referral = referral
        self._told = (told, warning)
        self._is_fresh = True
        """Whether nothing was done here yet: what was said on the way stands over the letters so long."""
        self._logged: Logged | None = None
        self._letters: dict[Side, Letter] = {}
        self._ways: dict[Side, str] = {}
        """How each was taken out of here."""
        self._unkept: dict[Side, str] = {}
        """What was written into a letter and could not be kept."""

    def show_again(self) -> None:
        """Draw the letters as they stand now; leave where their referral was taken back."""
        documents = self.repository.documents
        try:
            self._logged = referring.find(documents, str(self._referral), self.repository.now())
            self._letters = referral_letters.both(documents, self._referral)
        except NotFoundError:
            self.dismiss(None)
        else:
            if not self._is_fresh:
                self._told = ("", False)
            self._is_fresh = False
            super().show_again()

    def title_line(self) -> str:
        """Return what stands at the top."""
        about = referral_letters.about(self._logged.referral) if self._logged else ""
        return " · ".join(filter(None, ("Letters", about)))

    def footer_keys(self) -> list[tuple[str, str]]:
        """Return the keys of this page."""
        return self.keys_of("copy", "mail", "edit", "sent", copy="copy first, second", sent="I sent it")

    # Drawing

    def lines(self, look: Look, width: int) -> Drawn:
        """Return the letters beside or below each other."""
        told, warning = self._told
        style = look.warning if warning else look.accent
        first: Drawn = [[(line, style)] for line in wrapped(told, width) if line]
        first += [[]] if first else []
        if width < _SIDE_BY_SIDE:
            return [*first, *self._letter("friend", look, width), [], *self._letter("recruiter", look, width)]
        half = (width - _GAP) // 2
        left, right = self._letter("friend", look, half), self._letter("recruiter", look, half)
        height = max(len(left), len(right))
        left += [[] for _ in range(height - len(left))]
        right += [[] for _ in range(height - len(right))]
        rows = zip(left, right, strict=True)
        return [*first, *([*_filled(one, half + _GAP), *other] for one, other in rows)]

    def _letter(self, side: Side, look: Look, width: int) -> Drawn:
        if self._logged is None or side not in self._letters:
            return []
        letter, now = self._letters[side], self.repository.now()
        who = referral_letters.addressee(self._logged.referral, side)
        drawn: Drawn = [[(line, look.strong)] for line in wrapped(f"To {who}", width)]
        drawn += [[(line, look.dim)] for line in wrapped(letter.to, width) if line]
        subject = referral_letters.about(self._logged.referral)
        drawn += [[(line, look.dim)] for line in wrapped(f"Subject: {subject}", width) if subject]
        if letter.sent_at:
            state = " · ".join(filter(None, (f"sent {describe_day(letter.sent_at, now)}", letter.sent_by)))
            drawn += [[(line, look.dim)] for line in wrapped(state, width)]
        else:
            why_not = sending.why_not(self.repository.documents, self._logged, letter, now)
            drawn += [[(line, look.warning)] for line in wrapped(why_not, width) if line]
        names = sending.open_slots(letter)
        return [*drawn, [], *(slots_shown(line, names, look) for line in wrapped(letter.text, width))]

    # Keys

    @property
    def _side(self) -> Side:
        return "recruiter" if self.fired_by.isupper() else "friend"

    def _ready(self, side: Side) -> Letter | None:
        """Return a letter that may go out; else say why it may not."""
        letter = self._letters[side]
        if self._logged is None:
            return None
        try:
            sending.check(self.repository.documents, self._logged, letter, self.repository.now())
        except StoreError as error:
            self.say(f"{error.sentence} {error.hint}", warning=True)
            return None
        return letter

    def copy(self) -> None:
        """Copy a letter."""
        side = self._side
        letter = self._ready(side)
        if letter is not None:
            copy(self.app, letter.text, partial(self._copied, side))

    def _copied(self, side: Side, way: str) -> None:
        self._ways[side] = way_kept(way)
        self._tell(f"Copied the letter to {referral_letters.NAMES[side]} · {way}")

    def mail(self) -> None:
        """Hand a letter to the mail program."""
        side = self._side
        letter = self._ready(side)
        if letter is None or self._logged is None:
            return
        try:
            link = mailto(letter.to, referral_letters.about(self._logged.referral), letter.text)
        except StoreError as error:
            self.say(f"{error.sentence} {error.hint}", warning=True)
            return
        if can_open():
            self.app.run_worker(partial(self._mail_in_thread, side, link), thread=True)
        else:
            sentence = "No mail program has a window here; copied the mailto: link"
            copy(self.app, link, lambda way: self._tell(f"{sentence} · {way}"))

    def _mail_in_thread(self, side: Side, link: str) -> None:
        self.app.call_from_thread(self._mailed, side, open_link(Link(link, "")))

    def _mailed(self, side: Side, is_taken: bool) -> None:  # noqa: FBT001 # handed over by a thread
        if is_taken:
            self._ways[side] = _BY_MAIL
        name = referral_letters.NAMES[side]
        sentence = f"The letter to {name} is in your mail program" if is_taken else "No mail program took it."
        self._tell(sentence, warning=not is_taken)

    def edit(self) -> None:
        """Write a letter in the user's editor."""
        side = self._side
        shown = safe(self._letters[side].text, newlines=True).rstrip("\n")
        try:
            referral_letters.check_draft(self._letters[side])
            text = edited(self.app, self._unkept.get(side, shown))
        except StoreError as error:
            self.say(f"{error.sentence} {error.hint}", warning=True)
            return
        if text == shown:
            self.say("The letter is as it was.")
            return
        self._unkept[side] = text
        if self.change("Letter", lambda t: referral_letters.edit(t, self._referral, side, text)):
            del self._unkept[side]

    def sent(self) -> None:
        """Write down that a letter went out, in the words that were copied."""
        side = self._side
        way, text = self._ways.get(side, _BY_HAND), safe(self._letters[side].text, newlines=True)
        self.change("Letter sent", lambda t: sending.sent(t, self._referral, side, way, text))

    def _tell(self, sentence: str, *, warning: bool = False) -> None:
        """Say something that a thread found out, unless the letters were left meanwhile."""
        if self.is_attached:
            self.say(sentence, warning=warning)


def slots_shown(line: Safe, names: tuple[str, ...], look: Look) -> list[Piece]:
    """Split a line of a letter so that the slots of these names stand out."""
    pieces: list[Piece] = []
    start = 0
    for slot in SLOT.finditer(line):
        if slot[1] in names:
            pieces += [(Safe(line[start : slot.start()]), look.plain), (Safe(slot[0]), look.warning)]
            start = slot.end()
    return [*pieces, (Safe(line[start:]), look.plain)]


def _filled(pieces: list[Piece], width: int) -> list[Piece]:
    used = sum(width_of(text) for text, _ in pieces)
    style = pieces[-1][1] if pieces else Style()
    return [*pieces, (fill(NOTHING, max(width - used, 0)), style)]
