"""The user's present seat, and what the user knows of it and wants: the other half of every decision."""

from typing import Literal

import msgspec

from store.records.reading import Number

ItemKind = Literal["core", "no-go", "pillar", "promise"]
ITEM_KINDS: tuple[ItemKind, ...] = ("core", "no-go", "pillar", "promise")
SEAT_KEY = "settings:seat"
"""Key of the document in `settings` that holds the seat."""


class Seat(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Where the user works now; every field is the user's own words."""

    employer: str | None = ""
    title: str | None = ""
    boss: str | None = ""
    since: str | None = ""


SEAT_FIELDS = Seat.__struct_fields__


class Item(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A line of the user's inventory, a document of its own in the table `inventory`."""

    k: str = ""
    kind: ItemKind = "core"
    """`core`: work the user is good at and likes; `no-go`: a line not to be crossed; `pillar`: what makes
    the seat good; `promise`: what somebody there promised."""
    text: str | None = ""
    at: Number = 0
    gone: bool | None = None


class OwnReason(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A reason of the user's own, with its own counter-question, in the table `reasons`."""

    k: str = ""
    key: str = ""
    """The key that it has in the form."""
    name: str = ""
    question: str = ""
    at: Number = 0
    gone: bool | None = None
