"""`ringback sources`: what messages are read from."""

from typing import TYPE_CHECKING, Any

import click

from tui.commands.common.opening import opened, paths
from tui.output import emit, emit_items, paint, tell

if TYPE_CHECKING:
    from store.intake.overview import Overview


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.pass_context
def sources(ctx: click.Context, *, as_json: bool) -> None:
    """List what messages are read from, add or remove a source.

    Each is told with its newest reading on this machine, what failed, and what to do next. `ringback pull`
    reads them all.
    """
    if ctx.invoked_subcommand is not None:
        return
    from store.intake.overview import overviews

    with opened(create=True) as repository:
        found = overviews(repository)
    if as_json:
        emit_items(map(_shape, found))
        return
    for each in found:
        _emit(each)
    if not found:
        tell("No source is set up, and nothing was pulled. ringback sources add --help says how to begin.")


@sources.group()
def add() -> None:
    """Add a source to the configuration."""


@add.command()
@click.argument("name")
@click.argument("path")
@click.option("--all", "everything", is_flag=True, help="Take every message as outreach, judge none.")
def folder(name: str, path: str, *, everything: bool) -> None:
    """Add a folder of which is read whatever is new."""
    from pathlib import Path

    from store.intake import configuring

    path = path if path.startswith("~") else str(Path(path).absolute())
    values = {"kind": "folder", "path": path, **({"take": "everything"} if everything else {})}
    configuring.add(paths(), name, values)
    emit(f"{name} added.", paint(f" · ringback pull {name} reads it", "dim"))
    if not Path(path).expanduser().exists():
        tell(f"{path} is not there yet; it is read once it is.")


@add.command()
@click.argument("name")
@click.option("--host", required=True, metavar="HOST", help="The mail server.")
@click.option("--user", required=True, metavar="USER", help="Who logs in.")
@click.option("--port", type=int, metavar="N", help="993, or 143 with --starttls, unless you say so.")
@click.option("--starttls", is_flag=True, help="Begin in the clear, and encrypt before logging in.")
@click.option("--ca-file", metavar="FILE", help="A certificate of your own that is trusted, too.")
@click.option("--password-command", metavar="COMMAND", help="Prints the password.")
@click.option("--password-env", metavar="VARIABLE", help="Holds the password.")
@click.option("--oauth-command", metavar="COMMAND", help="Prints an access token.")
@click.option(
    "--folder", "folders", multiple=True, metavar="FOLDER", help="Read this folder; may be repeated."
)
@click.option("--since", metavar="DAY", help="Leave out what arrived before.")
@click.option("--all", "everything", is_flag=True, help="Take every message as outreach, judge none.")
def imap(name: str, *, starttls: bool, everything: bool, **options: Any) -> None:
    """Add an account on a mail server.

    Without a command or a variable, the password is looked for in the keyring. No password is ever written
    into the configuration.
    """
    from store.intake import configuring

    values = {key: value for key, value in options.items() if value}
    values |= {"security": "starttls"} if starttls else {}
    values |= {"take": "everything"} if everything else {}
    configuring.add(paths(), name, {"kind": "imap", **values})
    emit(f"{name} added.", paint(f" · ringback pull --dry-run {name} tries it", "dim"))


@sources.command()
@click.argument("name")
def remove(name: str) -> None:
    """Take a source out of the configuration.

    What was read from it stays, and so do comments around it. Added again under its name, a mail server is
    read on from where it was.
    """
    from store.intake.overview import take_out

    emit(take_out(paths(), name))


@sources.command()
@click.argument("name")
def forget(name: str) -> None:
    """Take what was read by hand off the list.

    So it does with a source that the configuration has no longer. What was read stays.
    """
    from store.intake.overview import let_go

    with opened() as repository:
        emit(let_go(repository, name))


def _emit(each: "Overview") -> None:
    from store.clock import local
    from store.intake.overview import counts

    emit(paint(each.name, "strong"), paint(f"  {each.kind}", "dim"), f"  {each.place}")
    if each.reading is None:
        emit(paint("  never read", "dim"), f" · {each.next}" if each.next else "")
        return
    words = ", ".join(f"{count} {name}" for name, count in counts(each.reading))
    emit(paint(f"  {local(each.reading.at):%Y-%m-%d %H:%M}  {words}", "dim"))
    if each.next and each.next not in [failure.reason for failure in each.reading.failures]:
        emit(paint(f"  {each.next}", "warning"))
    for failure in each.reading.failures:
        emit(paint("  not read  ", "warning"), f"{failure.place}: {failure.reason}")


def _shape(each: "Overview") -> dict[str, Any]:
    from store.clock import iso
    from store.intake.report import COUNTS

    reading = each.reading
    return {
        "name": each.name,
        "kind": each.kind,
        "place": each.place,
        "read_at": iso(reading.at) if reading else None,
        **{name: getattr(reading, name) if reading else None for name in COUNTS},
        "failures": [{"place": f.place, "reason": f.reason} for f in reading.failures] if reading else [],
        "next": each.next or None,
    }
