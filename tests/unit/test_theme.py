"""Our two themes."""

import pytest
from textual.color import Color
from textual.theme import Theme

from tui.theme import THEMES, wants_no_color

LEAST_CONTRAST = 4.5
"""WCAG 2, level AA, text of normal size."""


def luminance(color: Color) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = (color.r / 255, color.g / 255, color.b / 255)
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def colours(theme: Theme) -> dict[str, str]:
    """Every colour of a theme by the name of its variable."""
    return theme.to_color_system().generate() | theme.variables


def grounds(theme: Theme) -> dict[str, Color]:
    """What text stands on: the page, the bars above and below, the cursor row, and a selected row."""
    variables = colours(theme)
    page, accent = Color.parse(variables["background"]), Color.parse(variables["accent"])
    return {
        "page": page,
        "bars": Color.parse(variables["surface"]),
        "cursor": Color.parse(variables["ringback-cursor"]),
        "tinted": page.blend(Color.parse(variables["foreground"]), 0.13),
        "selected": page.blend(accent, 0.12),
    }


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize(
    "ink", ["foreground", "ringback-dim", "ringback-faint", "ringback-accent", "warning"]
)
def test_text_can_be_read_on_every_ground(theme: Theme, ink: str) -> None:
    """All three strengths, the accent and the warning reach AA on page, bars, cursor row and selection."""
    color = Color.parse(colours(theme)[ink])
    assert {name: contrast(color, ground) for name, ground in grounds(theme).items()} == {
        name: pytest.approx(max(contrast(color, ground), LEAST_CONTRAST))
        for name, ground in grounds(theme).items()
    }


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_three_strengths_differ(theme: Theme) -> None:
    """Strong, dim and faint text can be told apart."""
    variables = colours(theme)
    page = Color.parse(variables["background"])
    inks = [Color.parse(variables[name]) for name in ("foreground", "ringback-dim", "ringback-faint")]
    strong, dim, faint = (contrast(ink, page) for ink in inks)
    assert strong > 1.3 * dim > 1.3 * 1.3 * faint


@pytest.mark.parametrize(
    ("environ", "wanted", "left"),
    [({}, False, {}), ({"NO_COLOR": ""}, False, {}), ({"NO_COLOR": "1"}, True, {"NO_COLOR": "1"})],
)
def test_an_empty_no_color_asks_for_nothing(
    environ: dict[str, str], wanted: bool, left: dict[str, str]
) -> None:
    """Only a value switches colours off; an empty variable is out of Textual's sight."""
    assert wants_no_color(environ) is wanted
    assert environ == left
