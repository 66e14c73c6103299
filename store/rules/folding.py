"""Which messages are copies of one: seen in two sources, or sent again as the same mail. Folded when read.

Copies share a Message-ID; or they are one LinkedIn message, once in a notification mail and once in the
export, or in two exports that write white space differently; or one text or call in two backups.
"""

import re
from collections.abc import Iterable, Sequence

from store.clock import DAY, MINUTE
from store.records.message import Message
from store.rules.numbers import number_key

_SPACE = re.compile(r"\s+")
_COMPARED = 200
"""Characters, white space apart, by which two texts are told to be one: of a mail the end may be cut."""
_ENOUGH_AT_ONCE = 60
"""Characters that are enough within two minutes: nobody begins two messages alike so soon."""
_AT_ONCE = 2 * MINUTE
_FEWEST = 12
"""Characters that a text must have for that; short ones are alike by chance, and must be equal."""
_LINKEDIN = ("linkedin_msg", "linkedin_inmail")
_PHONE = ("sms", "mms", "call", "call_missed", "voicemail")
_BACKUPS_APART = 2 * MINUTE


def _same_id(message: Message) -> str:
    """Return the identity that copies share, whichever source they came from."""
    return message.threads[0] if message.threads else message.k


def copies(messages: Iterable[Message]) -> list[list[Message]]:
    """Return messages in groups of copies: groups by their first message, and copies, oldest first."""
    groups: list[list[Message]] = []
    by_id: dict[str, list[Message]] = {}
    by_talk: dict[str, list[list[Message]]] = {}
    for message in sorted(messages, key=lambda each: (each.at, each.k)):
        group = by_id.get(_same_id(message)) or _alike(message, by_talk)
        if group is None:
            group = []
            groups.append(group)
        group.append(message)
        by_id.setdefault(_same_id(message), group)
        if talk := _talk(message):
            known = by_talk.setdefault(talk, [])
            if not any(group is each for each in known):
                known.append(group)
    return groups


def best(group: Sequence[Message]) -> Message:
    """Return the copy to show: of an event the newest version, of two sources the one with paragraphs.

    Of one mail it is the first: nobody replaces a mail by sending another one under its id.
    """
    if group[0].channel == "calendar":
        return max(group, key=lambda each: (each.event.sequence if each.event else 0, each.at))
    first: dict[str, Message] = {}
    for message in group:
        first.setdefault(_same_id(message), message)
    return max(first.values(), key=lambda each: (each.body.count("\n"), len(each.body), -each.at))


def _talk(message: Message) -> str:
    """Return what two copies from different sources have in common; empty where there are none."""
    if message.channel in _LINKEDIN:
        # A row of the export has its own key first, which begins with that of its conversation.
        talks = (thread for thread in message.threads if thread.startswith("li:2-"))
        return next((thread for thread in talks if thread.count(":") == 1), "")
    if message.channel == "calendar" and message.event is not None and message.event.uid:
        return "ics:" + message.event.uid
    if message.channel in _PHONE:
        other = message.sender if message.direction == "in" else next(iter(message.recipients), None)
        return f"{message.direction}:{number_key(other.phone)}" if other and other.phone else ""
    return ""


def _alike(message: Message, by_talk: dict[str, list[list[Message]]]) -> list[Message] | None:
    talk = _talk(message)
    for group in by_talk.get(talk, ()) if talk else ():
        if any(_is_copy(each, message) for each in group):
            return group
    return None


def _is_copy(one: Message, other: Message) -> bool:
    if one.channel == "calendar":
        return other.channel == "calendar"
    same_source = _source(one) == _source(other)
    apart = abs(one.at - other.at)
    if one.channel not in _LINKEDIN:
        near = one.channel == other.channel and apart <= _BACKUPS_APART
        return near and not same_source and _same_text(one.body, other.body, _COMPARED)
    # Two exports agree on the time, of which an old one has the minute only.
    most = MINUTE if same_source else DAY
    if one.direction != other.direction or apart >= most or not _same_person(one, other):
        return False
    return _same_text(one.body, other.body, _COMPARED if apart > _AT_ONCE else _ENOUGH_AT_ONCE)


def _source(message: Message) -> str:
    """Return what kind of source a message came from, as its key tells."""
    return message.k.partition(":")[0]


def _same_person(one: Message, other: Message) -> bool:
    if one.sender.profile and other.sender.profile:
        return one.sender.profile == other.sender.profile
    return one.sender.name.casefold() == other.sender.name.casefold()


def _same_text(one: str, other: str, most: int) -> bool:
    first, second = _SPACE.sub("", one), _SPACE.sub("", other)
    if first == second:
        return True
    length = min(len(first), len(second), most)
    return length >= _FEWEST and first[:length] == second[:length]
