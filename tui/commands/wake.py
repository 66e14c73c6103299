"""`ringback wake`: a verb."""

import click

from tui.commands.common.targets import act, targets


@click.command()
@targets
def wake(ids: tuple[str, ...], query: str | None) -> None:
    """End a snooze.

    It returns to the view it was snoozed from."""
    from store import verbs

    act("Wake", ids, query, verbs.wake)
