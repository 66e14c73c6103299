"""`ringback completion`: a completion script for a shell."""

import click

from tui.output import emit_block

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Write a completion script for a shell.

    \b
    bash:  eval "$(ringback completion bash)"       in ~/.bashrc
    zsh:   eval "$(ringback completion zsh)"        in ~/.zshrc
    fish:  ringback completion fish > ~/.config/fish/completions/ringback.fish
    """
    from click.shell_completion import get_completion_class

    writer = get_completion_class(shell)
    if writer is None:
        raise click.UsageError(f"There is no completion for {shell}.")
    emit_block(writer(ctx.find_root().command, {}, "ringback", "_RINGBACK_COMPLETE").source())
