"""`ringback screener`: what may be outreach and waits for a word."""

import click

from tui.commands.common.opening import opened
from tui.output import emit_items, tell


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def screener(*, as_json: bool) -> None:
    """List what may be outreach, from senders nobody knows yet.

    `ringback outreach ID` says that it is, with --no that it is not; `ringback why ID` gives the reasons.
    """
    with opened() as repository:
        index = repository.index
        rows = [index.rows[id] for id in index.view("screener")]
        if as_json:
            from tui.commands.common.shapes import RowShaper

            emit_items(map(RowShaper(repository).shape, rows))
        elif rows:
            from tui.commands.common.listing import emit_rows

            emit_rows(repository, rows)
            tell("ringback outreach ID says that it is outreach, with --no that it is not.")
        else:
            tell("Nothing waits in the screener.")
