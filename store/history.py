"""What can be undone and redone, read from the journal's records."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from store.file.journal import FieldChange, Record


@dataclass
class Step:
    """One action as the user sees it: a pull of many batches is one step."""

    sequence: int
    """Of its first record; undo and redo name it."""
    title: str
    changes: list[FieldChange] = field(default_factory=list)


class History:
    """Two stacks: what `z` takes back next, and what `Z` does again."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def take(self, records: Iterable[Record]) -> None:
        """Follow the journal."""
        for record in records:
            if record.kind == "do":
                self._do(record)
            elif record.kind == "undo":
                self._move(record, self._done, self._undone)
            elif record.kind == "redo":
                self._move(record, self._undone, self._done)

    def _do(self, record: Record) -> None:
        self._undone.clear()
        last = self._done[-1] if self._done else None
        if last is not None and record.group == last.sequence and record.group:
            last.changes.extend(record.undo)
        else:
            self._done.append(Step(record.group or record.sequence, record.action, list(record.undo)))

    def _move(self, record: Record, source: list[Step], target: list[Step]) -> None:
        """What was undone can be done again by reversing what the undoing wrote, and the other way round."""
        if source and source[-1].sequence == record.target:
            step = source.pop()
            target.append(Step(step.sequence, step.title, list(record.undo)))

    @property
    def to_undo(self) -> Step | None:
        """The newest action."""
        return self._done[-1] if self._done else None

    @property
    def to_redo(self) -> Step | None:
        """The newest action that was undone."""
        return self._undone[-1] if self._undone else None
