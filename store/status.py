"""Counts for a prompt, from a small summary that whoever publishes the file leaves in the state folder."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from store.file import disk
from store.file.publish import Signature, signature
from store.rules.row import Row
from store.rules.views import VIEWS


class Summary(msgspec.Struct, frozen=True):
    """What the counts follow from at any later time, as of one published file."""

    signature: Signature
    places: dict[str, int]
    """Opportunities by place, snoozed ones at the place they come back to."""
    snoozed: list[tuple[int, str]]
    """(until, place) of each that is or was snoozed."""
    nudges: list[int]
    """When those that wait ask for a look."""
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
        counts["due"] = back + sum(nudge <= end_of_day for nudge in self.nudges)
        counts["unread"] = self.unread
        return counts


def summarize_rows(rows: Iterable[Row], of: Signature) -> Summary:
    """Count rows for a summary of the published file with this signature."""
    places: dict[str, int] = {}
    snoozed: list[tuple[int, str]] = []
    nudges: list[int] = []
    unread = 0
    for row in rows:
        if row.trashed or row.muted or row.blocked:
            continue
        places[row.place] = places.get(row.place, 0) + 1
        unread += row.unread
        if row.until:
            snoozed.append((row.until, row.place))
        elif row.nudge and row.place == "waiting":
            nudges.append(row.nudge)
    return Summary(of, places, snoozed, nudges, unread)


def save(path: Path, summary: Summary) -> None:
    """Write the summary; where that fails, counts are made from the file itself."""
    try:
        disk.write_whole(path, [msgspec.json.encode(summary)], durable=False)
    except OSError:
        disk.remove(path)


def read(summary: Path, file: Path) -> Summary | None:
    """Return the summary if it is that of the file as it lies there now."""
    try:
        found = msgspec.json.decode(summary.read_bytes(), type=Summary)
    except (OSError, msgspec.MsgspecError):
        return None
    return found if found.signature == signature(file) else None
