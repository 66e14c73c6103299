"""`ringback import`: take in a table that was kept by hand."""

from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from tui.commands.common.opening import opened
from tui.commands.common.targets import TAKES_IT_BACK
from tui.output import emit, emit_thing, paint, tell

if TYPE_CHECKING:
    from store.intake.report import PullReport
    from store.records.message import Message
    from store.sources.table import Table
    from store.sources.written_dates import Order

FIRST_ROWS = 5
"""Rows that a dry run shows as they would be read."""


@click.group("import")
def import_() -> None:
    """Take in a table of approaches that you kept elsewhere."""


@import_.command("csv")
@click.argument("file", type=click.Path(dir_okay=False))
@click.option("--map", "mapped", multiple=True, metavar="FIELD=COLUMN", help="What a column stands for.")
@click.option(
    "--delimiter", default="", metavar="SIGN", help="What parts the columns; it is guessed otherwise."
)
@click.option("--dates", type=click.Choice(("dmy", "mdy")), help="Whether day or month comes first.")
@click.option("--dry-run", is_flag=True, help="Show how it would be read, and add nothing.")
@click.option("--json", "as_json", is_flag=True, help="Write the report as JSON.")
@click.pass_context
def csv_(
    ctx: click.Context,
    file: str,
    *,
    mapped: tuple[str, ...],
    delimiter: str,
    dates: "Order | None",
    dry_run: bool,
    as_json: bool,
) -> None:
    """Read a csv with a row for each approach.

    Columns are known by their names in several languages, or by what stands in them; --map names them, such
    as --map from=Recruiter or --map date=3. FIELD is one of date, time, from, email, phone, profile, firm,
    company, role, channel, message, subject, pay, mandate. What stands in other columns is kept in the
    text. Reading it again adds nothing.
    """
    from store.intake.configured import from_home
    from store.intake.pulling import Request, pull
    from store.sources.table import Table

    table = Table(
        from_home(file),
        named=_named(mapped),
        delimiter=delimiter.replace("\\t", "\t"),
        order=dates or "",
    )
    with opened(create=True) as repository:
        report = pull(repository, Request(sources=[table], dry_run=dry_run))
    if as_json:
        emit_thing("report", _shape(table, report, dry_run=dry_run))
    else:
        _emit(table, report, dry_run=dry_run)
    ctx.exit(1 if report.failed and not report.read else 0)


def _named(mapped: tuple[str, ...]) -> dict[str, str]:
    from store.sources.table_columns import FIELDS

    found = {}
    for each in mapped:
        field, sign, column = each.partition("=")
        if not sign or field not in FIELDS:
            raise click.BadParameter(
                f"{each} is not FIELD=COLUMN; fields are {', '.join(FIELDS)}.", param_hint="--map"
            )
        found[field] = column
    return found


def _emit(table: "Table", report: "PullReport", *, dry_run: bool) -> None:
    from store.sources.source import Unreadable

    plan = table.plan
    columns = ", ".join(f"{plan.head[place]} → {field}" for place, field in sorted(plan.fields.items()))
    emit(paint("guessed: " if plan.guessed else "columns: ", "dim"), columns)
    kept = [
        name
        for place, name in enumerate(plan.head)
        if name and place not in plan.fields and place not in plan.dropped
    ]
    if kept:
        emit(paint("kept in the text: ", "dim"), ", ".join(kept))
    if dry_run:
        for line, item in islice(table.numbered(), FIRST_ROWS):
            if not isinstance(item, Unreadable):
                emit(paint(f"line {line}  ", "dim"), _told(item))
    for failure in report.failures:
        tell(paint("not read  ", "warning"), f"{failure.place}: {failure.reason}")
    if dry_run:
        emit(f"{report.added} would be added, {report.known} known already. Nothing was changed.")
    else:
        hint = f" · {TAKES_IT_BACK}" if report.added else ""
        emit(f"{report.added} added, {report.known} known already.", paint(hint, "dim"))


def _told(message: "Message") -> str:
    """Return a message on a line: when, who, what."""
    sender = message.sender
    who = sender.name or sender.email or sender.phone or sender.profile
    day = datetime.fromtimestamp(message.at / 1000, UTC)  # as it is written: a table names no zone
    when = f"{day:%Y-%m-%d}" if message.at_precision == "day" else f"{day:%Y-%m-%d %H:%M}"
    words = message.subject or message.body.partition("\n")[0][:60]
    channel = message.channel.replace("_", " ")
    told = (when, channel, who, sender.firm, message.role, message.company, message.pay, words)
    return " · ".join(filter(None, told))


def _shape(table: "Table", report: "PullReport", *, dry_run: bool) -> dict[str, Any]:
    plan = table.plan
    return {
        "dry_run": dry_run,
        "columns": {plan.head[place]: field for place, field in sorted(plan.fields.items())},
        "guessed": plan.guessed,
        "read": report.read,
        "added": report.added,
        "known": report.known,
        "failed": report.failed,
        "failures": [{"place": each.place, "reason": each.reason} for each in report.failures],
    }
