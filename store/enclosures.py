"""The messages of a timeline and the files that came with them, in the order in which they are numbered."""

from collections.abc import Iterable
from typing import NamedTuple

from store.records.message import Attachment, Message
from store.rules.counting import size_of
from store.rules.timeline import Entry


class Received(NamedTuple):
    """One message of a timeline, or another version of it."""

    number: int
    """Of its entry in the timeline, from 1."""
    id: int
    message: Message


class Enclosure(NamedTuple):
    """One file that came with a message."""

    id: int
    """Of the message."""
    message: Message
    place: int
    """Among the files of the message, from 0."""

    @property
    def attachment(self) -> Attachment:
        """What is known of it."""
        return self.message.attachments[self.place]


def received(entries: Iterable[Entry]) -> list[Received]:
    """Return the messages of a timeline, oldest first, the versions of one behind each other."""
    found: list[Received] = []
    for number, entry in enumerate(entries, start=1):
        if entry.message is not None:
            found.append(Received(number, entry.id, entry.message))
            versions = zip(entry.versions, entry.others, strict=True)
            found += [Received(number, id, other) for id, other in versions]
    return found


def enclosures(entries: Iterable[Entry]) -> list[Enclosure]:
    """Return the files of a timeline, those of the oldest message first."""
    return [
        Enclosure(each.id, each.message, place)
        for each in received(entries)
        for place in range(len(each.message.attachments))
    ]


def title_of(attachment: Attachment) -> str:
    """Return what a file is called: its name, or its kind where it has none."""
    return attachment.name or attachment.type or "file"


def about(attachment: Attachment) -> str:
    """Say what a file is: `cv.pdf · application/pdf · 12 kB`."""
    kind = attachment.type if attachment.name else ""
    return " · ".join(filter(None, (title_of(attachment), kind, size_of(attachment.size))))
