"""Which opportunities of a list are selected."""

from collections.abc import Callable, Collection, Iterator, Sequence


class Selection:
    """A set of opportunities, of which a range from an anchor to the cursor may still be growing."""

    def __init__(self) -> None:
        self._chosen: set[int] = set()
        self._range: set[int] = set()
        self._anchor: int | None = None

    def __contains__(self, opportunity: object) -> bool:
        return opportunity in self._chosen or opportunity in self._range

    def __len__(self) -> int:
        return len(self._chosen | self._range)

    def __iter__(self) -> Iterator[int]:
        return iter(self._chosen | self._range)

    def toggle(self, opportunity: int) -> None:
        """Select one, or no longer."""
        self._settle()
        self._chosen.symmetric_difference_update({opportunity})

    def toggle_range(self, ids: Sequence[int], position: int) -> None:
        """Begin a range at a position, or settle the one begun."""
        if self._anchor is not None:
            self._settle()
        elif ids:
            self._anchor = ids[position]
            self._range = {ids[position]}

    def extend(self, ids: Sequence[int], locate: Callable[[int], int | None], position: int) -> bool:
        """Let a range begun reach to `position`; tell whether there is one."""
        if self._anchor is None:
            return False
        anchor = locate(self._anchor)
        start = position if anchor is None else anchor
        self._range = set(ids[min(start, position) : max(start, position) + 1])
        return True

    def replace(self, ids: Collection[int]) -> None:
        """Select these and no others."""
        self.clear()
        self._chosen = set(ids)

    def clear(self) -> None:
        """Select none."""
        self._chosen, self._range, self._anchor = set(), set(), None

    def _settle(self) -> None:
        self._chosen |= self._range
        self._range, self._anchor = set(), None
