"""`ringback due`: what is due today."""

import click

from tui.commands.common.opening import opened
from tui.output import emit_items, tell


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def due(*, as_json: bool) -> None:
    """List what is due today.

    Snoozes that end, answers that did not come by their date, decisions to look back on, referrals that want
    a word, and people to be in touch with.
    """
    from store.clock import now
    from store.ids import short_code
    from store.owed import owed
    from tui.commands.common.times import end_of_day

    with opened() as repository:
        until = end_of_day()
        found = [(repository.index.rows[id], why) for id, why in repository.index.due(now(), until)]
        people = owed(repository.documents, now(), until)
        if as_json:
            from tui.commands.common.shapes import RowShaper, owed_shape

            shape = RowShaper(repository).shape
            rows = ({**shape(row), "reason": why, "kind": "opportunity"} for row, why in found)
            emit_items([*rows, *map(owed_shape, people)])
        elif found or people:
            from tui.commands.common.listing import emit_table

            code = repository.index.code
            lines = [(code(row.id), row.who, why, row.role) for row, why in found]
            lines += [(short_code(each.id), each.title, each.reason, each.about) for each in people]
            emit_table(lines, ("dim", "strong", None, None))
        else:
            tell("Nothing is due today.")
