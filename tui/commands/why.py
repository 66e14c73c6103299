"""`ringback why`: why something counts as outreach, or does not."""

from typing import TYPE_CHECKING, Any

import click

from tui.commands.common.completing import complete_id
from tui.commands.common.opening import opened
from tui.commands.common.originals import named
from tui.output import emit, emit_thing, paint

if TYPE_CHECKING:
    from store.intake.why import Judged, Why
    from store.repository import Repository

OUTCOMES = {"outreach": "outreach", "review": "to review", "other": "no outreach"}


@click.command()
@click.argument("id", shell_complete=complete_id)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def why(id: str, *, as_json: bool) -> None:
    """Say why something counts as outreach, or does not.

    ID is that of an opportunity, or of a message that was left out. The weights of all reasons add up to
    the score: 4 and more is outreach, 2 and 3 is to be reviewed; of a text message 3 is enough.
    """
    with opened() as repository:
        found = _find(repository, id)
    if as_json:
        emit_thing("why", _shape(found))
        return
    emit(paint(OUTCOMES[found.outcome], "strong"), f" · {found.because}" if found.because else "")
    for each in found.messages:
        _emit(each)


def _find(repository: "Repository", id: str) -> "Why":
    from store.intake.why import why as why_row
    from store.intake.why import why_left
    from store.rules.row import Row

    found = named(repository, id)
    return why_row(repository, found) if isinstance(found, Row) else why_left(repository, found)


def _emit(each: "Judged") -> None:
    from store.clock import local

    message, judgement = each.message, each.judgement
    who = message.sender.name or message.sender.email or message.sender.phone
    emit()
    emit(paint(f"{local(message.at):%Y-%m-%d}", "dim"), f"  {who}", f"  {message.subject}")
    for reason in judgement.reasons:
        weight = f"{reason.weight:+d}" if reason.weight else "  "
        emit(paint(f"{weight:>5}", "accent"), f"  {reason.sentence}")
    if not judgement.reasons:
        emit(paint("       no sign of outreach", "dim"))
    emit(paint(f"{judgement.score:>5}", "strong"), f"  {OUTCOMES[judgement.outcome]}")


def _shape(found: "Why") -> dict[str, Any]:
    from store.clock import iso

    return {
        "outcome": found.outcome,
        "because": found.because or None,
        "messages": [
            {
                "id": str(each.id),
                "at": iso(each.message.at),
                "subject": each.message.subject,
                "outcome": each.judgement.outcome,
                "score": each.judgement.score,
                "reasons": [
                    {"name": reason.name, "weight": reason.weight, "sentence": reason.sentence}
                    for reason in each.judgement.reasons
                ],
            }
            for each in found.messages
        ],
    }
