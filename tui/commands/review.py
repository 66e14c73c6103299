"""`ringback review`: what is to be looked back on, and looking back."""

from typing import TYPE_CHECKING, Any

import click

from tui.commands.common.completing import complete_id
from tui.commands.common.opening import opened
from tui.output import emit, emit_items, emit_thing, paint, tell

if TYPE_CHECKING:
    from store.decisions import Entry
    from store.records.review import Review
    from store.repository import Repository

_WORDS = {
    "became": ("filled", "closed", "open", "mine", "unknown"),
    "seat": ("same", "better", "worse", "gone", "left"),
    "came_true": ("yes", "partly", "no", "soon"),
}


@click.command()
@click.argument("opportunity", metavar="[ID]", required=False, shell_complete=complete_id)
@click.option("--became", type=click.Choice(_WORDS["became"]), help="What became of the role.")
@click.option("--seat", type=click.Choice(_WORDS["seat"]), help="Your seat since.")
@click.option(
    "--wish", type=click.Choice(["0", "1", "2", "3", "-"]), help="Wish for the other thing; - cannot tell."
)
@click.option("--came-true", type=click.Choice(_WORDS["came_true"]), help="Whether the reason came true.")
@click.option("--process", type=click.Choice(["1", "2", "3"]), help="Decided badly, fairly, well.")
@click.option("--line", help="One line for next time.")
@click.option("--early", is_flag=True, help="Also before its date.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def review(opportunity: str | None, *, early: bool, as_json: bool, **given: str | None) -> None:
    """List what is due for a look back, or look back on one.

    ID is that of the opportunity or of the entry. It asks first and shows the old entry afterwards; with
    options nothing is asked.
    """
    with opened() as repository:
        if opportunity is None:
            _list(repository, as_json=as_json)
        else:
            entry = _entry(repository, opportunity, early=early)
            _look_back(repository, entry, given, as_json=as_json)


def _list(repository: "Repository", *, as_json: bool) -> None:
    due = repository.decisions.due(repository.now())
    if as_json:
        from tui.commands.common.decision_shapes import due_shape

        emit_items(due_shape(repository, each) for each in due)
        return
    from store.rules.dates import age, describe_day

    now = repository.now()
    if not due:
        following = repository.decisions.next_due(now)
        when = f" The next one is on {describe_day(following, now)}." if following else ""
        tell(f"Nothing is to be looked back on.{when}")
        return
    from tui.commands.common.listing import emit_table

    rows = [(each.entry.row, each.due) for each in due]
    emit_table(
        (
            (
                repository.index.code(row.id),
                age(date, now),
                row.who,
                ", ".join(filter(None, (row.role, row.company))),
            )
            for row, date in rows
            if row is not None
        ),
        ("dim", "accent", "strong", None),
        right=1,
        flexible=3,
    )
    tell("ringback review ID looks back on one.")


def _entry(repository: "Repository", name: str, *, early: bool) -> "Entry":
    """Return the entry that is meant; raises StoreError where there is none, or it is not due yet."""
    from store.deciding import entry_of
    from store.errors import StoreError
    from store.rules.dates import describe_day

    found = entry_of(repository, name)
    row = None if found is not None else repository.index.resolve(name)
    entry = found or (repository.decisions.newest(row) if row is not None else None)
    if entry is None:
        raise StoreError(
            "Nothing was decided on that opportunity yet.", "ringback decide ID asks what you have to lose."
        )
    now = repository.now()
    left = repository.decisions.dates_left(entry)
    if not left:
        raise StoreError(
            "Every date to look back on that decision has been kept.", "ringback stats sums them up."
        )
    if left[0] > now and not early:
        raise StoreError(
            f"That decision is to be looked back on {describe_day(left[0], now)}.", "--early does it now."
        )
    return entry


def _look_back(
    repository: "Repository", entry: "Entry", given: dict[str, str | None], *, as_json: bool
) -> None:
    from store import deciding
    from store.records.review import Review
    from tui.commands.common.prompts import can_ask

    if any(value is not None for value in given.values()):
        kept = _from_options(given)
    elif can_ask():
        kept = _asked(entry, Review())
    else:
        raise click.UsageError("Give at least --wish or --process, or answer in a terminal.")
    sentence = repository.transact("Review", lambda transaction: deciding.review(transaction, entry, kept))
    stored_id, stored = repository.decisions.reviews(entry.id)[-1]
    if as_json:
        from tui.commands.common.decision_shapes import decision_shape, review_shape

        emit_thing("review", {**review_shape(stored_id, stored), "entry": decision_shape(entry)})
        return
    _reveal(repository, entry, stored)
    emit(sentence, paint(" · ringback undo takes it back", "dim"))


def _from_options(given: dict[str, str | None]) -> "Review":
    from store.records.review import Review

    fields: dict[str, Any] = {
        name: given[name] for name in ("became", "seat", "came_true", "line") if given[name] is not None
    }
    wish, process = given["wish"], given["process"]
    if wish is not None and wish != "-":
        fields["wish"] = int(wish)
    if process is not None:
        fields["process"] = int(process)
    return Review(**fields)


def _asked(entry: "Entry", review: "Review") -> "Review":
    """Ask the six questions, without a word of what was decided."""
    from store.errors import StoreError
    from store.rules.review import answered, questions_for
    from tui.commands.common.prompts import ask_key, ask_line

    row = entry.row
    tell(paint("Looking back", "strong"), f"   {row.role} · {row.who}" if row is not None else "")
    for question in questions_for(entry.decision):
        while True:
            if question.name == "line":
                tell()
                answer = ask_line(f" {question.number}  {question.text}")
            else:
                answer = ask_key(
                    question, question.text, [(each.key, each.meaning) for each in question.keys]
                )
            try:
                review = answered(review, question.name, answer)
                break
            except StoreError as error:
                tell(paint(f"    {error.sentence} {error.hint}", "warning"))
    return review


def _reveal(repository: "Repository", entry: "Entry", review: "Review") -> None:
    """Write the old entry, and how it was decided against how it turned out."""
    from store import seat
    from store.rules.dates import describe_day
    from store.rules.questions import VERDICT_NAMES, meaning
    from store.rules.review import square
    from tui.commands.common.ledger import write_ledger

    decision = entry.decision
    when = describe_day(decision.at, repository.now())
    if decision.by_default:
        emit(f"You never answered; it was decided by default on {when}.")
    elif decision.verdict is not None:
        own = seat.own_reasons(repository.documents)
        emit(
            paint(f"{when}: {VERDICT_NAMES[decision.verdict]}", "strong"),
            f" · {meaning('reasons', decision.answers.reasons, own)}",
        )
        write_ledger(emit, decision, decision.answers, decision.notes, own, decision.impulse)
        if decision.because:
            emit(f" because: {decision.because}")
    if sentence := square(review).sentence:
        emit(paint(sentence, "accent"))
