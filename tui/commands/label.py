"""`ringback label`: a verb."""

import click

from tui.commands.common.targets import act, targets


@click.command()
@targets
@click.argument("name")
@click.option("--off", is_flag=True, help="Take the label off.")
def label(ids: tuple[str, ...], query: str | None, name: str, *, off: bool) -> None:
    """Put a label on, or take it off.

    NAME is the last word.
    """
    from store import verbs

    act("Label", ids, query, lambda transaction, chosen: verbs.label(transaction, chosen, name, on=not off))
