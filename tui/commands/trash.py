"""`ringback trash`: a verb."""

import click

from tui.commands.common.targets import act, targets


@click.command()
@targets
@click.option("--restore", is_flag=True, help="Bring back from the trash.")
def trash(ids: tuple[str, ...], query: str | None, *, restore: bool) -> None:
    """Move to the trash, or back from it.

    Nothing is deleted: `ringback inbox --view trash` lists what is there.
    """
    from store import verbs

    if restore:
        act("Restore from the trash", ids, query, verbs.reopen)
    else:
        act("Trash", ids, query, verbs.trash)
