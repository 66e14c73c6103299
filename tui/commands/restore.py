"""`ringback restore`: bring back the values of an older copy."""

import click

from tui.commands.common.opening import opened
from tui.output import emit


@click.command()
@click.argument("file", type=click.Path())
def restore(file: str) -> None:
    """Bring back the values of an older copy.

    What FILE holds is written anew over what is there now, as one action that undo takes back. Nothing that
    came since is removed.
    """
    from pathlib import Path

    from store.restore import restore as restore_from

    with opened() as repository:
        emit(restore_from(repository, Path(file)))
