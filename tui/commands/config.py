"""`ringback config`: the configuration with the origin of each value."""

from typing import Any

import click

from tui.commands.common.opening import paths
from tui.output import emit, emit_items


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.pass_context
def config(ctx: click.Context, *, as_json: bool) -> None:
    """Show the configuration with its origins.

    Passwords and other secrets are never part of it.
    """
    if ctx.invoked_subcommand is not None:
        return
    from store.settings import load

    items = [(name, _shown(name, value), origin) for name, value, origin in load(paths()).items()]
    if as_json:
        emit_items({"name": name, "value": value, "origin": origin} for name, value, origin in items)
        return
    from tui.commands.common.listing import emit_table

    emit_table(((name, _written(value), origin) for name, value, origin in items), (None, "strong", "dim"))


@config.command()
def path() -> None:
    """Show where the configuration is."""
    emit(str(paths().config))


def _shown(name: str, value: Any) -> Any:
    """Return a value without what may be a secret: of a command that prints one, the program's name."""
    if name != "sources":
        return value
    return {
        source: {key: _program(each) if key.endswith("_command") else each for key, each in table.items()}
        if isinstance(table, dict)
        else table
        for source, table in value.items()
    }


def _program(command: Any) -> str:
    first = command[0] if isinstance(command, list) and command else str(command).partition(" ")[0]
    return f"{first} …"


def _written(value: Any) -> str:
    """Write a value as TOML would, so that it can be copied into the file."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {_written(each)}" for name, each in value.items()) + "}"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(map(_written, value)) + "]"
    import json

    return json.dumps(value, ensure_ascii=False)
