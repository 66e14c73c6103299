"""`ringback people`: the people you know."""

from typing import TYPE_CHECKING, Any

import click

from tui.commands.common.opening import opened
from tui.output import emit, emit_block, emit_items, emit_thing, paint, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.network import Known
    from store.repository import Repository


@click.command()
@click.argument("name", metavar="[NAME]", required=False)
@click.option("--at", "company", metavar="COMPANY", help="Whom you know at a company, by its whole name.")
@click.option("--bench", "bench_only", is_flag=True, help="Who gave leave in advance.")
@click.option("--consent", metavar="yes|no|withdrawn", help="Write down NAME's leave.")
@click.option(
    "--mode", default="standing", metavar="MODE", help="Of the leave: forward, both, standing, public."
)
@click.option("--scope", default="", help="What the leave covers, words with commas between.")
@click.option("--until", default="", metavar="WHEN", help="When the leave ends.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def people(name: str | None, *, company: str | None, bench_only: bool, as_json: bool, **given: Any) -> None:
    """List the people you know, or somebody's leave.

    Recruiters who are not in your network are not among them: ringback person NAME shows those. "Who do I
    know at COMPANY" is asked of whole names: a part of one is another company.
    """
    from store import network

    with opened() as repository:
        documents, now = repository.documents, repository.now()
        if given["consent"]:
            if name is None:
                raise click.UsageError("Whose leave? Name the person.")
            _write_consent(repository, name, given)
        if name is not None:
            known = network.must_find(documents, name)
            if as_json:
                from tui.commands.common.referral_shapes import person_shape

                emit_thing("person", person_shape(known))
            else:
                _show(repository, known)
            return
        if company:
            found = network.at_company(documents, company)
        else:
            everybody = network.bench(documents, now) if bench_only else network.everybody(documents)
            found = sorted(everybody, key=lambda each: (each.person.name or "").casefold())
        if as_json:
            from tui.commands.common.referral_shapes import person_shape

            emit_items(map(person_shape, found))
            return
        if bench_only:
            emit(paint(f"bench {len(found)} of {network.BENCH}", "strong"))
        _list(repository, found)
        if not found and not bench_only:
            where = f" at {company}{_near(repository, company)}" if company else " here yet"
            tell(f"You know no one{where}. ringback add person NAME, or ringback pull Connections.csv")


def _list(repository: "Repository", found: "Sequence[Known]") -> None:
    """Write people in columns: name, what they do, their circle or the bench, when they last spoke."""
    from store import network
    from store.rules.dates import age
    from tui.commands.common.listing import emit_table

    now = repository.now()
    ready = {each.id for each in network.bench(repository.documents, now)}
    emit_table(
        (
            (
                each.person.name or "",
                " · ".join(filter(None, (each.person.title, each.person.employer))),
                "bench" if each.id in ready else each.person.circle or "",
                age(each.person.last_touch, now) if each.person.last_touch else "",
            )
            for each in found
        ),
        ("strong", None, "dim", "dim"),
        flexible=1,
    )


def _near(repository: "Repository", company: str) -> str:
    """Say whom the user knows at companies that may be meant."""
    from store import network

    near = network.near_company(repository.documents, company)
    told = "; ".join(f"{name}: {network.listed(people, 'and')}" for name, people in near.items())
    return f", but near it: {told}" if told else ""


def _write_consent(repository: "Repository", name: str, given: dict[str, Any]) -> None:
    from store import network
    from tui.commands.common.times import future

    known = network.must_find(repository.documents, name)
    until = future(given["until"], hour=repository.settings.snooze_hour)[0] if given["until"] else 0
    consent = network.consent_of(
        {
            "answer": given["consent"],
            "mode": given["mode"],
            "scope": given["scope"],
            "asked_on": repository.now(),
            "until": until,
        }
    )
    tell(repository.transact("Leave", lambda t: network.set_consent(t, known.id, consent)))


def _show(repository: "Repository", known: "Known") -> None:
    from store import network, referring
    from store.rules.dates import describe_day
    from tui.referral_words import balance_of, in_a_line, person

    now = repository.now()
    emit(paint(known.person.name or "", "strong"))
    for strength, text in person(known, now):
        if text:
            emit(paint(text, strength) if strength != "plain" else text)
    theirs = referring.of_person(repository.documents, known.id, now)
    if theirs:
        emit()
        spoke = known.person.last_touch
        emit(balance_of(known.person.name or "", theirs, now, spoke=spoke))
    for logged in theirs:
        emit(paint(in_a_line(logged, now), "dim"))
    for note in network.notes(repository.documents, known.id):
        emit()
        emit(paint(describe_day(note.at, now), "dim"))
        emit_block(note.text or "", indent="  ")
