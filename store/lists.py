"""The lists of the inbox: which rows stand in which view, sorted, with counts kept as rows change."""

from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from typing import overload

from store.clock import DAY
from store.rules.row import Row
from store.rules.views import LISTS, next_change, sort_key, view_of

SortKey = tuple[int, int, int]


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

    They are made from the rows when first asked for: many a command never asks.
    """

    def __init__(self, now: int, silent_days: int) -> None:
        self._rows: Mapping[int, Row] = {}
        self._filled = True
        self._now = now
        """The moment for which every row is placed."""
        self._silent_days = silent_days
        self._keys: dict[str, list[SortKey]] = {name: [] for name in LISTS}
        self._next = 0
        """When the passing of time next moves a row."""

    def view(self, name: str) -> IdView:
        """Return the live ids of a list."""
        self._fill()
        return IdView(self._keys[name])

    def counts(self) -> dict[str, int]:
        """Return the length of each list."""
        self._fill()
        return {name: len(keys) for name, keys in self._keys.items()}

    def position(self, name: str, id: int) -> int | None:
        """Return where an opportunity stands in a list, None where it is not in it."""
        row = self._rows.get(id)
        return self.view(name).position(self._key(row)) if row is not None else None

    def begin(self, rows: Mapping[int, Row]) -> None:
        """Begin anew with these rows, which may change before a list is asked for."""
        self._rows = rows
        self._filled = False

    def _fill(self) -> None:
        if self._filled:
            return
        self._filled = True
        self._next = 0
        for keys in self._keys.values():
            keys.clear()
        add = {name: keys.append for name, keys in self._keys.items()}
        now, silent = self._now, self._now - self._silent_days * DAY
        # `view_of` and `sort_key` by hand: called for each of 50,000 rows they are half of a start.
        for row in self._rows.values():
            if row.trashed:
                add["trash"](self._key(row))
            elif not (row.muted or row.blocked):
                if row.until > now:
                    key, view = (0, row.until, row.id), "snoozed"
                else:
                    late = row.inbound_at > row.answered_at and row.inbound_at < silent
                    key, view = (1 if late else 0, -row.at, row.id), row.place
                add[view](key)
                add["all"](key)
        for keys in self._keys.values():
            keys.sort()

    def add(self, row: Row) -> None:
        """Place a row in its lists."""
        if self._filled:
            change = next_change(row, self._now, self._silent_days)
            self._next = min(self._next, change) if change else self._next
            key = self._key(row)
            for keys in self._lists_of(row):
                insort(keys, key)

    def remove(self, row: Row) -> None:
        """Take a row out of its lists."""
        if self._filled:
            key = self._key(row)
            for keys in self._lists_of(row):
                position = bisect_left(keys, key)
                if position < len(keys) and keys[position] == key:
                    del keys[position]

    def _key(self, row: Row) -> SortKey:
        return sort_key(row, self._now, self._silent_days)

    def _lists_of(self, row: Row) -> list[list[SortKey]]:
        view = view_of(row, self._now)
        if view == "hidden":
            return []
        return [self._keys[view]] if view == "trash" else [self._keys[view], self._keys["all"]]

    def tick(self, now: int) -> bool:
        """Let time pass to `now`; tell whether a row woke or turned silent. It never goes back."""
        self._fill()
        now = max(now, self._now)
        if self._now <= now < self._next:
            self._now = now
            return False
        rows, before = self._rows.values(), self._now
        moved = [row for row in rows if 0 < next_change(row, before, self._silent_days) <= now]
        for row in moved:
            self.remove(row)
        self._now = now
        for row in moved:
            self.add(row)
        changes = (next_change(row, now, self._silent_days) for row in rows)
        self._next = min(filter(None, changes), default=now + 10**12)
        return bool(moved)
