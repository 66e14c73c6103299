"""`ringback join`: a verb."""

import click

from tui.commands.common.completing import complete_id
from tui.commands.common.opening import opened
from tui.commands.common.targets import announce


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...", shell_complete=complete_id)
@click.argument("target", shell_complete=complete_id)
def join(ids: tuple[str, ...], target: str) -> None:
    """Merge opportunities into another one.

    TARGET, the last id, keeps its place; the messages of the others join its timeline.
    """
    from store import verbs

    with opened() as repository:
        chosen = list(dict.fromkeys(repository.index.resolve(code).id for code in ids))
        into = repository.index.resolve(target).id
        sentence = repository.transact("Merge", lambda transaction: verbs.join(transaction, chosen, into))
        joined = repository.index.find(into)
        # of opportunities that read as one, the smallest id is the one that lists show
        announce(f"{sentence} · {repository.index.code(joined.id)}" if joined is not None else sentence)
