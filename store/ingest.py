"""Pulling: from sources through what is known already into the file, with a report of every loss."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from store.clock import DAY
from store.file.document import join_path
from store.ids import document_id
from store.records.message import Message, message_fields
from store.repository import Repository
from store.sources import identify, identify_text
from store.sources.source import Own, Skipped, Source, Unreadable
from store.transaction import Transaction

BATCH = 1000
"""Messages written at once: each batch is one journal record, all of a pull are one step to undo."""


@dataclass(frozen=True)
class Progress:
    """How far a pull has come."""

    place: str
    done_bytes: int
    total_bytes: int
    messages: int
    added: int


@dataclass
class SourceReport:
    """What one source held."""

    place: str
    read: int = 0
    added: int = 0
    known: int = 0
    skipped: int = 0
    failed: int = 0


@dataclass
class PullReport:
    """What a pull found; failures name their places."""

    sources: list[SourceReport] = field(default_factory=list)
    failures: list[Unreadable] = field(default_factory=list)
    skipped_reasons: dict[str, int] = field(default_factory=dict)
    opportunities: int = 0
    """New ones."""

    def _sum(self, name: str) -> int:
        return sum(getattr(source, name) for source in self.sources)

    @property
    def read(self) -> int:
        """Messages that could be read."""
        return self._sum("read")

    @property
    def added(self) -> int:
        """Messages that were new."""
        return self._sum("added")

    @property
    def known(self) -> int:
        """Messages that were there already."""
        return self._sum("known")

    @property
    def skipped(self) -> int:
        """Items left out on purpose: drafts, spam, files that are not mail."""
        return self._sum("skipped")

    @property
    def failed(self) -> int:
        """Items that could not be read."""
        return len(self.failures)


def pull(
    repository: Repository,
    paths: Sequence[Path],
    *,
    stdin: bytes | None = None,
    dry_run: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> PullReport:
    """Read mail from paths, or from bytes given on standard input, and add what is not known yet.

    Returns normally also where some items could not be read; the report names them.
    """
    report = PullReport()
    found: list[Source] = []
    for path in paths:
        for item in identify(path):
            if isinstance(item, Unreadable):
                report.failures.append(item)
                report.sources.append(SourceReport(item.place, failed=1))
            else:
                found.append(item)
    if stdin is not None:
        found.append(identify_text(stdin))
    before = len(repository.index.rows)
    repository.index.warm()
    repository.hurried = False
    intake = _Intake(repository, report, dry_run=dry_run)
    total, done = sum(source.size for source in found), 0
    with repository.one_step():
        for source in found:
            intake.read(source, _teller(progress, intake, source.place, done, total))
            done += source.size
    report.opportunities = 0 if dry_run else len(repository.index.rows) - before
    return report


def _teller(
    progress: Callable[[Progress], None] | None, intake: "_Intake", place: str, before: int, total: int
) -> Callable[[int], None]:
    """Return what a source calls with the bytes it has read, so that the caller hears of the whole."""

    def tell(done: int) -> None:
        if progress is not None:
            progress(Progress(place, before + done, total, intake.report.read, intake.report.added))

    return tell


class _Intake:
    """Gathers messages into batches and writes each batch in one transaction."""

    def __init__(self, repository: Repository, report: PullReport, *, dry_run: bool) -> None:
        self.report = report
        self._repository = repository
        self._dry_run = dry_run
        self._limit = repository.now() - repository.settings.silent_days * DAY
        self._batch: list[Message] = []
        self._own: set[str] = set()
        self._seen: set[int] = set()
        """Messages of a dry run, which leaves nothing in the file to know them by."""

    def read(self, source: Source, progress: Callable[[int], None]) -> None:
        """Take in one source to its end."""
        counts = SourceReport(source.place)
        self.report.sources.append(counts)
        for item in source.read(progress):
            if isinstance(item, Message):
                counts.read += 1
                self._batch.append(item)
                if len(self._batch) >= BATCH:
                    self._flush(counts)
            elif isinstance(item, Unreadable):
                counts.failed += 1
                self.report.failures.append(item)
            elif isinstance(item, Skipped):
                counts.skipped += 1
                reasons = self.report.skipped_reasons
                reasons[item.reason] = reasons.get(item.reason, 0) + 1
            elif isinstance(item, Own) and item.email:
                self._own.add(item.email)
        self._flush(counts)

    def _flush(self, counts: SourceReport) -> None:
        """Write what has gathered, or only count it in a dry run."""
        if self._dry_run:
            for message in self._batch:
                id = document_id(message.k)
                known = id in self._seen or self._repository.documents.raw("messages", id) is not None
                counts.known += known
                counts.added += not known
                self._seen.add(id)
        elif self._batch or self._own:
            added = self._repository.transact("Pull", self._write, durable=False)
            counts.added += added
            counts.known += len(self._batch) - added
        self._batch.clear()
        self._own.clear()

    def _write(self, transaction: Transaction) -> int:
        added = 0
        for message in self._batch:
            fields = message_fields(message)
            if message.at < self._limit:
                fields["late"] = True
            added += transaction.insert("messages", message.k, fields)[1]
        if self._own:
            me = transaction.ensure("settings", "settings:me")
            for address in sorted(self._own):
                transaction.set("settings", me, join_path("addresses", address), True)
        return added
