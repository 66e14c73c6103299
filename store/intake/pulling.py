"""Pulling: from the sources that were named into the file, with a report of every loss."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from store.errors import UsageError
from store.intake import jobs
from store.intake.configured import Configured, configured
from store.intake.jobs import Job
from store.intake.knowledge import knowledge_of
from store.intake.memory import Memory
from store.intake.reads import Failure, reading_of
from store.intake.reconsidering import reconsider
from store.intake.report import Progress, PullReport, SourceReport
from store.intake.taking import Intake
from store.repository import Repository
from store.sources.source import Source, Unreadable


def never() -> bool:
    """Nobody cancels."""
    return False


@dataclass(frozen=True, kw_only=True)
class Request:
    """What is to be read."""

    paths: Sequence[Path] = ()
    stdin: bytes | None = None
    """What came on standard input."""
    names: Sequence[str] = ()
    """Sources of the configuration."""
    sources: Sequence[Source] = ()
    """Sources that were opened already."""
    dry_run: bool = False
    """Tell what would be added, and change nothing."""
    everything: bool = False
    """Take all messages as outreach."""
    again: bool = False
    """Read sources of the configuration from their beginning, and not only what is new in them."""


def pull(
    repository: Repository,
    request: Request,
    *,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] = never,
) -> PullReport:
    """Read what is asked for and add what is not known yet.

    Returns normally also where some items could not be read; the report names them. Raises UsageError for
    a source that the configuration does not have.
    """
    chosen = [_named(repository, name) for name in request.names]
    report = PullReport()
    before = set(repository.index.rows)
    repository.index.warm()
    repository.hurried = False
    with Memory.of(repository) as memory:
        with repository.pulling():
            knowledge = knowledge_of(repository)
            intake = Intake(
                repository, memory, knowledge, report, dry_run=request.dry_run, cancelled=cancelled
            )
            if not request.dry_run:
                report.taken_up = reconsider(repository, memory, knowledge, intake.taker)
            found = list(_jobs(request, chosen, memory, cancelled))
            total, done = sum(job.size for job in found), 0
            for job in found:
                if not cancelled():
                    report.unchanged += not job.found
                    _read(job, intake, _teller(progress, report, done, total), request)
                done += job.size
            report.cancelled = cancelled()
        if not request.dry_run:
            _count_doubts(report.sources, repository)
            _remember(found, report, repository, memory)
    if not request.dry_run:
        new = set(repository.index.rows) - before
        report.opportunities = len(new)
        report.knows_you = bool(repository.index.own)
        report.old = sum(repository.index.position("done", id) is not None for id in new)
    return report


def _named(repository: Repository, name: str) -> Configured:
    sources = configured(repository.settings, repository.paths)
    found = next((each for each in sources if each.name == name), None)
    if found is None:
        known = ", ".join(each.name for each in sources) or "none; ringback sources says how to add one"
        raise UsageError(f"There is no source {name!r} in {repository.paths.config}.", f"Known are: {known}.")
    return found


def _jobs(
    request: Request, chosen: Sequence[Configured], memory: Memory, cancelled: Callable[[], bool]
) -> Iterator[Job]:
    yield from map(jobs.of_path, request.paths)
    if request.stdin is not None:
        yield jobs.of_text(request.stdin)
    for opened in request.sources:
        yield Job(opened.place, [opened])
    for source in chosen:
        yield jobs.of_configured(source, memory, cancelled, again=request.again)


def _read(job: Job, intake: Intake, tell: Callable[[str, int], None], request: Request) -> None:
    """Read all that a job found."""
    report, done = intake.report, 0
    name = job.name if job.kind else ""
    for each in job.found:
        if intake.cancelled():
            break
        if isinstance(each, Unreadable):
            report.failures.append(each)
            job.reports.append(SourceReport(each.place, name, failed=1))
            job.failures.append(each)
            report.sources.append(job.reports[-1])
            continue
        # A server may be asked for long before anything comes.
        tell(each.place, done)
        first = len(report.failures)
        everything = request.everything or job.everything
        counts = intake.read(each, partial(_add_up, tell, each.place, done), everything=everything)
        counts.name = name
        job.reports.append(counts)
        job.failures += report.failures[first:]
        done += each.size


def _add_up(tell: Callable[[str, int], None], place: str, before: int, read: int) -> None:
    tell(place, before + read)


def _teller(
    progress: Callable[[Progress], None] | None, report: PullReport, before: int, total: int
) -> Callable[[str, int], None]:
    """Return what is called with a place and the bytes read of a job, for the caller to hear of."""

    def tell(place: str, done: int) -> None:
        if progress is not None:
            progress(Progress(place, before + done, total, report.read, report.added))

    return tell


def _count_doubts(sources: Sequence[SourceReport], repository: Repository) -> None:
    """Count, of each source, the opportunities that it brought to the screener."""
    index = repository.index
    waiting = {id: row for row in index.view("screener") for id in index.rows[row].messages}
    told: set[int] = set()
    for source in sources:
        found = {waiting[id] for id in source.unsure if id in waiting} - told
        source.review = len(found)
        told |= found


def _remember(found: Sequence[Job], report: PullReport, repository: Repository, memory: Memory) -> None:
    """Keep what came of each job, and which files need not be read again."""
    repository.sync()
    for job in found:
        if job.reports or not job.found:
            earlier = _not_mended(job, memory)
            now = repository.now()
            memory.reads.keep(reading_of(job.name, now, job.reports, job.failures, earlier, job.kind))
        if not report.cancelled:
            memory.files.keep(job.files, job.failed)
    memory.commit()


def _not_mended(job: Job, memory: Memory) -> list[Failure]:
    """Return the failures of the reading before in files that were not tried this time, as they stand."""
    before = memory.reads.of(job.name)
    found = [(each, memory.files.unchanged_file(each.place)) for each in (before.failures if before else ())]
    return [failure for failure, path in found if path is not None and path not in job.files]
