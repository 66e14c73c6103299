"""`ringback where`: the paths in use."""

from typing import TYPE_CHECKING

import click

from tui.commands.common.opening import paths
from tui.output import emit_thing

if TYPE_CHECKING:
    from pathlib import Path

    from store.settings import Paths


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def where(*, as_json: bool) -> None:
    """Show the paths in use.

    The data file, the configuration, what this machine keeps for itself, and the backups, each with what
    named it.
    """
    places = list(_places(paths()))
    if as_json:
        emit_thing(
            "where",
            {name: {"path": str(path), "origin": why, "exists": path.exists()} for name, path, why in places},
        )
        return
    from tui.commands.common.listing import emit_table

    emit_table(((name, str(path), _remark(path, why)) for name, path, why in places), ("dim", None, "dim"))


def _places(found: "Paths") -> "list[tuple[str, Path, str]]":
    named = {"file": found.file, "config": found.config, "state": found.state}
    places = [(name, path, found.origins[name]) for name, path in named.items()]
    if found.file.exists():
        from store.file.places import StateFolder

        places.append(("backups", StateFolder.of(found.file, found.state).backups, "state"))
    return places


def _remark(path: "Path", origin: str) -> str:
    return origin if path.exists() else f"{origin}, not there yet"
