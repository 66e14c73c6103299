"""Copying from the full-screen program: programs are waited for in a thread, never by the keys."""

from collections.abc import Callable
from functools import partial
from typing import Any

from textual.app import App

from tui.clipboard import BY_TERMINAL, copied_by_program, has_program
from tui.text import Safe, safe

Told = Callable[[str], None]


def copy(app: App[Any], text: str, told: Told) -> None:
    """Copy a text by the first way that works; `told` gets the name of the way."""
    shown = safe(text, newlines=True)
    if has_program():
        app.run_worker(partial(_in_thread, app, shown, told), thread=True)
    else:
        _by_terminal(app, shown, told)


def _in_thread(app: App[Any], text: Safe, told: Told) -> None:
    way = copied_by_program(text)
    if way:
        app.call_from_thread(told, way)
    else:
        app.call_from_thread(_by_terminal, app, text, told)


def _by_terminal(app: App[Any], text: Safe, told: Told) -> None:
    app.copy_to_clipboard(text)
    told(BY_TERMINAL)
