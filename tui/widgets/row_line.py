"""One opportunity as one line of the list: what stands where, and what is cut first."""

from collections.abc import Sequence

import msgspec
from textual.strip import Strip

from store.rules.dates import age
from store.rules.row import Row
from store.rules.views import SILENT_DAYS, mark, owes, view_of
from tui.text import Safe, safe
from tui.widgets.cells import Piece, cut, fill, highlighted, strip_of, width_of
from tui.widgets.look import Look

CHANNELS = {
    "email": Safe("mail"),
    "linkedin": Safe("li"),
    "call": Safe("call"),
    "voicemail": Safe("vm"),
    "text": Safe("text"),
    "calendar": Safe("cal"),
}
"""How the list and the reader write a coarse channel, in at most four cells."""
NARROW = 64
"""A line shorter than this shows the name alone: the firm stands in the reader beside it."""
_LEAD = 12
"""Cells before the name: bar, mark, selection, age, channel."""
_LEAST_FIRM = 8
"""Cells that a firm or a company needs with the sign before it, for a few of its letters to be read."""


class State(msgspec.Struct, frozen=True):
    """What a line shows besides its row."""

    cursor: bool = False
    selected: bool = False


class Scene(msgspec.Struct, frozen=True):
    """What all lines of a list are drawn in front of."""

    now: int
    look: Look
    words: Sequence[str] = ()
    silent_days: int = SILENT_DAYS


def row_line(row: Row, width: int, scene: Scene, state: State) -> Strip:
    """Draw a row as a line of `width` cells; company, firm and role give way before names do."""
    now, look, words = scene.now, scene.look, scene.words
    fresh = row.unread and view_of(row, now) == "new"
    pieces = _lead(row, now, look, state, mark(row, now, scene.silent_days), fresh=fresh)
    room = max(width - _LEAD, 0)
    tail = _tail(row, look)
    column = room // 2 - 1 if width >= NARROW else min(room // 2, 18)
    room = max(room - (width_of(tail) + 1 if tail else 0), 0)
    name_style = look.strong if fresh else look.plain
    subject_style = look.plain if fresh else look.dim
    who, subject = _columns(row, room, column, look, firm=width >= NARROW)
    pieces += highlighted(who, name_style, words, look.match)
    pieces += highlighted(subject, subject_style, words, look.match)
    used = width_of(who) + width_of(subject)
    pieces.append((Safe(" " * (width - _LEAD - used - width_of(tail))), look.plain))
    pieces.append((tail, look.dim))
    base = look.cursor if state.cursor else look.selected if state.selected else look.ground
    return strip_of(pieces, width, base)


def _lead(row: Row, now: int, look: Look, state: State, letter: str, *, fresh: bool) -> list[Piece]:
    accent = look.accent if fresh else look.dim
    late = row.nudge and row.nudge <= now and row.place == "waiting"
    return [
        (look.marks.bar if state.cursor else Safe(" "), look.accent),
        (Safe(letter), accent),
        (look.marks.selected if state.selected else Safe(" "), look.accent),
        (Safe(when(row, now).rjust(3)), look.accent if late else look.faint),
        (Safe(" " + CHANNELS.get(row.channel, Safe("")).ljust(5)), look.plain if fresh else look.dim),
    ]


def when(row: Row, now: int) -> str:
    """Say how old the row is, or in how long it comes back (`+3d`); "due" when its nudge has come."""
    if row.until > now:
        return _ahead(row.until, now)
    if row.place == "waiting" and row.nudge:
        return _ahead(row.nudge, now) if row.nudge > now else "due"
    return age(row.at, now)


def _ahead(at: int, now: int) -> str:
    return "+" + age(now, at)


def _tail(row: Row, look: Look) -> Safe:
    star = look.marks.star + " " if row.starred else ""
    if owes(row) == "them" and row.place != "done":
        return Safe(star + "them")
    return Safe(star + (f"x{row.attempts}" if row.attempts > 1 else "")).strip()  # type: ignore[return-value]


def _columns(row: Row, room: int, column: int, look: Look, *, firm: bool) -> tuple[Safe, Safe]:
    """Share `room` cells: recruiter and firm, then role and company, a blank between the two.

    The firm stands where the name leaves it room in the column, the company where the role leaves it some
    behind it; the column widens for a name alone, which is cut last of all.
    """
    ellipsis = look.marks.ellipsis
    who, role = safe(row.who), safe(row.role)
    if firm and row.firm and column - width_of(who) >= _LEAST_FIRM:
        who = cut(Safe(f"{who} {look.marks.dot} {safe(row.firm)}"), column, ellipsis)
    who = fill(cut(who, room, ellipsis), min(column, room))
    rest = room - width_of(who) - 1
    if row.company and rest - width_of(role) >= _LEAST_FIRM:
        role = Safe(f"{role}, {safe(row.company)}")
    return (Safe(who + " "), cut(role, rest, ellipsis)) if rest > 0 else (who, Safe(""))
