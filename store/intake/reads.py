"""The newest reading of each source, for the page of sources."""

import sqlite3
from collections.abc import Sequence

import msgspec

from store.intake.report import COUNTS, SourceReport
from store.sources.source import Unreadable

MOST_FAILURES = 50


class Failure(msgspec.Struct, frozen=True):
    """What could not be read."""

    place: str
    reason: str


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What came of reading a source once."""

    source: str
    """Its name in the configuration, or the path that was named."""
    kind: str = ""
    """What the configuration said it is, `folder` or `imap`; empty for what was read by hand."""
    at: int
    """When it ended (milliseconds)."""
    read: int = 0
    added: int = 0
    known: int = 0
    review: int = 0
    left_out: int = 0
    skipped: int = 0
    failed: int = 0
    failures: tuple[Failure, ...] = ()
    """The first fifty."""


def reading_of(
    source: str,
    at: int,
    reports: Sequence[SourceReport],
    failures: Sequence[Unreadable],
    earlier: Sequence[Failure] = (),
    kind: str = "",
) -> Reading:
    """Sum up what came of a source; `earlier` are failures that nobody has mended and that were not tried."""
    counts = {name: sum(getattr(each, name) for each in reports) for name in COUNTS}
    counts["failed"] += len(earlier)
    told = (*(Failure(each.place, each.reason) for each in failures), *earlier)
    return Reading(source=source, kind=kind, at=at, failures=told[:MOST_FAILURES], **counts)


class Reads:
    """The newest reading by source."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def keep(self, reading: Reading) -> None:
        """Keep a reading in place of the one before."""
        with self._connection:
            self._connection.execute(
                "INSERT OR REPLACE INTO reads VALUES (?, ?)",
                (reading.source, msgspec.json.encode(reading).decode()),
            )

    def of(self, source: str) -> Reading | None:
        """Return the newest reading of a source."""
        return next((each for each in self.all() if each.source == source), None)

    def all(self) -> list[Reading]:
        """Return them, the newest first."""
        found = []
        for (report,) in self._connection.execute("SELECT report FROM reads"):
            try:
                found.append(msgspec.json.decode(report, type=Reading))
            except msgspec.MsgspecError:  # of another version: it is told anew the next time
                continue
        return sorted(found, key=lambda reading: (-reading.at, reading.source))

    def forget(self, source: str) -> None:
        """Take a source off the list."""
        with self._connection:
            self._connection.execute("DELETE FROM reads WHERE source = ?", (source,))
