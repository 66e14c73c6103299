"""A ledger as commands write it."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from tui.output import Painted, paint

if TYPE_CHECKING:
    from store.records.decision import Answers, Decision
    from store.records.seat import OwnReason
    from store.rules.ledger import Reckoning

_TITLE = 18
_POINTS = 4


def write_ledger(
    write: Callable[..., None],
    reckoning: "Reckoning | Decision",
    answers: "Answers",
    notes: Mapping[str, str],
    own: "Sequence[OwnReason]",
    impulse: str,
) -> None:
    """Write each line with its points, the sum, the recommendation, the nearest flip, and how firm it is.

    `write` is `output.emit` or `output.tell`.
    """
    from store.rules.ledger_words import (
        firmness,
        flip_sentence,
        impulse_sentence,
        line_title,
        line_words,
        recommendation,
    )

    for line, points in reckoning.ledger:
        shown = f"{points:+d}" if points else "0"
        words = line_words(line, answers, dict(notes), own)
        write(
            f" {line_title(line, answers):<{_TITLE}}{shown:>{_POINTS}}   ".rstrip() + _gap(words), _dim(words)
        )
    write(" " * (_TITLE + 2) + "-" * (_POINTS - 1))
    write(paint(" " + recommendation(reckoning), "accent"))
    for gate in reckoning.gates:
        write(paint(" " + gate, "warning"))
    if reckoning.recommended is not None:
        write(_dim(" " + flip_sentence(reckoning.flip)))
        if reckoning.flip is not None:
            write(_dim(" " + firmness(reckoning)))
    if impulse:
        write(_dim(" " + impulse_sentence(impulse)))


def _gap(words: str) -> str:
    return "   " if words else ""


def _dim(text: str) -> Painted:
    return paint(text, "dim")
