"""The data export: the tables of one folder or archive, read together, as they explain each other."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import PurePosixPath
from typing import NamedTuple

from store.rules.profiles import canonical_profile
from store.sources.entries import Claimed, Entry
from store.sources.linkedin.connections import read_connections
from store.sources.linkedin.invitations import INVITATIONS, read_invitations
from store.sources.linkedin.messages import MESSAGES, Me, profiles_in, read_messages
from store.sources.linkedin.tables import Layout, UnknownLayoutError, rows
from store.sources.source import Item, Own, Progress, Unreadable
from store.sources.unpacking import DamagedError

_TABLES = {
    "messages.csv": "messages",
    "connections.csv": "connections",
    "invitations.csv": "invitations",
    "profile.csv": "profile",
    "email addresses.csv": "emails",
    "phonenumbers.csv": "phones",
    "phone numbers.csv": "phones",
}
_LOOK_ALIKE = ("guide_", "coach_", "learning", "learningcoach")
_ENOUGH = ("messages", "connections", "invitations")
"""Tables of which one alone is an export."""
_SURE = 2
"""Conversations in which somebody must take part to be the user, where nothing says who that is."""


def claim(entries: Sequence[Entry]) -> Claimed:
    """Take the tables of an export, folder by folder."""
    taken = [tables for tables in _exports(entries) if any(kind in tables for kind in _ENOUGH)]
    mine = {id(entry) for tables in taken for entry in tables.values()}
    others = [entry for entry in entries if id(entry) not in mine]
    return Claimed(
        [ExportSource(tables) for tables in taken],
        [entry for entry in others if not (taken and _is_look_alike(entry))],
    )


def _exports(entries: Sequence[Entry]) -> Iterator[dict[str, Entry]]:
    """Yield the tables of each folder by their kinds; those that were downloaded twice make two exports."""
    folders: dict[str, list[dict[str, Entry]]] = {}
    for entry in entries:
        kind = _TABLES.get(_plain(entry.base_name))
        if kind is None:
            continue
        exports = folders.setdefault(str(PurePosixPath(entry.name).parent), [])
        tables = next((each for each in exports if kind not in each), None)
        if tables is None:
            tables = {}
            exports.append(tables)
        tables[kind] = entry
    for first, *others in folders.values():
        yield first
        for tables in others:
            yield {"profile": first["profile"], **tables} if "profile" in first else tables


def _plain(name: str) -> str:
    """Return a file's name without what browsers put behind it: `Connections (1).csv`."""
    stem, dot, ending = name.rpartition(".")
    return stem.partition(" (")[0].strip() + dot + ending


def _is_look_alike(entry: Entry) -> bool:
    """Tell whether a table has the form of messages, and holds talks with LinkedIn's own programs."""
    return entry.ending == ".csv" and entry.base_name.startswith(_LOOK_ALIKE)


class ExportSource:
    """One export."""

    def __init__(self, tables: Mapping[str, Entry]) -> None:
        self._tables = tables
        first = next(tables[kind] for kind in _ENOUGH if kind in tables)
        self.place = first.place
        self.size = sum(entry.size for entry in tables.values())

    def read(self, progress: Progress) -> Iterator[Item]:
        """Yield whom the user knows, then messages and invitations; a table that is not known is told."""
        done = 0
        me = self._me()
        yield from me.own
        connected: dict[str, int] = {}
        readers: tuple[tuple[str, Callable[[Entry, Progress], Iterator[Item]]], ...] = (
            ("connections", partial(read_connections, connected=connected)),
            ("messages", partial(read_messages, me=me.me, connected=connected)),
            ("invitations", read_invitations),
        )
        for kind, read in readers:
            entry = self._tables.get(kind)
            if entry is None:
                continue
            try:
                yield from read(entry, partial(_further, progress, done))
            except UnknownLayoutError as error:
                yield Unreadable(entry.place, str(error))
            except DamagedError as error:
                yield Unreadable(entry.place, f"It is damaged from here on: {error}.")
            except OSError as error:
                yield Unreadable(entry.place, f"It cannot be read: {error.strerror or error}.")
            done += entry.size
            progress(done)

    def _me(self) -> "_Found":
        """Find out who exported it: invitations say it outright, else whoever takes part everywhere."""
        own: list[Item] = []
        profile = self._from_invitations() or self._from_messages()
        name = ""
        for row in self._rows("profile", ("first name", "last name")):
            name = " ".join(f"{row['first name']} {row['last name']}".split())
            break
        if profile:
            own.append(Own(profile=profile))
        for row in self._rows("emails", ("email address",)):
            if row.get("confirmed", "yes").casefold() == "yes" and "@" in row["email address"]:
                own.append(Own(email=row["email address"].strip().lower()))
        for row in self._rows("phones", ("number",)):
            if number := row["number"].strip():
                own.append(Own(phone=number))
        return _Found(Me(profile, name), own)

    def _rows(self, kind: str, needed: tuple[str, ...]) -> Iterator[dict[str, str]]:
        """Yield the rows of a small table that helps; what is wrong with it is no loss."""
        entry = self._tables.get(kind)
        if entry is None:
            return
        try:
            yield from (row.cells for row in rows(entry, Layout(needed)) if not row.problem)
        except (UnknownLayoutError, DamagedError, OSError):
            return

    def _from_invitations(self) -> str:
        for row in self._rows("invitations", INVITATIONS.needed):
            column = "inviterprofileurl" if row["direction"].upper() == "OUTGOING" else "inviteeprofileurl"
            if profile := canonical_profile(row.get(column, "")):
                return profile
        return ""

    def _from_messages(self) -> str:
        seen: dict[str, set[str]] = {}
        for row in self._rows("messages", MESSAGES.needed):
            profiles = profiles_in(
                f"{row.get('sender profile url', '')},{row.get('recipient profile urls', '')}"
            )
            for profile in profiles:
                seen.setdefault(profile, set()).add(row["conversation id"])
        counted = Counter({profile: len(talks) for profile, talks in seen.items()})
        most = counted.most_common(2)
        if not most or most[0][1] < _SURE or (len(most) > 1 and most[0][1] == most[1][1]):
            return ""
        return most[0][0]


def _further(progress: Progress, before: int, done: int) -> None:
    progress(before + done)


class _Found(NamedTuple):
    me: Me
    own: list[Item]
