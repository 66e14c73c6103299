"""What statistics are made of."""

from collections.abc import Sequence

import msgspec

from store.records.decision import Decision
from store.records.review import Review
from store.records.seat import OwnReason
from store.rules.row import Row


class Decided(msgspec.Struct, frozen=True):
    """An entry with the opportunity it is about and its reviews, oldest first."""

    decision: Decision
    row: Row | None
    reviews: Sequence[Review] = ()


class Sample(msgspec.Struct, frozen=True):
    """Everything that the figures are made of."""

    rows: Sequence[Row]
    """Every opportunity but those in the trash, muted or blocked."""
    entries: Sequence[Decided]
    """Oldest first; those by default too."""
    answer_days: Sequence[float]
    """Days from the first approach to the first answer, of each that was answered."""
    talks: Sequence[int]
    """When calls were taken (milliseconds)."""
    own: Sequence[OwnReason]
    now: int
    silent_days: int
