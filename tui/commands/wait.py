"""`ringback wait`: a verb."""

import click

from tui.commands.common.targets import act, targets


@click.command()
@targets
@click.argument("when")
def wait(ids: tuple[str, ...], query: str | None, when: str) -> None:
    """Wait for their answer until a date.

    WHEN is the last word: friday, 2w, 2026-12-01. Without an answer by then it is due again.
    """
    from store import verbs
    from tui.commands.common.times import future

    nudge, words = future(when)
    act("Wait", ids, query, lambda transaction, chosen: verbs.wait(transaction, chosen, nudge, words))
