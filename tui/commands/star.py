"""`ringback star`: a verb."""

import click

from tui.commands.common.targets import act, targets


@click.command()
@targets
@click.option("--off", "off", is_flag=True, help="Take the star away.")
def star(ids: tuple[str, ...], query: str | None, *, off: bool) -> None:
    """Star, or take the star away."""
    from store import verbs

    act("Star", ids, query, lambda transaction, chosen: verbs.star(transaction, chosen, on=not off))
