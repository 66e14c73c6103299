"""A letter of a referral: the words as they stand, and when they went out."""

import msgspec

from store.records.reading import Number
from store.records.referral import Side


class Letter(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One of the two letters of a referral, a draft until it was sent."""

    k: str = ""
    referral: str = ""
    """Id of the referral's document, as a decimal text."""
    side: Side = "friend"
    """To whom it goes."""
    template: str = ""
    """Name of the template that it was made from."""
    text: str = ""
    to: str = ""
    """The address, where one was known."""
    quoted: tuple[str, ...] = ()
    """Names in braces that came with what others wrote: they look like slots and are none."""
    sent_at: Number | None = None
    """When the user sent it (milliseconds); what went out stays as it was."""
    sent_by: str | None = ""
    """The way that it went."""
    gone: bool | None = None
