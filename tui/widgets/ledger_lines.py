"""The ledger as lines: figures aligned, the sum under a rule, what was recommended and how firmly."""

from collections.abc import Mapping, Sequence

from store.records.decision import Answers, Decision
from store.records.seat import OwnReason
from store.rules.ledger import Reckoning
from store.rules.ledger_words import (
    firmness,
    flip_sentence,
    impulse_sentence,
    line_title,
    line_words,
    recommended_words,
)
from tui.text import Safe, safe
from tui.widgets.cells import NOTHING, Piece, cut, fill
from tui.widgets.look import Look
from tui.widgets.wrapping import wrapped

_TITLE = 18
_POINTS = 4
Drawn = list[list[Piece]]


def ledger_lines(
    reckoning: Reckoning | Decision,
    answers: Answers,
    notes: Mapping[str, str],
    own: Sequence[OwnReason],
    impulse: str,
    look: Look,
    width: int,
) -> Drawn:
    """Return the lines of a ledger, its sum and recommendation, for a width in cells."""
    drawn = [_line(line, points, answers, notes, own, look, width) for line, points in reckoning.ledger]
    drawn.append([(Safe(" " * (_TITLE + 1) + "─" * (_POINTS - 1)), look.faint)])
    drawn += _sum(reckoning, look, width)
    drawn.append([])
    for gate in reckoning.gates:
        drawn += _said(gate, look.warning, width)
    if reckoning.recommended is not None:
        drawn += _said(flip_sentence(reckoning.flip).capitalize(), look.dim, width)
        drawn += _said(firmness(reckoning).capitalize(), look.dim, width) if reckoning.flip else []
    if impulse:
        drawn += _said(impulse_sentence(impulse).capitalize(), look.dim, width)
    return drawn


def _line(
    line: str,
    points: int,
    answers: Answers,
    notes: Mapping[str, str],
    own: Sequence[OwnReason],
    look: Look,
    width: int,
) -> list[Piece]:
    shown = f"{points:+d}" if points else "0"
    words = safe(line_words(line, answers, dict(notes), own))
    room = max(width - _TITLE - _POINTS - 3, 0)
    return [
        (fill(safe(line_title(line, answers)), _TITLE), look.dim),
        (Safe(shown.rjust(_POINTS)), look.strong if points else look.faint),
        (Safe("   "), look.plain),
        (cut(words, room, look.marks.ellipsis) if words else NOTHING, look.dim),
    ]


def _sum(reckoning: Reckoning | Decision, look: Look, width: int) -> Drawn:
    """Draw the total, and beside it what it recommends."""
    total = f"{reckoning.total:+d}" if reckoning.total else "0"
    label = "together" if reckoning.recommended is None else "recommended"
    head: list[Piece] = [(fill(Safe(label), _TITLE), look.dim), (Safe(total.rjust(_POINTS)), look.strong)]
    if reckoning.recommended is None:
        return [head, *_said("Four answers are not enough to recommend anything.", look.dim, width)]
    return [[*head, (Safe("   "), look.plain), (Safe(recommended_words(reckoning.recommended)), look.accent)]]


def _said(sentence: str, style: object, width: int) -> Drawn:
    return [[(line, style)] for line in wrapped(sentence, width)]  # type: ignore[list-item]
