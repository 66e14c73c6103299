"""`ringback merge-driver`: what git runs to merge the data file; `ringback git-setup` sets it up."""

import click

from tui.output import tell


@click.command(hidden=True)
@click.argument("base", type=click.Path())
@click.argument("ours", type=click.Path())
@click.argument("theirs", type=click.Path())
def merge_driver(base: str, ours: str, theirs: str) -> None:
    """Merge two sides for git."""
    from pathlib import Path

    from store.joining import merge_for_git

    if damage := merge_for_git(Path(base), Path(ours), Path(theirs)):
        tell(damage)
