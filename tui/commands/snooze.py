"""`ringback snooze`: a verb."""

import click

from tui.commands.common.targets import act, targets


@click.command()
@targets
@click.argument("when")
def snooze(ids: tuple[str, ...], query: str | None, when: str) -> None:
    """Hide until a date.

    WHEN is the last word: tomorrow, "mon 9am", 2w, 2026-12-01. A new message from them ends the snooze.
    """
    from store import verbs
    from tui.commands.common.times import future

    until, words = future(when)
    act("Snooze", ids, query, lambda transaction, chosen: verbs.snooze(transaction, chosen, until, words))
