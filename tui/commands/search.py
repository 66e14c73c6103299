"""`ringback search`: search every message in every view."""

import click

from tui.commands.common.opening import opened
from tui.output import emit_items, tell


@click.command()
@click.argument("query", nargs=-1, required=True, metavar="QUERY...")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def search(query: tuple[str, ...], *, as_json: bool) -> None:
    """Search every message in every view.

    Words and "phrases", -not, or, from: firm: company: role: channel: label: is: mandate: before: after:
    due: has: in:all. What is muted, blocked or in the trash is found by is: and in:all only. A query that
    begins with a minus follows a double one: ringback search -- -contract
    """
    from tui.commands.common.finding import find

    words = " ".join(query)
    with opened() as repository:
        rows = find(repository, words)
        if as_json:
            from tui.commands.common.shapes import RowShaper

            emit_items(map(RowShaper(repository).shape, rows))
        elif rows:
            from tui.commands.common.listing import emit_rows

            emit_rows(repository, rows)
        else:
            tell(f"Nothing matches {words}.")
