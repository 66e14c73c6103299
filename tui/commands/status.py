"""`ringback status`: counts for a prompt or a status bar."""

import re

import click

from tui.commands.common.opening import paths
from tui.output import emit, emit_thing

DEFAULT = "{new} new · {due} due"


@click.command()
@click.option(
    "--format", "form", metavar="TEXT", default=DEFAULT, show_default=True, help="Names in braces are counts."
)
@click.option("--json", "as_json", is_flag=True, help="Write every count as JSON.")
def status(form: str, *, as_json: bool) -> None:
    """Write counts for a prompt or a status bar.

    Never waits, never writes. Counts are new, later, waiting, snoozed, aside, done, all, unread and due.
    """
    from store.clock import now
    from store.summary import read_status

    counts = read_status(paths(), now())
    if as_json:
        emit_thing("status", counts)
    else:
        emit(_filled(form, counts))


def _filled(form: str, counts: dict[str, int]) -> str:
    """Put counts in the place of their names; nothing else in a format has a meaning."""

    def count(name: re.Match[str]) -> str:
        if name[1] not in counts:
            raise click.UsageError(f"There is no count named {name[1]}; there are {', '.join(counts)}.")
        return str(counts[name[1]])

    return re.sub(r"\{(\w+)\}", count, form)
