"""`ringback forget`: remove a person for good."""

import click

from tui.commands.common.opening import opened
from tui.output import emit, emit_thing, paint, tell


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
    from store import forgetting, meant
    from tui.commands.common.prompts import ask_for_good

    with opened() as repository:
        whom = meant.named(repository, name)
        found = forgetting.plan(repository, whom)
        if not dry_run:
            ask_for_good(f"{found.name}: {found.counted} would go", found.name, yes=yes)
            found = repository.purge("Forget", lambda transaction: forgetting.forget(transaction, whom))
            forgetting.drop_drafts(repository, found)
        if as_json:
            emit_thing("forgotten", {"name": found.name, "done": not dry_run, "documents": found.counts()})
            return
        emit(f"{found.name} {'would be' if dry_run else 'is'} forgotten: {found.counted}.")
        if not dry_run:
            tell(paint(forgetting.OUT_OF_REACH, "dim"))
