"""`ringback doctor`: check the data file and its surroundings."""

import click

from tui.commands.common.opening import chosen_file, paths
from tui.output import emit, emit_items, paint


@click.command()
@click.option("--recreate", is_flag=True, help="Write a missing data file anew from this machine's copy.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.pass_context
def doctor(ctx: click.Context, *, recreate: bool, as_json: bool) -> None:
    """Check the data file and its surroundings.

    Ends with 1 when something wants a hand. Without an option nothing is changed.
    """
    from store import doctor

    if recreate:
        emit(doctor.recreate(chosen_file()))
        return
    findings = doctor.examine(paths())
    if as_json:
        emit_items({"ok": each.ok, "sentence": each.sentence, "hint": each.hint} for each in findings)
    else:
        for finding in findings:
            emit(
                paint("ok    " if finding.ok else "look  ", "dim" if finding.ok else "warning"),
                finding.sentence,
            )
            if finding.hint:
                emit("      ", paint(finding.hint, "dim"))
    ctx.exit(0 if all(finding.ok for finding in findings) else 1)
