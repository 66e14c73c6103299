"""`ringback outreach`: say that something is outreach, or that it is not."""

from typing import TYPE_CHECKING

import click

from tui.commands.common.completing import complete_id
from tui.commands.common.opening import opened
from tui.commands.common.targets import announce
from tui.output import emit

if TYPE_CHECKING:
    from store.intake.screening import Scope
    from store.repository import Repository

SCOPES = ("this", "sender", "domain", "firm")


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...", shell_complete=complete_id)
@click.option("--no", "refused", is_flag=True, help="It is none: hide it, and what comes from there.")
@click.option(
    "--for",
    "scope",
    type=click.Choice(SCOPES),
    default="sender",
    metavar="WHOM",
    help="Of whom it is remembered: " + ", ".join(SCOPES) + " (sender unless you say so).",
)
def outreach(ids: tuple[str, ...], *, refused: bool, scope: "Scope") -> None:
    """Say that something is outreach, or with --no that it is not.

    ID is that of an opportunity, or of a message that was left out, which is taken in then. What you say
    is remembered for the sender, or for everybody at a domain or of a firm, and counts from then on.
    """
    with opened() as repository:
        before = repository.position
        sentence = _say(repository, ids, refused=refused, scope=scope)
        if repository.position == before:
            emit(sentence)
        else:
            announce(sentence)


def _say(repository: "Repository", ids: tuple[str, ...], *, refused: bool, scope: "Scope") -> str:
    from store.errors import NotFoundError
    from store.intake import screening
    from store.intake.memory import Memory

    chosen: list[int] = []
    left = []
    with Memory.of(repository) as memory:
        for id in ids:
            try:
                chosen.append(repository.index.resolve(id).id)
            except NotFoundError:
                if refused:
                    raise
                left.append(screening.find_left(memory, id))
    return screening.say(repository, chosen, outreach=not refused, scope=scope, left=left)
