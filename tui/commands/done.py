"""`ringback done`: a verb."""

import click

from tui.commands.common.targets import act, targets


@click.command()
@targets
def done(ids: tuple[str, ...], query: str | None) -> None:
    """Mark as done.

    It leaves the list; a new message from them brings it back."""
    from store import verbs

    act("Done", ids, query, verbs.done)
