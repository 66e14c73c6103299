"""`ringback pull`: read messages from sources, files and folders."""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from tui.commands.common.opening import opened
from tui.ending import INTERRUPTED
from tui.output import emit, emit_thing, paint, tell, tell_progress

if TYPE_CHECKING:
    from store.intake.pulling import Request
    from store.intake.report import Progress, PullReport
    from store.repository import Repository

MEGABYTE = 1_000_000
_REASONS = 3
"""Why something was skipped: so many reasons are told, the most frequent first."""
_WORDS = {
    "known": "known already",
    "review": "to review",
    "left_out": "no outreach",
    "skipped": "skipped",
    "failed": "not read",
}


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE|PATH]...")
@click.option("--all", "everything", is_flag=True, help="Take every message as outreach, judge none.")
@click.option(
    "--again", is_flag=True, help="Read configured sources from their beginning, not only what is new."
)
@click.option("--dry-run", is_flag=True, help="Tell what would be added, and add nothing.")
@click.option("--skipped", "name_skipped", is_flag=True, help="Name what is skipped, and why.")
@click.option("--json", "as_json", is_flag=True, help="Write the report as JSON.")
@click.option("--progress", "told", is_flag=True, hidden=True, help="Write progress for another program.")
@click.pass_context
def pull(
    ctx: click.Context,
    sources: tuple[str, ...],
    *,
    everything: bool,
    again: bool,
    dry_run: bool,
    name_skipped: bool,
    as_json: bool,
    told: bool,
) -> None:
    """Read messages from sources, files and folders.

    Without any named, every source of the configuration is read. PATH is mail (a file, an mbox, a Maildir,
    a folder of these), an archive of Google Takeout, LinkedIn's data export, a backup of texts and calls,
    a WhatsApp chat or a calendar; "-" reads a pasted text from standard input.

    What recruiters send is taken in; what is not sure waits in the screener; the rest is left out and
    counted: `ringback left-out` lists it. What is known already is not added twice. What cannot be read is
    reported with its place, and the rest is kept. What undo took away stays away, unless it is read again
    by its path or with --again.
    """
    from store.intake.pulling import pull as pull_in

    gc.enable()  # as many messages as there are: this may run for long
    with opened(create=True) as repository:
        request = _request(
            repository, sources, everything=everything, again=again, dry_run=dry_run, by_name=told
        )
        try:
            with _stoppable() as stop:
                report = pull_in(repository, request, progress=_Teller() if told else _show, cancelled=stop)
        finally:
            tell_progress("")
    if as_json:
        emit_thing("report", _shape(report, dry_run=dry_run))
    else:
        _emit(report, dry_run=dry_run, name_skipped=name_skipped)
    if report.cancelled and not told:
        ctx.exit(INTERRUPTED)
    ctx.exit(1 if report.came_to_nothing else 0)


def _request(
    repository: "Repository",
    sources: tuple[str, ...],
    *,
    everything: bool,
    again: bool,
    dry_run: bool,
    by_name: bool,
) -> "Request":
    """Sort what was named: a name of the configuration, a path, or standard input.

    With `by_name` nothing is a path: the inbox names sources that the configuration may have no more.
    """
    from store.intake.configured import configured, from_home
    from store.intake.pulling import Request
    from tui.commands.common.words import is_piped, piped

    if by_name:
        return Request(names=sources)
    if "" in sources:
        raise click.UsageError("An empty name leads nowhere. Name a file, a folder or a source.")
    known = [each.name for each in configured(repository.settings, repository.paths)]
    # A job of cron has standard input, too, and means the sources.
    stdin = piped() if "-" in sources or (not sources and not known and is_piped()) else None
    if not sources and stdin is None and not known:
        raise click.UsageError(
            'Name a file or a folder to read; "-" reads standard input. '
            "ringback sources says how to set up what is read without a name."
        )
    names = known if not sources and stdin is None else [each for each in sources if each in known]
    paths = [from_home(each) for each in sources if each not in known and each != "-"]
    return Request(paths=paths, stdin=stdin, names=names, everything=everything, again=again, dry_run=dry_run)


class _Teller:
    """Tells the inbox, line by line and not too often, how far a pull has come."""

    _EVERY = 0.3

    def __init__(self) -> None:
        self._last = 0.0

    def __call__(self, progress: "Progress") -> None:
        """Write a line of JSON to stderr."""
        import json
        import sys
        from time import monotonic

        if monotonic() - self._last > self._EVERY:
            self._last = monotonic()
            line = {"place": progress.place, "read": progress.messages, "added": progress.added}
            sys.stderr.write(json.dumps(line) + "\n")
            sys.stderr.flush()


