"""`ringback trash`: a verb, and emptying the trash."""

import click

from tui.commands.common.opening import opened
from tui.commands.common.targets import act, targets
from tui.output import emit, paint, tell


@click.command()
@targets
@click.option("--restore", is_flag=True, help="Bring back from the trash.")
@click.option("--empty", is_flag=True, help="Remove for good what is in the trash.")
@click.option("--yes", is_flag=True, help="With --empty: do not ask.")
def trash(ids: tuple[str, ...], query: str | None, *, restore: bool, empty: bool, yes: bool) -> None:
    """Move to the trash, or back from it.

    Nothing is deleted until --empty: `ringback inbox --view trash` lists what is there.
    """
    from store import verbs

    if empty:
        if ids or query is not None or restore:
            raise click.UsageError("--empty takes everything in the trash, and nothing else.")
        _empty(yes=yes)
    elif restore:
        act("Restore from the trash", ids, query, verbs.reopen)
    else:
        act("Trash", ids, query, verbs.trash)


def _empty(*, yes: bool) -> None:
    from store import forgetting
    from tui.commands.common.prompts import ask_for_good

    with opened() as repository:
        if not forgetting.in_the_trash(repository):
            tell("The trash is empty.")
            return
        count = len({row.id for row in repository.index.rows.values() if row.trashed})
        ask_for_good(f"{count} in the trash would go", "empty", yes=yes)
        emit(repository.purge("Empty the trash", forgetting.empty_trash))
        tell(paint(forgetting.OUT_OF_REACH, "dim"))
