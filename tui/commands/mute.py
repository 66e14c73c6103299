"""`ringback mute`: a verb."""

import click

from tui.commands.common.targets import act, targets


@click.command()
@targets
@click.option("--off", "off", is_flag=True, help="Show it again.")
def mute(ids: tuple[str, ...], query: str | None, *, off: bool) -> None:
    """Hide an opportunity, whatever else arrives.

    Muted opportunities are found by `is:muted` only."""
    from store import verbs

    act("Mute", ids, query, lambda transaction, chosen: verbs.mute(transaction, chosen, on=not off))
