"""What is read in one go: all that one path, or one source of the configuration, leads to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from store.intake.configured import Configured, Folder
from store.intake.memory import Memory
from store.intake.read_files import Look, ReadFiles, look
from store.intake.report import SourceReport
from store.sources import Source, Unreadable, identify, identify_text
from store.sources.loose import place_of


@dataclass
class Job:
    """Sources that are told of as one."""

    name: str
    """The source's name in the configuration, or the path."""
    found: list[Source | Unreadable]
    everything: bool = False
    """Whether all messages are taken as outreach."""
    files: dict[Path, Look] = field(default_factory=dict)
    """Files of a folder that is looked into again and again, as they were before they were read."""
    reports: list[SourceReport] = field(default_factory=list)
    """What came of it, source by source."""
    failures: list[Unreadable] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Bytes to be read, as far as known."""
        return sum(each.size for each in self.found if not isinstance(each, Unreadable))


def of_path(path: Path) -> Job:
    """Return what is to be read at a path that the user named."""
    return Job(place_of(path), _sent_first(identify(path)))


def _sent_first(found: Iterable[Source | Unreadable]) -> list[Source | Unreadable]:
    """Return sources in their order, sent mail before the others: it tells the user's own addresses."""
    return sorted(found, key=lambda each: getattr(each, "kind", "") != "sent")


def of_text(data: bytes) -> Job:
    """Return what is to be read of standard input."""
    source = identify_text(data)
    return Job(source.place, [source])


def of_configured(
    source: Configured, memory: Memory, cancelled: Callable[[], bool], *, again: bool = False
) -> Job:
    """Return what is new in a source of the configuration; with `again` all that it holds."""
    everything = source.take == "everything"
    if isinstance(source, Folder):
        return _of_folder(source.name, source.folder, memory.files, again=again, everything=everything)
    from store.sources.imap.source import ImapSource, prefix

    states = {} if again else memory.checkpoints.of(prefix(source))
    return Job(source.name, [ImapSource(source, states, cancelled=cancelled)], everything)


def _of_folder(name: str, folder: Path, files: ReadFiles, *, again: bool, everything: bool) -> Job:
    job = Job(name, [], everything)

    def is_new(path: Path) -> bool:
        found = look(path)
        if found is None or not (again or files.is_new(path, found)):
            return False
        job.files[path] = found
        return True

    job.found = _sent_first(identify(folder, is_new))
    return job
