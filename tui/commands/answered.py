"""`ringback answered`: a verb."""

import click

from tui.commands.common.targets import act, targets


@click.command()
@targets
@click.option("--at", metavar="WHEN", help="When you answered, if it was not just now.")
def answered(ids: tuple[str, ...], query: str | None, at: str | None) -> None:
    """Note that you answered elsewhere.

    By phone or in another program, so that Ringback knows that you owe nothing.
    """
    from store import verbs
    from store.clock import now
    from tui.commands.common.times import any_time

    time = now() if at is None else any_time(at)
    act(
        "Answered elsewhere",
        ids,
        query,
        lambda transaction, chosen: verbs.answered(transaction, chosen, time),
    )
