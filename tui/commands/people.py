"""`ringback people`: the people you know."""

from typing import Any

import click

from tui.commands.common.opening import opened
from tui.output import emit, emit_items, emit_thing, paint, tell


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

    "Who do I know at COMPANY" is asked of whole names: a part of one is another company.
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
            _show(known, as_json=as_json)
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
        for each in found:
            emit(paint(each.person.name or "", "strong"), f"  {each.label.partition(' · ')[2]}")
        if not found and not bench_only:
            where = f" at {company}" if company else " here yet"
            tell(f"You know no one{where}. ringback add person NAME, or ringback pull Connections.csv")


def _write_consent(repository: Any, name: str, given: dict[str, Any]) -> None:
    from store import network
    from store.errors import UsageError
    from store.records.person import Consent
    from store.records.referral import MODES
    from tui.commands.common.times import future

    answer, mode = given["consent"], given["mode"]
    if answer not in ("yes", "no", "withdrawn") or mode not in MODES:
        raise UsageError(
            f"Leave is yes, no or withdrawn, not {answer!r}; its mode one of {', '.join(MODES)}.",
            "ringback people NAME --consent yes --until 1y",
        )
    known = network.must_find(repository.documents, name)
    until = future(given["until"], hour=repository.settings.snooze_hour)[0] if given["until"] else 0
    consent = Consent(mode=mode, answer=answer, asked_on=repository.now(), scope=given["scope"], until=until)
    sentence = repository.transact("Consent", lambda t: network.set_consent(t, known.id, consent))
    tell(sentence)


def _show(known: Any, *, as_json: bool) -> None:
    from tui.commands.common.referral_shapes import person_shape

    shape = person_shape(known)
    if as_json:
        emit_thing("person", shape)
        return
    emit(paint(known.label, "strong"))
    for name, value in shape.items():
        if name not in ("id", "name", "title", "employer", "consent") and value:
            emit(paint(f"{name.replace('_', ' '):<14}", "dim"), str(value))
    consent = shape["consent"]
    if consent:
        until = f" until {consent['until'][:10]}" if consent["until"] else ""
        scope = f", for {consent['scope']}" if consent["scope"] else ""
        emit(paint("leave         ", "dim"), f"{consent['answer']} ({consent['mode']}{scope}){until}")
