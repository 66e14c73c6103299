"""What a message tells of its sender beside the address: a number and a profile, true or not."""

from collections.abc import Iterable, Mapping
from unicodedata import normalize

from store.records.message import Message
from store.records.plain import plain
from store.rules.numbers import is_line, number_key
from store.rules.profiles import profiles_in

Owners = Mapping[str, str]
"""The name of whoever gave a number as their own, by its line."""
NOBODY_TOLD: Owners = {}


def profile_told(message: Message) -> str:
    """Return the profile that a mail's signature gives as its sender's.

    Of several it is the one that has the sender's name; those in its text are anybody's.
    """
    if message.channel != "email" or not message.signature:
        return ""
    found = profiles_in(message.signature)
    if len(found) > 1:
        words = _letters(message.sender.name).split()
        found = [each for each in found if words and all(word in _letters(each) for word in words)]
    return found[0] if len(found) == 1 else ""


def _letters(name: str) -> str:
    """Return a name without accents, as it may stand in an address."""
    return normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()


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
