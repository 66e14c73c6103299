"""Listening to what transactions write, by their public methods, and noting it in the account."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from simulation.account import Account, Place, canonical, has_rule, shown
from store.transaction import Transaction


class Recorder:
    """Notes what is written while one machine acts."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._known: set[int] = set()
        self._new: set[int] = set()
        self._together: list[set[int]] = []
        """Values that one undo of a choice put beside each other."""

    @contextmanager
    def acting(self, known: set[int]) -> Iterator[None]:
        """Note the writes of one transaction on a machine; they count once it has succeeded."""
        self._known, self._new = known, set()
        yield
        known |= self._new
        self._account.acknowledged |= self._new

    def listen(self, patch: pytest.MonkeyPatch) -> None:
        """Stand between verbs and transactions."""
        patch.setattr(Transaction, "set", self._on_write(Transaction.set))
        patch.setattr(Transaction, "resolve", self._on_write(Transaction.resolve, resolves=True))
        patch.setattr(Transaction, "take_back", self._on_write(Transaction.take_back, takes_back=True))
        patch.setattr(Transaction, "meet_again", self._on_meeting(Transaction.meet_again))
        patch.setattr(Transaction, "insert", self._on_made(Transaction.insert))
        patch.setattr(Transaction, "ensure", self._on_made(Transaction.ensure))
        patch.setattr(Transaction, "purge", self._on_purge(Transaction.purge))

    def _on_write(
        self, call: Callable[..., None], *, resolves: bool = False, takes_back: bool = False
    ) -> Callable[..., None]:
        def listening(transaction: Transaction, table: str, id: int, path: str, value: Any) -> None:
            before = transaction.get(table, id)
            call(transaction, table, id, path, value)
            after = transaction.get(table, id)
            if before is not None and after is not None and before != after:
                written = shown(after, path)
                assert written == canonical(value), "what was written is what is shown"
                place = (table, id, path)
                was = shown(before, path)
                self._write(place, written, was, resolves=resolves, takes_back=takes_back)

        return listening

    def _on_meeting(self, call: Callable[..., None]) -> Callable[..., None]:
        def listening(
            transaction: Transaction, table: str, id: int, path: str, values: Sequence[Any]
        ) -> None:
            call(transaction, table, id, path, values)
            place = (table, id, path)
            value = shown(transaction.get(table, id) or {}, path)
            alive = self._account.alive(self._new, place)
            met = {self._account.note("write", place, canonical(each)) for each in values}
            self._together.append(met | {event.number for event in alive if event.value == value})
            self._new |= met

        return listening

    def _on_made(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def listening(transaction: Transaction, table: str, key: str, *fields: dict[str, Any]) -> Any:
            result = call(transaction, table, key, *fields)
            id = result[0] if isinstance(result, tuple) else result
            document = (table, id)
            known = self._account.of_document(self._known | self._new, document)
            if transaction.get(table, id) is not None and not known:
                self._new.add(self._account.made(document, fields[0] if fields else {}))
            return result

        return listening

    def _on_purge(self, call: Callable[..., None]) -> Callable[..., None]:
        def listening(transaction: Transaction, table: str, id: int) -> None:
            mark = shown(transaction.get(table, id) or {}, "mark")
            call(transaction, table, id)
            self._new.add(self._account.note("purged", (table, id, ""), mark or ""))

        return listening

    def _write(
        self, place: Place, value: str, before: str | None, *, resolves: bool, takes_back: bool
    ) -> None:
        """Whoever writes replaces the value that was shown; all by a choice, or where a rule decides.

        Whoever undoes or redoes a choice replaces what came with it, and nothing that came since.
        """
        alive = self._account.alive(self._known | self._new, place)
        all_go = resolves or has_rule(place[2])
        replaced = {event.number for event in alive if all_go or event.value == before}
        if takes_back:
            groups = [each for each in self._together if not each.isdisjoint(replaced)]
            replaced |= {event.number for event in alive} & set().union(*groups)
        for number in replaced & self._new:  # never left this transaction
            self._new.discard(number)
            replaced = replaced - {number} | self._account.events[number].replaced
        self._new.add(self._account.note("write", place, value, replaced))
