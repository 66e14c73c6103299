"""`ringback merge`: merge other copies of the data file."""

import click

from tui.commands.common.opening import opened
from tui.output import emit


@click.command()
@click.argument("others", nargs=-1, required=True, metavar="OTHER...", type=click.Path())
@click.option("--dry-run", is_flag=True, help="Tell what would change, and change nothing.")
def merge(others: tuple[str, ...], *, dry_run: bool) -> None:
    """Merge other copies of the data file.

    Nothing is lost: where two copies changed the same thing, both values are kept. The copies stay as they are.
    """
    from pathlib import Path

    from store.joining import merge_files

    with opened() as repository:
        emit(str(merge_files(repository, list(map(Path, others)), dry_run)))
