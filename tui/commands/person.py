"""`ringback person`: the card of a recruiter."""

from typing import TYPE_CHECKING, Any

import click

from tui.commands.common.opening import opened
from tui.output import emit, emit_block, emit_thing, paint

if TYPE_CHECKING:
    from store.people import Card
    from store.repository import Repository
    from store.transaction import Transaction


@click.command()
@click.argument("name", metavar="NAME")
@click.option(
    "--check", "checks", multiple=True, metavar="N=ANSWER", help="Answer a check: yes, no or unknown."
)
@click.option("--relation", metavar="WORD", help="new, known, trusted, cool, avoid or blocked.")
@click.option("--promise", "promises", multiple=True, metavar="TEXT", help="What they promised.")
@click.option("--note", "notes", multiple=True, metavar="TEXT", help="A note about them.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def person(name: str, *, as_json: bool, **given: Any) -> None:
    """Show the card of a recruiter, or write something on it.

    NAME is a name, an address, a number, or the id of an opportunity.
    """
    from store import people

    with opened() as repository:
        card = people.named(repository, name)
        if any(given.values()):
            repository.transact("Person", lambda transaction: _write(transaction, card, given))
            card = people.card(repository, card.rows[0])
        if as_json:
            emit_thing("person", _shape(repository, card))
        else:
            _show(repository, card)


def _write(transaction: "Transaction", card: "Card", given: dict[str, Any]) -> str:
    from store import people
    from store.errors import UsageError

    said = []
    for each in given["checks"]:
        number, equals, answer = each.partition("=")
        if not equals or not number.strip().isdigit():
            raise UsageError(f"--check {each!r} names no check.", "Write it as 4=yes.")
        said.append(people.set_check(transaction, card, int(number), answer.strip()))
    if given["relation"]:
        said.append(people.set_relation(transaction, card, given["relation"]))
    said += [people.add_promise(transaction, card, text) for text in given["promises"]]
    said += [people.note(transaction, card, text) for text in given["notes"]]
    return "; ".join(said)


def _show(repository: "Repository", card: "Card") -> None:
    from store import people
    from store.clock import local
    from store.records.person import CHECKS
    from store.rules.mandates import MANDATE_WORDS
    from store.rules.standing import fate
    from tui.commands.common.listing import emit_table

    now, silent_days = repository.now(), repository.settings.silent_days
    emit(paint(" · ".join(filter(None, (card.name, card.firm, card.person.relation))), "strong"))
    contacts = dict.fromkeys(value for row in card.rows for value in (row.email, row.phone) if value)
    emit(paint(" · ".join(contacts), "dim"))
    emit(card.standing)
    for warning in people.warnings(repository, card):
        emit(paint(warning, "warning"))
    emit()
    emit_table(
        (
            (
                repository.index.code(row.id),
                f"{local(row.first_at):%Y-%m-%d}",
                ", ".join(filter(None, (row.role, row.company))),
                fate(row, now, silent_days),
                row.pay or "no pay stated",
            )
            for row in card.rows
        ),
        ("dim", "dim", None, "accent", "dim"),
        flexible=2,
    )
    for mandate in dict.fromkeys(row.mandate for row in card.rows if row.mandate):
        emit(paint(f"{mandate}: ", "strong"), MANDATE_WORDS.get(mandate, ""))
    emit()
    for number, words in enumerate(CHECKS, start=1):
        check = card.person.checks.get(str(number))
        emit(f" {number}  ", paint(f"{(check.answer if check else '') or '-':<8}", "accent"), words)
    for _, promise in card.promises:
        kept = {True: "kept", False: "broken", None: "open"}[promise.kept]
        emit(
            paint(f" {'they' if promise.by == 'them' else 'you'} promised ", "dim"),
            promise.text,
            f" · {kept}",
        )
    for _, note in card.notes:
        emit_block(note.text or "", indent=" ")


def _shape(repository: "Repository", card: "Card") -> dict[str, Any]:
    from store import people
    from store.records.person import CHECKS
    from store.rules.standing import fate
    from tui.commands.common.shapes import RowShaper, time_shape

    shape, now, silent_days = RowShaper(repository).shape, repository.now(), repository.settings.silent_days
    return {
        "name": card.name,
        "firm": card.firm,
        "relation": card.person.relation,
        "standing": card.standing,
        "warnings": list(people.warnings(repository, card)),
        "checks": {
            str(number): (check.answer if (check := card.person.checks.get(str(number))) else "")
            for number in range(1, len(CHECKS) + 1)
        },
        "promises": [
            {"by": each.by, "text": each.text, "at": time_shape(each.at), "kept": each.kept}
            for _, each in card.promises
        ],
        "notes": [{"at": time_shape(each.at), "text": each.text or ""} for _, each in card.notes],
        "opportunities": [{**shape(row), "fate": fate(row, now, silent_days)} for row in card.rows],
    }
