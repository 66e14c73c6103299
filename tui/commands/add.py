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
    """Add a message, a person or a referral by hand.

    Of a message a sender or a body is enough. It joins the opportunity it belongs to, or makes a new one.
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


@add.command()
@click.argument("name")
@click.option("--email", default="", help="Address.")
@click.option("--phone", default="", help="Number.")
@click.option("--profile", default="", help="LinkedIn address.")
@click.option("--employer", default="", help="Where they work.")
@click.option("--title", default="", help="What they do.")
@click.option("--industry", default="", help="The trade they are in.")
@click.option("--places", default="", help="Where they would work, with commas between.")
@click.option("--floor", type=click.IntRange(0), help="The least yearly pay they would move for.")
@click.option("--circle", default="", help="inner, trusted, moderate, weak or dormant.")
@click.option("--wants", default="", help="What they want.")
@click.option("--cadence", type=click.IntRange(1), metavar="DAYS", help="Be in touch again after so long.")
@click.option("--would-hire", type=click.IntRange(0, 3), help="Whether you would hire them, 0 to 3.")
@click.option("--may-move", is_flag=True, help="They said that they might move.")
@click.option("--do-not-refer", is_flag=True, help="Never suggest them.")
@click.option("--sensitive", is_flag=True, help="Suggest them to nobody by itself.")
@click.option("--spoke", metavar="WHEN", help="When you last spoke.")
@click.option("--json", "as_json", is_flag=True, help="Write what was added as JSON.")
def person(name: str, *, spoke: str | None, as_json: bool, **fields: Any) -> None:
    """Add somebody you know."""
    from store import network
    from tui.commands.common.times import any_time

    given = dict(fields)
    if spoke:
        given["last_touch"] = any_time(spoke)
    with opened(create=True) as repository:
        sentence, id = repository.transact(
            "Add a person", lambda transaction: network.add_person(transaction, name, **given)
        )
        if as_json:
            from tui.commands.common.referral_shapes import person_shape

            emit_thing("person", person_shape(network.must_find(repository.documents, str(id))))
            return
        emit(sentence, paint(" · ringback undo takes it back", "dim"))


@add.command()
@click.argument("name")
@click.option("--kind", default="received", help="received (default), asked, source or given.")
@click.option("--role", default="", help="What it is about.")
@click.option("--company", default="", help="Who is hiring.")
@click.option("--recruiter", default="", help="To whom.")
@click.option("--why", default="", help="Why it fits.")
@click.option("--note", default="", help="A note of your own.")
@click.option("--json", "as_json", is_flag=True, help="Write what was added as JSON.")
def referral(name: str, *, kind: str, as_json: bool, **fields: str) -> None:
    """Add a referral that you got, asked for, or were asked about.

    NAME recommends you, or is whom you asked; for an opportunity of yours: ringback refer.
    """
    from store import referring

    with opened(create=True) as repository:
        sentence, id = repository.transact(
            "Add a referral", lambda transaction: referring.add(transaction, kind, name, **fields)
        )
        if as_json:
            from tui.commands.common.referral_shapes import referral_shape

            logged = referring.find(repository.documents, str(id), repository.now())
            emit_thing("referral", referral_shape(logged))
            return
        emit(sentence, paint(" · ringback undo takes it back", "dim"))


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
