"""The questions of a decision as lines: the answered ones small, the present one with room, the rest dim."""

from collections.abc import Iterator, Sequence

import msgspec
from rich.style import Style

from store.records.decision import NOTHING
from store.records.seat import OwnReason
from store.rules.dates import describe_day
from store.rules.questions import Question, Reason, brief, meaning, reason
from store.rules.sheet import Sheet
from tui.text import Safe, safe
from tui.widgets.cells import Piece, cut, fill, width_of
from tui.widgets.ledger_lines import Drawn, ledger_lines
from tui.widgets.look import Look
from tui.widgets.wrapping import wrapped

_NUMBER = 4
"""Cells before a question: its number and a gap."""
_SHORT = 25
"""Cells for the short name of an answered question."""
_TENTHS = 9


class Asked(msgspec.Struct, frozen=True):
    """What the column draws: the form, and what is known beside it."""

    sheet: Sheet
    ledger: object
    """The reckoning (`ledger.Reckoning`)."""
    own: tuple[OwnReason, ...] = ()
    impulse: str = ""
    hints: tuple[str, ...] = ()
    """Lines under the present question: what is known that helps to answer it."""
    intro: str = ""
    """A sentence above everything."""
    complaint: str = ""
    """Why the last key was not taken."""
    now: int = 0


def column(asked: Asked, look: Look, width: int, *, alone: bool = False) -> Drawn:
    """Return the lines of the form for a width in cells; `alone` draws the present question only."""
    sheet = asked.sheet
    drawn: Drawn = [[(line, look.dim)] for line in wrapped(asked.intro, width)] if asked.intro else []
    drawn += [[]] if drawn else []
    before = [] if alone else [_given(asked, each, look, width) for each in sheet.questions[: sheet.at]]
    drawn += before
    if sheet.shows_ledger:
        drawn += [[]] if before else []
        drawn += _ledger(asked, look, width)
    if sheet.present is not None:
        drawn += [[]] if drawn else []
        drawn += _present(asked, sheet.present, look, width)
    if not alone and not sheet.shows_ledger:
        later = sheet.questions[sheet.at + 1 :]
        drawn += [[], *(_ahead(each, look, width) for each in later)]
        drawn += [[], [(Safe(" " * _NUMBER + _waiting(sheet)), look.faint)]]
    return drawn


def _waiting(sheet: Sheet) -> str:
    return "The points appear after question 4." if sheet.express else "The ledger appears after question 10."


def _ledger(asked: Asked, look: Look, width: int) -> Drawn:
    sheet = asked.sheet
    lines = ledger_lines(
        asked.ledger,  # type: ignore[arg-type]
        sheet.answers,
        sheet.notes,
        asked.own,
        asked.impulse,
        look,
        width - _NUMBER,
    )
    margin: Piece = (Safe(" " * _NUMBER), look.plain)
    return [[margin, *line] if line else [] for line in lines]


def _number(question: Question, style: Style) -> Piece:
    return Safe(f"{question.number:>2}  "), style


