"""`ringback show`: an opportunity with its whole timeline."""

from typing import TYPE_CHECKING

import click

from tui.commands.common.completing import complete_id
from tui.commands.common.opening import opened
from tui.commands.common.originals import entry_of, named
from tui.output import emit, emit_thing, paint

if TYPE_CHECKING:
    from store.intake.left_out import Left
    from store.repository import Repository
    from store.rules.row import Row


@click.command()
@click.argument("opportunity", metavar="ID", shell_complete=complete_id)
@click.option("--full", is_flag=True, help="With quoted text, signatures and footers.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def show(opportunity: str, *, full: bool, as_json: bool) -> None:
    """Show an opportunity with its whole timeline.

    ID is a short code as the lists show it, or a whole id; that of a message that was left out shows it.
    """
    from store.rules.row import Row

    with opened() as repository:
        row = named(repository, opportunity)
        if not isinstance(row, Row):
            _show_left(repository, row, full=full, as_json=as_json)
            return
        entries = repository.timeline(row)
        if as_json:
            from tui.commands.common.shapes import entry_shape, row_shape

            shape = {**row_shape(repository, row), "timeline": list(map(entry_shape, entries))}
            emit_thing("opportunity", {**shape, "suggestions": _suggested(repository, row)})
            return
        from tui.commands.common.entry import emit_entry

        _emit_head(repository, row)
        _emit_alike(repository, row)
        for number, entry in enumerate(entries, start=1):
            emit()
            emit_entry(number, entry, full=full)


def _show_left(repository: "Repository", left: "Left", *, full: bool, as_json: bool) -> None:
    from store.intake.knowledge import knowledge_of
    from store.intake.screening import left_code
    from store.intake.why import left_because
    from store.rules.outreach import judge

    because = left_because(repository, left, judge(left.message, knowledge_of(repository)))
    if as_json:
        from tui.commands.common.shapes import entry_shape, left_shape

        emit_thing("left_out", {**left_shape(left, because), "timeline": [entry_shape(entry_of(left))]})
        return
    from tui.commands.common.entry import emit_entry

    sender, code = left.message.sender, left_code(left)
    emit(paint(" · ".join(filter(None, (sender.name, sender.firm, sender.email, sender.phone))), "strong"))
    emit(paint(f"{code} · left out: {because} · ringback outreach {code} takes it in", "dim"))
    emit()
    emit_entry(1, entry_of(left), full=full)


_VERDICTS = {
    "call": "decided: take the call",
    "ask": "decided: ask first",
    "later": "decided: later",
    "no": "declined",
    "verify": "decided: verify first",
}


def _emit_head(repository: "Repository", row: "Row") -> None:
    emit(paint(" · ".join(filter(None, (row.role, row.company))), "strong"))
    emit(" · ".join(filter(None, (row.who, row.firm, row.email, row.phone, row.mandate, row.pay))))
    if row.location or row.mode:
        emit(" · ".join(filter(None, (row.location, row.mode))))
    if row.guessed:
        emit(paint(f"guessed from the text: {', '.join(row.guessed)}", "dim"))
    emit(paint(_state(repository, row), "dim"))
    if row.labels:
        emit(paint("labels " + ", ".join(row.labels), "dim"))


def _hidden(row: "Row") -> str:
    return "Blocked" if row.blocked else "Muted" if row.muted else "No outreach"


def _emit_alike(repository: "Repository", row: "Row") -> None:
    from store.alike import alike

    for each in alike(repository, row):
        code = repository.index.code(each.row.id)
        words = f"perhaps one with {code}, {each.row.who}: {', '.join(each.reasons)}"
        emit(paint(words, "dim"), paint(f" · ringback join {repository.index.code(row.id)} {code}", "dim"))


def _suggested(repository: "Repository", row: "Row") -> list[dict[str, object]]:
    from store.alike import alike

    return [
        {"id": str(each.row.id), "code": repository.index.code(each.row.id), "reasons": list(each.reasons)}
        for each in alike(repository, row)
    ]


def _state(repository: "Repository", row: "Row") -> str:
    from store.clock import now
    from store.rules.dates import describe
    from store.rules.views import TITLES, is_silent, owes, view_of

    moment = now()
    view = view_of(row, moment)
    title = TITLES[view] if view != "hidden" else _hidden(row)
    parts = [
        repository.index.code(row.id),
        f"{title} until {describe(row.until, moment, None)}" if view == "snoozed" else title,
        f"nudge {describe(row.nudge, moment, None)}" if row.nudge and view == "waiting" else "",
        _VERDICTS.get(row.verdict, ""),
        "silent" if is_silent(row, moment, repository.settings.silent_days) else "",
        f"{row.attempts} approaches" if row.attempts > 1 else "",
        {"you": "you owe a reply", "them": "they owe a reply", "": ""}[owes(row)],
        "starred" if row.starred else "",
    ]
    return " · ".join(filter(None, parts))
