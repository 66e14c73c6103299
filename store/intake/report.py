"""What a pull tells: how far it has come, what each source held, and every loss with its place."""

from collections.abc import Callable
from dataclasses import dataclass, field

from store.sources.source import Skipped, Unreadable


@dataclass(frozen=True)
class Progress:
    """How far a pull has come."""

    place: str
    done_bytes: int
    total_bytes: int
    messages: int
    added: int


Teller = Callable[[Progress], None]
MOST_SKIPS = 1_000
COUNTS = ("read", "added", "known", "review", "left_out", "skipped", "failed")
"""The counts of a report, in the order in which they are told."""


@dataclass
class SourceReport:
    """What one source held."""

    place: str
    name: str = ""
    """In the configuration; empty where a path was named."""
    read: int = 0
    """Messages that could be read."""
    added: int = 0
    known: int = 0
    review: int = 0
    """Opportunities that wait in the screener since."""
    unsure: list[int] = field(default_factory=list)
    """Messages of which it is not sure by themselves."""
    left_out: int = 0
    """Messages that are no outreach."""
    skipped: int = 0
    """Drafts, spam, files that hold no messages."""
    failed: int = 0
    people_read: int = 0
    people_added: int = 0


@dataclass
class PullReport:
    """What a pull found; failures name their places."""

    sources: list[SourceReport] = field(default_factory=list)
    failures: list[Unreadable] = field(default_factory=list)
    skipped_reasons: dict[str, int] = field(default_factory=dict)
    skips: list[Skipped] = field(default_factory=list)
    """The first thousand that were left out on purpose."""
    left_out_reasons: dict[str, int] = field(default_factory=dict)
    """How many were left out, by what spoke most against them."""
    opportunities: int = 0
    """New ones."""
    old: int = 0
    """How many of these were old enough to go straight to Done."""
    unchanged: int = 0
    """Folders that hold nothing that was not read before."""
    knows_you: bool = True
    """Whether any address is known to be the user's own."""
    taken_up: int = 0
    """Messages that had been left out before, and belong now."""
    cancelled: bool = False
    """Whether the user stopped it; what was read until then is kept."""

    def skip(self, item: Skipped) -> None:
        """Count what is left out on purpose by its reason, and name it."""
        self.skipped_reasons[item.reason] = self.skipped_reasons.get(item.reason, 0) + 1
        if len(self.skips) < MOST_SKIPS:
            self.skips.append(item)

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
    def review(self) -> int:
        """Opportunities that wait in the screener since."""
        return self._sum("review")

    @property
    def left_out(self) -> int:
        """Messages that are no outreach."""
        return self._sum("left_out")

    @property
    def skipped(self) -> int:
        """Items left out on purpose: drafts, spam, files that are not mail."""
        return self._sum("skipped")

    @property
    def failed(self) -> int:
        """Items that could not be read."""
        return len(self.failures)

    @property
    def came_to_nothing(self) -> bool:
        """Whether nothing could be read: each source failed, and none gave a message or a person."""
        return bool(self.failures and not self.unchanged) and all(
            source.failed and not (source.read or source.people_read) for source in self.sources
        )

    @property
    def people_read(self) -> int:
        """People in lists of contacts."""
        return self._sum("people_read")

    @property
    def people_added(self) -> int:
        """People who were not known."""
        return self._sum("people_added")