def _given(asked: Asked, question: Question, look: Look, width: int) -> list[Piece]:
    value = value_of(asked.sheet, question, asked.own, asked.now)
    note = asked.sheet.notes.get(question.name, "")
    short = min(_SHORT, max(width // 2, 8))
    room = max(width - _NUMBER - short, 0)
    shown = cut(safe(value), room, look.marks.ellipsis)
    pieces = [
        _number(question, look.faint),
        (fill(cut(Safe(question.short), short - 1, look.marks.ellipsis), short), look.faint),
        (shown, look.dim),
    ]
    left = room - width_of(shown) - 2
    if note and left > len(note) // 3:
        pieces.append((Safe("  “" + cut(safe(note), left - 2, look.marks.ellipsis) + "”"), look.faint))
    return pieces


def value_of(sheet: Sheet, question: Question, own: Sequence[OwnReason], now: int) -> str:
    """Say what a field holds, in a few words."""
    if question.name == "verdict":
        return meaning("verdict", sheet.verdict)
    if question.name == "reviews":
        return " · ".join(describe_day(date, now) for date in sheet.reviews)
    value = getattr(sheet.answers, question.name)
    if question.name == "survives" and sheet.answers.reasons == (NOTHING,):
        return "no points"
    return brief(meaning(question.name, value, own))


def _ahead(question: Question, look: Look, width: int) -> list[Piece]:
    text = cut(Safe(question.short), width - _NUMBER, look.marks.ellipsis)
    return [_number(question, look.faint), (text, look.faint)]


def _present(asked: Asked, question: Question, look: Look, width: int) -> Drawn:
    """Draw the question with its keys, each with what it means."""
    room = width - _NUMBER
    margin: Piece = (Safe(" " * _NUMBER), look.plain)
    counter = _counter(asked) if question.name == "survives" else None
    text = counter.question if counter is not None else question.text
    first, *others = wrapped(text, room)
    drawn: Drawn = [[_number(question, look.accent), (first, look.strong)]]
    drawn += [[margin, (line, look.strong)] for line in others]
    if counter is not None and counter.in_favour:
        drawn += [[margin, (line, look.faint)] for line in wrapped(f"For it: {counter.in_favour}.", room)]
    drawn.append([])
    drawn += [[margin, *line] for line in _keys(asked, question, counter, look, room)]
    for hint in asked.hints:
        drawn += [[margin, (line, look.faint)] for line in wrapped(hint, room)]
    if note := asked.sheet.notes.get(question.name):
        drawn += [[margin, (line, look.dim)] for line in wrapped(f"“{note}”", room)]
    if asked.complaint:
        drawn += [[margin, (line, look.warning)] for line in wrapped(asked.complaint, room)]
    return drawn


def _counter(asked: Asked) -> Reason | None:
    reasons = asked.sheet.answers.reasons
    return reason(reasons[0], asked.own) if reasons else None


def _keys(
    asked: Asked, question: Question, counter: Reason | None, look: Look, room: int
) -> Iterator[list[Piece]]:
    """Yield a line for each key, or one for the tenths."""
    if question.name == "reviews":
        yield [(Safe(value_of(asked.sheet, question, asked.own, asked.now)), look.plain)]
        return
    held = asked.sheet.verdict if question.name == "verdict" else _held(asked.sheet, question)
    if len(question.keys) == _TENTHS:
        yield _tenths(question, held, look)
        return
    keys = [(each.key, each.meaning) for each in question.keys]
    if question.name == "reasons":
        keys[-1:-1] = [(each.key, each.name) for each in asked.own]
    if counter is not None:
        if counter.key == NOTHING:
            yield [(Safe("It counts no points; n writes it down, Enter goes on."), look.dim)]
            return
        meanings = (counter.holds, counter.partly, counter.fails)
        keys = [
            (key, f"{name}: {means}" if means != name else name)
            for (key, name), means in zip(keys, meanings, strict=True)
        ]
    for key, means in keys:
        chosen = key == held or (isinstance(held, tuple) and key in held)
        lines = list(wrapped(means, max(room - 3, 8)))
        yield [
            (safe(key), look.accent),
            (Safe("  "), look.plain),
            (lines[0], look.strong if chosen else look.plain),
        ]
        for line in lines[1:]:
            yield [(Safe("   "), look.plain), (line, look.plain)]


def _held(sheet: Sheet, question: Question) -> object:
    value = getattr(sheet.answers, question.name)
    return value if isinstance(value, tuple) else str(value)


def _tenths(question: Question, held: object, look: Look) -> list[Piece]:
    pieces: list[Piece] = []
    for each in question.keys:
        pieces.append((Safe(each.key), look.accent if each.key == held else look.plain))
        pieces.append((Safe("  "), look.plain))
    return [*pieces, (Safe("   × 10 %"), look.faint)]
