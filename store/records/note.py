"""A note on an opportunity: a document of its own, so that two machines cannot collide in it."""

import msgspec

from store.records.reading import Number


class Note(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What the user wrote about an opportunity."""

    k: str = ""
    opportunity: str = ""
    """Id of the opportunity, as a decimal text."""
    at: Number = 0
    text: str | None = ""
    gone: bool | None = False
