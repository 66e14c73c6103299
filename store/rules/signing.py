"""What signatures tell of a sender beside the address: whose line a number is."""

from collections.abc import Iterable, Mapping

from store.records.message import Message
from store.records.plain import plain
from store.rules.numbers import is_line, number_key

Owners = Mapping[str, str]
"""The name of whoever gave a number as their own, by its line."""
NOBODY_TOLD: Owners = {}


def owners(messages: Iterable[Message]) -> Owners:
    """Return whose lines they are that these messages tell; one that several give is a switchboard."""
    tellers: dict[str, list[Message]] = {}
    for message in messages:
        told = message.lifted.phone
        if told and is_line(told) and message.sender.name and message.direction == "in" and not message.gone:
            tellers.setdefault(number_key(told), []).append(message)
    return {
        line: max(found, key=lambda each: (each.at, each.k)).sender.name
        for line, found in tellers.items()
        if len({plain(each.sender.name) for each in found}) == 1
    }
