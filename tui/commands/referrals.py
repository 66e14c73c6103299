"""`ringback referrals`: the referral log."""

from typing import TYPE_CHECKING, Any

import click

from tui.commands.common.opening import opened
from tui.output import emit, emit_data, emit_items, emit_thing, paint, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.referring import Logged
    from store.repository import Repository
    from store.transaction import Transaction


@click.command()
@click.argument("words", nargs=-1, metavar="[ID|WORDS]...")
@click.option("--kind", metavar="KIND", help="given, received, asked or source.")
@click.option("--open", "only_open", is_flag=True, help="What is not closed.")
@click.option("--move", metavar="STATE", help="Bring the referral ID to a state.")
@click.option("--nudge", metavar="SIDE", help="Write down the one nudge of the friend or the recruiter.")
@click.option("--check", metavar="WHEN", help='When to look after it again; "none": when its time is out.')
@click.option("--told", is_flag=True, help="Whoever recommended you knows how it stands.")
@click.option("--thanked", is_flag=True, help="Thanks were said.")
@click.option("--note", default="", help="A word to the step.")
@click.option("--csv", "as_csv", is_flag=True, help="Write CSV.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def referrals(words: tuple[str, ...], *, as_csv: bool, as_json: bool, **given: Any) -> None:
    """List referrals, show one, or bring one a step on.

    WORDS look in names, firms, roles and states. Time-outs are read off the dates; nothing runs.
    """
    from store import referring

    with opened() as repository:
        if any(given[name] for name in _STEPS):
            if sum(bool(given[name]) for name in _STEPS) > 1:
                raise click.UsageError("One step at a time.")
            if len(words) != 1:
                raise click.UsageError("Name one referral by its id.")
            _step(repository, words[0], given, as_json=as_json)
            return
        found = _wanted(referring.log(repository.documents, repository.now()), words, given)
        if as_json:
            from tui.commands.common.referral_shapes import referral_shape

            emit_items(map(referral_shape, found))
        elif as_csv:
            from store.exporting import table

            emit_data(table.referrals(found), end="\n")
        elif len(found) == 1 and len(words) == 1:
            _show(repository, found[0])
        elif found:
            _list(repository, found)
        else:
            tell("There is no referral like that. ringback refer ID --to NAME makes one.")


_STEPS = ("move", "nudge", "told", "thanked", "check")


def _wanted(log: "Sequence[Logged]", words: tuple[str, ...], given: dict[str, Any]) -> "list[Logged]":
    from store.ids import parse_code
    from store.referring import says

    if len(words) == 1:
        remainder, modulus = parse_code(words[0]) or (-1, 1)
        named = [each for each in log if each.id % modulus == remainder or str(each.id) == words[0]]
        if len(named) == 1:
            return named
    kind, is_open = given["kind"], given["only_open"]
    return [
        each
        for each in log
        if kind in (None, each.referral.kind)
        and not (is_open and each.standing.stored == "closed")
        and says(each, words)
    ]


def _step(repository: "Repository", code: str, given: dict[str, Any], *, as_json: bool) -> None:
    from store import referring

    logged = referring.find(repository.documents, code, repository.now())
    check = _look(repository, given["check"]) if given["check"] else 0

    def step(transaction: "Transaction") -> str:
        if given["move"]:
            return referring.move(transaction, logged.id, given["move"], given["note"])
        if given["nudge"]:
            return referring.nudge(transaction, logged.id, given["nudge"])
        if given["check"]:
            return referring.look_at(transaction, logged.id, check)
        if given["told"]:
            return referring.tell(transaction, logged.id)
        return referring.thank(transaction, logged.id)

    sentence = repository.transact("Referral", step)
    if as_json:
        from tui.commands.common.referral_shapes import referral_shape

        emit_thing(
            "referral", referral_shape(referring.find(repository.documents, str(logged.id), repository.now()))
        )
        return
    emit(sentence, paint(" · ringback undo takes it back", "dim"))


def _look(repository: "Repository", when: str) -> int:
    from tui.commands.common.times import future

    return 0 if when.strip() == "none" else future(when, hour=repository.settings.snooze_hour)[0]


def _code(logged: "Logged") -> str:
    from store.ids import short_code

    return short_code(logged.id)


def _list(repository: "Repository", found: "Sequence[Logged]") -> None:
    from store.rules.dates import age
    from store.rules.referrals import words
    from tui.commands.common.listing import emit_table
    from tui.referral_words import owed

    emit_table(
        (
            (
                _code(each),
                age(each.referral.at, repository.now()),
                each.referral.kind,
                each.referral.name,
                words(each.standing.state),
                owed(each),
                ", ".join(filter(None, (each.referral.role, each.referral.company))),
            )
            for each in found
        ),
        ("dim", None, "dim", "strong", "accent", "warning", None),
        right=1,
        flexible=6,
    )


def _show(repository: "Repository", logged: "Logged") -> None:
    from store import referring
    from store.ids import read_id
    from tui.referral_words import story

    now, person = repository.now(), read_id(logged.referral.person)
    theirs = referring.of_person(repository.documents, person, now)
    for strength, text in story(logged, theirs or [logged], now):
        emit(paint(text, strength) if strength != "plain" else text)
    moves = ", ".join(logged.standing.moves)
    how = paint("   --move STATE", "dim") if moves else ""
    emit(paint("may go to ", "dim"), moves or "nothing more", how)
