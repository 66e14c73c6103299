"""What can be undone and redone, read from the journal's records."""

from collections.abc import Iterable

import msgspec

from store.file.journal import FieldChange, Record

Written = tuple[str, str, str, str]
"""A write by table, key, path and stamp."""


PULL = "Pull"
"""Title of what reading sources does, batch by batch."""


class Step(msgspec.Struct):
    """One action as the user sees it: a pull of many batches is one step."""

    sequence: int
    """Of its first record; undo and redo name it."""
    title: str
    changes: list[FieldChange] = []


class History:
    """Two stacks: what `z` takes back next, and what `Z` does again."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._stands_for: dict[Written, str] = {}
        """What a reversal wrote, and the stamp of the write whose value it brought back."""

    def take(self, records: Iterable[Record]) -> None:
        """Follow the journal."""
        for record in records:
            if record.kind == "do":
                self._do(record)
            elif record.kind == "undo":
                self._move(record, self._done, self._undone)
            elif record.kind == "redo":
                self._move(record, self._undone, self._done)
            elif record.kind == "purge":
                # Whoever undoes after a purge means the purge: what lies behind it is out of reach too.
                self._done.clear()
                self._undone.clear()

    def _do(self, record: Record) -> None:
        self._undone.clear()
        # Other processes' actions may stand between the records of one step.
        group = (step for step in reversed(self._done) if step.sequence == record.group)
        step = next(group, None) if record.group else None
        if step is not None:
            step.changes.extend(record.undo)
        else:
            self._done.append(Step(record.group or record.sequence, record.action, list(record.undo)))

    def _move(self, record: Record, source: list[Step], target: list[Step]) -> None:
        """What was undone can be done again by reversing what the undoing wrote, and the other way round."""
        step = next((step for step in reversed(source) if step.sequence == record.target), None)
        if step is None:
            return
        source.remove(step)
        target.append(Step(step.sequence, step.title, list(record.undo)))
        before: dict[tuple[str, str, str], str] = {}
        for change in step.changes:
            before.setdefault((change.table, change.key, change.path), change.old_stamp)
        for change in record.undo:
            place = (change.table, change.key, change.path)
            if place in before:
                self._stands_for[(*place, change.stamp)] = self.origin(*place, before[place])

    def origin(self, table: str, key: str, path: str, stamp: str) -> str:
        """Return the stamp of the write whose value stands there, be it brought back by undo and redo."""
        return self._stands_for.get((table, key, path, stamp), stamp)

    @property
    def to_undo(self) -> Step | None:
        """The newest action."""
        return self._done[-1] if self._done else None

    @property
    def to_redo(self) -> Step | None:
        """The newest action that was undone."""
        return self._undone[-1] if self._undone else None
