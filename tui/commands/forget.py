"""`ringback forget`: remove a person for good."""

from typing import TYPE_CHECKING

import click

from tui.commands.common.opening import opened
from tui.output import emit, emit_thing, paint, tell

if TYPE_CHECKING:
    from store.forgetting import Forgetting


@click.command()
@click.argument("name", metavar="NAME")
@click.option("--dry-run", is_flag=True, help="Tell what would go, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def forget(name: str, *, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Remove a person for good, everywhere.

    What they sent, what you wrote about them, letters and referrals go from the data file, from this
    machine's journal and backups, and from every other machine once it merges. Decisions and referrals stay
    as counts without a name. Nothing brings it back.
    """
    from store import forgetting

    with opened() as repository:
        found = forgetting.plan(repository, name)
        if not dry_run:
            _ask(found, yes=yes)
            repository.purge("Forget", lambda transaction: forgetting.forget(transaction, found))
            forgetting.drop_drafts(repository, found)
        if as_json:
            emit_thing("forgotten", {"name": found.name, "done": not dry_run, "documents": found.counts()})
            return
        emit(f"{found.name} {'would be' if dry_run else 'is'} forgotten: {_counted(found)}.")
        if not dry_run:
            tell(paint(forgetting.OUT_OF_REACH, "dim"))


def _counted(found: "Forgetting") -> str:
    return ", ".join(f"{count} {table}" for table, count in found.counts().items()) or "nothing but the name"


def _ask(found: "Forgetting", *, yes: bool) -> None:
    from store.errors import UsageError
    from tui.commands.common.prompts import ask_line, can_ask

    if yes:
        return
    if not can_ask():
        raise UsageError(
            "Nothing brings this back, so it wants a yes.", "--yes says it; --dry-run only tells."
        )
    tell(f"{found.name}: {_counted(found)} would go, and nothing brings them back.")
    if ask_line("Type the name to forget it:").strip().casefold() != found.name.casefold():
        raise UsageError("That is another name, so nothing was changed.")
