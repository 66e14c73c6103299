"""`ringback git-setup`: teach git to merge the data file."""

import click

from tui.commands.common.opening import paths
from tui.output import emit, emit_thing, paint


@click.command("git-setup")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def git_setup(*, as_json: bool) -> None:
    """Teach git to merge the data file.

    Run it once in every clone: git does not share its configuration. The line in .gitattributes wants to be
    committed.
    """
    from store.sync import git

    done = git.set_up(paths().file, _this_program())
    if as_json:
        emit_thing("git", {**done._asdict(), "attributes": str(done.attributes)})
        return
    if not (done.changed_attributes or done.changed_configuration):
        emit("git merges the data file already.")
        return
    emit("git merges the data file from now on.")
    if done.changed_attributes:
        emit(paint(f"Commit {done.attributes}, and run ringback git-setup in every other clone.", "dim"))


def _this_program() -> tuple[str, ...]:
    """Return the words that run this program from anywhere."""
    import shutil
    import sys
    from pathlib import Path

    from tui.start import command

    beside = Path(sys.executable).with_name("ringback")
    found = str(beside) if beside.exists() else shutil.which("ringback")
    return (found,) if found else command()
