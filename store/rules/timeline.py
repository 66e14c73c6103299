"""The timeline of one opportunity: its messages, notes, decisions, reviews and referrals, oldest first."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from store.records.decision import Decision
from store.records.message import Message
from store.records.note import Note
from store.records.referral import Referral
from store.records.review import Review
from store.rules.folding import best, copies, moment


class Entry(msgspec.Struct, frozen=True):
    """One thing that happened; copies of one message are one entry of several versions."""

    at: int
    kind: Literal["message", "note", "decision", "review", "referral"]
    id: int
    message: Message | None = None
    note: Note | None = None
    decision: Decision | None = None
    review: Review | None = None
    referral: Referral | None = None
    state: str = ""
    """Where the referral stands."""
    outgoing: bool = False
    versions: tuple[int, ...] = ()
    """Ids of its other copies, oldest first."""
    others: tuple[Message, ...] = ()
    """Those messages."""

    @property
    def times(self) -> tuple[int, ...]:
        """When each copy of it says that it was."""
        return tuple(each.at for each in (self.message, *self.others) if each is not None) or (self.at,)


def timeline(
    messages: Sequence[tuple[int, Message, bool]],
    notes: Iterable[tuple[int, Note]],
    decisions: Iterable[tuple[int, Decision]] = (),
    reviews: Iterable[tuple[int, Review]] = (),
    referrals: Iterable[tuple[int, Referral, str]] = (),
) -> list[Entry]:
    """Return the entries of messages (id, message, whether it is outgoing) and all else, oldest first."""
    entries = {("message", entry.id): entry for entry in _folded(messages)}
    for id, note in notes:
        if not note.gone and note.text:
            entries[("note", id)] = Entry(at=note.at, kind="note", id=id, note=note)
    for id, decision in decisions:
        entries[("decision", id)] = Entry(at=decision.at, kind="decision", id=id, decision=decision)
    for id, review in reviews:
        entries[("review", id)] = Entry(at=review.at, kind="review", id=id, review=review)
    for id, referral, state in referrals:
        entry = Entry(at=referral.at, kind="referral", id=id, referral=referral, state=state)
        entries[("referral", id)] = entry
    return sorted(entries.values(), key=lambda entry: (entry.at, entry.id))


def _folded(messages: Sequence[tuple[int, Message, bool]]) -> Iterator[Entry]:
    """Yield an entry for each message; of copies the best is shown, at the time that tells most."""
    known = {id(message): (number, outgoing) for number, message, outgoing in messages}
    for group in copies(message for _, message, _ in messages):
        shown = best(group)
        number, outgoing = known[id(shown)]
        others = tuple(each for each in group if each is not shown)
        yield Entry(
            at=moment(group),
            kind="message",
            id=number,
            message=shown,
            outgoing=outgoing,
            versions=tuple(known[id(each)][0] for each in others),
            others=others,
        )
