"""What is read in one go: all that one path, or one source of the configuration, leads to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from store.intake.configured import Configured, Folder
from store.intake.memory import Memory
from store.intake.read_files import Look, ReadFiles, look
from store.intake.report import SourceReport
from store.sources import Source, Unreadable, Wanted, identify, identify_text
from store.sources.containing import contained
from store.sources.text import place_of


@dataclass
class Job:
    """Sources that are told of as one."""

    name: str
    """The source's name in the configuration, or the absolute path."""
    found: list[Source | Unreadable]
    kind: str = ""
    """What the configuration says it is, empty where a path was named."""
    everything: bool = False
    """Whether all messages are taken as outreach."""
    files: dict[Path, Look] = field(default_factory=dict)
    """Files of a folder that is looked into again and again, as they were before they were read."""
    reports: list[SourceReport] = field(default_factory=list)
    """What came of it, source by source."""
    failures: list[Unreadable] = field(default_factory=list)

    @property
    def failed(self) -> set[Path]:
        """The files that could not be read: of themselves, or as reading their folder ended with an error."""
        places = {each.place for each in self.failures}
        if not places:
            return set()
        folders = {folder for path in self.files for folder in path.parents}
        closed = {folder for folder in folders if place_of(folder) in places}
        return {
            path for path in self.files if place_of(path) in places or not closed.isdisjoint(path.parents)
        }

    @property
    def size(self) -> int:
        """Bytes to be read, as far as known."""
        return sum(each.size for each in self.found if not isinstance(each, Unreadable))


def of_path(path: Path) -> Job:
    """Return what is to be read at a path that the user named."""
    return Job(place_of(path.absolute()), _sources(path))


def _sources(path: Path, wanted: Wanted | None = None) -> list[Source | Unreadable]:
    """Return what can be read at a path, sent mail before the rest: it tells the user's own addresses."""
    found = contained(place_of(path), identify(path, wanted))
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
    return Job(source.name, [ImapSource(source, states, cancelled=cancelled)], source.kind, everything)


def _of_folder(name: str, folder: Path, files: ReadFiles, *, again: bool, everything: bool) -> Job:
    job = Job(name, [], "folder", everything)

    def is_new(path: Path) -> bool:
        found = look(path)
        if found is None or not (again or files.is_unread(path, found)):
            return False
        job.files[path] = found
        return True

    job.found = _sources(folder, is_new)
    return job
