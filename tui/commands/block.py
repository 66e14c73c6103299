"""`ringback block`: a verb."""

import click

from tui.commands.common.targets import act, targets


@click.command()
@targets
@click.option("--firm", is_flag=True, help="Block everybody who writes from the same domain.")
@click.option("--off", is_flag=True, help="Show them again.")
def block(ids: tuple[str, ...], query: str | None, *, firm: bool, off: bool) -> None:
    """Hide everything of a sender or a firm.

    What they sent and will send is kept, and found by `is:blocked` only.
    """
    from store import verbs

    scope = "firm" if firm else "sender"
    act("Block", ids, query, lambda transaction, chosen: verbs.block(transaction, chosen, scope, on=not off))
