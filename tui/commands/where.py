"""`ringback where`: the paths in use."""

import click

from tui.commands.common.opening import paths
from tui.output import emit_thing


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def where(*, as_json: bool) -> None:
    """Show the paths in use.

    The data file, the configuration, and what this machine keeps for itself, each with what named it.
    """
    found = paths()
    names = {"file": found.file, "config": found.config, "state": found.state}
    if as_json:
        shape = {
            name: {"path": str(path), "origin": found.origins[name], "exists": path.exists()}
            for name, path in names.items()
        }
        emit_thing("where", shape)
        return
    from tui.commands.common.listing import emit_table

    emit_table(
        (
            (name, str(path), _remark(found.origins[name], exists=path.exists()))
            for name, path in names.items()
        ),
        ("dim", None, "dim"),
    )


def _remark(origin: str, *, exists: bool) -> str:
    return origin if exists else f"{origin}, not there yet"
