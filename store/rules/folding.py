"""Which messages are copies of one: seen in two sources, or sent again as the same mail. Folded when read.

Copies share a Message-ID and a sender; or they are one LinkedIn message, once in a notification mail and
once in the export, or in two exports that write white space differently; or one text or call in two backups;
or versions of one appointment, whether they came in mails of one sender or in a calendar. A call that was
missed and the voicemail that it ended on are one approach.
"""

import re
from collections.abc import Iterable, Sequence

from store.clock import DAY, MINUTE
from store.records.message import Message
from store.records.plain import plain
from store.rules.numbers import number_key

_SPACE = re.compile(r"\s+")
_COMPARED = 200
"""Characters, white space apart, by which two texts are told to be one: of a mail the end may be cut."""
_ENOUGH_AT_ONCE = 60
"""Characters that are enough within two minutes: nobody begins two messages alike so soon."""
_AT_ONCE = 2 * MINUTE
_FEWEST = 12
"""Characters that a text must have for that; short ones are alike by chance, and must be equal."""
_LOOKED_AT = 32
"""How many earlier messages that begin alike are looked at: of a flood no more than these."""
_LINKEDIN = ("linkedin_msg", "linkedin_inmail")
_TEXTS = ("sms", "mms")
_CALLS = ("call", "call_missed", "voicemail")
_ENDED_ON = {"call_missed", "voicemail"}
"""What one call leaves that nobody took."""


def copies(messages: Iterable[Message]) -> list[list[Message]]:
    """Return messages in groups of copies: groups by their first message, and copies, oldest first."""
    groups: list[list[_Copy]] = []
    by_id: dict[tuple[str, str], list[_Copy]] = {}
    by_start: dict[str, list[list[_Copy]]] = {}
    for message in sorted(messages, key=lambda each: (each.at, each.k)):
        copy = _Copy(message)
        alike = by_start.setdefault(copy.start, []) if copy.start else []
        group = by_id.get(copy.id) or _group_of(copy, alike)
        if group is None:
            group = []
            groups.append(group)
        group.append(copy)
        by_id.setdefault(copy.id, group)
        if copy.start and not (alike and alike[-1] is group):
            alike.append(group)
    return [[copy.message for copy in group] for group in groups]


def best(group: Sequence[Message]) -> Message:
    """Return the copy to show: of an event the newest version, of two sources the one with paragraphs.

    Of one mail it is the first: a sender does not replace a mail by another one under its id.
    """
    first: dict[tuple[str, str], Message] = {}
    for message in group:
        first.setdefault(_same_id(message), message)
    return max(first.values(), key=_worth)


def moment(group: Sequence[Message]) -> int:
    """Return when it was, in milliseconds: as the earliest copy says whose source knows the second.

    An appointment stands where its newest version came.
    """
    if group[0].event is not None:
        return best(group).at
    precise = [each.at for each in group if each.at_precision == "s"]
    return min(precise or [each.at for each in group])


def _worth(message: Message) -> tuple[int, ...]:
    event = message.event
    if event is not None:
        in_words = message.channel != "calendar"
        return (1, event.sequence, event.status == "cancelled", in_words, message.at)
    spoken = message.channel == "voicemail"
    return (0, spoken, message.body.count("\n"), len(message.body), -message.at)


def _same_id(message: Message) -> tuple[str, str]:
    """Return what copies share, whichever source they came from.

    Whoever knows the id of a mail may write it, and a Date, on one of their own: the sender counts, too.
    """
    return message.threads[0] if message.threads else message.k, message.sender.identity()


class _Copy:
    """A message as far as comparing asks."""

    __slots__ = ("id", "message", "source", "start", "talk", "words")

    def __init__(self, message: Message) -> None:
        self.message = message
        self.id = _same_id(message)
        self.source, self.words, self.start, self.talk = "", "", "", ""
        if talk := _talk(message):
            self.talk = _conversation(message) if message.channel in _LINKEDIN else ""
            self.source = _source(message)
            self.words = _SPACE.sub("", message.body)
            # Texts that are one begin alike, unless it is no text that tells.
            begins = self.words[:_FEWEST] if message.channel in (*_LINKEDIN, *_TEXTS) else ""
            self.start = f"{talk} {begins}"


