"""`ringback later`: a verb."""

import click

from tui.commands.common.targets import act, targets


@click.command()
@targets
def later(ids: tuple[str, ...], query: str | None) -> None:
    """Put on the reply-later pile."""
    from store import verbs

    act("Reply later", ids, query, verbs.later)
