"""`ringback pull`: read messages from files and folders."""

import gc
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from tui.commands.common.opening import opened
from tui.output import emit, emit_thing, paint, tell, tell_progress

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from store.ingest import Progress, PullReport
    from store.repository import Repository

MEGABYTE = 1_000_000


@click.command()
@click.argument("sources", nargs=-1, metavar="[PATH]...")
@click.option("--dry-run", is_flag=True, help="Tell what would be added, and add nothing.")
@click.option("--json", "as_json", is_flag=True, help="Write the report as JSON.")
@click.pass_context
def pull(ctx: click.Context, sources: tuple[str, ...], *, dry_run: bool, as_json: bool) -> None:
    """Read messages from files and folders.

    PATH is a mail file, an mbox, a Maildir, a folder of these or a Google Takeout archive; "-" reads a
    mail or a pasted text from standard input. LinkedIn's Connections.csv brings the people you know. What
    is known already is not added twice. What cannot be read is reported with its place, and the rest is
    kept.
    """
    from pathlib import Path

    from store import ingest
    from store.sources.connections import is_connections
    from tui.commands.common.words import is_piped, piped

    if not sources and not is_piped():
        raise click.UsageError('Name a file or a folder to read; "-" reads standard input.')
    gc.enable()  # as many messages as there are: this may run for long
    stdin = piped() if not sources or "-" in sources else None
    files = [Path(source).expanduser() for source in sources if source != "-"]
    with opened(create=True) as repository:
        people = [path for path in files if is_connections(path)]
        if people:
            nothing_read = _pull_people(repository, people, dry_run=dry_run, as_json=as_json)
            files = [path for path in files if path not in people]
            if not files and stdin is None:
                ctx.exit(int(nothing_read))
        try:
            report = ingest.pull(repository, files, stdin=stdin, dry_run=dry_run, progress=_show)
        finally:
            tell_progress("")
    if as_json:
        emit_thing("report", _shape(report, dry_run=dry_run))
    else:
        _emit(report, dry_run=dry_run)
    ctx.exit(1 if report.failed and not report.read else 0)


def _pull_people(repository: "Repository", files: "Sequence[Path]", *, dry_run: bool, as_json: bool) -> bool:
    """Take in people, and tell of each row that could not be read; return whether all of them failed."""
    from store.connecting import take_in
    from store.rules.counting import count_of

    reports = [take_in(repository, path, dry_run=dry_run) for path in files]
    failures = [failure for report in reports for failure in report.failures]
    nothing_read = bool(failures) and not any(report.read for report in reports)
    if as_json:
        places = [{"place": each.place, "read": each.read, "added": each.added} for each in reports]
        told = [{"place": place, "reason": reason} for place, reason in failures]
        emit_thing("people", {"dry_run": dry_run, "sources": places, "failures": told})
        return nothing_read
    for place, reason in failures:
        tell(paint("not read  ", "warning"), f"{place}: {reason}")
    for each in reports:
        emit(each.place, paint(f"  {count_of(each.read, 'person', 'people')}, {each.added} new", "dim"))
    return nothing_read


def _show(progress: "Progress") -> None:
    done = f"{progress.done_bytes // MEGABYTE} of {progress.total_bytes // MEGABYTE} MB"
    tell_progress(f"{progress.place}  {done}  {progress.messages} read, {progress.added} new")


def _shape(report: "PullReport", *, dry_run: bool) -> dict[str, object]:
    return {
        "dry_run": dry_run,
        **_counts(report),
        "opportunities": report.opportunities,
        "skipped_reasons": report.skipped_reasons,
        "sources": [{"place": each.place, **_counts(each)} for each in report.sources],
        "failures": [{"place": each.place, "reason": each.reason} for each in report.failures],
    }


def _counts(report: object) -> dict[str, int]:
    return {name: getattr(report, name) for name in ("read", "added", "known", "skipped", "failed")}


def _emit(report: "PullReport", *, dry_run: bool) -> None:
    for source in report.sources:
        emit(source.place, paint("  " + ", ".join(_words(source)), "dim"))
    for failure in report.failures:
        tell(paint("not read  ", "warning"), f"{failure.place}: {failure.reason}")
    if dry_run:
        emit(f"{report.added} would be added, {report.known} known already. Nothing was changed.")
    elif report.added:
        emit(f"{report.added} added.", paint(" · ringback undo takes it back", "dim"))
    else:
        emit("Nothing new.")


def _words(source: object) -> Iterable[str]:
    counts = _counts(source)
    yield f"{counts['read']} read"
    yield f"{counts['added']} new"
    for name, words in (("known", "known already"), ("skipped", "left out"), ("failed", "not read")):
        if counts[name]:
            yield f"{counts[name]} {words}"
