"""From documents to rows: reads what grouping and summing up ask for, whole or for a few messages."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from store.decision_table import TABLES, DecisionTable
from store.file.codec import DamagedError, Key, decode_document, encode
from store.file.document import is_trashed, times_of
from store.file.documents import Documents
from store.ids import document_id, hash63, opportunity_key, read_id
from store.records.message import Message
from store.records.reading import LATEST, read_fields
from store.rules.correcting import Corrections, keys_for
from store.rules.grouping import Link, group, keys_of
from store.rules.journal import Standing, standing
from store.rules.knowing import Claim, Known, known_by, person_key
from store.rules.numbers import number_key
from store.rules.row import Row
from store.rules.signing import Owners, owners
from store.rules.summarize import Said, combine, is_blocked, summarize

_MESSAGE = msgspec.json.Decoder(Message, strict=False)


class _Person(msgspec.Struct, gc=False):
    """What a person's document tells of how they may be reached, whatever else stands in it."""

    name: Any = ""
    email: Any = ""
    phone: Any = ""
    profile: Any = ""
    gone: Any = False


_PERSON = msgspec.json.Decoder(_Person)
Found = dict[int, tuple[int, dict[str, Any]]]
"""Opportunity documents by the message that made them: (id, document)."""


class Derived(NamedTuple):
    """Rows, and the messages that are in none: what the user wrote and nobody has answered yet."""

    rows: list[Row]
    loose: dict[int, tuple[int, ...]]
    """Message → the keys by which others find it."""


def made_by(id: Key, document: Mapping[str, Any]) -> int | None:
    """Return the id of the message that made an opportunity: the document's key, and its id, name it."""
    key = document.get("k")
    if not isinstance(key, str) or not key.startswith("opportunity:") or id != document_id(key):
        return None
    return read_id(key.removeprefix("opportunity:")) or None