def _talk(message: Message) -> str:
    """Return what two copies from different sources have in common; empty where there are none."""
    if message.event is not None and message.event.uid and message.channel in ("calendar", "email"):
        return _appointment(message)
    if message.channel in _LINKEDIN:
        return f"{message.direction} linkedin"
    if message.channel in _TEXTS or message.channel in _CALLS:
        other = message.sender if message.direction == "in" else next(iter(message.recipients), None)
        number = number_key(other.phone) or other.phone.casefold() if other else ""
        kind = "text" if message.channel in _TEXTS else "call"
        return f"{message.direction} {kind} {number}" if number else ""
    return ""


def _conversation(message: Message) -> str:
    """Return the conversation of a LinkedIn message; exports of 2018 name none."""
    # A row of the export has its own key first, which begins with that of its conversation.
    talks = (thread for thread in message.threads if thread.startswith("li:") and thread != message.k)
    return next((thread for thread in talks if thread.count(":") == 1), "")


def _appointment(message: Message) -> str:
    """Return what versions of one appointment share; each answer to it is something of its own."""
    event = message.event
    if event is None:
        return ""
    one = f"ics:{event.uid} {event.instance}"
    return (
        f"{one} {event.status} {message.sender.identity()}" if event.status in ("reply", "counter") else one
    )


def _group_of(copy: _Copy, groups: Sequence[list[_Copy]]) -> list[_Copy] | None:
    """Return the copies that a message is one of: those of the same words first, then the nearest in time."""
    fitting = [group for group in reversed(groups[-_LOOKED_AT:]) if _fits(copy, group[-_LOOKED_AT:])]
    same_words = (group for group in fitting if any(each.words == copy.words for each in group[-_LOOKED_AT:]))
    return next(same_words, None) or next(iter(fitting), None)


def _fits(copy: _Copy, group: Sequence[_Copy]) -> bool:
    """Tell whether a message is a copy of one of these; what one source tells apart is not one."""
    found = False
    for each in group:
        if _is_copy(each, copy):
            found = True
        elif each.source == copy.source and each.message.channel == copy.message.channel:
            return False
    return found


def _is_copy(one: _Copy, other: _Copy) -> bool:
    first, second = one.message, other.message
    same_source, apart = one.source == other.source, abs(first.at - second.at)
    if first.event is not None or second.event is not None:
        mails = first.channel == second.channel == "email"
        same_sender = not mails or first.sender.email == second.sender.email
        return first.event is not None and second.event is not None and same_sender
    if first.channel in _LINKEDIN:
        return _is_same_on_linkedin(one, other, apart)
    if apart > _AT_ONCE:
        return False
    if {first.channel, second.channel} == _ENDED_ON:
        return True
    return (
        first.channel == second.channel and not same_source and _same_words(one.words, other.words, _COMPARED)
    )


def _is_same_on_linkedin(one: _Copy, other: _Copy, apart: int) -> bool:
    first, second = one.message, other.message
    if not _same_person(first, second) or (one.talk and other.talk and one.talk != other.talk):
        return False
    if one.source != other.source:
        most = _COMPARED if apart > _AT_ONCE else _ENOUGH_AT_ONCE
        return apart < DAY and _same_words(one.words, other.words, most)
    # Two exports agree on the time, of which an old one has the minute only, and that of 2018 no zone.
    nearest = MINUTE if first.at_zone == second.at_zone else DAY
    return apart < nearest and one.words == other.words


def _source(message: Message) -> str:
    """Return what kind of source a message came from, as its key tells."""
    return message.k.partition(":")[0]


def _same_person(one: Message, other: Message) -> bool:
    if one.sender.profile and other.sender.profile:
        return one.sender.profile == other.sender.profile
    return plain(one.sender.name) == plain(other.sender.name)


def _same_words(one: str, other: str, most: int) -> bool:
    if one == other:
        return True
    length = min(len(one), len(other), most)
    return length >= _FEWEST and one[:length] == other[:length]
