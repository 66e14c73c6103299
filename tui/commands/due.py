"""`ringback due`: what is due today."""

import click

from tui.commands.common.opening import opened
from tui.output import emit_items, tell


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def due(*, as_json: bool) -> None:
    """List what is due today.

    Snoozes that end, and answers that did not come by their date.
    """
    from store.clock import now
    from tui.commands.common.times import end_of_day

    with opened() as repository:
        due_rows = repository.index.due(now(), end_of_day())
        found = [(repository.index.rows[number], why) for number, why in due_rows]
        if as_json:
            from tui.commands.common.shapes import RowShaper

            shape = RowShaper(repository).shape
            emit_items({**shape(row), "reason": why} for row, why in found)
        elif found:
            from tui.commands.common.listing import emit_table

            code = repository.index.code
            emit_table(
                ((code(row.id), row.who, why, row.role) for row, why in found), ("dim", "strong", None, None)
            )
        else:
            tell("Nothing is due today.")
