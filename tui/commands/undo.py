"""`ringback undo`: take back the newest action."""

import click

from tui.commands.common.opening import opened
from tui.output import emit, paint


@click.command()
def undo() -> None:
    """Take back the newest action.

    Also one made with a key in the inbox. What was changed again since stays as it is.
    """
    with opened() as repository:
        emit(repository.undo().sentence, paint(" · ringback redo does it again", "dim"))
