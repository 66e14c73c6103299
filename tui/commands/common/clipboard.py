"""Copying from a command: by a program, else by the terminal that it runs in."""

from store.errors import StoreError
from tui.clipboard import BY_TERMINAL, copied_by_program
from tui.output import ask_terminal_to_copy
from tui.text import safe


def copied(text: str) -> str:
    """Copy a text and return the way; raises StoreError where there is none."""
    shown = safe(text, newlines=True)
    if way := copied_by_program(shown):
        return way
    if ask_terminal_to_copy(shown):
        return BY_TERMINAL
    raise StoreError(
        "There is no clipboard here: no pbcopy, wl-copy, xclip or xsel answers, and no terminal.",
        "Without --copy the text is printed.",
    )
