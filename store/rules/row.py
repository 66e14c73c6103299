"""A row: what the inbox list shows of one opportunity, and what its views and queries ask of it.

Rows are derived from messages and documents, never stored in the synced file; the state folder keeps a
copy so that an inbox of 50,000 opens at once. They are therefore small, flat and cheap to decode.
"""

from typing import Literal

import msgspec

from store.records.opportunity import Place

Judged = Literal["outreach", "review", "other"]
"""Whether something is outreach, whether somebody should look, or whether it is something else."""


class Row(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One opportunity in the list. Times are milliseconds since 1970 UTC, 0 where there is none."""

    id: int
    """The opportunity's document id (the leader's, where several read as one)."""
    messages: tuple[int, ...]
    """Ids of its messages, oldest first."""
    keys: tuple[int, ...]
    """Hashes of its thread keys and senders, by which new messages find it."""
    documents: tuple[int, ...]
    """Ids of the opportunity documents that read as this one."""
    notes: tuple[int, ...]
    at: int
    """Newest message."""
    first_at: int
    inbound_at: int
    answered_at: int
    """Newest outgoing message, or answer noted by hand."""
    channel: str
    """Coarse channel of the newest inbound message: email, linkedin, call, voicemail, text, calendar."""
    who: str
    firm: str
    role: str
    """The role; where none is known, the subject or the first words."""
    company: str
    email: str
    phone: str
    pay: str
    mandate: str
    attempts: int
    """Approaches since the last answer."""
    place: Place
    """new, later, waiting, aside or done."""
    until: int
    nudge: int
    labels: tuple[str, ...]
    role_known: bool
    starred: bool
    unread: bool
    muted: bool
    """Muted or blocked: found only by `is:`."""
    blocked: bool
    trashed: bool
    late: bool
    """All its messages were old when they were imported."""
    impulse: str
    subject: str
    decisions: tuple[int, ...] = ()
    """Ids of the sealed entries on it, oldest first."""
    verdict: str = ""
    """Of the newest entry: call, ask, later, no, verify; `default` for a silence that was reviewed."""
    decided_at: int = 0
    review_at: int = 0
    """When to look back at the newest entry next."""
    leave: str = ""
    """Whether its recruiter has leave to send the user's CV: yes, no, or nothing said."""
    linked: int = 0
    """Hash of all that grouping asks of it (`grouping.fingerprint`)."""
    location: str = ""
    mode: str = ""
    """Remote, hybrid or on-site."""
    guessed: tuple[str, ...] = ()
    """Names of the fields that were lifted from texts, and that the user did not confirm."""
    profile: str = ""
    """LinkedIn address of its recruiter, from the message itself or a mail's signature."""
    judged: Judged = "outreach"
    """Whether it is outreach at all: by its signs, or as the user said; `review` where that is not sure."""

    @property
    def hidden(self) -> bool:
        """Whether only `is:` finds it: muted, blocked, or no outreach."""
        return self.muted or self.blocked or self.judged == "other"

    @property
    def counts(self) -> bool:
        """Whether it is an approach that figures, dues and reviews take in."""
        return not (self.trashed or self.hidden) and self.judged == "outreach"
