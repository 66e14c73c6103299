"""`ringback attachments`: the files that came with messages."""

from typing import TYPE_CHECKING, Any

import click

from tui.commands.common.completing import complete_id
from tui.commands.common.opening import opened
from tui.output import emit, emit_items, paint, tell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from store.attachments import Extracted
    from store.enclosures import Enclosure
    from store.repository import Repository


@click.command()
@click.argument("id", shell_complete=complete_id)
@click.argument("numbers", nargs=-1, type=click.IntRange(min=1), metavar="[NUMBER]...")
@click.option("--save", "folder", metavar="FOLDER", help="Save them into a folder; nothing is overwritten.")
@click.option("--open", "opens", is_flag=True, help="Open one, if it is of a kind that runs nothing.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.pass_context
def attachments(
    ctx: click.Context,
    id: str,
    numbers: tuple[int, ...],
    *,
    folder: str | None,
    opens: bool,
    as_json: bool,
) -> None:
    """List the files that came with it, save them, or open one.

    ID is that of an opportunity, or of a message that was left out; NUMBER is that of a file in the list,
    all of them without one. Files are read from where their mail lies, on the machine that it was read on.
    What may run or load something is saved only, and so is what is not what its name says.
    """
    from store.enclosures import enclosures
    from tui.commands.common.originals import entries_of

    with opened() as repository:
        found = list(enumerate(enclosures(entries_of(repository, id)), start=1))
        chosen = [each for each in found if each[0] in numbers] if numbers else found
        if missing := sorted(set(numbers) - {number for number, _ in found}):
            raise click.UsageError(f"There is no file {missing[0]}; there are {len(found)}.")
        if opens and (folder is not None or len(chosen) != 1):
            raise click.UsageError("Name the one file to open by its number, without --save.")
        if opens:
            _open(repository, chosen[0][1])
            return
        saved = {} if folder is None else _save(repository, chosen, folder)
    if as_json:
        emit_items(_shape(number, each, saved.get(number), folder) for number, each in chosen)
    elif folder is None:
        _list(chosen)
    if folder is not None:
        if not as_json:
            for path in saved.values():
                emit(f"Saved as {path}")
        ctx.exit(int(len(saved) < len(chosen)))


def _list(chosen: "Sequence[tuple[int, Enclosure]]") -> None:
    from store.clock import now
    from store.enclosures import about
    from store.rules.dates import describe

    for number, each in chosen:
        sender = each.message.sender
        who = sender.name or sender.email or sender.phone
        emit(
            paint(f"{number:>2}  ", "dim"),
            about(each.attachment),
            paint(f"  {who}, {describe(each.message.at, now(), None)}", "dim"),
        )
    if not chosen:
        tell("No file came with it.")


def _save(
    repository: "Repository", chosen: "Sequence[tuple[int, Enclosure]]", named: str
) -> "dict[int, Path]":
    """Save files; tell of each that cannot be read, and go on. Returns where each is, by its number."""
    from store.attachments import folder_named, save
    from store.enclosures import title_of
    from store.errors import StoreError

    folder, saved = folder_named(named), {}
    for number, each in chosen:
        try:
            saved[number] = save(folder, _extracted(repository, each))
        except StoreError as error:
            tell(paint("not saved  ", "warning"), f"{title_of(each.attachment)}: {error.sentence}")
            tell(error.hint)
    if not chosen:
        tell("No file came with it.")
    return saved


def _open(repository: "Repository", each: "Enclosure") -> None:
    from store.attachments import put_by, why_not_opened
    from store.enclosures import title_of
    from store.errors import StoreError
    from tui.viewers import show_file, viewer

    title = title_of(each.attachment)
    save_it = "Save it with --save FOLDER, and open it yourself."
    if reason := why_not_opened(each.attachment.name, each.attachment.type):
        raise StoreError(f"{title} is not opened: {reason}.", save_it)
    if not viewer():
        raise StoreError(f"{title} is not opened: there is no window to show it in.", save_it)
    path = put_by(repository.state_folder, _extracted(repository, each))
    if not show_file(path):
        raise StoreError(f"No program took {title}.", save_it)
    emit(f"Opened {title}")


def _extracted(repository: "Repository", each: "Enclosure") -> "Extracted":
    from store.attachments import extract
    from store.intake.reaching import reach

    return extract(reach(repository, each.message).raw, each.place)


def _shape(number: int, each: "Enclosure", saved: "Path | None", folder: str | None) -> dict[str, Any]:
    from store.attachments import why_not_opened
    from store.clock import iso

    attachment = each.attachment
    shape = {
        "number": number,
        "message": str(each.id),
        "at": iso(each.message.at),
        "name": attachment.name,
        "type": attachment.type,
        "size": attachment.size,
        "why_not_opened": why_not_opened(attachment.name, attachment.type),
    }
    return shape if folder is None else {**shape, "saved": str(saved) if saved is not None else None}
