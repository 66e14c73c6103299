"""`ringback keys`: the keys of the inbox and of the pages over it."""

from typing import TYPE_CHECKING

import click

from tui.commands.common.opening import paths
from tui.output import emit, emit_block, emit_items, paint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.actions import Action


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.option("--markdown", is_flag=True, help="Write Markdown tables.")
def keys(*, as_json: bool, markdown: bool) -> None:
    """List the keys of the inbox and of its pages.

    With the preset and the keys of the configuration in force; the keys of a page stay as they are.
    """
    from store.settings import load
    from tui.actions import markdown_table
    from tui.keymap import keymap
    from tui.places import EVERY

    settings = load(paths())
    actions = (*keymap(settings.keymap_preset, settings.keymap).actions, *EVERY)
    if as_json:
        emit_items(
            {
                "id": each.id,
                "keys": list(each.keys),
                "title": each.title,
                "help": each.help,
                "area": each.area,
            }
            for each in actions
        )
    elif markdown:
        emit_block(markdown_table(actions).rstrip("\n"))
    else:
        _list(actions)


def _list(actions: "Iterable[Action]") -> None:
    """Write one block an area, all in the same columns."""
    from tui.actions import by_area, spell
    from tui.commands.common.listing import columns_of, emit_table

    areas = [
        (area, [(" ".join(map(spell, each.keys)), each.title, each.help) for each in members])
        for area, members in by_area(actions)
    ]
    columns = columns_of([line for _, lines in areas for line in lines])
    for number, (area, lines) in enumerate(areas):
        if number:
            emit()
        emit(paint(area, "strong"))
        emit_table(lines, ("accent", None, "dim"), columns=columns)
