"""The lists of the inbox: which rows stand in which view, sorted, with counts kept as rows change."""

from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from typing import overload

from store.rules.row import Row
from store.rules.views import LISTS, next_change, sort_key, view_of

SortKey = tuple[int, int, int]
_HIDDEN = ("trash", "hidden")


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
        self._silent_days = silent_days
        self._keys: dict[str, list[SortKey]] = {name: [] for name in LISTS}
        self._placed: dict[int, tuple[str, SortKey]] = {}
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
        self._fill()
        placed = self._placed.get(id)
        return self.view(name).position(placed[1]) if placed is not None else None

    def begin(self, rows: Mapping[int, Row]) -> None:
        """Begin anew with these rows, which may change before a list is asked for."""
        self._rows = rows
        self._filled = False

    def _fill(self) -> None:
        if self._filled:
            return
        self._filled = True
        self._placed.clear()
        self._next = 0
        for keys in self._keys.values():
            keys.clear()
        everything = self._keys["all"].append
        now, silent_days = self._now, self._silent_days
        for row in self._rows.values():
            view = view_of(row, now)
            key = sort_key(row, now, silent_days)
            self._placed[row.id] = (view, key)
            if view in self._keys:
                self._keys[view].append(key)
            if view not in _HIDDEN:
                everything(key)
        for keys in self._keys.values():
            keys.sort()

    def add(self, row: Row) -> None:
        """Place a row in its lists."""
        if not self._filled:
            return
        view = view_of(row, self._now)
        key = sort_key(row, self._now, self._silent_days)
        self._placed[row.id] = (view, key)
        self._next = 0
        if view in self._keys:
            insort(self._keys[view], key)
        if view not in _HIDDEN:
            insort(self._keys["all"], key)

    def remove(self, id: int) -> None:
        """Take a row out of its lists."""
        if not self._filled:
            return
        view, key = self._placed.pop(id)
        for name in (view, "all"):
            keys = self._keys.get(name, [])
            position = bisect_left(keys, key)
            if position < len(keys) and keys[position] == key:
                del keys[position]

    def tick(self, now: int) -> bool:
        """Let time pass to `now`; tell whether a row woke or turned silent."""
        self._fill()
        rows = self._rows
        before, self._now = self._now, now
        if 0 < now < self._next:
            return False
        moved = [row for row in rows.values() if 0 < next_change(row, before, self._silent_days) <= now]
        for row in moved:
            self.remove(row.id)
            self.add(row)
        changes = (next_change(row, now, self._silent_days) for row in rows.values())
        self._next = min(filter(None, changes), default=now + 10**12)
        return bool(moved)
