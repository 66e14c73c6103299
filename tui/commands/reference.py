"""Writes `docs/commands.md` from the help texts: `python -m tui.commands.reference > docs/commands.md`."""

from collections.abc import Iterator

import click

from tui.commands.table import SECTIONS
from tui.output import emit_block

WIDTH = 96
INTRODUCTION = """# Commands

`ringback` alone opens the inbox. This page is generated from `--help`; `make docs` writes it.

stdout is what you asked for, stderr is talk. Every command that reads has `--json`, whose
shapes are in [json.md](json.md).

| exit code | |
|---|---|
| 0 | fine; also for a `pull` that could read only a part, with counts |
| 1 | the request failed |
| 2 | the command line, a date or a query could not be understood |
| 3 | the data file is missing, damaged, newer than the program, or another database |
| 4 | conflicts want a person |
| 5 | kept in the journal, not yet in the data file: do not repeat it |
| 130 | interrupted |
"""


def reference() -> str:
    """Return the page."""
    from tui.cli import cli

    settings = {**cli.context_settings, "max_content_width": WIDTH, "terminal_width": WIDTH}
    context = click.Context(cli, info_name="ringback", **settings)
    parts = [INTRODUCTION, _help(cli, context)]
    for section, names in SECTIONS.items():
        parts.append(f"## {section}\n")
        for name in names:
            command = cli.get_command(context, name)
            if command is not None:
                parts.extend(_chapters(command, name, context))
    return "\n".join(parts)


def _chapters(command: click.Command, name: str, parent: click.Context, level: int = 3) -> Iterator[str]:
    context = click.Context(
        command, info_name=name, parent=parent, max_content_width=WIDTH, terminal_width=WIDTH
    )
    yield f"{'#' * level} {context.command_path}\n"
    yield _help(command, context)
    if isinstance(command, click.Group):
        for sub_name, sub_command in command.commands.items():
            yield from _chapters(sub_command, sub_name, context, level + 1)


def _help(command: click.Command, context: click.Context) -> str:
    return f"```\n{command.get_help(context).rstrip()}\n```\n"


if __name__ == "__main__":
    emit_block(reference().rstrip("\n"))
