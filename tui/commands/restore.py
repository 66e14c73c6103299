"""`ringback restore`: bring back the values of an older copy."""

import click

from tui.commands.common.opening import opened
from tui.output import emit, paint


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
        restored = restore_from(repository, Path(file))
        undo = " · ringback undo takes it back" if restored.documents else ""
        emit(restored.sentence, paint(undo, "dim"))
