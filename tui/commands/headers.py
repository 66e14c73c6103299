"""`ringback headers`: the headers of a mail as they came."""

from typing import TYPE_CHECKING

import click

from tui.commands.common.completing import complete_id
from tui.commands.common.opening import opened
from tui.output import emit_block, emit_thing, paint, tell

if TYPE_CHECKING:
    from store.enclosures import Received
    from store.intake.reaching import Reached
    from store.repository import Repository


@click.command()
@click.argument("id", shell_complete=complete_id)
@click.option(
    "--message",
    "number",
    type=click.IntRange(min=1),
    metavar="N",
    help="Of the message with this number in `show`; else of the newest mail.",
)
@click.option("--whole", is_flag=True, help="The whole mail, as it was received.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def headers(id: str, *, number: int | None, whole: bool, as_json: bool) -> None:
    """Show the headers of a mail as they came, or all of it.

    ID is that of an opportunity, or of a message that was left out. The mail is read from where it lies, on
    the machine that it was read on.
    """
    from store.sources.fetching import source_text

    with opened() as repository:
        found, reached = _reach(repository, _candidates(repository, id, number))
    text = source_text(reached.raw, whole=whole)
    if as_json:
        about = {"message": str(found.id), "place": reached.place, "whole": whole, "text": text}
        emit_thing("headers", about)
        return
    tell(paint(reached.place, "dim"))
    emit_block(text)


def _candidates(repository: "Repository", id: str, number: int | None) -> "list[Received]":
    """Return the versions of the message that was asked for, the mails among them first."""
    from store.enclosures import received
    from store.errors import NotFoundError
    from store.sources.mime import KEY
    from tui.commands.common.originals import entries_of

    found = received(entries_of(repository, id))
    if not found:
        raise NotFoundError("There is no message in it.")
    if number is None:
        mails = [each for each in found if each.message.k.startswith(KEY)]
        number = (mails or found)[-1].number
    chosen = [each for each in found if each.number == number]
    if not chosen:
        raise click.UsageError(f"{number} is no message; `ringback show {id}` has their numbers.")
    return sorted(chosen, key=lambda each: not each.message.k.startswith(KEY))


def _reach(repository: "Repository", candidates: "list[Received]") -> "tuple[Received, Reached]":
    from store.errors import UnreachableError
    from store.intake.reaching import reach

    failed: list[UnreachableError] = []
    for each in candidates:
        try:
            return each, reach(repository, each.message)
        except UnreachableError as error:
            failed.append(error)
    raise failed[0]
