"""The account: every write that was made, and which earlier ones it replaced.

It knows nothing of stamps and contexts. Whoever holds a state, a machine or a file that lies about, keeps the
set of events that led to it. An event is alive in a state if it is in its set and none that replaced it is.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

Document = tuple[str, int]
"""Table and id."""
Place = tuple[str, int, str]
"""Table, id and path."""
Known = frozenset[int]
"""The numbers of the events that led to a state."""
Tables = dict[str, dict[str, dict[str, Any]]]

RULED = ("read", "starred", "blocked", "do_not_contact", "impulse", "gone", "trash")
"""Fields of the simulation that a rule decides between several values of."""


def canonical(value: Any) -> str:
    """Write a value so that equal values are equal texts."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def shown(document: dict[str, Any], path: str) -> str | None:
    """Return the value that stands at a path, None where none does."""
    value: Any = document
    for name in path.split("/"):
        key = name.replace("~1", "/").replace("~0", "~")
        if not isinstance(value, dict) or key not in value:
            return None
        value = value[key]
    return canonical(value)


def has_rule(path: str) -> bool:
    """Tell whether a rule decides what is shown at a path, so that a new value replaces all there are."""
    return path in RULED or path.startswith("labels/")


@dataclass(frozen=True)
class Event:
    """Something that happened once, on one machine."""

    number: int
    kind: Literal["write", "made", "added", "purged"]
    """A value written; a document made; one added by another program, whose id nobody knows; one purged."""
    place: Place
    value: str
    replaced: Known = frozenset()
    edit: int = 0
    """Of a write: the edit by another program that was taken in by it."""


class Account:
    """All events of one run."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.blurred: set[Place] = set()
        """Where edits by other programs met what they cannot say they had seen; see `programs`."""
        self.unsure: set[Document] = set()
        """Documents that are blurred as a whole."""
        self.touched: set[Document] = set()
        """Documents whose unstamped fields another program may have changed."""
        self.said: defaultdict[Place, set[str]] = defaultdict(set)
        """Every value that somebody ever wrote at a place."""
        self.acknowledged: set[int] = set()
        """Events that ever were in the state of a machine."""
        self.forgiven: set[int] = set()
        """Events that were in a state folder that went away; if no other machine had them, they are gone."""
        self._at: defaultdict[Place, list[int]] = defaultdict(list)

    def note(
        self,
        kind: Literal["write", "made", "added", "purged"],
        place: Place,
        value: str,
        replaced: Iterable[int] = (),
        edit: int = 0,
    ) -> int:
        """Note an event and return its number."""
        event = Event(len(self.events), kind, place, value, frozenset(replaced), edit)
        self.events.append(event)
        self._at[place].append(event.number)
        self.said[place].add(value)
        return event.number

    def made(self, document: Document, fields: dict[str, Any]) -> int:
        """Note that a document was made of these fields; two machines may import the very same."""
        for number in self._at[*document, ""]:
            if (self.events[number].kind, self.events[number].value) == ("made", canonical(fields)):
                return number
        for name, value in fields.items():
            self.said[*document, name].add(canonical(value))
        return self.note("made", (*document, ""), canonical(fields))

    def alive(self, known: Known | set[int], place: Place) -> list[Event]:
        """Return the writes at a place that no other in the state has replaced, oldest first."""
        mine = [self.events[number] for number in self._at[place] if number in known]
        gone = frozenset[int]().union(*(event.replaced for event in mine))
        return [event for event in mine if event.kind == "write" and event.number not in gone]

    def of_document(self, known: Iterable[int], document: Document) -> set[int]:
        """Return the events of a state that concern a document."""
        return {number for number in known if self.events[number].place[:2] == document}

    def written(self, known: Iterable[int], document: Document) -> set[str]:
        """Return the paths of a document that were written to."""
        events = (self.events[number] for number in self.of_document(known, document))
        return {event.place[2] for event in events if event.kind == "write"}

    def origins(self, known: Iterable[int], document: Document, name: str) -> set[str]:
        """Return the values of a field in the documents of this id that were made."""
        events = (self.events[number] for number in self.of_document(known, document))
        made = [json.loads(event.value) for event in events if event.kind == "made"]
        return {canonical(fields[name]) for fields in made if name in fields}

    def is_blurred(self, place: Place) -> bool:
        """Tell whether nobody can say what must stand at a place."""
        return place in self.blurred or place[:2] in self.unsure

    def purged(self, known: Iterable[int]) -> set[Document]:
        """Return the documents that a state knows to be gone for good."""
        return {self.events[number].place[:2] for number in known if self.events[number].kind == "purged"}
