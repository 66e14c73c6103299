"""`ringback export`: what is kept, in formats that other programs read."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from tui.commands.common.opening import opened
from tui.output import emit_data, tell

Command = TypeVar("Command", bound=Callable[..., Any])
WHAT = ("people", "referrals", "opportunities")


def _destination(command: Command) -> Command:
    """Give a sub-command the options that say where it writes."""
    force = click.option("--force", is_flag=True, help="Replace FILE where there is one.")
    output = click.option("--output", metavar="FILE", help="Write to FILE, readable by you alone.")
    return output(force(command))


@click.group()
def export() -> None:
    """Write people, referrals or opportunities for other programs.

    To stdout, or with --output to a file, which is written whole or not at all.
    """


@export.command()
@click.argument("name", required=False)
@_destination
def vcf(name: str | None, *, output: str | None, force: bool) -> None:
    """Write the people you know, or NAME, as vCards.

    An address book reads them. What you think of somebody, their leave and their wants are not in it.
    """
    from store import network
    from store.exporting import vcard
    from store.records.plain import plain

    with opened() as repository:
        documents = repository.documents
        everybody = [network.must_find(documents, name)] if name else network.everybody(documents)
        found = sorted(everybody, key=lambda each: plain(each.person.name or ""))
    if not found:
        tell("You know no one here yet, so there is nothing to write.")
        return
    _write(vcard.cards(found), len(found), output, end=vcard.END, force=force)


@export.command()
@click.argument("what", type=click.Choice(WHAT))
@_destination
def csv(what: str, *, output: str | None, force: bool) -> None:
    """Write a table for a spreadsheet.

    A cell that a spreadsheet would take for a formula begins with a quotation mark.
    """
    from store.exporting import table

    with opened() as repository:
        text = table.text_of(repository, what)
    _write(text, text.count("\n") - 1, output, end="\n", force=force)


def _write(text: str, count: int, output: str | None, *, end: str, force: bool) -> None:
    from store.exporting.files import write
    from store.intake.configured import from_home

    if output is None:
        emit_data(text, end=end)
        return
    path = from_home(output)
    write(path, text, force=force)
    tell(f"{count} written to {path}")
