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
        self._times: dict[int, set[int]] = {}

    def add(self, message: Message, *, is_outreach: bool) -> None:
        """Take note of a message that is in; of one that is not outreach by itself only its thread counts."""
        self._threads.update(thread_keys(message))
        if is_outreach:
            for key in person_keys(message):
                self._times.setdefault(key, set()).add(message.at)

    def claims(self, message: Message) -> bool:
        """Tell whether a message belongs to one of those."""
        if not self._threads.isdisjoint(thread_keys(message)):
            return True
        times = {time for key in person_keys(message) for time in self._times.get(key, ())}
        if message.channel in _CALLS:
            return bool(times)
        return any(abs(message.at - time) <= _RUN for time in times)
