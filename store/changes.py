"""What undo did, and what came since the last look, for whoever shows it."""

import msgspec


class Outcome(msgspec.Struct, frozen=True):
    """What undo or redo did."""

    sentence: str
    rows: frozenset[int]


class Changes(msgspec.Struct, frozen=True):
    """What came from elsewhere since the last look."""

    rows: frozenset[int] = frozenset()
    sentences: tuple[str, ...] = ()
    everything: bool = False
    merged: bool = False
    """Whether another machine's changes are among them, whichever process merged them."""
