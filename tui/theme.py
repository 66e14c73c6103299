"""Our two themes: near-black and paper white, both warm; one accent, one warning, three strengths of text."""

import os
from collections.abc import MutableMapping
from typing import Any, Final

from textual.app import App
from textual.theme import Theme


def _theme(
    name: str,
    *,
    dark: bool,
    background: str,
    bars: str,
    cursor: str,
    rule: str,
    foreground: str,
    dim: str,
    faint: str,
    accent: str,
    warning: str,
) -> Theme:
    return Theme(
        name=name,
        dark=dark,
        background=background,
        surface=bars,
        panel=bars,
        foreground=foreground,
        primary=accent,
        secondary=dim,
        accent=accent,
        warning=warning,
        error=warning,
        success=dim,
        variables={
            "ringback-dim": dim,
            "ringback-faint": faint,
            "ringback-accent": accent,
            "ringback-cursor": cursor,
            "ringback-rule": rule,
            "text-muted": dim,
            "text-disabled": faint,
            "block-cursor-background": cursor,
            "block-cursor-foreground": foreground,
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-background": cursor,
            "block-cursor-blurred-foreground": foreground,
            "block-hover-background": bars,
            "border": rule,
            "border-blurred": rule,
            "input-cursor-background": accent,
            "input-cursor-foreground": background,
            "input-selection-background": cursor,
            "scrollbar": rule,
            "scrollbar-hover": faint,
            "scrollbar-active": faint,
            "scrollbar-background": background,
            "scrollbar-background-hover": background,
            "scrollbar-background-active": background,
            "scrollbar-corner-color": background,
            "link-color": accent,
            "link-background-hover": cursor,
            "link-color-hover": accent,
            "footer-background": bars,
            "footer-key-foreground": accent,
            "footer-description-foreground": dim,
        },
    )


DARK: Final = _theme(
    "ringback-dark",
    dark=True,
    background="#161514",
    bars="#1c1b19",
    cursor="#302d29",
    rule="#45423d",
    foreground="#ebe6dc",
    dim="#bcb6ab",
    faint="#a09a90",
    accent="#eda755",
    warning="#f2937f",
)
LIGHT: Final = _theme(
    "ringback-light",
    dark=False,
    background="#faf8f4",
    bars="#f2efe8",
    cursor="#e4ded2",
    rule="#c9c3b7",
    foreground="#1f1d1a",
    dim="#47433d",
    faint="#605b53",
    accent="#8a4b00",
    warning="#a3271a",
)
THEMES: Final = (DARK, LIGHT)
"""Each has, beside Textual's own variables, `ringback-dim`, `-faint`, `-accent`, `-cursor` and `-rule`. Other
themes have not, so that a style sheet cannot name them."""


def register(app: App[Any]) -> None:
    """Make our themes known to the app, beside Textual's own."""
    for theme in THEMES:
        app.register_theme(theme)


def wants_no_color(environ: MutableMapping[str, str] = os.environ) -> bool:
    """Whether NO_COLOR asks for no colour. Empty it asks for nothing, which Textual has to be spared."""
    if not environ.get("NO_COLOR"):
        environ.pop("NO_COLOR", None)
        return False
    return True
