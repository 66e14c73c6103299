"""The lists of the inbox: which rows stand in which view, sorted, with counts kept as rows change."""

from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from typing import overload

from store.clock import DAY, MINUTE
from store.records.opportunity import PLACES
from store.rules.row import Row
from store.rules.views import LISTS, next_change, sort_key

SortKey = tuple[int, int, int]
_AT: dict[str, tuple[str, ...]] = {place: (place, "all") for place in PLACES}
_SNOOZED = ("snoozed", "all")
_TRASH = ("trash",)
_SCREENER = ("screener",)
_FAR = 365 * DAY


class IdView(Sequence[int]):
    """The ids of a list in display order, read straight from its sort keys; it follows the list."""

    def __init__(self, keys: list[SortKey]) -> None:
        self._keys = keys

    def __len__(self) -> int:
        return len(self._keys)

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> list[int]: ...
    def __getitem__(self, index: int | slice) -> int | list[int]:
        if isinstance(index, slice):
            return [key[2] for key in self._keys[index]]
        return self._keys[index][2]

    def position(self, key: SortKey) -> int | None:
        """Return where the row with this sort key stands, None where it is not in the list."""
        found = bisect_left(self._keys, key)
        return found if found < len(self._keys) and self._keys[found] == key else None


class Lists:
    """Every list of `views.LISTS`, each a sorted list of keys whose last part is the opportunity's id.

    A list is made from the rows when it is first asked for, and kept from then on; so are the counts.
    """

    def __init__(self, now: int, silent_days: int) -> None:
        self._rows: Mapping[int, Row] = {}
        self._now = now
        """The moment for which every row is placed."""
        self._silent_days = silent_days
        self._keys: dict[str, list[SortKey]] = {}
        self._counts: dict[str, int] = {}
        self._next = 0
        """When the passing of time next moves a row."""

    def begin(self, rows: Mapping[int, Row]) -> None:
        """Begin anew with these rows, which may change before a list is asked for."""
        self._rows = rows
        self._keys = {}
        self._counts = {}
        self._next = 0

    def view(self, name: str) -> IdView:
        """Return the live ids of a list."""
        if name not in self._keys:
            now = self._now
            self._keys[name] = sorted(
                self._key(row) for row in self._rows.values() if name in _lists_of(row, now)
            )
        return IdView(self._keys[name])

    def counts(self) -> dict[str, int]:
        """Return the length of each list."""
        if not self._counts:
            counts = dict.fromkeys(LISTS, 0)
            now = self._now
            for row in self._rows.values():
                for name in _lists_of(row, now):
                    counts[name] += 1
            self._counts = counts
        return dict(self._counts)

    def position(self, name: str, id: int) -> int | None:
        """Return where an opportunity stands in a list, None where it is not in it."""
        row = self._rows.get(id)
        return self.view(name).position(self._key(row)) if row is not None else None

    def add(self, row: Row) -> None:
        """Place a row in its lists."""
        change = next_change(row, self._now, self._silent_days)
        self._next = min(self._next, change) if change else self._next
        for name in _lists_of(row, self._now):
            if self._counts:
                self._counts[name] += 1
            if name in self._keys:
                insort(self._keys[name], self._key(row))

    def remove(self, row: Row) -> None:
        """Take a row out of its lists."""
        for name in _lists_of(row, self._now):
            if self._counts:
                self._counts[name] -= 1
            if name in self._keys:
                position = self.view(name).position(self._key(row))
                if position is not None:
                    del self._keys[name][position]

    def tick(self, now: int) -> bool:
        """Let time pass to `now`; tell whether a row woke or turned silent.

        It never goes back, but for a clock that was wrong and was set right: then every row is placed anew.
        """
        if now < self._now - MINUTE:
            self._now = now
            self.begin(self._rows)
            return True
        now = max(now, self._now)
        if now < self._next:
            self._now = now
            return False
        moved = []
        self._next = now + _FAR
        for row in self._rows.values():
            if 0 < next_change(row, self._now, self._silent_days) <= now:
                moved.append(row)
            change = next_change(row, now, self._silent_days)
            if 0 < change < self._next:
                self._next = change
        for row in moved:
            self.remove(row)
        self._now = now
        for row in moved:
            self.add(row)
        return bool(moved)

    def _key(self, row: Row) -> SortKey:
        return sort_key(row, self._now, self._silent_days)


def _lists_of(row: Row, now: int) -> tuple[str, ...]:
    """Return the lists that a row stands in: as `view_of` says, and in All."""
    if row.trashed:
        return _TRASH
    if row.hidden:
        return ()
    if row.judged == "review":
        return _SCREENER
    return _SNOOZED if row.until > now else _AT[row.place]
