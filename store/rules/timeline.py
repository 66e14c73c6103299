"""The timeline of one opportunity: its messages, notes, decisions, reviews and referrals, oldest first."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from store.records.decision import Decision
from store.records.message import Message
from store.records.note import Note
from store.records.referral import Referral
from store.records.review import Review


class Entry(msgspec.Struct, frozen=True):
    """One thing that happened; copies that share a Message-ID are one entry of several versions."""

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
    """Ids of the other messages with the same Message-ID, oldest first."""
    others: tuple[Message, ...] = ()
    """Those messages."""


def timeline(
    messages: Iterable[tuple[int, Message, bool]],
    notes: Iterable[tuple[int, Note]],
    decisions: Iterable[tuple[int, Decision]] = (),
    reviews: Iterable[tuple[int, Review]] = (),
    referrals: Iterable[tuple[int, Referral, str]] = (),
) -> list[Entry]:
    """Return the entries of messages (id, message, whether it is outgoing) and all else, oldest first."""
    entries: dict[object, Entry] = {}
    for id, message, outgoing in sorted(messages, key=lambda item: (item[1].at, item[0])):
        identity = message.threads[0] if message.threads else id
        shown = entries.get(identity)
        if shown is None:
            entries[identity] = Entry(
                at=message.at, kind="message", id=id, message=message, outgoing=outgoing
            )
        else:
            entries[identity] = msgspec.structs.replace(
                shown, versions=(*shown.versions, id), others=(*shown.others, message)
            )
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
