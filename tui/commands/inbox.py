"""`ringback inbox`: list a view of the inbox, or what a query finds."""

import click

from tui.commands.common.opening import opened
from tui.output import emit_items, tell

VIEWS = ("new", "later", "waiting", "snoozed", "aside", "done", "all", "screener", "trash")


@click.command()
@click.argument("query", nargs=-1, metavar="[QUERY]...")
@click.option("--view", type=click.Choice(VIEWS), metavar="VIEW", help="One of " + ", ".join(VIEWS) + ".")
@click.option("--views", is_flag=True, help="List the views themselves, each with its count.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def inbox(query: tuple[str, ...], view: str | None, *, views: bool, as_json: bool) -> None:
    """List a view of the inbox, or what a query finds.

    Without a query it lists New; a query is looked for in every view unless --view names one.
    """
    if views:
        _list_views(as_json=as_json)
        return
    from tui.commands.common.finding import find

    words = " ".join(query)
    with opened() as repository:
        rows = find(repository, words, view or ("" if words else "new"))
        if as_json:
            from tui.commands.common.shapes import RowShaper

            emit_items(map(RowShaper(repository).shape, rows))
        elif rows:
            from tui.commands.common.listing import emit_rows

            emit_rows(repository, rows)
        else:
            tell(f"Nothing matches {words}." if words else f"Nothing in {(view or 'new').capitalize()}.")


def _list_views(*, as_json: bool) -> None:
    with opened() as repository:
        counts = repository.index.counts()
        if as_json:
            emit_items({"name": name, "count": counts[name]} for name in VIEWS)
        else:
            from tui.commands.common.listing import emit_table

            emit_table(((name, str(counts[name])) for name in VIEWS), (None, None), right=1)
