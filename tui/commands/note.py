"""`ringback note`: a verb."""

import click

from tui.commands.common.targets import act, targets
from tui.commands.common.words import typed


@click.command()
@targets
@click.argument("text")
def note(ids: tuple[str, ...], query: str | None, text: str) -> None:
    """Add a note.

    TEXT is the last argument; "-" reads it from standard input.
    """
    from store import verbs

    words = typed(text)
    act("Note", ids, query, lambda transaction, chosen: verbs.note(transaction, chosen, words))
