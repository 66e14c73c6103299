"""The only writer of stdout (what was asked for) and of stderr (talk about it).

Everything passes `safe()`: no text from a message, a path or an error reaches a terminal unfiltered. A reader
that goes away early is quiet, and never stops a change that is under way.
"""

import os
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TextIO

if TYPE_CHECKING:
    from tui.text import Safe

SCHEMA = 1
Style = Literal["strong", "dim", "accent", "warning"]
_STYLES: dict[Style, dict[str, Any]] = {
    "strong": {"bold": True},
    "dim": {"dim": True},
    "accent": {"fg": "cyan"},
    "warning": {"fg": "yellow"},
}

_lost: list[OSError] = []
"""Why something could not be written, until `finish()` makes an exit code of it."""


class Painted(NamedTuple):
    """A text with a style that is drawn only where colour is wanted."""

    text: str
    style: Style


Span = str | Painted


def paint(text: str, style: Style) -> Painted:
    """Give a text a style."""
    return Painted(text, style)


def emit(*spans: Span) -> None:
    """Write one line to stdout."""
    _write(sys.stdout, _line(sys.stdout, spans) + "\n")


def emit_block(text: str, indent: str = "") -> None:
    """Write a text of several lines to stdout, each behind `indent`."""
    for line in safe(text, newlines=True).split("\n"):
        emit((indent + line).rstrip())


def emit_data(text: str, *, end: str) -> None:
    """Write a text for another program to stdout, its lines ended as the format asks for."""
    for line in text.removesuffix(end).split(end):
        _write(sys.stdout, safe(line) + end)


def emit_items(items: Iterable[Mapping[str, Any]]) -> None:
    """Write a list as one JSON object to stdout."""
    _emit_json({"schema": SCHEMA, "items": list(items)})


def emit_thing(noun: str, thing: Mapping[str, Any], **beside: Mapping[str, Any]) -> None:
    """Write one thing as one JSON object to stdout, under its noun; with what belongs beside it."""
    _emit_json({"schema": SCHEMA, noun: thing, **beside})


def tell(*spans: Span) -> None:
    """Write one line of talk to stderr."""
    _write(sys.stderr, _line(sys.stderr, spans) + "\n")


def tell_progress(text: str) -> None:
    """Show a passing line on stderr where that is a terminal; an empty text clears it."""
    if is_terminal(sys.stderr):
        from tui.text import fit, pad

        room = terminal_width() - 1
        if os.environ.get("TERM") == "dumb":
            line = "\r" + pad(safe(text), room, ellipsis="") + "\r" * (not text)
        else:
            line = "\r\x1b[K" + fit(safe(text), room, ellipsis="")
        _write(sys.stderr, line)
        _flush(sys.stderr)


def ask_terminal_to_copy(text: str) -> bool:
    """Ask the terminal, where stderr or stdout is one, to copy a text; tell whether there was one to ask."""
    from tui.clipboard import around_tmux, terminal_sequence

    stream = next((each for each in (sys.stderr, sys.stdout) if is_terminal(each)), None)
    if stream is not None:
        _write(stream, terminal_sequence(text) + around_tmux(text))
        _flush(stream)
    return stream is not None


def terminal_width() -> int:
    """Return the columns of the terminal, 80 where that is unknown."""
    import shutil

    return shutil.get_terminal_size().columns


def is_terminal(stream: TextIO | None = None) -> bool:
    """Tell whether a stream, by default stdout, is a terminal."""
    stream = stream or sys.stdout
    return stream is not None and not stream.closed and stream.isatty()


def finish() -> int:
    """Flush both streams; return the exit code that this asks for, 0 when all was written."""
    for stream in (sys.stdout, sys.stderr):
        _flush(stream)
    code = 1 if _lost else 0
    _lost.clear()
    return code


def safe(text: str, *, newlines: bool = False) -> "Safe":
    """Pass a text through the gate, which is imported with the first text: help has no need of it."""
    from tui.text import safe

    return safe(text, newlines=newlines)


def _emit_json(value: Mapping[str, Any]) -> None:
    import json

    # ASCII without DEL: data in it holds no byte that a terminal would obey
    _write(sys.stdout, json.dumps(value, indent=1).replace("\x7f", "\\u007f") + "\n")


def _line(stream: TextIO | None, spans: Iterable[Span]) -> str:
    colour = _colour(stream)
    return "".join(
        _styled(safe(span.text), span.style, colour=colour) if isinstance(span, Painted) else safe(span)
        for span in spans
    )


def _styled(text: str, style: Style, *, colour: bool) -> str:
    if not colour or not text:
        return text
    import click

    return click.style(text, **_STYLES[style])


def _colour(stream: TextIO | None) -> bool:
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb" and is_terminal(stream)


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None or stream.closed:
        return
    try:
        stream.write(text)
    except UnicodeEncodeError:
        encoding = stream.encoding or "ascii"
        stream.write(text.encode(encoding, "replace").decode(encoding))
    except OSError as error:
        _give_up(stream, error)


def _flush(stream: TextIO | None) -> None:
    if stream is None or stream.closed:
        return
    try:
        stream.flush()
    except OSError as error:
        _give_up(stream, error)


def _give_up(stream: TextIO, error: OSError) -> None:
    """Send the rest of a stream nowhere, and remember a failure that is worth an exit code."""
    quiet = isinstance(error, BrokenPipeError)
    if not quiet:
        _lost.append(error)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
    if not quiet and stream is not sys.stderr:
        tell(f"The output could not be written: {error.strerror}.")
