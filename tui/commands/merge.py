"""`ringback merge`: merge other copies of the data file."""

from typing import TYPE_CHECKING

import click

from tui.commands.common.opening import opened
from tui.output import emit

if TYPE_CHECKING:
    from store.joining import Merged


@click.command()
@click.argument("others", nargs=-1, required=True, metavar="OTHER...", type=click.Path())
@click.option("--dry-run", is_flag=True, help="Tell what would change, and change nothing.")
def merge(others: tuple[str, ...], *, dry_run: bool) -> None:
    """Merge other copies of the data file.

    Nothing is lost: where two copies changed the same thing, both values are kept. The copies stay as
    they are.
    """
    from pathlib import Path

    from store.joining import merge_files

    with opened() as repository:
        for merged in merge_files(repository, list(map(Path, others)), dry_run=dry_run):
            emit(_sentence(merged, dry_run=dry_run))


def _sentence(merged: "Merged", *, dry_run: bool) -> str:
    if not merged.documents:
        return f"{merged.path} holds nothing new."
    tables = ", ".join(f"{count} in {table}" for table, count in merged.by_table.items())
    return f"{merged.path}: {merged.documents} {'would be' if dry_run else 'were'} merged ({tables})."
