"""What an open data file holds, as it stands now: documents, and what is read from them."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store import clock
from store.decisions import Decisions
from store.errors import NotFoundError
from store.file.documents import Documents
from store.file.lines import Lines
from store.file.node import known_node
from store.file.places import StateFolder
from store.file.state import State
from store.index import Index
from store.records.message import Message
from store.records.note import Note
from store.records.opportunity import Opportunity
from store.records.reading import read_fields
from store.records.referral import Referral
from store.rules.row import Row
from store.rules.summarize import is_outgoing
from store.rules.timeline import Entry, timeline
from store.settings import Paths, Settings

if TYPE_CHECKING:
    import tinydb

    from store.search import Search


class Contents:
    """One data file, to be read: its documents and the index over them."""

    def __init__(self, paths: Paths, state: State, configuration: Settings) -> None:
        self.paths = paths
        self.settings = configuration
        self._state = state
        self.index = Index(
            state.documents,
            now=clock.now(),
            silent_days=configuration.silent_days,
            own=frozenset(configuration.own_addresses),
        )

    @property
    def path(self) -> Path:
        """The data file."""
        return self.paths.file

    @property
    def state_folder(self) -> StateFolder:
        """What this machine keeps for the data file."""
        return self._state.folder

    @property
    def documents(self) -> Documents:
        """The documents as they stand; not to be changed."""
        return self._state.documents

    @property
    def told(self) -> list[str]:
        """Sentences about what opening or merging healed."""
        return self._state.told

    @property
    def read_only(self) -> str:
        """Why nothing may be changed here, or an empty text."""
        return self._state.read_only

    @property
    def node(self) -> str:
        """This machine's name in stamps; an empty text before its first write."""
        return known_node(self._state.folder)

    def now(self) -> int:
        """Return the present time in milliseconds."""
        return clock.now()

    def document(self, table: str, id: int) -> dict[str, Any] | None:
        """Return a raw document, None where there is none."""
        return self._state.documents.get(table, id)

    def message(self, id: int) -> Message:
        """Return a message; raises NotFoundError."""
        message = self.index.message(id)
        if message is None:
            raise NotFoundError(f"There is no message {id}.")
        return message

    def opportunity(self, id: int) -> Opportunity:
        """Return what the user said about an opportunity, its documents read as one."""
        row = self.index.find(id)
        if row is None:
            raise NotFoundError(f"There is no opportunity {id}.", "ringback inbox lists them with their ids.")
        return self.index.said(row)

    def notes(self, row: Row) -> list[tuple[int, Note]]:
        """Return the notes on an opportunity with their ids, oldest first."""
        found = []
        for id in row.notes:
            document = self._state.documents.get("notes", id)
            if document is not None and not document.get("gone"):
                found.append((id, read_fields(document, Note)))
        return sorted(found, key=lambda item: (item[1].at, item[0]))

    def timeline(self, row: Row) -> list[Entry]:
        """Return the messages, notes, decisions, reviews and referrals of an opportunity, oldest first."""
        messages = [(id, message) for id in row.messages if (message := self.index.message(id)) is not None]
        decisions = [(entry.id, entry.decision) for entry in self.decisions.of(row)]
        return timeline(
            [(id, message, is_outgoing(message, self.index.own)) for id, message in messages],
            self.notes(row),
            decisions,
            (review for id, _ in decisions for review in self.decisions.reviews(id)),
            self._referrals(row),
        )

    def _referrals(self, row: Row) -> list[tuple[int, Referral, str]]:
        if "referrals" not in self._state.documents.tables():
            return []
        from store import referring

        found = referring.of_opportunity(self._state.documents, row.documents, clock.now())
        return [(each.id, each.referral, each.standing.state) for each in found]

    @property
    def decisions(self) -> Decisions:
        """The journal of decisions as it stands now."""
        return Decisions(self.index, clock.now(), self.settings.silent_days)

    def tinydb(self) -> "tinydb.TinyDB":
        """Return a read-only TinyDB over the documents as they stand."""
        import tinydb

        from store.file.storage import DocumentsStorage

        return tinydb.TinyDB(storage=DocumentsStorage, documents=self._state.documents)

    @cached_property
    def search(self) -> "Search":
        """Full-text search, its text read when first asked for and kept."""
        from store.search import Search

        return Search(self.index, self._state.guard)

    def joined(self) -> Lines:
        """Return everything as the bytes of a whole file."""
        with self._state.guard:
            return self._state.joined()
