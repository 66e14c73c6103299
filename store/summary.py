"""Counts for a prompt, from a small summary that whoever publishes the file leaves in the state folder."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import msgspec

from store import clock
from store.errors import FileError
from store.file import disk
from store.file.documents import Documents
from store.file.places import StateFolder
from store.file.publish import Signature, signature
from store.rules.journal import next_review
from store.rules.row import Row
from store.rules.views import VIEWS
from store.settings import Paths, Settings, load


class Summary(msgspec.Struct, frozen=True):
    """What the counts follow from at any later time, as of one published file."""

    signature: Signature
    own: tuple[str, ...]
    """The user's configured addresses, by which mail was told to be outgoing."""
    places: dict[str, int]
    """Opportunities by place, snoozed ones at the place they come back to."""
    snoozed: list[tuple[int, str]]
    """(until, place) of each that is or was snoozed."""
    nudges: list[int]
    """When those that wait ask for a look."""
    reviews: list[int]
    """When decisions are next to be looked back on."""
    owed: list[int]
    """Since when people are owed something."""
    silent_days: int
    unread: int

    def counts(self, now: int, end_of_day: int) -> dict[str, int]:
        """Return the count of every view, and what is due up to the end of the day."""
        counts = dict.fromkeys(VIEWS, 0) | self.places
        counts["all"] = sum(self.places.values())
        for until, place in self.snoozed:
            if until > now:
                counts[place] -= 1
                counts["snoozed"] += 1
        back = sum(until <= end_of_day and place != "done" for until, place in self.snoozed)
        counts["due"] = back + sum(date <= end_of_day for date in (*self.nudges, *self.reviews, *self.owed))
        counts["unread"] = self.unread
        return counts


def summarize_rows(
    rows: Iterable[Row], owed: list[int], of: Signature, own: tuple[str, ...], silent_days: int
) -> Summary:
    """Count rows and what is owed for a summary of the published file with this signature."""
    places: dict[str, int] = {}
    snoozed: list[tuple[int, str]] = []
    nudges: list[int] = []
    reviews: list[int] = []
    unread = 0
    for row in rows:
        if not row.counts:
            continue
        places[row.place] = places.get(row.place, 0) + 1
        unread += row.unread
        if review_at := next_review(row, silent_days):
            reviews.append(review_at)
        if row.until:
            snoozed.append((row.until, row.place))
        elif row.nudge and row.place == "waiting":
            nudges.append(row.nudge)
    return Summary(of, own, places, snoozed, nudges, reviews, owed, silent_days, unread)


def owed_since(documents: Documents) -> list[int]:
    """Return since when people are owed something; most files hold neither people nor referrals."""
    if not {"people", "referrals"} & set(documents.tables()):
        return []
    from store import owed

    return owed.moments(documents, clock.now())


def save(path: Path, summary: Summary) -> None:
    """Write the summary; where that fails, counts are made from the file itself."""
    try:
        disk.write_whole(path, [msgspec.json.encode(summary)], durable=False)
    except OSError:
        disk.remove(path)


def read_status(paths: Paths, now: int) -> dict[str, int]:
    """Return the counts of all views, of what is due and what is unread, as of the published file.

    Writes nothing. Where the summary is not that of the file as it lies there, the file itself is counted;
    raises FileError where that is missing or cannot be read.
    """
    configured = load(paths)
    kept = StateFolder.at(paths.file, paths.state).summary
    summary = _read(kept, paths.file, configured) or _count(paths, now, configured)
    tomorrow = clock.local(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return summary.counts(now, int(tomorrow.timestamp() * 1000) - 1)


def _read(summary: Path, file: Path, configured: Settings) -> Summary | None:
    try:
        found = msgspec.json.decode(summary.read_bytes(), type=Summary)
    except (OSError, msgspec.MsgspecError):
        return None
    of = (signature(file), configured.own_addresses, configured.silent_days)
    return found if (found.signature, found.own, found.silent_days) == of else None


def _count(paths: Paths, now: int, configured: Settings) -> Summary:
    from store.file.absorb import found_at
    from store.index import Index

    found = found_at(paths.file)
    here = signature(paths.file)
    if found is None or here is None:
        raise FileError(f"There is no data file {paths.file}.", hint_for_missing(paths))
    if found.damage:
        raise FileError(
            f"The data file {paths.file} is damaged: {found.damage}.", "ringback doctor says more."
        )
    own = configured.own_addresses
    documents = Documents(found.states[0])
    index = Index(documents, now=now, own=frozenset(own))
    index.rebuild()
    return summarize_rows(index.rows.values(), owed_since(documents), here, own, configured.silent_days)


def hint_for_missing(paths: Paths) -> str:
    """Return the next step where there is no data file: another one where this machine has known it."""
    if StateFolder.at(paths.file, paths.state).published.exists():
        return "It was there before: put it back, or ringback doctor --recreate writes it anew."
    return "ringback add and ringback pull make it."
