"""`ringback aside`: a verb."""

import click

from tui.commands.common.targets import act, targets


@click.command()
@targets
def aside(ids: tuple[str, ...], query: str | None) -> None:
    """Set aside.

    For what is worth keeping and asks for nothing."""
    from store import verbs

    act("Set aside", ids, query, verbs.aside)
