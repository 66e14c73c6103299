"""`ringback read`: a verb."""

import click

from tui.commands.common.targets import act, targets


@click.command()
@targets
@click.option("--unread", "unread", is_flag=True, help="Mark as unread.")
def read(ids: tuple[str, ...], query: str | None, *, unread: bool) -> None:
    """Mark as read or unread."""
    from store import verbs

    act("Read", ids, query, lambda transaction, chosen: verbs.read(transaction, chosen, on=not unread))
