"""`ringback snooze`: a verb."""

import click

from tui.commands.common.targets import act, targets_and_words


@click.command()
@targets_and_words("WHEN")
def snooze(words: tuple[str, ...], query: str | None) -> None:
    """Hide until a date.

    WHEN comes last: tomorrow, mon 9am, 2w, 2026-12-01. A new message from them ends the snooze.
    """
    from store import verbs
    from tui.commands.common.times import future, split_when

    ids, when = split_when(words)
    until, date = future(when)
    act("Snooze", ids, query, lambda transaction, chosen: verbs.snooze(transaction, chosen, until, date))
