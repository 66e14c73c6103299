"""`ringback redo`: do again what undo took back."""

import click

from tui.commands.common.opening import opened
from tui.commands.common.targets import announce


@click.command()
def redo() -> None:
    """Do again what undo took back."""
    with opened() as repository:
        announce(repository.redo().sentence)
