"""Words that come from an argument, from standard input or from the user's editor."""

import sys


def typed(text: str) -> str:
    """Return the text, or all of standard input where it is a dash."""
    return piped().decode("utf-8", "replace") if text == "-" else text


def piped() -> bytes:
    """Read all of standard input; nothing where there is none."""
    return sys.stdin.buffer.read() if sys.stdin is not None else b""


def waiting() -> str:
    """Return what waits on standard input, without waiting for more to be sent; empty for a person."""
    from select import select

    if not is_piped():
        return ""
    try:
        ready = select([sys.stdin], [], [], 0)[0]
    except (OSError, ValueError):
        ready = [sys.stdin]  # held in memory: reading it never waits
    return piped().decode("utf-8", "replace") if ready else ""


def is_piped() -> bool:
    """Tell whether standard input is a pipe or a file rather than a person."""
    return sys.stdin is not None and not sys.stdin.isatty()


def written(template: str = "") -> str:
    """Return what the user wrote in `$VISUAL` or `$EDITOR`; empty where it was left without saving."""
    import click

    return (click.edit(template, require_save=True, extension=".txt") or "").strip()
