"""`ringback decide`: the decision form, as prompts or all by options."""

from typing import TYPE_CHECKING, Any

import click

from tui.commands.common.completing import complete_id
from tui.commands.common.opening import opened
from tui.output import emit, emit_thing, paint, tell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.deciding import Beside
    from store.decisions import Entry
    from store.records.decision import Decision
    from store.repository import Repository
    from store.rules.row import Row
    from store.rules.sheet import Sheet

_FIELDS = {
    "survives": ("1-3", "Does the reason hold? 1 it holds, 2 partly, 3 it does not."),
    "call": ("0-3", "What a half-hour call would cost."),
    "silence": ("0-3", "What never answering would cost."),
    "pull": ("0-3", "How much of the work sits in your core."),
    "step": ("0-3", "Against today's seat: 0 smaller to 3 clearly bigger."),
    "seat": ("1-9", "Chance that your seat is unchanged in a year, in tenths."),
    "trust": ("g|u|p", "The recruiter: good, unknown, poor."),
    "sting": ("c|=|s", "What would sting more in a year: having called, neither, silence."),
    "regret": ("1-9", "Chance that you will wish for the other thing, in tenths."),
}


def _answers(command: Any) -> Any:
    for name, (metavar, text) in reversed(_FIELDS.items()):
        command = click.option(f"--{name}", metavar=metavar, help=text)(command)
    return command


@click.command()
@click.argument("opportunity", metavar="ID", shell_complete=complete_id)
@click.option(
    "--reason", "reasons", multiple=True, metavar="a-f|0", help="What is in the way; more may follow."
)
@_answers
@click.option("--verdict", metavar="C|A|L|N|V", help="Call, ask first, later, no, verify first; or the word.")
@click.option("--because", default="", help="Why, where it is not what was recommended.")
@click.option("--note", "notes", multiple=True, metavar="FIELD=TEXT", help="A short note to a field.")
@click.option("--until", metavar="WHEN", help="Of later: until when.")
@click.option(
    "--review", "reviews", multiple=True, metavar="WHEN", help="When to look back; may be repeated."
)
@click.option("--express", is_flag=True, help="Four questions: reason, call, silence, verdict.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def decide(opportunity: str, *, express: bool, as_json: bool, **given: Any) -> None:
    """Ask what you have to lose, and seal the answer.

    With --reason and --verdict nothing is asked, and what is not given is unknown; else the questions come
    one after the other. A sealed entry is never changed: deciding again supersedes it.
    """
    from functools import partial

    from store import deciding

    with opened() as repository:
        row = repository.index.resolve(opportunity)
        beside = deciding.beside(repository, row)
        by_options = bool(given["reasons"] and given["verdict"])
        if by_options:
            decision = _from_options(repository, row, beside, given, express=express)
        else:
            decision = _asked(repository, row, beside, given, express=express)
        sentence = repository.transact("Decide", partial(deciding.decide, ids=[row.id], decision=decision))
        entry = repository.decisions.newest(repository.index.find(row.id) or row)
        _write(repository, entry, sentence, beside if by_options else None, as_json=as_json)
        _offer_to_pass_on(repository, row, decision)


def _offer_to_pass_on(repository: "Repository", row: "Row", decision: "Decision") -> None:
    """After a no, ask on stderr who would be glad of it, where somebody is."""
    from store import passing_on

    if decision.verdict in passing_on.DECLINING and passing_on.may_be_offered(repository, row):
        tell(f"Who would be glad of this? ringback refer {repository.index.code(row.id)} tells.")


def _write(
    repository: "Repository", entry: "Entry | None", sentence: str, beside: "Beside | None", *, as_json: bool
) -> None:
    """Write what was sealed: as JSON, or a sentence, under the ledger where that was not seen yet."""
    from tui.commands.common.targets import TAKES_IT_BACK

    if entry is None:
        return
    if as_json:
        from tui.commands.common.decision_shapes import decision_shape

        emit_thing("decision", decision_shape(entry))
        return
    from store.rules.dates import describe_day
    from tui.commands.common.ledger import write_ledger

    decision = entry.decision
    if beside is not None:
        write_ledger(emit, decision, decision.answers, decision.notes, beside.own, decision.impulse)
    dates = ", ".join(describe_day(date, repository.now()) for date in decision.reviews)
    emit()
    emit(paint(sentence, "strong"), f" · look back on {dates}", paint(f" · {TAKES_IT_BACK}", "dim"))


def _from_options(
    repository: "Repository", row: "Row", beside: "Beside", given: "Mapping[str, Any]", *, express: bool
) -> "Decision":
    """Make the entry of the options alone."""
    from store.deciding import compose
    from store.records.decision import Answers
    from store.rules.questions import answered
    from tui.commands.common.times import future

    answers = Answers()
    for key in given["reasons"]:
        answers = answered(answers, "reasons", key, beside.own)
    for name in _FIELDS:
        if given[name] is not None:
            answers = answered(answers, name, given[name], beside.own)
    hour = repository.settings.snooze_hour
    return compose(
        row,
        beside,
        answers,
        form="express" if express else "full",
        verdict=given["verdict"],
        notes=_notes(given["notes"]),
        because=given["because"],
        until=future(given["until"], hour=hour)[0] if given["until"] else 0,
        reviews=[future(each, hour=hour)[0] for each in given["reviews"]],
        now=repository.now(),
    )


def _notes(given: tuple[str, ...]) -> dict[str, str]:
    from store.errors import UsageError
    from store.rules.questions import BY_NAME

    notes = {}
    for each in given:
        name, equals, text = each.partition("=")
        name = {"reason": "reasons"}.get(name, name)
        if not equals or name not in BY_NAME:
            known = ", ".join({"reasons": "reason"}.get(known, known) for known in BY_NAME)
            raise UsageError(f"--note {each!r} names no field.", f"Write FIELD=TEXT; fields are {known}.")
        notes[name] = text
    return notes


def _asked(
    repository: "Repository", row: "Row", beside: "Beside", given: "Mapping[str, Any]", *, express: bool
) -> "Decision":
    """Ask the questions in the terminal; what was answered is kept where the asking is broken off."""
    from store.deciding import compose
    from store.rules.sheet import begin, from_words
    from tui.commands.common.prompts import ask_sheet, can_ask
    from tui.screens.kept_words import KeptWords

    if any(given[name] is not None for name in (*_FIELDS, "verdict")) or given["reasons"] or not can_ask():
        raise click.UsageError("Give at least --reason and --verdict, or neither to be asked in a terminal.")
    keeper = KeptWords(repository, f"decide-{row.id}")
    sheet: Sheet = from_words(keeper.load()) or begin(beside.before, express=express)
    tell(paint("What do you have to lose?", "strong"), f"   {row.role} · {row.who}")
    try:
        sheet = ask_sheet(repository, beside, sheet, lambda now: keeper.write(now.words()))
    except BaseException:
        keeper.leave()
        raise
    decision = compose(
        row,
        beside,
        sheet.answers,
        form="express" if sheet.express else "full",
        verdict=sheet.verdict or "",
        notes=sheet.notes,
        because=sheet.because,
        until=sheet.until,
        reviews=sheet.reviews,
        seconds=sheet.seconds,
        now=repository.now(),
    )
    keeper.discard()
    return decision
