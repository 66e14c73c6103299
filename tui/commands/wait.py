"""`ringback wait`: a verb."""

import click

from tui.commands.common.targets import act_until, targets_and_words


@click.command()
@targets_and_words("WHEN")
def wait(words: tuple[str, ...], query: str | None) -> None:
    """Wait for their answer until a date.

    WHEN comes last: friday, mon 9am, 2w, 2026-12-01. Without an answer by then it is due again.
    """
    from store import verbs

    act_until("Wait", words, query, verbs.wait)
