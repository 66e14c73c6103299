"""`ringback doctor`: check the data file and its surroundings."""

import click

from tui.commands.common.opening import paths
from tui.output import emit, emit_items, paint


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.pass_context
def doctor(ctx: click.Context, *, as_json: bool) -> None:
    """Check the data file and its surroundings.

    Ends with 1 when something wants a hand; nothing is changed.
    """
    from store.doctor import examine

    findings = examine(paths())
    if as_json:
        emit_items({"ok": each.ok, "sentence": each.sentence, "hint": each.hint} for each in findings)
    else:
        for finding in findings:
            emit(
                paint("ok   " if finding.ok else "look ", "dim" if finding.ok else "warning"),
                finding.sentence,
            )
            if finding.hint:
                emit("     ", paint(finding.hint, "dim"))
    ctx.exit(0 if all(finding.ok for finding in findings) else 1)
