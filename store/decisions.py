"""The journal of decisions as both front ends read it: sealed entries, those by default, what is due."""

from typing import NamedTuple

from store.ids import document_id, read_id
from store.index import Index
from store.records.decision import Decision
from store.records.review import Review
from store.rules.journal import by_default, dates_left, default_key, in_order, next_review
from store.rules.row import Row
from store.rules.views import is_silent


class Entry(NamedTuple):
    """An entry with its id, and the opportunity it is about; None where that is not there any more."""

    id: int
    decision: Decision
    row: Row | None


class Due(NamedTuple):
    """An entry that is to be looked back on, since its date (milliseconds)."""

    entry: Entry
    due: int


class Decisions:
    """The journal at one moment."""

    def __init__(self, index: Index, now: int, silent_days: int) -> None:
        self._index = index
        self._table = index.decisions
        self._now = now
        self._silent_days = silent_days

    def of(self, row: Row) -> list[Entry]:
        """Return the entries on an opportunity, oldest first; what became silent has one by default."""
        kept = [(id, self._table.entries[id]) for id in row.decisions if id in self._table.entries]
        default = self._default(row)
        return [Entry(id, decision, row) for id, decision in in_order([*kept, *default])]

    def newest(self, row: Row) -> Entry | None:
        """Return the entry in force, None where nothing was decided yet."""
        entries = self.of(row)
        return entries[-1] if entries else None

    def last_words(self, row: Row) -> Decision | None:
        """Return what was answered last on an opportunity, be it sealed or withdrawn since."""
        return self._table.last_words(row.documents)

    def everything(self) -> list[Entry]:
        """Return every entry, in force or superseded, those by default too, oldest first."""
        defaults = [each for row in self._index.rows.values() for each in self._default(row)]
        return [
            Entry(id, decision, self._index.find(read_id(decision.opportunity)))
            for id, decision in in_order([*self._table.entries.items(), *defaults])
        ]

    def sealed(self) -> list[Decision]:
        """Return what was sealed, on whatever opportunity, in no order."""
        return [decision for decision in self._table.entries.values() if not decision.by_default]

    def find(self, id: int) -> Entry | None:
        """Return an entry by its id."""
        decision = self._table.entries.get(id)
        if decision is not None:
            return Entry(id, decision, self._index.find(read_id(decision.opportunity)))
        return next((entry for entry in self.everything() if entry.id == id), None)

    def superseded(self, entry: Entry) -> bool:
        """Tell whether a later entry on the same opportunity has taken its place."""
        row = self._index.find(entry.row.id) if entry.row is not None else None
        newest = self.newest(row) if row is not None else None
        return newest is not None and newest.id != entry.id

    def reviews(self, decision: int) -> list[tuple[int, Review]]:
        """Return the reviews of an entry with their ids, oldest first."""
        return list(self._table.reviews.get(decision, ()))

    def due(self, now: int) -> list[Due]:
        """Return the entries in force that are to be looked back on, those that wait longest first."""
        found = []
        for row in self._index.rows.values():
            if 0 < next_review(row, self._silent_days) <= now and (entry := self.newest(row)) is not None:
                past = [date for date in self.dates_left(entry) if date <= now]
                if past:
                    found.append(Due(entry, max(past)))
        return sorted(found, key=lambda due: (due.due, due.entry.id))

    def next_due(self, now: int) -> int:
        """Return when the next review comes that is not due yet (milliseconds), 0 for none."""
        dates = (next_review(row, self._silent_days) for row in self._index.rows.values())
        return min((date for date in dates if date > now), default=0)

    def dates_left(self, entry: Entry) -> list[int]:
        """Return the review dates of an entry (milliseconds) that are still to come or were not kept."""
        return dates_left(entry.decision, self._table.reviews.get(entry.id, ()))

    def _default(self, row: Row) -> list[tuple[int, Decision]]:
        """Return the entry that the silence of an opportunity is, unless it is stored already."""
        if row.late or not row.counts:
            return []
        id = document_id(default_key(row.id))
        if id in self._table.entries or not is_silent(row, self._now, self._silent_days):
            return []
        return [(id, by_default(row, self._silent_days))]
