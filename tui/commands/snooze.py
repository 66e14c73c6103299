"""`ringback snooze`: a verb."""

import click

from tui.commands.common.targets import act_until, targets_and_words


@click.command()
@targets_and_words("WHEN")
def snooze(words: tuple[str, ...], query: str | None) -> None:
    """Hide until a date.

    WHEN comes last: tomorrow, mon 9am, 2w, 2026-12-01. A new message from them ends the snooze.
    """
    from store import verbs

    act_until("Snooze", words, query, verbs.snooze)
