"""The styles that lines are drawn in, read from the theme once and again when it changes."""

from typing import Any

import msgspec
from rich.style import Style
from textual.app import App
from textual.color import Color

from tui.text import Safe


class Marks(msgspec.Struct, frozen=True):
    """The few signs that have an ASCII form."""

    bar: Safe
    selected: Safe
    star: Safe
    dot: Safe
    rule: Safe
    ellipsis: Safe
    more: Safe


UNICODE = Marks(
    bar=Safe("▌"),
    selected=Safe("•"),
    star=Safe("★"),
    dot=Safe("·"),
    rule=Safe("│"),
    ellipsis=Safe("…"),
    more=Safe("↓ more"),
)
ASCII = Marks(
    bar=Safe(">"),
    selected=Safe("+"),
    star=Safe("*"),
    dot=Safe("-"),
    rule=Safe("|"),
    ellipsis=Safe("~"),
    more=Safe("more below"),
)


class Look(msgspec.Struct, frozen=True):
    """The styles a line is drawn in, from the theme."""

    ground: Style
    plain: Style
    strong: Style
    dim: Style
    faint: Style
    accent: Style
    warning: Style
    match: Style
    cursor: Style
    selected: Style
    rule: Style
    thumb: Style
    marks: Marks = UNICODE


def look_of(app: App[Any], *, plain_text: bool, bar: bool = False) -> Look:
    """Return the styles for the app's theme; `plain_text` asks for marks in ASCII, `bar` for a bar's ground.

    A theme that is not ours names no dim and faint text; they are mixed from its foreground then.
    """
    colours = app.theme_variables

    def colour(name: str, mixed: Color) -> Color:
        return Color.parse(colours[name]) if name in colours else mixed

    page = Color.parse(colours["background"])
    front = Color.parse(colours["foreground"])
    accent = Color.parse(colours["accent"])
    ground = Style(bgcolor=(Color.parse(colours["surface"]) if bar else page).rich_color)
    return Look(
        ground=ground,
        plain=Style(color=front.rich_color),
        strong=Style(color=front.rich_color, bold=True),
        dim=Style(color=colour("ringback-dim", front.blend(page, 0.25)).rich_color),
        faint=Style(color=colour("ringback-faint", front.blend(page, 0.4)).rich_color),
        accent=Style(color=accent.rich_color, bold=True),
        warning=Style(color=Color.parse(colours["warning"]).rich_color, bold=True),
        match=Style(color=accent.rich_color, underline=True),
        cursor=_cursor(app, ground, colour("ringback-cursor", page.blend(front, 0.14))),
        selected=Style(bgcolor=page.blend(accent, 0.12).rich_color),
        rule=Style(color=colour("ringback-rule", front.blend(page, 0.75)).rich_color),
        thumb=Style(color=colour("ringback-faint", front.blend(page, 0.4)).rich_color),
        marks=ASCII if plain_text else UNICODE,
    )


def _cursor(app: App[Any], ground: Style, colour: Color) -> Style:
    """Without colour a line in reverse shows where the cursor is."""
    return ground + Style(reverse=True) if app.no_color else Style(bgcolor=colour.rich_color)
