"""Whether a message belongs to what is kept already, whatever it scores: by its thread, or by who it is from.

A message from somebody who wrote about a role belongs within 45 days of that; otherwise it is judged by
itself, as friends and colleagues pitch a role once, too. A call has no words to be judged by: from a number
that is known it always belongs. All of this follows from messages alone, so reading again changes nothing.
"""

from store.clock import DAY
from store.ids import hash63
from store.records.message import Message
from store.rules.grouping import RUN_DAYS, ties

_CALLS = ("call", "call_missed", "voicemail")
_RUN = RUN_DAYS * DAY


def thread_keys(message: Message) -> tuple[int, ...]:
    """Return the hashes of the threads that a message is part of."""
    return tuple(hash63(thread) for thread in message.threads)


def person_keys(message: Message) -> tuple[int, ...]:
    """Return the hashes of whoever is on the other side: the sender, or those whom the user wrote to."""
    stands_for, looks_for = ties(message)
    return tuple(hash63(person) for person in dict.fromkeys((*stands_for, *looks_for)))


class Kin:
    """What messages may belong to: threads, and when whom was heard of with outreach."""

    def __init__(self) -> None:
        self._threads: set[int] = set()
        self._times: dict[int, dict[int, tuple[int, int]]] = {}
        """By person, and by which 45 days since 1970: the first and the last time in these."""

    def add(self, message: Message, *, is_outreach: bool) -> None:
        """Take note of a message that is in; of one that is not outreach by itself only its thread counts."""
        self._threads.update(thread_keys(message))
        if is_outreach:
            for key in person_keys(message):
                times = self._times.setdefault(key, {})
                first, last = times.get(message.at // _RUN, (message.at, message.at))
                times[message.at // _RUN] = (min(first, message.at), max(last, message.at))

    def claims(self, message: Message) -> bool:
        """Tell whether a message belongs to one of those."""
        if not self._threads.isdisjoint(thread_keys(message)):
            return True
        heard = [times for key in person_keys(message) if (times := self._times.get(key))]
        if message.channel in _CALLS:
            return bool(heard)
        # Of somebody with many messages no more than those that can be near enough are looked at.
        near = range(message.at // _RUN - 1, message.at // _RUN + 2)
        found = (time for times in heard for part in near for time in times.get(part, ()))
        return any(abs(message.at - time) <= _RUN for time in found)
