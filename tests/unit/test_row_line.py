"""A row as a line: what stands where, what is cut first, and that nothing obeys a stranger's text."""

from typing import Any

import pytest
from rich.cells import cell_len
from rich.style import Style

from inbox_support import a_row
from store.clock import DAY, HOUR
from store.rules.row import Row
from support import NOW, ago
from tui.widgets.look import ASCII, UNICODE, Look
from tui.widgets.row_line import Scene, State, row_line

LOOK = Look(
    ground=Style(bgcolor="black"),
    plain=Style(color="white"),
    strong=Style(color="white", bold=True),
    dim=Style(color="white", dim=True),
    faint=Style(color="white", dim=True, italic=True),
    accent=Style(color="yellow", bold=True),
    warning=Style(color="red"),
    match=Style(underline=True),
    cursor=Style(reverse=True),
    selected=Style(bgcolor="yellow"),
    rule=Style(),
    thumb=Style(),
    marks=UNICODE,
)


def line(row: Row, width: int = 56, *, words: tuple[str, ...] = (), **state: bool) -> str:
    """Return a row's line as text."""
    return row_line(row, width, Scene(NOW, LOOK, words), State(**state)).text


@pytest.mark.parametrize("width", [12, 20, 40, 56, 64, 78, 200])
def test_a_line_fills_its_width(width: int) -> None:
    """Every width gets exactly its cells, wide characters included."""
    for row in (
        a_row(),
        a_row(who="山田太郎" * 4, role="シニア" * 20, firm="東京"),
        a_row(attempts=12, starred=True),
    ):
        assert cell_len(line(row, width)) == width


def test_what_stands_where() -> None:
    """Mark, age, channel, who, role, and the attempts at the right."""
    row = a_row(who="Dana Whitfield", role="Staff Engineer", attempts=3, at=ago(hours=2))
    assert line(row) == " N  2h mail Dana Whitfield     Staff Engineer         x3"


def test_a_wide_line_has_room_for_firm_and_company() -> None:
    """Firm and company stand beside recruiter and role, as far as they take nothing of these."""
    shown = line(a_row(firm="Northgate", company="Acme Robotics"), 78)
    assert "Dana Whitfield · Northgate" in shown
    assert "Staff Engineer, Acme Robotics" in shown
    narrow = line(a_row(firm="Northgate Search", role="SRE", company="Acme"), 56)
    assert "Dana Whitfield     SRE, Acme" in narrow, "the firm stands in the reader beside it"


@pytest.mark.parametrize("width", range(12, 100))
def test_names_and_roles_never_touch(width: int) -> None:
    """At every width there is a blank before the role, and no name is cut while a firm is shown."""
    for who in ("Ann", "Dana Whitfield", "Oluwaseun O'Neil-Featherstonehaugh"):
        row = a_row(who=who, role="Xylophone builder", firm="Northgate Search", company="Acme", attempts=3)
        shown = line(row, width)
        if "X" in shown:
            assert shown[: shown.index("X")].endswith(" ")
        if "·" in shown or "Acme" in shown:
            assert who in shown


def test_names_are_cut_after_subjects() -> None:
    """A long name pushes the role aside before it loses a letter."""
    name = "Oluwaseun O'Neil-Featherstonehaugh"
    assert name in line(a_row(who=name, role="Backend lead for payments"), 56)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"place": "later"}, "R"),
        ({"until": NOW + 3 * DAY}, "Z"),
        ({"place": "waiting"}, "W"),
        ({"at": ago(days=20)}, "S"),
        ({"trashed": True}, "T"),
        ({"muted": True}, "M"),
    ],
)
def test_a_letter_tells_the_state(fields: dict[str, Any], expected: str) -> None:
    """Every state has a letter, so that colour is not needed."""
    assert line(a_row(**fields))[1] == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"at": ago(hours=2)}, "2h"),
        ({"until": NOW + 3 * DAY}, "+3d"),
        ({"place": "waiting", "nudge": NOW + 5 * HOUR}, "+5h"),
        ({"place": "waiting", "nudge": NOW - HOUR}, "due"),
    ],
)
def test_age_or_due_date(fields: dict[str, Any], expected: str) -> None:
    """What comes back shows when, everything else how old it is."""
    assert line(a_row(**fields))[3:6].strip() == expected


def test_who_owes_an_answer() -> None:
    """Where the user answered last, the line says that it is their turn."""
    assert line(a_row(answered_at=NOW)).endswith("them")


def test_the_cursor_shows_without_colour() -> None:
    """A bar marks the cursor row, a dot a selected one; in ASCII other signs do."""
    assert line(a_row(), cursor=True).startswith("▌")
    assert line(a_row(), selected=True)[2] == "•"
    assert ASCII.bar == ">"


def test_matches_are_marked() -> None:
    """The words of a search stand out in who and role, whatever their case."""
    strip = row_line(a_row(), 56, Scene(NOW, LOOK, ("dana", "staff")), State())
    marked = [segment.text for segment in strip if segment.style is not None and segment.style.underline]
    assert marked == ["Dana", "Staff"]


def test_a_strangers_text_reaches_no_terminal() -> None:
    """Escape sequences, bidi overrides and line breaks of a sender are shown or dropped, never sent."""
    shown = line(a_row(who="\x1b[31mEvil\x1b]0;x\x07", role="a\u202eb\nc[b]d[/b]", firm="\x9b2J"), 78)
    assert not any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for character in shown)
    assert "\u202e" not in shown
    assert "[b]d[/b]" in shown
