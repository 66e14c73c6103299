"""An opportunity: what the user keeps about a role that a recruiter brought.

A document exists once the user has said something about it; until then its messages are all there is.
"""

from typing import Any, Literal

import msgspec

from store.records.reading import Number

Place = Literal["new", "later", "waiting", "aside", "done"]
PLACES: tuple[Place, ...] = ("new", "later", "waiting", "aside", "done")


class Where(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Where an opportunity stands: one register, so that two machines cannot mix halves of it."""

    view: Place = "new"
    until: Number = 0
    """Snoozed until this time (milliseconds); 0 when it is not."""
    seen: Number = 0
    """Time of the newest inbound message when it was put there; a newer one returns it to New."""


class Opportunity(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The fields a user may set on an opportunity; None and absent mean that nothing was said."""

    k: str = ""
    place: Where | None = None
    nudge: Number | None = None
    """Waiting on them: remind at this time (milliseconds)."""
    labels: dict[str, bool | None] = {}
    starred: bool | None = None
    muted: bool | None = None
    role: str | None = None
    firm: str | None = None
    company: str | None = None
    pay: str | None = None
    phone: str | None = None
    mandate: str | None = None
    location: str | None = None
    mode: str | None = None
    """Remote, hybrid or on-site."""
    leave: str | None = None
    """Whether this recruiter may send the user's CV: yes or no."""
    answered: Number | None = None
    """When the user answered elsewhere (milliseconds)."""
    unlike: dict[str, bool | None] = {}
    """Opportunities, by id, of which the user said that they are not this one."""
    into: str | None = None
    """Id of the opportunity that this one was merged into."""
    trash: dict[str, int] | None = None
    """In the trash: node → sequence of everything seen then; a later edit brings it back."""
    outreach: str | None = None
    """What the user said: `yes`, it is outreach, or `no`."""
    impulse: str | None = None
    """The first verb used on it, as the verdict it stands for: call, later, no; none for deciding."""


EDITABLE = ("role", "firm", "company", "location", "mode", "pay", "phone", "mandate", "leave")
"""Fields that `t` and `ringback edit` set."""
LEAVES = ("yes", "no")
MODES = ("remote", "hybrid", "on-site")
MANDATES = ("retained", "exclusive", "contingent", "in-house")


def place_value(view: Place, seen: int, until: int = 0) -> dict[str, Any]:
    """Return the stored form of a place."""
    value: dict[str, Any] = {"view": view, "seen": seen}
    return {**value, "until": until} if until else value
