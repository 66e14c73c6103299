"""The index: every opportunity as a row, found by id, by short code, by message and by what it shares.

It is derived from the documents and can be rebuilt at any time; a change touches only the rows that share
a thread, a sender or an opportunity document with what changed.
"""

from collections.abc import Iterable, Mapping

from store.decision_table import DecisionTable
from store.derivation import Derivation, made_by
from store.errors import AmbiguousError, NotFoundError
from store.file.documents import Documents
from store.file.purge import PURGED
from store.ids import code_length, document_id, opportunity_key, parse_code, read_id, short_code
from store.lists import IdView, Lists
from store.records.message import Message
from store.records.opportunity import Opportunity
from store.rules.correcting import Corrections
from store.rules.grouping import keys_of
from store.rules.journal import next_review
from store.rules.knowing import Known
from store.rules.row import Row
from store.rules.views import SILENT_DAYS

_FEW = 4
"""Changes up to which looking through all rows is quicker than building the ways to them."""
_MANY = 500
"""Changes from which, if there are few rows beside them, all rows are quicker to derive than some."""
_WHOLE_ID = 16
"""Digits from which a number is read as a whole id."""
_OF_A_MESSAGE = 32**6
"""How many short codes there are of the length from which one may be that of a message, once left out."""


class Index:
    """Rows by opportunity id, the lists of the views, and the ways from a document to its row."""

    def __init__(
        self,
        documents: Documents,
        *,
        now: int,
        silent_days: int = SILENT_DAYS,
        own: frozenset[str] = frozenset(),
    ) -> None:
        self._documents = documents
        self._silent_days = silent_days
        self._derivation = Derivation(documents, own)
        self._lists = Lists(now, silent_days)
        self._rows: dict[int, Row] = {}
        self._loose: dict[int, tuple[int, ...]] = {}
        self._by_key: dict[int, int | set[int]] | None = None
        """Key → the one row that holds it, or the rows."""
        self._by_message: dict[int, int] | None = None
        self.version = 0
        """Grows with every change."""

    @property
    def rows(self) -> Mapping[int, Row]:
        """Every row by the id of its opportunity."""
        return self._rows

    @property
    def own(self) -> frozenset[str]:
        """The user's own addresses."""
        return self._derivation.own

    @property
    def known(self) -> Known:
        """Which identities belong to one person, as the people whom the user keeps have it."""
        return self._derivation.known

    @property
    def corrections(self) -> Corrections:
        """What the user said about senders, domains and firms: whether they bring outreach."""
        return self._derivation.corrections

    def holding(self, keys: Iterable[int]) -> list[Row]:
        """Return the rows that hold one of these keys: hashes of threads and senders."""
        return [self._rows[id] for id in self._sharing(set(keys))]

    def message(self, id: int) -> Message | None:
        """Return a message, None where there is none."""
        return self._derivation.message(id)

    @property
    def decisions(self) -> DecisionTable:
        """Sealed entries and their reviews."""
        return self._derivation.decisions

    def said(self, row: Row) -> Opportunity:
        """Return what the user said about an opportunity, its documents read as one."""
        return self._derivation.said(row.messages).opportunity

    def view(self, name: str) -> IdView:
        """Return the opportunity ids of a list (`views.LISTS`) in display order; a live view."""
        return self._lists.view(name)

    def position(self, name: str, id: int) -> int | None:
        """Return where an opportunity stands in a list, None where it is not in it."""
        return self._lists.position(name, id)

    def counts(self) -> dict[str, int]:
        """Return how many opportunities each list holds."""
        return self._lists.counts()

    def code(self, id: int) -> str:
        """Return the short code by which people name this opportunity."""
        return short_code(id, code_length(len(self._rows)))

    def resolve(self, code: str) -> Row:
        """Return the row of a short code, or of the whole id of an opportunity or of one of its messages.

        Raises NotFoundError or AmbiguousError.
        """
        if len(code) >= _WHOLE_ID and (row := self.find(read_id(code))) is not None:
            return row
        remainder, modulus = parse_code(code) or (-1, 1)
        found = [id for id in self._rows if id % modulus == remainder]
        if not found:
            found = self._formerly(remainder, modulus)
        if not found:
            raise NotFoundError(
                f"No opportunity has the id {code}.", "ringback inbox lists them with their ids."
            )
        if len(found) > 1:
            names = ", ".join(f"{short_code(id, len(code) + 2)} {self._rows[id].who}" for id in found[:5])
            raise AmbiguousError(
                f"The id {code} fits {len(found)} opportunities: {names}.", "Add a character to the id."
            )
        return self._rows[found[0]]

    def _formerly(self, remainder: int, modulus: int) -> list[int]:
        """Look through the ids that rows may have had: before a merge, or before an older message came in.

        One that was left out was named by the id of its message.
        """
        return [
            row.id
            for row in self._rows.values()
            if any(
                id % modulus == remainder
                for id in (
                    *row.documents,
                    *(document_id(opportunity_key(each)) for each in row.messages),
                    *(row.messages if modulus >= _OF_A_MESSAGE else ()),
                )
            )
        ]

    def find(self, id: int) -> Row | None:
        """Return the row of an opportunity, of one of its documents, or of one of its messages."""
        row = self._rows.get(id) or self.row_of_message(id)
        if row is None and (document := self._documents.get("opportunities", id)) is not None:
            message = made_by(id, document)
            row = self.row_of_message(message) if message is not None else None
        return row

    def row_of_message(self, message: int) -> Row | None:
        """Return the row that a message belongs to."""
        if self._by_message is None:
            return next((row for row in self._rows.values() if message in row.messages), None)
        owner = self._by_message.get(message)
        return self._rows.get(owner) if owner is not None else None

    def warm(self) -> None:
        """Build the ways from keys and messages to rows, for those who ask often.

        A single command looks through the rows instead: for one question that is quicker.
        """
        if self._by_message is None:
            self._by_message = {id: row.id for row in self._rows.values() for id in row.messages}
        if self._by_key is None:
            self._by_key = {}
            for row in self._rows.values():
                _hold(self._by_key, row)

    def due(self, now: int, until: int) -> list[tuple[int, str]]:
        """Return what asks for a look up to the time `until`: (id, reason), the earliest first.

        A review that is due comes beside whatever else the opportunity is due for.
        """
        found: list[tuple[int, int, str]] = []
        for row in self._rows.values():
            if not row.counts:
                continue
            if 0 < (review_at := next_review(row, self._silent_days)) <= until:
                found.append((review_at, row.id, "look back"))
            if row.place == "done":
                continue
            if row.until and row.until <= until:
                found.append((row.until, row.id, "comes back" if row.until > now else "is back"))
            elif row.nudge and row.nudge <= until and row.place == "waiting":
                found.append((row.nudge, row.id, "no answer from them"))
        return [(id, reason) for _, id, reason in sorted(found)]

    def tick(self, now: int) -> bool:
        """Let time pass: what was snoozed wakes, what was not answered turns silent."""
        moved = self._lists.tick(now)
        self.version += moved
        return moved

    @property
    def loose(self) -> Mapping[int, tuple[int, ...]]:
        """Messages in no row, with their keys: what the user wrote and nobody has answered yet."""
        return self._loose

    def load(self, rows: dict[int, Row], loose: dict[int, tuple[int, ...]]) -> None:
        """Take rows as they were saved, in place of a rebuild."""
        self._rows = rows
        self._loose = loose
        self._by_key = self._by_message = None
        self._lists.begin(self._rows)
        self.version += 1

    def rebuild(self) -> None:
        """Derive every row anew from the documents."""
        for table in ("notes", "settings", "identities", "decisions", "people"):
            self._derivation.forget(table)
        rows, loose = self._derivation.everything()
        self.load({row.id: row for row in rows}, loose)

    def update(self, changed: Iterable[tuple[str, int]]) -> frozenset[int]:
        """Derive anew the rows that the changed documents (table, id) touch; return all ids concerned."""
        changed = set(changed)
        if len(changed) > _FEW:
            self.warm()
        own = self.own if any(table == "settings" for table, _ in changed) else None
        many = len(changed) > _MANY and len(changed) > len(self._rows) // 4
        for table in {table for table, _ in changed}:
            self._derivation.forget(table)
        purged = any(table == PURGED for table, _ in changed)
        if many or purged or (own is not None and own != self.own):
            before = frozenset(self._rows)
            self.rebuild()
            return before | frozenset(self._rows)
        rows: set[int] = set()
        messages: set[int] = set()
        for table, id in changed:
            self._touch(table, id, rows, messages)
        keys = self._people_keys(changed)
        again = self._again(rows - self._sharing(keys) if keys else rows)
        for row in again:
            self._remove(row.id)
            self._add(row)
            messages.difference_update(row.messages)
        alike = frozenset(row.id for row in again)
        return alike | self._rederive(rows - alike, messages, keys)

    def _again(self, rows: Iterable[int]) -> list[Row]:
        """Sum up anew those of the rows whose messages belong together as they did, whatever else changed.

        The others of a sender, who may have thousands, need no look then.
        """
        found = []
        for id in rows:
            known, row = self._rows[id], self._derivation.again(self._rows[id])
            if row is None or (row.id, row.linked) != (id, known.linked):
                continue
            fresh = set(row.documents).difference(known.documents)
            if len(row.documents) == len(known.documents) + len(fresh) and not self._awaited(fresh, id):
                found.append(row)
        return found

    def _awaited(self, documents: set[int], row: int) -> bool:
        """Tell whether other messages than a row's were put together with documents that are new."""
        return bool(documents) and (
            not self._sharing(documents) <= {row}
            or any(not documents.isdisjoint(keys) for keys in self._loose.values())
        )

    def _touch(self, table: str, id: int, rows: set[int], messages: set[int]) -> None:
        """Note which rows, or which messages in no row yet, a changed document concerns."""
        row: Row | None = None
        if table == "messages":
            messages.add(id)
            row = self.row_of_message(id)
        elif table == "opportunities":
            row = self.find(id)
            made = made_by(id, self._documents.get("opportunities", id) or {})
            if made is not None:
                messages.add(made)
        elif table == "notes":
            row = self.find(read_id((self._documents.get("notes", id) or {}).get("opportunity")))
            rows |= {row.id for row in self._rows.values() if id in row.notes}
        elif table == "decisions":
            row = self.find(read_id((self._documents.get(table, id) or {}).get("opportunity")))
        elif table == "reviews":
            decision = read_id((self._documents.get(table, id) or {}).get("decision"))
            row = self.find(read_id((self._documents.get("decisions", decision) or {}).get("opportunity")))
        elif table in ("identities", "companies"):
            rows |= self._of_sender(str((self._documents.get(table, id) or {}).get("k", "")))
        if row is not None:
            rows.add(row.id)

    def _of_sender(self, key: str) -> set[int]:
        """Return the rows with messages of an identity or a domain."""
        sent = self._derivation.sent_by(key.removeprefix("identity:"))
        return {row.id for row in self._rows.values() if not sent.isdisjoint(row.messages)}

    def _sharing(self, keys: set[int]) -> set[int]:
        """Return the rows that hold one of these keys."""
        if self._by_key is None:
            return {row.id for row in self._rows.values() if not keys.isdisjoint(row.keys)}
        found: set[int] = set()
        for key in keys:
            held = self._by_key.get(key, 0)
            found |= held if isinstance(held, set) else {held}
        return found - {0}

    def _people_keys(self, changed: Iterable[tuple[str, int]]) -> set[int]:
        """Return what the rows and messages hang on that changed people concern."""
        people = [id for table, id in changed if table == "people"]
        return set().union(*map(self._derivation.keys_of_person, people))

    def _rederive(self, rows: set[int], fresh: set[int], keys: set[int]) -> frozenset[int]:
        """Derive anew these rows and messages, what holds these keys, and all that shares keys with them."""
        messages: dict[int, Message] = {}
        taken: set[int] = set()
        waiting = set(rows)
        self._take(fresh, messages, keys)
        while True:
            waiting |= self._sharing(keys)
            loose = [id for id, own in self._loose.items() if not keys.isdisjoint(own)]
            keys = set()
            self._take(loose, messages, keys)
            waiting -= taken
            if not (waiting or keys):
                break
            for id in waiting:
                keys.update(self._rows[id].keys)
                self._take(self._rows[id].messages, messages, keys)
            taken |= waiting
        made = self._derivation.of(messages)
        for id in taken:
            self._remove(id)
        for id in messages:
            self._loose.pop(id, None)
        for row in made.rows:
            self._add(row)
        self._loose.update(made.loose)
        self.version += 1
        return frozenset(taken) | frozenset(row.id for row in made.rows)

    def _take(self, ids: Iterable[int], messages: dict[int, Message], keys: set[int]) -> None:
        """Read messages and add the keys under which others may hang on them."""
        for id in ids:
            if id in messages or (message := self._derivation.message(id)) is None:
                continue
            messages[id] = message
            keys.update(keys_of(message, self._derivation.known))
            opportunity = document_id(opportunity_key(id))
            document = self._documents.get("opportunities", opportunity)
            if document is not None:
                keys.add(opportunity)
                if into := read_id(document.get("into")):
                    keys.add(into)

    def _remove(self, id: int) -> None:
        row = self._rows.pop(id)
        self._lists.remove(row)
        if self._by_key is not None:
            _release(self._by_key, row)
        if self._by_message is not None:
            for message in row.messages:
                self._by_message.pop(message, None)

    def _add(self, row: Row) -> None:
        self._rows[row.id] = row
        self._lists.add(row)
        if self._by_key is not None:
            _hold(self._by_key, row)
        if self._by_message is not None:
            for message in row.messages:
                self._by_message[message] = row.id


def _hold(by_key: dict[int, int | set[int]], row: Row) -> None:
    for key in row.keys:
        held = by_key.setdefault(key, row.id)
        if isinstance(held, set):
            held.add(row.id)
        elif held != row.id:
            by_key[key] = {held, row.id}


def _release(by_key: dict[int, int | set[int]], row: Row) -> None:
    for key in row.keys:
        held = by_key.get(key)
        if isinstance(held, set):
            held.discard(row.id)
        elif held == row.id:
            del by_key[key]
