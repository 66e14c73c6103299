"""The styles that lines are drawn in, read from the theme once and again when it changes."""

from dataclasses import dataclass, replace
from typing import Any

from rich.style import Style
from textual.app import App
from textual.color import Color

from tui.text import Safe


@dataclass(frozen=True)
class Marks:
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
    ellipsis=Safe("..."),
    more=Safe("more below"),
)


@dataclass(frozen=True)
class Look:
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


def look_of(app: App[Any], *, plain_text: bool) -> Look:
    """Return the styles for the app's theme; `plain_text` asks for marks in ASCII."""
    colours = app.theme_variables
    ground = Color.parse(colours["background"])
    front = Color.parse(colours["foreground"])
    accent = Color.parse(colours.get("ringback-accent", colours["accent"]))
    dim = Color.parse(colours["ringback-dim"]) if "ringback-dim" in colours else front.blend(ground, 0.3)
    faint = (
        Color.parse(colours["ringback-faint"]) if "ringback-faint" in colours else front.blend(ground, 0.45)
    )
    look = Look(
        ground=Style(bgcolor=ground.rich_color),
        plain=Style(color=front.rich_color),
        strong=Style(color=front.rich_color, bold=True),
        dim=Style(color=dim.rich_color),
        faint=Style(color=faint.rich_color),
        accent=Style(color=accent.rich_color, bold=True),
        warning=Style(color=Color.parse(colours["warning"]).rich_color, bold=True),
        match=Style(underline=True, bold=True, color=accent.rich_color),
        cursor=Style(bgcolor=ground.blend(front, 0.16).rich_color),
        selected=Style(bgcolor=ground.blend(accent, 0.12).rich_color),
        rule=Style(color=front.blend(ground, 0.78).rich_color),
        thumb=Style(color=front.blend(ground, 0.45).rich_color),
        marks=ASCII if plain_text else UNICODE,
    )
    return replace(look, cursor=look.ground + Style(reverse=True)) if app.no_color else look
