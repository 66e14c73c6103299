"""The command line: a lazy group that imports a command when it is asked for."""

import sys
from importlib import import_module
from typing import Any

import click

from tui import output
from tui.commands.table import COMMANDS, HIDDEN, SECTIONS
from tui.ending import INTERRUPTED, end


class Ringback(click.Group):
    """A group that imports a command when it is asked for, and ends every failure with a sentence."""

    # ruff: noqa: ARG002 - click's signatures

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command with this name."""
        entry = COMMANDS.get(cmd_name) or HIDDEN.get(cmd_name)
        if entry is None:
            return None
        module, _, attribute = entry.target.partition(":")
        command: click.Command = getattr(import_module("tui.commands." + module), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the first word names; of an unknown word, name what is near."""
        name = args[0]
        if name not in {*COMMANDS, *HIDDEN} and not name.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(name, COMMANDS, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            ctx.fail(f"There is no command '{name}'.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by section without importing them."""
        for section, commands in SECTIONS.items():
            with formatter.section(section):
                formatter.write_dl([(name, entry.short) for name, entry in commands.items()])

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command line and exit with the documented code."""
        kwargs["standalone_mode"] = False
        sys.exit(end(lambda: self._read(*args, **kwargs)))

    def _read(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command line; what click refuses is told as a sentence."""
        try:
            return super().main(*args, **kwargs)
        except click.UsageError as error:
            return _tell_usage(error)
        except click.ClickException as error:
            output.tell(error.format_message())
            return error.exit_code
        except click.Abort:
            return INTERRUPTED


def _tell_usage(error: click.UsageError) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError) and isinstance(
        group := error.ctx.command, click.Group
    ):
        *most, last = group.list_commands(error.ctx)
        output.tell(f"{error.ctx.command_path} wants a word more: {', '.join(most)} or {last}.")
    else:
        output.tell(error.format_message())
    if error.ctx is not None:
        output.tell(f"See {error.ctx.command_path} --help")
    return error.exit_code


def _tell_version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click's signature
    if not wanted or ctx.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        output.emit("ringback " + version("ringback"))
    except PackageNotFoundError:
        output.emit("ringback (not installed)")
    ctx.exit()


@click.group(
    cls=Ringback,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--file",
    type=click.Path(dir_okay=False),
    metavar="PATH",
    help="The data file, in place of RINGBACK_FILE and the platform's data folder.",
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_tell_version,
    help="Show the version and exit.",
)
@click.pass_context
def cli(ctx: click.Context, file: str | None) -> None:  # noqa: ARG001 - chosen_file() reads it
    """Answer what recruiters send you. Without a command, the inbox opens."""
    if ctx.invoked_subcommand is None:
        from tui.commands.common.opening import chosen_file
        from tui.commands.common.screen import open_inbox

        open_inbox(chosen_file())