class Derivation:
    """Reads messages, opportunities and notes, and makes rows of them."""

    def __init__(self, documents: Documents, configured: frozenset[str]) -> None:
        self._documents = documents
        self._configured = configured
        self.decisions = DecisionTable(documents)
        """Sealed entries and their reviews."""
        self._notes: dict[int, list[int]] | None = None
        self._own: frozenset[str] | None = None
        self._blocked: frozenset[str] | None = None
        self._corrections: Corrections | None = None
        self._known: Known | None = None

    def forget(self, table: str) -> None:
        """Read a small table anew when it is asked for next."""
        if table == "notes":
            self._notes = None
        elif table == "settings":
            self._own = None
        elif table in ("identities", "companies"):
            self._blocked = self._corrections = None
        elif table == "people":
            self._known = None
        elif table in TABLES:
            self.decisions.forget()

    @property
    def own(self) -> frozenset[str]:
        """The user's own addresses: configured, and learnt from Sent folders."""
        if self._own is None:
            self._own = self._configured | frozenset(
                address
                for _, document in self._documents.items("settings")
                if document.get("k") == "settings:me" and isinstance(document.get("addresses"), dict)
                for address, mine in document["addresses"].items()
                if mine
            )
        return self._own

    @property
    def blocked(self) -> frozenset[str]:
        """Blocked identities (`mailto:…`) and domains (`domain:…`)."""
        if self._blocked is None:
            self._blocked = frozenset(
                str(document.get("k", "")).removeprefix("identity:")
                for table in ("identities", "companies")
                for _, document in self._documents.items(table)
                if document.get("blocked")
            )
        return self._blocked

    @property
    def corrections(self) -> Corrections:
        """What the user said about senders, domains and firms: whether they bring outreach."""
        if self._corrections is None:
            self._corrections = {
                str(document.get("k", "")).removeprefix("identity:"): document["outreach"] == "yes"
                for table in ("identities", "companies")
                for _, document in self._documents.items(table)
                if document.get("outreach") in ("yes", "no")
            }
        return self._corrections

    @property
    def known(self) -> Known:
        """Which identities belong to one person, as the people whom the user keeps have it."""
        if self._known is None:
            people = self._documents.raw_items("people")
            self._known = known_by(_claim(id, raw) for id, raw in people if isinstance(id, int))
        return self._known

    def keys_of_person(self, id: int) -> set[int]:
        """Return the keys under which rows hang on somebody, as their document was and as it is."""
        claim = _claim(id, self._documents.raw("people", id) or b"{}")
        return {hash63(each) for each in (person_key(id), *claim.identities)}

    def message(self, id: int) -> Message | None:
        """Return a message, None where there is none or it cannot be read."""
        raw = self._documents.raw("messages", id)
        return _read(raw) if raw is not None else None

    def everything(self) -> Derived:
        """Make the rows of all documents."""
        messages: dict[int, Message] = {}
        for id, raw in self._documents.raw_items("messages"):
            message = _read(raw)
            if message is not None and isinstance(id, int):
                messages[id] = message
        found: Found = {}
        for id, document in self._documents.items("opportunities"):
            message_id = made_by(id, document)
            if message_id is not None and isinstance(id, int):
                found[message_id] = (id, document)
        return self._rows(messages, found)

    def of(self, messages: Mapping[int, Message]) -> Derived:
        """Make the rows of these messages, which must be all that may belong together."""
        return self._rows(messages, self.opportunities(messages))

    def opportunities(self, messages: Iterable[int]) -> Found:
        """Return the opportunity documents that these messages made."""
        found: Found = {}
        for message in messages:
            id = document_id(opportunity_key(message))
            document = self._documents.get("opportunities", id)
            if document is not None and made_by(id, document) is not None:
                found[message] = (id, document)
        return found

    def _rows(self, messages: Mapping[int, Message], found: Found) -> Derived:
        links = {id: _link(message, document) for message, (id, document) in found.items()}
        rows: list[Row] = []
        loose: dict[int, tuple[int, ...]] = {}
        told = owners(messages.values())
        for members in group(messages, links, self.known):
            said = self._said(members, found)
            row = self._summed_up(members, messages, said, told)
            if row is not None:
                rows.append(row)
            else:
                loose.update((id, self._keys(id, messages[id], found)) for id in members)
        return Derived(rows, loose)

    def _keys(self, id: int, message: Message, found: Found) -> tuple[int, ...]:
        if id not in found:
            return keys_of(message, self.known)
        opportunity, document = found[id]
        return (*keys_of(message, self.known), opportunity, *filter(None, (_link(id, document).into,)))

    def again(self, row: Row) -> Row | None:
        """Sum up the messages of a row as they stand now; None where they make none."""
        members = row.messages
        messages = {id: message for id in members if (message := self.message(id)) is not None}
        if len(messages) < len(members):
            return None
        # Who told the numbers is in other rows: whoever gives no name is called what they were called.
        told = {number_key(message.sender.phone): row.who for message in messages.values()}
        return self._summed_up(members, messages, self.said(members), told)

    def _summed_up(
        self, members: Sequence[int], messages: Mapping[int, Message], said: Said, told: Owners
    ) -> Row | None:
        return summarize(
            members,
            messages,
            said,
            own=self.own,
            blocked=self.blocked,
            corrections=self.corrections,
            known=self.known,
            owners=told,
        )

    def sent_by(self, blockable: str) -> set[int]:
        """Return the messages that a word on this identity (`mailto:…`), `domain:…` or `firm:…` is about."""
        kind, _, address = blockable.partition(":")
        # An address stands in the bytes as it is written, so few messages need to be decoded.
        written = encode(address)[1:-1] if kind in ("mailto", "domain") else b""
        only = frozenset({blockable})
        return {
            id
            for id, raw in self._documents.raw_items("messages")
            if isinstance(id, int)
            and written in raw
            and (message := _read(raw)) is not None
            and (is_blocked(message, only) or blockable in keys_for(message.sender))
        }

    def said(self, members: Sequence[int]) -> Said:
        """Return what the user said about the opportunity that these messages are."""
        return self._said(members, self.opportunities(members))

    def _said(self, members: Sequence[int], found: Found) -> Said:
        documents = sorted(found[message] for message in members if message in found)
        if not documents:
            return Said()
        return Said(
            documents=tuple(id for id, _ in documents),
            links=tuple(_link(message, found[message][1]) for message in members if message in found),
            opportunity=combine([(id, document, times_of(document)) for id, document in documents]),
            trashed=any(is_trashed(document) for _, document in documents),
            notes=tuple(note for id, _ in documents for note in self.notes(id)),
            standing=self._standing([id for id, _ in documents]),
        )

    def _standing(self, opportunities: Sequence[int]) -> Standing:
        """Return what the journal says about an opportunity, whose documents these are."""
        table = self.decisions
        entries = [entry for id in opportunities for entry in table.by_opportunity.get(id, ())]
        return standing(entries, table.reviews) if entries else Standing()

    def notes(self, opportunity: int) -> Sequence[int]:
        """Return the ids of the notes on an opportunity's document."""
        if self._notes is None:
            notes: dict[int, list[int]] = {}
            for id, document in self._documents.items("notes"):
                if isinstance(id, int) and not document.get("gone"):
                    notes.setdefault(read_id(document.get("opportunity")), []).append(id)
            self._notes = notes
        return self._notes.get(opportunity, [])


def _link(message: int, document: Mapping[str, Any]) -> Link:
    place = document.get("place")
    seen = place.get("seen") if isinstance(place, dict) and place.get("view") == "done" else 0
    ended = min(seen, LATEST) if type(seen) is int else 0
    return Link(message, read_id(document.get("into")), ended)


def _claim(id: int, raw: bytes) -> Claim:
    """Return how somebody may be reached; nobody who was removed."""
    try:
        person = _PERSON.decode(raw)
    except ValueError:
        return Claim(id)
    if person.gone:
        return Claim(id)
    told = (person.name, person.email, person.phone, person.profile)
    return Claim(id, *(value if isinstance(value, str) else "" for value in told))


def _read(raw: bytes) -> Message | None:
    """Read a message; what another program made unreadable is left alone, not lost: its bytes stay."""
    try:
        return _MESSAGE.decode(raw)
    except ValueError:
        pass
    try:
        return read_fields(decode_document(raw), Message)
    except DamagedError:
        return None