@contextmanager
def _stoppable() -> Iterator[Callable[[], bool]]:
    """Yield what tells whether to stop: between two messages, so that the report is still told.

    Interrupted again, as a server may not answer, it ends at once.
    """
    import signal

    asked: list[int] = []

    def stop(number: int, _: object) -> None:
        asked.append(number)
        signal.signal(number, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield lambda: bool(asked)
    finally:
        signal.signal(signal.SIGINT, before)


def _show(progress: "Progress") -> None:
    done = f"{progress.done_bytes // MEGABYTE} of {progress.total_bytes // MEGABYTE} MB"
    tell_progress(f"{progress.place}  {done}  {progress.messages} read, {progress.added} new")


def _shape(report: "PullReport", *, dry_run: bool) -> dict[str, object]:
    return {
        "dry_run": dry_run,
        "cancelled": report.cancelled,
        **_counts(report),
        "taken_up": report.taken_up,
        "opportunities": report.opportunities,
        "old": report.old,
        "people": {"read": report.people_read, "added": report.people_added},
        "skipped_reasons": report.skipped_reasons,
        "skips": [{"place": each.place, "reason": each.reason} for each in report.skips],
        "left_out_reasons": report.left_out_reasons,
        "sources": [
            {"name": each.name or None, "place": each.place, **_counts(each)} for each in report.sources
        ],
        "failures": [{"place": each.place, "reason": each.reason} for each in report.failures],
    }


def _counts(report: object) -> dict[str, int]:
    from store.intake.report import COUNTS

    return {name: getattr(report, name) for name in COUNTS}


def _emit(report: "PullReport", *, dry_run: bool, name_skipped: bool) -> None:
    for source in report.sources:
        emit(
            paint(f"{source.name}  ", "strong") if source.name else "",
            source.place,
            paint("  " + ", ".join(_words(source)), "dim"),
        )
    if name_skipped:
        for each in report.skips:
            emit(paint("skipped  ", "dim"), f"{each.place}: {each.reason}")
    for failure in report.failures:
        tell(paint("not read  ", "warning"), f"{failure.place}: {failure.reason}")
    if dry_run:
        would = [f"{report.added} would be added", f"{report.known} known already"]
        would += [f"{report.left_out} left out"] if report.left_out else []
        emit(", ".join(would) + ". Nothing was changed.")
        if report.cancelled:
            emit("Stopped before the end: there may be more.")
        return
    for sentence, hint in _outcome(report):
        emit(sentence, paint(f" · {hint}" if hint else "", "dim"))


def _outcome(report: "PullReport") -> Iterable[tuple[str, str]]:
    """Yield sentences on what became of it all, each with the command that follows from it."""
    if report.added or report.people_added:
        yield f"{report.added} added." if report.added else "Added.", "ringback undo takes it back"
    elif report.taken_up:
        what = "It belongs to what came, or you took back a word about it"
        yield f"{report.taken_up} taken in of what had been left out. {what}.", "ringback undo takes it back"
    elif report.came_to_nothing:
        yield "Nothing could be read.", ""
    else:
        yield "Nothing new.", ""
    if report.added and not report.knows_you:
        yield (
            "None of your own addresses is known, so your answers count as mail to you.",
            "own_addresses in the configuration tells them",
        )
    if report.cancelled:
        yield "Stopped before the end: what was read so far is kept.", "pull again reads the rest"
    if report.old:
        some = f"{report.old} of {report.opportunities} {'is' if report.old == 1 else 'are'}"
        which = "It is" if report.opportunities == 1 else some
        yield f"{which} too old to ask for attention: in Done.", "ringback inbox --view done"
    if report.failed and not report.came_to_nothing:
        yield f"{report.failed} not read: each is told above with its place.", ""
    if report.skipped:
        ranked = sorted(report.skipped_reasons.items(), key=lambda each: -each[1])
        more = ", …" if len(ranked) > _REASONS else ""
        reasons = ", ".join(f"{count} {reason}" for reason, count in ranked[:_REASONS])
        yield f"{report.skipped} skipped: {reasons}{more}.", "pull --skipped names them"
    if report.taken_up and (report.added or report.people_added):
        yield f"Of what had been left out, {report.taken_up} taken in: it belongs to what came.", ""
    if report.review:
        yield f"{report.review} to review: is it outreach?", "ringback screener"
    if report.left_out:
        yield f"{report.left_out} left out: no outreach.", "ringback left-out"


def _words(source: object) -> Iterable[str]:
    people = getattr(source, "people_read", 0)
    counts = _counts(source)
    if counts["read"] or not people:
        yield f"{counts['read']} read"
        yield f"{counts['added']} new"
    if people:
        from store.rules.counting import count_of

        yield f"{count_of(people, 'person', 'people')}, {getattr(source, 'people_added', 0)} new"
    for name, words in _WORDS.items():
        if counts[name]:
            yield f"{counts[name]} {words}"
