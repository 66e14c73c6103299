"""`ringback sync`: absorb the conflict copies beside the data file."""

from typing import TYPE_CHECKING

import click

from store.errors import NotPublishedError
from tui.commands.common.conflicting import code_for_conflicts
from tui.commands.common.opening import opened
from tui.output import emit, emit_thing, tell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from store.sync.absorbing import Absorbed

_WAIT = 5.0
"""Seconds to wait for a copy that is being written."""


@click.command()
@click.option("--remove-absorbed", is_flag=True, help="Remove the copies whose content is in the data file.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.pass_context
def sync(ctx: click.Context, *, remove_absorbed: bool, as_json: bool) -> None:
    """Absorb the conflict copies beside the data file.

    Every command does that when it starts, and the open inbox while it is open. Copies of Syncthing and
    Dropbox are removed ten minutes after they were merged; --remove-absorbed does not wait, and takes others
    too, but for Resilio's, whose removal would take the file from your other machines.
    """
    with opened(copies=False) as repository:
        found = repository.absorbed.joined(repository.absorb(wait=_WAIT, remove=remove_absorbed))
        if as_json:
            emit_thing("sync", _shape(found))
        else:
            _write(found, repository.strangers())
        code = code_for_conflicts(repository)
    # Closing publishes what an earlier command could not.
    ctx.exit(NotPublishedError.exit_code if repository.unpublished else code)


def _write(found: "Absorbed", strangers: "Sequence[Path]") -> None:
    said = {
        "merged": found.merged,
        "removed": found.removed,
        "in the data file; safe to remove": found.removable,
        "in the data file; leave it, its removal would take the file from your other machines": found.held,
    }
    lines = [f"{path.name}: {what}." for what, paths in said.items() for path in paths]
    for line in lines or ["No conflict copies beside the data file."]:
        emit(line)
    for path in found.waiting:
        tell(f"{path.name} is still being written: run this again.")
    for path in strangers:
        tell(f"{path.name} is no copy of this database, or cannot be read: left alone.")
    for path, reason in found.failed:
        tell(reason if path.name in reason else f"{path.name}: {reason}")


def _shape(found: "Absorbed") -> dict[str, object]:
    return {
        "documents": found.documents,
        **{
            name: [path.name for path in getattr(found, name)]
            for name in ("merged", "removed", "removable", "held")
        },
        "waiting": [path.name for path in found.waiting],
        "failed": [{"name": path.name, "reason": reason} for path, reason in found.failed],
    }
