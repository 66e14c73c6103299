"""The tables of decisions and reviews, read and kept until one of their documents changes."""

from functools import cached_property

from store.file.documents import Documents
from store.ids import read_id
from store.records.decision import Decision
from store.records.reading import read_fields
from store.records.review import Review
from store.rules.journal import in_order

TABLES = ("decisions", "reviews")


class DecisionTable:
    """Sealed entries by opportunity, and reviews by entry."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def forget(self) -> None:
        """Read both tables anew when they are asked for next."""
        for name in ("_all", "entries", "by_opportunity", "reviews"):
            self.__dict__.pop(name, None)

    @cached_property
    def _all(self) -> dict[int, Decision]:
        return {
            id: read_fields(document, Decision)
            for id, document in self._documents.items("decisions")
            if isinstance(id, int)
        }

    @cached_property
    def entries(self) -> dict[int, Decision]:
        """Every entry by its id, but for those that undo withdrew.

        One that another machine reviewed meanwhile stays: undo withdraws until the first review.
        """
        return {id: decision for id, decision in self._all.items() if not decision.gone or id in self.reviews}

    @cached_property
    def by_opportunity(self) -> dict[int, list[tuple[int, Decision]]]:
        """The entries of each opportunity document, with their ids, oldest first."""
        found: dict[int, list[tuple[int, Decision]]] = {}
        for id, decision in in_order(list(self.entries.items())):
            found.setdefault(read_id(decision.opportunity), []).append((id, decision))
        return found

    @cached_property
    def reviews(self) -> dict[int, list[tuple[int, Review]]]:
        """The reviews of each entry, with their ids, oldest first."""
        found: dict[int, list[tuple[int, Review]]] = {}
        for id, document in self._documents.items("reviews"):
            if isinstance(id, int) and not document.get("gone"):
                review = read_fields(document, Review)
                found.setdefault(read_id(review.decision), []).append((id, review))
        for each in found.values():
            each.sort(key=lambda item: (item[1].at, item[0]))
        return found

    def last_words(self, opportunities: tuple[int, ...]) -> Decision | None:
        """Return what was answered last on an opportunity, be it sealed or withdrawn since."""
        found = [
            (decision.at, id, decision)
            for id, decision in self._all.items()
            if read_id(decision.opportunity) in opportunities and not decision.by_default
        ]
        return max(found, key=lambda item: item[:2])[2] if found else None
