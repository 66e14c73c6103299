"""`ringback reopen`: a verb."""

import click

from tui.commands.common.targets import act, targets


@click.command()
@targets
def reopen(ids: tuple[str, ...], query: str | None) -> None:
    """Bring back to the inbox.

    Out of done, waiting, the reply-later pile, snooze or set aside, it goes to New."""
    from store import verbs

    act("Reopen", ids, query, verbs.reopen)
