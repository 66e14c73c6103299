"""vCard 3.0 (RFC 2426) of the people the user knows, for an address book.

Only what an address book is for: what the user thinks of somebody, their leave and their wants stay here.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from store.network import Known

END: Final = "\r\n"
"""What ends a line."""
_LONGEST: Final = 75
"""Octets of a line, its end not counted."""
_ESCAPES: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,"})


def cards(people: Iterable[Known]) -> str:
    """Return one card for each person."""
    return "".join(fold(line) + END for known in people for line in _card(known))


def _card(known: Known) -> Iterator[str]:
    person = known.person
    name = escaped(person.name or "")
    given, _, family = name.rpartition(" ")
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"UID:ringback-{known.id}"
    yield f"N:{family};{given};;;"
    yield f"FN:{name}"
    values = (
        ("ORG", person.employer),
        ("TITLE", person.title),
        ("EMAIL;TYPE=INTERNET", person.email),
        ("TEL", person.phone),
        ("URL", _address(person.profile or "")),
    )
    for property, value in values:
        if told := escaped(value or ""):
            yield f"{property}:{told}"
    yield "END:VCARD"


def _address(profile: str) -> str:
    """Return a web address; one that would do something else than lead to a page is left out."""
    scheme, colon, _ = profile.partition(":")
    if not colon:
        return f"https://{profile}" if profile else ""
    return profile if scheme.casefold() in ("http", "https") else ""


def escaped(text: str) -> str:
    """Return a value on one line, so that nothing in it begins a property or another value."""
    plain = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(plain.split()).translate(_ESCAPES)


def fold(line: str) -> str:
    """Break a line after 75 octets at most, never within a character."""
    folded, room = [], _LONGEST
    part = ""
    for character in line:
        size = len(character.encode())
        if size > room:
            folded.append(part)
            part, room = "", _LONGEST - 1
        part += character
        room -= size
    return f"{END} ".join((*folded, part))
