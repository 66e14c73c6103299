"""Everything about somebody: which documents go when they are forgotten, and what stays of those."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from store import nameless, network, referring
from store.file.purge import PURGED
from store.identity import identities_of, is_bare_name, of_one, of_row, sender_identity
from store.ids import document_id, hash63, read_id
from store.index import Index
from store.meant import Whom
from store.records.letter import Letter
from store.records.message import Contact, Message
from store.records.plain import plain
from store.records.reading import read_fields
from store.records.referral import Referral
from store.referring import Logged
from store.rules.identities import key_of
from store.rules.row import Row
from store.rules.summarize import is_outgoing
from store.seat import Reads

Places = set[tuple[str, int]]


@dataclass(frozen=True)
class Sight:
    """What is there to be read: as it stands, or within a transaction."""

    documents: Reads
    index: Index
    now: int


def naming(documents: Reads, table: str, field: str, ids: Collection[int]) -> set[int]:
    """Return the ids of a table's documents that name one of these in a field."""
    items = documents.items(table) if ids else ()
    return {id for id, each in items if isinstance(id, int) and read_id(each.get(field)) in ids}


class Traces:
    """What there is of somebody."""

    def __init__(self, sight: Sight, whom: Whom) -> None:
        self._sight = sight
        self._whom = whom
        self._found: Places = set()
        self.kept: list[nameless.Copy] = []
        """What stays, without a word that tells whom it was about."""
        self._people = set(whom.known)
        self._theirs = set(whom.identities)
        self._rows: dict[int, Row] = {}
        """Opportunities that they lead."""
        self._sent: set[int] = set()
        self._know_them()
        self._opportunities()
        self._documents()
        self._referrals()

    @property
    def places(self) -> Places:
        """The documents that go."""
        documents = self._sight.documents
        return {(table, id) for table, id in self._found if documents.get(table, id) is not None}

    @property
    def ids(self) -> set[int]:
        """What forms are named by that are about them: an opportunity has an id before it has a document."""
        return self._sent | {id for _, id in self._found}

    @property
    def shut(self) -> Places:
        """Documents that an import would make of them another time, under what they are known by here."""
        known = (each for each in self._theirs if not each.startswith("name:"))
        ids = {document_id(f"person:{each}") for each in known}
        documents = self._sight.documents
        return {
            ("people", id) for id in ids if not documents.get("people", id) and not documents.get(PURGED, id)
        }

    @property
    def words(self) -> set[str]:
        """Names and addresses by which somebody may have written about them."""
        people = [each for each in network.everybody(self._sight.documents) if each.id in self._people]
        found = {value for each in people for value in (each.person.name, each.person.email)}
        found |= {value for row in self._rows.values() for value in (row.who, row.email)}
        return {each for each in (*found, self._whom.name, *self._addresses) if each}

    # Who it is

    def _know_them(self) -> None:
        """Gather all that stands for them, the documents that the user keeps of them, and what they lead."""
        everybody = list(network.everybody(self._sight.documents))
        rows = self._sight.index.rows.values()
        own = [(row, of_row(row)) for row in rows]
        lone = self._sight.index.find(self._whom.opportunity)
        if lone is not None and plain(lone.who) == plain(self._whom.name):
            self._rows[lone.id] = lone
        before = -1
        while before != self._size:
            before = self._size
            hashes = {hash63(each) for identity in self._theirs for each in (identity, key_of(identity))}
            known = [each for each in everybody if each.id in self._people]
            known += of_one(self._sight.documents, everybody, self._theirs)
            self._people |= {each.id for each in known}
            self._theirs |= {one for each in known for one in identities_of(self._sight.documents, each)}
            for row, identities in own:
                if not self._theirs.isdisjoint(identities) or self._leads(row, hashes):
                    self._rows[row.id] = row
                    self._theirs |= identities

    @property
    def _size(self) -> int:
        return len(self._people) + len(self._theirs) + len(self._rows)

    def _leads(self, row: Row, hashes: set[int]) -> bool:
        """Tell whether who leads a row sent a message in it under another address of theirs."""
        if row.id in self._rows or hashes.isdisjoint(row.keys):
            return False
        return any(
            sender_identity(each.sender) in self._theirs and plain(each.sender.name) == plain(row.who)
            for _, each in self._inbound(row)
        )

    def _inbound(self, row: Row) -> list[tuple[int, Message]]:
        index = self._sight.index
        messages = ((id, index.message(id)) for id in row.messages)
        return [(id, each) for id, each in messages if each is not None and not is_outgoing(each, index.own)]

    @property
    def _addresses(self) -> set[str]:
        return {each.removeprefix("mailto:") for each in self._theirs if each.startswith("mailto:")}

    def _is_to_them(self, contacts: Iterable[Contact]) -> bool:
        return any(each.identity() in self._theirs and not is_bare_name(each.identity()) for each in contacts)

    # What there is

    def _opportunities(self) -> None:
        """Add what they sent; an opportunity with nobody else in it goes as a whole."""
        hashes = {hash63(each) for each in self._theirs}
        by_name = any(map(is_bare_name, self._theirs))
        for row in self._sight.index.rows.values():
            # The keys of a row hold all senders but those of whom no more than a name is known.
            if row.id not in self._rows and hashes.isdisjoint(row.keys) and not by_name:
                continue
            inbound = self._inbound(row)
            sent = {id for id, each in inbound if self._is_from_them(row, each, alone=len(inbound) == 1)}
            self._found |= {("messages", id) for id in sent}
            if sent and len(sent) == len(inbound):
                self._found |= {("messages", id) for id in row.messages}
                self._sent |= {row.id, *row.documents}
        for id in self._sight.index.loose:
            message = self._sight.index.message(id)
            if message is not None and self._is_to_them(message.recipients):
                self._found.add(("messages", id))

    def _is_from_them(self, row: Row, message: Message, *, alone: bool) -> bool:
        identity = sender_identity(message.sender)
        if identity in self._theirs:
            return True
        return row.id in self._rows and (alone or not identity or message.sender.name == row.who)

    def _documents(self) -> None:
        """Add the documents of the person, and those that name it or an opportunity that goes."""
        ids = self._people | {document_id(f"person:{each}") for each in self._theirs}
        ids |= {
            document_id(f"person:name:{row.who.casefold()}") for row in self._rows.values() if not of_row(row)
        }
        self._people = ids
        self._found |= {("people", id) for id in ids}
        self._found |= {("opportunities", id) for id in self._sent}
        self._found |= {("identities", document_id(f"identity:{each}")) for each in self._theirs}
        for table in ("notes", "promises", "identities"):
            self._add(table, "person", ids)
        self._add("notes", "opportunity", self._sent)
        decisions = self._add("decisions", "opportunity", self._sent)
        self._add("reviews", "decision", decisions)
        journal = self._sight.index.decisions
        self.kept += nameless.decisions(journal, decisions & journal.entries.keys())

    def _add(self, table: str, field: str, ids: Collection[int]) -> set[int]:
        """Add the documents of a table that name one of these ids in a field, and return theirs."""
        found = naming(self._sight.documents, table, field, ids)
        self._found |= {(table, id) for id in found}
        return found

    def _referrals(self) -> None:
        """Add the referrals that they have a part in, with steps and letters; dates and states stay."""
        letters = self._letters()
        gone = self._add("referrals", "person", self._people) | self._add(
            "referrals", "opportunity", self._sent
        )
        for each in referring.log(self._sight.documents, self._sight.now):
            is_friend = read_id(each.referral.person) in self._people or (each.id, "friend") in letters
            is_recruiter = self._went_to_them(each) or (each.id, "recruiter") in letters
            if is_friend or is_recruiter:
                gone.add(each.id)
                self.kept += nameless.referral(each, friend=is_friend, recruiter=is_recruiter)
        self._found |= {("referrals", id) for id in gone}
        for table in ("steps", "letters"):
            self._add(table, "referral", gone)

    def _letters(self) -> set[tuple[int, str]]:
        """Return referral and side of the letters to an address of theirs."""
        found: set[tuple[int, str]] = set()
        for _, document in self._sight.documents.items("letters"):
            letter = read_fields(document, Letter)
            if letter.to.casefold() in self._addresses:
                found.add((read_id(letter.referral), letter.side))
        return found

    def _went_to_them(self, logged: Logged) -> bool:
        """Tell whether they are the recruiter of a referral: by the opportunity, else by name and firm."""
        referral = logged.referral
        row = self._sight.index.find(read_id(referral.opportunity))
        if row is not None:
            return row.id in self._sent or (row.id in self._rows and self._is_named(referral, [row]))
        return self._is_named(referral, self._rows.values())

    def _is_named(self, referral: Referral, rows: Iterable[Row]) -> bool:
        return any(referring.is_of(referral, row.who, [row.firm]) for row in rows)
