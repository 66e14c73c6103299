"""`ringback split`: a verb."""

from typing import TYPE_CHECKING

import click

from tui.commands.common.completing import complete_id
from tui.commands.common.opening import opened
from tui.commands.common.targets import announce

if TYPE_CHECKING:
    from store.rules.timeline import Entry


@click.command()
@click.argument("opportunity", metavar="ID", shell_complete=complete_id)
@click.argument("messages", nargs=-1, required=True, metavar="MESSAGE...")
def split(opportunity: str, messages: tuple[str, ...]) -> None:
    """Split messages off into an opportunity of their own.

    MESSAGE is a number as `ringback show ID` writes it, or a message's whole id.
    """
    from store import verbs

    with opened() as repository:
        row = repository.index.resolve(opportunity)
        entries = repository.timeline(row)
        chosen = [message for word in messages for message in _named(word, entries, opportunity)]
        announce(repository.transact("Split", lambda transaction: verbs.split(transaction, [row.id], chosen)))


def _named(word: str, entries: "list[Entry]", opportunity: str) -> tuple[int, ...]:
    """Return the ids of all versions of the message that a number or an id names."""
    from store.errors import NotFoundError

    for number, entry in enumerate(entries, start=1):
        if entry.kind == "message" and word in (str(number), str(entry.id)):
            return (entry.id, *entry.versions)
    raise NotFoundError(
        f"{opportunity} has no message {word}.", f"ringback show {opportunity} numbers its messages."
    )
