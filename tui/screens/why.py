"""Why something counts as outreach, or does not: reasons with their weights, which add up to the score."""

from store.intake.why import Judged, Why
from store.repository import Repository
from store.rules.dates import describe
from tui.keymap import Keymap
from tui.screens.list_page import paragraph
from tui.screens.page import Drawn, PageScreen
from tui.text import Safe
from tui.widgets.look import Look
from tui.widgets.wrapping import wrapped

OUTCOMES = {"outreach": "outreach", "review": "to review", "other": "no outreach"}
_MARGIN = 6


class WhyScreen(PageScreen):
    """Every message of an opportunity with its reasons."""

    PLACE = "Why"

    def __init__(
        self, repository: Repository, keymap: Keymap, who: str, why: Why, *, plain_text: bool
    ) -> None:
        super().__init__(repository, keymap, plain_text=plain_text)
        self._who = who
        self._why = why

    def title_line(self) -> str:
        """Return what stands at the top."""
        return f"Why · {self._who}: {OUTCOMES[self._why.outcome]}"

    def lines(self, look: Look, width: int) -> Drawn:
        """Return the reasons, message by message."""
        drawn = paragraph(self._why.because, look, width, style="strong") if self._why.because else []
        for each in self._why.messages:
            drawn += [[]] if drawn else []
            drawn += judged_lines(each, look, width, self.repository.now())
        rule = "4 and more is outreach, 2 and 3 is to be looked at; of a text message 3 is enough."
        return [*drawn, [], *paragraph(rule, look, width, style="faint")]


def judged_lines(each: Judged, look: Look, width: int, now: int) -> Drawn:
    """Draw what speaks for and against one message, and the sum."""
    message, judgement = each.message, each.judgement
    title = message.subject or " ".join(message.body[:200].split()) or message.channel
    drawn = paragraph(title, look, width, style="strong")
    drawn += paragraph(describe(message.at, now, None), look, width, style="faint")
    for reason in judgement.reasons:
        weight = f"{reason.weight:+d}" if reason.weight else ""
        first, *rest = wrapped(reason.sentence, max(width - _MARGIN, 1))
        drawn.append([(Safe(f"{weight:>4}  "), look.accent), (first, look.plain)])
        drawn += [[(Safe(" " * _MARGIN), look.plain), (line, look.plain)] for line in rest]
    if not judgement.reasons:
        drawn += paragraph("no sign of outreach", look, width, style="dim", indent=_MARGIN)
    total = Safe(f"{judgement.score:>4}  ")
    return [*drawn, [(total, look.strong), (Safe(OUTCOMES[judgement.outcome]), look.strong)]]
