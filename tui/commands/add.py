"""`ringback add`: quick add, one sub-command a channel."""

from collections.abc import Callable
from typing import Any, Literal, TypeVar

import click

from tui.commands.common.completing import complete_id
from tui.commands.common.opening import opened
from tui.output import emit, emit_thing, paint

Channel = Literal["email", "linkedin", "call", "voicemail", "text"]
Command = TypeVar("Command", bound=Callable[..., Any])
MANDATES = ("retained", "exclusive", "contingent", "in-house")
EPILOG = """BODY is the text itself, or "-" to read it from standard input. With neither a sender nor a
body your editor opens."""


def _message_options(command: Command) -> Command:
    """Give a sub-command the body and everything else that may be known of a message."""

    def text(name: str, help: str, **more: Any) -> Callable[[Command], Command]:
        return click.option(name, default="", metavar=more.pop("metavar", "TEXT"), help=help, **more)

    for option in (
        click.argument("body", default=""),
        click.option("--from", "sender", default="", metavar="WHO", help="Name, address or number."),
        text("--firm", "The recruiter's firm."),
        text("--role", "What the job is."),
        text("--company", "Who is hiring."),
        text("--phone", "The number to ring.", metavar="NUMBER"),
        text("--pay", "Pay, as they put it."),
        text("--mandate", "How the recruiter is paid: " + ", ".join(MANDATES) + ".", metavar="KIND"),
        click.option("--at", metavar="WHEN", help="When it came, if it was not just now."),
        text("--subject", "Its subject."),
        text("--note", "A note of your own."),
        text("--to", "The opportunity it belongs to.", metavar="ID", shell_complete=complete_id),
        click.option("--new", is_flag=True, help="Make a new opportunity in any case."),
        click.option("--json", "as_json", is_flag=True, help="Write what was added as JSON."),
    )[::-1]:
        command = option(command)
    return command


@click.group()
def add() -> None:
    """Add a message by hand.

    A sender or a body is enough. It joins the opportunity it belongs to, or makes a new one.
    """


@add.command(epilog=EPILOG)
@_message_options
def email(**fields: Any) -> None:
    """Add an e-mail."""
    _add("email", **fields)


@add.command(epilog=EPILOG)
@_message_options
def linkedin(**fields: Any) -> None:
    """Add a LinkedIn message."""
    _add("linkedin", **fields)


@add.command(epilog=EPILOG)
@_message_options
@click.option("--missed", is_flag=True, help="You did not take it.")
def call(**fields: Any) -> None:
    """Add a call."""
    _add("call", **fields)


@add.command(epilog=EPILOG)
@_message_options
def voicemail(**fields: Any) -> None:
    """Add a voicemail."""
    _add("voicemail", **fields)


@add.command(epilog=EPILOG)
@_message_options
def text(**fields: Any) -> None:
    """Add a text message."""
    _add("text", **fields)


def _add(channel: Channel, *, body: str, at: str | None, as_json: bool, **fields: Any) -> None:
    from store.quick_add import QuickAdd
    from store.quick_add import add as add_to
    from tui.commands.common.times import any_time

    body = _body(body, fields["sender"])
    draft = QuickAdd(channel=channel, body=body, at=None if at is None else any_time(at), **fields)
    with opened(create=True) as repository:
        added = add_to(repository, draft)
        if as_json:
            from tui.commands.common.shapes import row_shape

            shape = {"message": str(added.message), "joined": added.joined}
            emit_thing("added", {**shape, "opportunity": row_shape(repository, added.row)})
        else:
            emit(added.sentence, paint(" · ringback undo takes it back", "dim"))


def _body(body: str, sender: str) -> str:
    from tui.commands.common.words import is_piped, typed, waiting, written

    if body:
        return typed(body)
    piped = waiting()
    if piped.strip() or sender:
        return piped
    if is_piped():
        raise click.UsageError('Give a sender (--from) or a body; "-" reads the body from standard input.')
    body = written()
    if not body:
        raise click.UsageError("Nothing was written, so nothing was added.")
    return body
