"""Whether a message belongs to what is kept already, whatever it scores: by its thread, or by who it is from.

A message from somebody who wrote about a role belongs within 45 days of that; otherwise it is judged by
itself, as friends and colleagues pitch a role once, too. A call has no words to be judged by: from a number
that is known it always belongs. All of this follows from messages alone, so reading again changes nothing.
"""

import msgspec

from store.clock import DAY
from store.ids import hash63
from store.records.message import Message
from store.rules.grouping import RUN_DAYS, hashes, ties

_CALLS = ("call", "call_missed", "voicemail")
_RUN = RUN_DAYS * DAY


class Kinship(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """By what a message finds its kin."""

    threads: tuple[int, ...]
    """Hashes of the threads that it is part of."""
    people: tuple[int, ...]
    """Hashes of whoever is on the other side: the sender, or those whom the user wrote to."""
    at: int
    is_call: bool

    @property
    def keys(self) -> tuple[int, ...]:
        """Threads and people in one, as rows and what was left out are found by them."""
        return self.threads + self.people


def kinship_of(message: Message) -> Kinship:
    """Return by what a message finds its kin."""
    stands_for, looks_for = ties(message)
    return Kinship(
        tuple(map(hash63, message.threads)),
        hashes((*stands_for, *looks_for)),
        message.at,
        message.channel in _CALLS,
    )


class Kin:
    """What messages may belong to: threads, and when whom was heard of with outreach."""

    def __init__(self) -> None:
        self._threads: set[int] = set()
        self._times: dict[int, dict[int, tuple[int, int]]] = {}
        """By person, and by which 45 days since 1970: the first and the last time in these."""

    def add(self, each: Kinship, *, is_outreach: bool) -> None:
        """Take note of a message that is in; of one that is not outreach by itself only its thread counts."""
        self._threads.update(each.threads)
        if is_outreach:
            for key in each.people:
                times = self._times.setdefault(key, {})
                first, last = times.get(each.at // _RUN, (each.at, each.at))
                times[each.at // _RUN] = (min(first, each.at), max(last, each.at))

    def claims(self, each: Kinship) -> bool:
        """Tell whether a message belongs to one of those."""
        if not self._threads.isdisjoint(each.threads):
            return True
        if self._times.keys().isdisjoint(each.people):
            return False
        if each.is_call:
            return True
        # Of somebody with many messages no more than those that can be near enough are looked at.
        near = range(each.at // _RUN - 1, each.at // _RUN + 2)
        heard = (self._times[key] for key in each.people if key in self._times)
        found = (time for times in heard for part in near for time in times.get(part, ()))
        return any(abs(each.at - time) <= _RUN for time in found)
