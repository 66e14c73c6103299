"""`ringback show`: an opportunity with its whole timeline."""

from typing import TYPE_CHECKING

import click

from tui.commands.common.completing import complete_id
from tui.commands.common.opening import opened
from tui.output import emit, emit_block, emit_thing, paint

if TYPE_CHECKING:
    from store.repository import Repository
    from store.rules.row import Row
    from store.rules.timeline import Entry


@click.command()
@click.argument("opportunity", metavar="ID", shell_complete=complete_id)
@click.option("--full", is_flag=True, help="With quoted text, signatures and footers.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def show(opportunity: str, *, full: bool, as_json: bool) -> None:
    """Show an opportunity with its whole timeline.

    ID is a short code as the lists show it, or a whole id.
    """
    with opened() as repository:
        row = repository.index.resolve(opportunity)
        entries = repository.timeline(row)
        if as_json:
            from tui.commands.common.shapes import entry_shape, row_shape

            emit_thing(
                "opportunity", {**row_shape(repository, row), "timeline": list(map(entry_shape, entries))}
            )
            return
        _emit_head(repository, row)
        for number, entry in enumerate(entries, start=1):
            emit()
            _emit_entry(number, entry, full=full)


def _emit_head(repository: "Repository", row: "Row") -> None:
    emit(paint(" · ".join(filter(None, (row.role, row.company))), "strong"))
    emit(" · ".join(filter(None, (row.who, row.firm, row.email, row.phone, row.mandate, row.pay))))
    emit(paint(_state(repository, row), "dim"))
    if row.labels:
        emit(paint("labels " + ", ".join(row.labels), "dim"))


def _state(repository: "Repository", row: "Row") -> str:
    from store.clock import now
    from store.rules.dates import describe
    from store.rules.views import TITLES, is_silent, owes, view_of

    moment = now()
    view = view_of(row, moment)
    title = ("Blocked" if row.blocked else "Muted") if view == "hidden" else TITLES[view]
    parts = [
        repository.index.code(row.id),
        f"{title} until {describe(row.until, moment, None)}" if view == "snoozed" else title,
        f"nudge {describe(row.nudge, moment, None)}" if row.nudge and view == "waiting" else "",
        "silent" if is_silent(row, moment, repository.settings.silent_days) else "",
        f"{row.attempts} approaches" if row.attempts > 1 else "",
        {"you": "you owe a reply", "them": "they owe a reply", "": ""}[owes(row)],
        "starred" if row.starred else "",
    ]
    return " · ".join(filter(None, parts))


def _emit_entry(number: int, entry: "Entry", *, full: bool) -> None:
    from store.clock import now
    from store.rules.dates import describe

    when = describe(entry.at, now(), None)
    if entry.message is None:
        emit(paint(f"{number}  note  {when}", "dim"))
        emit_block((entry.note.text if entry.note else "") or "", indent="   ")
        return
    message = entry.message
    sender = message.sender
    who = "you" if entry.outgoing else sender.name or sender.email or sender.phone or "somebody"
    versions = f"  {len(entry.versions) + 1} versions" if entry.versions else ""
    emit(
        paint(f"{number}  {message.channel.replace('_', ' ')}  {when}  ", "dim"), who, paint(versions, "dim")
    )
    if message.duration:
        emit("   ", paint(f"{message.duration // 60}:{message.duration % 60:02}", "dim"))
    if message.subject:
        emit("   ", paint(message.subject, "strong"))
    if message.body:
        emit_block(message.body, indent="   ")
    _emit_rest(entry, full=full)


def _emit_rest(entry: "Entry", *, full: bool) -> None:
    """Write, or only tell of, what stands around the new part of a message."""
    message = entry.message
    if message is None:
        return
    for attachment in message.attachments:
        emit(
            "   ", paint(f"[attachment {attachment.name or attachment.type}, {attachment.size} bytes]", "dim")
        )
    rest = {"quoted": message.quoted, "signature": message.signature, "footer": message.footer}
    if full:
        for name, text in rest.items():
            if text:
                emit("   ", paint(f"[{name}]", "dim"))
                emit_block(text, indent="   ")
        return
    folded = [
        f"{len(text.splitlines())} quoted lines" if name == "quoted" else name
        for name, text in rest.items()
        if text
    ]
    if folded:
        emit("   ", paint(f"[+ {', '.join(folded)}]", "dim"))
