"""`ringback conflicts`: fields that were set on two machines apart."""

from typing import TYPE_CHECKING, Any

import click

from tui.commands.common.opening import opened
from tui.output import emit, emit_items, paint, tell

if TYPE_CHECKING:
    from store.conflicts import Conflict


@click.command()
@click.argument("conflict", metavar="[ID]", required=False)
@click.option("--take", type=int, metavar="N", help="Let value N of the conflict ID stand.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def conflicts(conflict: str | None, *, take: int | None, as_json: bool) -> None:
    """List fields that were set on two machines apart.

    Both values are kept until you choose; the first is the one that is shown meanwhile.
    """
    from store import conflicts
    from tui.commands.common.targets import announce

    with opened() as repository:
        if take is not None:
            if conflict is None:
                raise click.UsageError("Whose value? Name the conflict by its id.")
            chosen = conflicts.find(repository, conflict)
            announce(repository.transact("Choose", lambda t: conflicts.choose(t, chosen, take)))
            return
        found = [conflicts.find(repository, conflict)] if conflict else conflicts.met(repository)
        if as_json:
            emit_items(map(_shape, found))
        elif found:
            write_conflicts(found)
        else:
            tell("No two values met.")


def write_conflicts(found: "list[Conflict]") -> None:
    """Write conflicts with their values, numbered, each with its machine and time."""
    from store.clock import local

    for each in found:
        emit(paint(each.code, "dim"), "  ", paint(each.about, "strong"), f"  {each.field}")
        for number, side in enumerate(each.sides, start=1):
            when = paint(f"  {side.machine}, {local(side.at):%Y-%m-%d %H:%M}", "dim")
            emit("      ", paint(str(number), "accent"), f"  {side.words}", when)


def _shape(each: "Conflict") -> dict[str, Any]:
    from tui.commands.common.shapes import time_shape

    return {
        "code": each.code,
        "table": each.table,
        "id": str(each.id),
        "path": each.path,
        "about": each.about,
        "values": [
            {"value": side.words, "machine": side.machine, "at": time_shape(side.at)} for side in each.sides
        ],
    }
